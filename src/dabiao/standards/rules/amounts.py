"""Numerals and counting words of deduction phrases: 扣0.5分, 扣两分, 每人次, 每台套."""

import re
import unicodedata
from typing import Final

from dabiao.kernel.points import points

NUMERAL: Final = r"(?:\d+(?:[.．]\d+)?|[零一二两三四五六七八九十百]+(?:点[零一二三四五六七八九]+)?|半)"

_PERIODS: Final = ("季度", "小时", "半年", *"年月日天周季旬班")
_COUNTED: Final = (
    *("个月", "工作日", "人次", "台套", "台次", "车次", "批次", "项次", "处次", "家次", "班次"),
    *("环节", "方面", "岗位", "部门", "单位", "车间", "班组", "工种", "科目"),
    *"人台套处项次个份条类件点张本块辆起例只座根瓶间户家种米批组所门道级节期页名位支部场层栋段宗款把罐线",
    *"具盏支扇幅副樘枚孔桶箱袋笔架艘颗片束吨",
)
PERIOD: Final = "(?:" + "|".join(_PERIODS) + ")"
COUNTER: Final = "(?:" + "|".join(sorted(_COUNTED, key=len, reverse=True)) + ")"

_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2}
_TEN: Final = 10
_HUNDRED: Final = 100


def amount(numeral: str) -> int:
    """Thousandths of a printed numeral ("0.5", "２", "两", "十五", "半"); ValueError if it is none."""
    text = unicodedata.normalize("NFKC", numeral).strip()
    if text == "半":
        return points("0.5")
    if text[:1].isascii():
        return points(text)
    whole, _, decimals = text.partition("点")
    return points(f"{whole_number(whole)}.{''.join(str(_digit(char)) for char in decimals) or 0}")


def whole_number(text: str) -> int:
    """Value of a Chinese numeral below a thousand: 五, 十二, 二十, 一百零五."""
    value, pending = 0, 0
    for char in text:
        if char in "十百":
            value += (pending or 1) * (_TEN if char == "十" else _HUNDRED)
            pending = 0
        else:
            pending = _digit(char)
    return value + pending


def is_one(numeral: str | None) -> bool:
    """No numeral, or the numeral one: 每处, 每一处, 每1处."""
    return numeral is None or re.fullmatch("一|1", numeral) is not None


def _digit(char: str) -> int:
    if char not in _DIGITS:
        raise ValueError(f"不是数字：{char}")
    return _DIGITS[char]
