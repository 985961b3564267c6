"""统一社会信用代码 (GB 32100): 18 characters, the last a check digit. Any region code is legal here."""

import re
import unicodedata
from operator import mul
from typing import Final

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidFormat, InvalidLength, ValidationError

LENGTH: Final = 18
PAPER: Final = "请核对营业执照"
_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES: Final = {char: place for place, char in enumerate(_ALPHABET)}
_WEIGHTS: Final = tuple(3**place % 31 for place in range(LENGTH - 1))
_SHAPE: Final = re.compile(rf"\d{{8}}[{_ALPHABET}]{{10}}", re.ASCII)
_SCIENTIFIC: Final = re.compile(r"\d(\.\d+)?E\+?\d+")
_ROUNDED: Final = re.compile(r"\d{15}000")


def clean(text: str) -> str:
    """As typed or pasted -> as compared: half-width, upper case, without spaces and invisible characters."""
    if text.isascii() and text.isalnum():
        return text.upper()
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(char for char in plain if char.isalnum())


def fault(code: str) -> str:
    """What is wrong with a cleaned code and what to do; empty if nothing."""
    wrong = brief(code)
    if not wrong:
        return ""
    named = "" if wrong.startswith("应为") else f"“{code}”"
    return f"统一社会信用代码{named}{wrong}。"


def brief(code: str) -> str:
    """The same without naming the code, to stand behind a column's name."""
    if _right(code):
        return ""
    try:
        uscc.validate(code)
    except InvalidLength:
        return f"应为 {LENGTH} 位，现为 {len(code)} 位；{PAPER}"
    except InvalidChecksum:
        digit = uscc.calc_check_digit(code)
        lost = "，末几位为 0，可能被表格软件按数字保存而丢失" if _ROUNDED.fullmatch(code) else ""
        return f"校验位不符，应为 {digit}{lost}；{PAPER}"
    except InvalidFormat:
        return f"含有不允许的字符（不使用字母 I、O、S、V、Z）；{PAPER}"
    except ValidationError:
        return f"不符合编码规则；{PAPER}"
    return ""


def _right(code: str) -> bool:
    """The common case, a million times over; what fails here is judged by the library."""
    if _SHAPE.fullmatch(code) is None:
        return False
    total = sum(map(mul, _WEIGHTS, map(_VALUES.__getitem__, code)))
    return _ALPHABET[-total % len(_ALPHABET)] == code[-1]


def as_number(text: str) -> bool:
    """Written by a spreadsheet as a number: 9.11100001234568E+17; its last digits are gone."""
    return _SCIENTIFIC.fullmatch(text.strip().upper()) is not None


def complete(first: str) -> str:
    """The 17 leading characters with their check digit."""
    return first + str(uscc.calc_check_digit(first))
