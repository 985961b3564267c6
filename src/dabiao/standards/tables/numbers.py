"""Numbers, numbering and headings as authorities print them."""

import re
from dataclasses import dataclass
from typing import Final

from dabiao.kernel.points import points
from dabiao.standards.rules.amounts import amount, whole_number
from dabiao.standards.tables.grid import plain

_RAISED: Final = re.compile(r"[²³¹⁰-₉¼-¾⅐-⅞]|\d[①-⒛]")  # 5² is not 52
_POINTS: Final = re.compile(r"\(?([+-]?\d+(?:\.\d+)?)分?\)?")
_MINUS: Final = str.maketrans("−–—﹣", "----")
_ALONE: Final = re.compile(r"(\d+(?:\.\d+)?)分?")
_FULL: Final = re.compile(r"^(?:满分|共|计|最高)")
_PER: Final = re.compile(r"(\d+(?:\.\d+)?)分?[/每][一-龥]{1,3}")
_IN_WORDS: Final = re.compile(r"\(?([零一二两三四五六七八九十百]+(?:点[零一二三四五六七八九]+)?)分?\)?")
_BESIDE: Final = re.compile(r"[※★▲●◆*☆△]|[(\[【]?(?:一级|一票)?否决(?:项|条款)?[)\]】]?")
_CHINESE: Final = "[一二三四五六七八九十百]{1,4}"
_NUMBER: Final = re.compile(
    rf"(?P<part>第{_CHINESE}(?:部分|章|篇|节|条)|第\d+(?:部分|章|篇|节|条))[、.:]?"
    rf"|(?P<chinese>{_CHINESE})[、.]|[(](?P<inner>{_CHINESE})[)]、?"
    r"|(?P<arabic>[A-Z]?\d+(?:[.．]\d+)*)(?:[.．、]|(?=\D)|$)|[(](?P<small>\d+)[)]"
)
_STATED: Final = re.compile(
    r"[(\[【](?:共|满分|总分|分值|计|合计|标准分)?:?(\d+(?:\.\d+)?)分?[)\]】]:?$|[,、:]?(?:共|满分|计)?(\d+(?:\.\d+)?)分$"
)


def thousandths(text: str) -> int | None:
    """Points as printed ("4分", "４", "4.0", "（4）"); None where it is not a number of points."""
    found = _POINTS.fullmatch(plain(text).translate(_MINUS))
    if not found or _RAISED.search(text):
        return None
    try:
        return points(found[1])
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Worth:
    """What a cell of 标准分值 says: points (None: no number), marks beside it, what a person should check."""

    points: int | None
    marks: str = ""
    doubt: str = ""


def worth(text: str) -> Worth:
    """Points as authorities print them: "10分", "五分", "满分4分", "10（否决项）", "20分/项", "10※"."""
    bare = plain(text)
    marks = "".join(_BESIDE.findall(bare))
    bare = _BESIDE.sub("", bare)
    if _RAISED.search(text):
        return Worth(None, marks)
    said = thousandths(_FULL.sub("", bare))
    if said is not None:
        return Worth(said, marks)
    counted = _PER.fullmatch(bare)
    if counted:
        return Worth(
            points(counted[1]), marks, f"标准分值写作“{text.strip()}”，已按 {counted[1]} 分读取，请确认。"
        )
    return Worth(_in_words(bare), marks)


def _in_words(bare: str) -> int | None:
    found = _IN_WORDS.fullmatch(bare)
    try:
        return amount(found[1]) if found else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Printed:
    """An element's heading taken apart: 一、基础管理（140分） -> 一, 基础管理, 140000, key 1."""

    number: str
    title: str
    points: int | None
    digits: str  # the number in digits: "1", "1.1"; empty: none printed
    depth: int  # what the style of numbering says of the depth, 9: nothing


_DEPTHS: Final = (("part", 0), ("chinese", 1), ("inner", 2), ("small", 8))
_UNSTYLED: Final = 9
_ARABIC_FROM: Final = 3


def printed(heading: str) -> Printed:
    """Take the heading of an element apart; the title is never empty unless the heading is."""
    text = _with_points(heading)
    stated = _STATED.search(text)
    rest = text[: stated.start()] if stated and stated.start() else text
    points_stated = points(stated[1] or stated[2]) if stated and stated.start() else None
    found = _NUMBER.match(rest)
    title = rest[found.end() :].strip("、.: ") if found else rest
    if not found or not title:
        return Printed("", rest.strip(":"), points_stated, "", _UNSTYLED)
    return Printed(found[0].strip("、.:"), title, points_stated, _digits(found), _depth(found))


def _with_points(heading: str) -> str:
    """The heading on one line; points on a line of their own are put into brackets."""
    first, _, last = heading.strip().rpartition("\n")
    alone = _ALONE.fullmatch(plain(last)) if first else None
    return f"{plain(first)}({alone[1]}分)" if alone else plain(heading)


def dotted(text: str) -> str:
    """The dotted number a text begins with ("1.1.1 建立…" -> "1.1.1"), empty where it has none."""
    found = re.match(r"\s*([A-Z]?\d+(?:[.．]\d+)+)(?![\d.．%])", text)
    return plain(found[1]) if found else ""


def _digits(found: re.Match[str]) -> str:
    if found["arabic"]:
        return found["arabic"]
    if found["small"]:
        return found["small"]
    chinese = found["chinese"] or found["inner"] or ""
    if found["part"]:
        inner = found["part"].strip("第部分章篇节条")
        return inner if inner.isdigit() else str(whole_number(inner))
    return str(whole_number(chinese))


def _depth(found: re.Match[str]) -> int:
    if found["arabic"]:
        return _ARABIC_FROM + found["arabic"].count(".")
    return next(depth for name, depth in _DEPTHS if found[name])
