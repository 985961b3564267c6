"""How often a deduction of n points is taken: once, or for each 处, 项, 人次 … that is found."""

import re
from dataclasses import dataclass
from typing import Final

from dabiao.standards.rules.amounts import COUNTER, NUMERAL, PERIOD, is_one


@dataclass(frozen=True, slots=True)
class Count:
    """`unit` is the counting word, empty: once. `doubt` says why a person should look, if so."""

    unit: str = ""
    doubt: str = ""


_FOUND: Final = (
    "缺少|缺失|缺|少于|少|漏报|漏检|漏|差|有|发现|查出|出现|发生|存在"
    "|超过|超出|超期|超|逾期|延误|延迟|推迟|拖延|迟|增加|多|新增|错误|错|涉及|查到|查见|检查出|遗漏"
)
_UNIT: Final = rf"(?P<unit>{COUNTER}|{PERIOD})"
_NOT_PERIOD: Final = rf"(?P<unit>{COUNTER})"
_EACH_FOUND: Final = re.compile(rf"每(?:{_FOUND})+(?P<many>{NUMERAL})?{_UNIT}")
_EACH_DOING: Final = re.compile(rf"每(?:{_FOUND})+[^,\d]{{1,2}}(?:一|1){_UNIT}$")  # 每少签一人, 每漏填一处
_EACH_MANY: Final = re.compile(rf"每(?P<many>{NUMERAL}){_UNIT}[^,]*$")
_EACH_NEAR_NOUN: Final = re.compile(rf"每(?:一|1)?{_NOT_PERIOD}[^,]{{0,8}}$")
_EACH_AHEAD: Final = re.compile(rf"(?:^|,)每(?:一|1)?{_NOT_PERIOD}")
_EACH_AMID: Final = re.compile(rf"每(?:一|1)?{_NOT_PERIOD}")
_EACH_PERIOD: Final = re.compile(rf"每(?:一|1)?(?:个|两|2|半)?{PERIOD}|每(?:人|名|位|台|个|班|日|次)都")
_AIM: Final = re.compile(r"(?:未|没有|没|不|对|按|于|到|为|给|向|在|由|保证|做到|确保|要求|规定)$")
_ONE_FOUND: Final = re.compile(
    rf"(?<![至不没减])(?:缺少|缺失|缺|少|漏报|漏检|漏|有|发现|查出|存在|出现|发生|错误|错)(?:一|1){_NOT_PERIOD}"
)
_ONE_PERIOD: Final = re.compile(rf"(?<![至不没减])(?:缺少|缺失|缺|少|漏)(?:一|1)个?(?P<unit>{PERIOD})$")
_ONE_AT_END: Final = re.compile(rf"(?:一|1){_NOT_PERIOD}$")
_ONE_AHEAD: Final = re.compile(rf"(?:^|,)(?:一|1){_NOT_PERIOD}")
_ANY: Final = re.compile(r"任[何意]?一|之一|其中一")


def counted(head: str, *, shared: bool = False, per: str = "") -> Count | None:
    """Read the words before “扣 n 分” (normalised, no spaces); None where the count cannot be expressed,
    as in 每缺两项. `per` are the words after it (扣 1 分/处); `shared`: 各扣 n 分."""
    if per:
        return _unit_only(per)
    if shared:
        return Count("项", "“各扣”已按每一项分别扣分读取，请确认。")
    if "每" in head:
        return _each(head)
    return _once(head)


def _unit_only(per: str) -> Count | None:
    found = re.fullmatch(rf"(?:一|1)?{_UNIT}", per)
    return Count(found["unit"]) if found else None


def _each(head: str) -> Count | None:
    found = _EACH_FOUND.search(head)
    if found:
        return Count(found["unit"]) if is_one(found["many"]) else None
    doing = _EACH_DOING.search(head)
    if doing:
        return Count(doing["unit"])
    many = _EACH_MANY.search(head)
    if many and not is_one(many["many"]):
        return None
    return _each_near(head) or _each_elsewhere(head)


def _each_near(head: str) -> Count | None:
    """每处 right before the deduction: “…的，每处扣 1 分”, “失修每处扣 1 分”, “每项制度扣 1 分”."""
    near = re.search(rf"每(?:一|1)?{_UNIT}$", head) or _EACH_NEAR_NOUN.search(head)
    if near and not _AIM.search(head[: near.start()]):
        return Count(near["unit"])
    return None


def _each_elsewhere(head: str) -> Count | None:
    """每 within the condition: a count (“每项措施…的，扣 1 分”), or only a period (“未每月…的，扣 1 分”)."""
    ahead = _EACH_AHEAD.search(head)
    if ahead:
        return Count(ahead["unit"])
    amid = _EACH_AMID.search(head)
    if amid and not _AIM.search(head[: amid.start()]):
        return Count(amid["unit"], f"“每{amid['unit']}”写在条件里，已按每{amid['unit']}扣分读取，请确认。")
    if amid:
        return Count(doubt=f"条件里有“{amid[0]}”，已按只扣一次读取，请确认。")
    if not _EACH_PERIOD.search(head):
        return None
    period = re.search(rf"(?:^|,)每(?:一|1)?{PERIOD}", head)
    return Count(doubt="条件以“每年”“每月”一类开头，已按只扣一次读取，请确认。" if period else "")


def _once(head: str) -> Count:
    tried = (_ONE_FOUND, _ONE_AHEAD, _ONE_AT_END, _ONE_PERIOD)
    one = next((found for pattern in tried if (found := pattern.search(head))), None)
    if one and not _ANY.search(head):
        return Count(
            one["unit"], f"没有“每”字，因写有“{one[0].strip(',')}”，已按每{one['unit']}扣分读取，请确认。"
        )
    if _ANY.search(head):
        return Count(doubt="“任一”“之一”已按只扣一次读取，请确认。")
    return Count()
