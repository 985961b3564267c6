"""Cut the 考评办法 of an item into clauses, as printed: one clause, one consequence."""

import re
from typing import Final

from dabiao.standards.rules.amounts import COUNTER, NUMERAL

_EFFECT: Final = (
    rf"(?:不得分|不给分|[得记计][0０零]分|[扣减](?:除|减|掉|去)?\s*{NUMERAL}\s*分(?:\s*[/每]{COUNTER})?)"
)
_MARK: Final = (
    r"(?:[①-⑳]|[（(]\d{1,2}[)）]|\d{1,2}(?:[、)）]|[.．](?!\d))|[一二三四五六七八九十]{1,3}、|[a-zA-Z][)）.])"
)
# What goes on about the consequence just named, so a comma before it does not begin a new clause.
_GOES_ON: Final = (
    "并|且|同时|追加|另|再|还|直至|直到|至扣完|(?:本项|该项)?(?:标准分值?|分值|分)?扣[完满](?:本项|该项|此项|本条)?的?"
    "(?:全部)?(?:标准分值?|分值|分数|得分|分)?为止|最多|最高|最低|至多|上限|不超过|但|不再|不重复|以此|依此|在总分|从总分"
    "|外|为止|的|后|时|或|至|到|以|其中|包括|每(?:台|人|处|项|次|个)(?:除外|最多)|总扣|合计扣|累计不"
)
_ENDED: Final = re.compile(rf"{_EFFECT}\s*$")
_NUMBERED: Final = re.compile(rf"\s*{_MARK}\s*")
_SOFT: Final = re.compile(rf"({_EFFECT})(?:[,，]\s*|[.．]\s*(?!\d)|\s+|(?={_MARK}))(?!(?:{_GOES_ON}))")
_STRONG: Final = "；;。！!"
_OPEN: Final = "（([【〔"
_CLOSE: Final = "）)]】〕"


def split(method: str) -> tuple[str, ...]:
    """The clauses of a 考评办法 in printed order, without separators and without numbering."""
    pieces = _strong(_unwrapped(method))
    soft = [part for piece in pieces for part in _SOFT.sub("\\1\0", piece).split("\0")]
    return tuple(filter(None, (_bare(part) for part in soft)))


def _unwrapped(method: str) -> str:
    """Line ends: a separator after a consequence or before a number, else only a wrapped line."""
    text = ""
    for line in method.splitlines():
        ends = _ENDED.search(text) or _NUMBERED.match(line) or text.endswith(("；", ";", "。"))
        text += ("；" if text and ends else "") + line.strip()
    return text


def _strong(text: str) -> list[str]:
    """Cut at ； and 。 outside brackets; where brackets do not close, at all of them."""
    pieces, depth = [""], 0
    for char in text:
        depth += (char in _OPEN) - (char in _CLOSE)
        if char in _STRONG and depth <= 0:
            pieces.append("")
        else:
            pieces[-1] += char
    return pieces if depth <= 0 else re.split(f"[{_STRONG}]", text)


def _bare(piece: str) -> str:
    numbered = _NUMBERED.match(piece)
    text = piece[numbered.end() :] if numbered else piece
    return text.strip().strip("，,、").strip()
