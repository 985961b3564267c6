"""Words that tell what a row of a table is: a sum, a note, a form field, a section."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dabiao.standards.tables.grid import Grid, plain
from dabiao.standards.tables.numbers import printed

_SUM: Final = re.compile(
    r"(?:本?(?:类目|要素|项目|部分|页|大项|表|项|一级要素|二级要素)?)(?P<kind>小计|合计|总计|共计|累计|总分值?)"
    r"(?:分值|得分|分数|分)?[:]?(?:\(?(?P<points>\d+(?:\.\d+)?)分?\)?)?[:]?"
)
_NAMED_SUM: Final = re.compile(
    r"[^。;,:]{0,24}?(?P<kind>小计|合计|总计|共计|总得分|总分|满分)(?:分值|得分|分数|分)?(?:\([^()\d]*\))?:?"
    r"(?:\(?(?P<points>\d+(?:\.\d+)?)分?\)?)?"
)
_FEW: Final = 4  # texts in a row that states the sum of a named element
_NOTE: Final = re.compile(
    r"(?:注|备\s*注|说\s*明|(?:填表|评分|使用)说明|注释|附注)\s*(?:\d+|[一二三])?\s*[:：.、]|注[:：]?$"
)
_ASKED: Final = "单位|企业|名称|时间|日期|组长|成员|组员|人员|负责人|法人|人|专家|地址|电话|编号|职务"
_FIELD: Final = re.compile(
    rf"^[^:：。；]{{0,14}}(?:{_ASKED})(?:[(（][^)）]*[)）])?\s*[:：]|[:：]\s*从?\s*年"
    r"|^(?:附件|附表|附录|表)\s*[\d一二三四五六七八九十]*[:：]?$|签字|签名|盖章|^第?\d+页"
    r"|^(?:总分|满分)[:：]?\s*\d+\s*分?$"
)
_GRAND: Final = frozenset({"总计", "总分", "总分值", "总得分", "满分"})
_LEAST_SPAN: Final = 3
_TITLED: Final = 3


@dataclass(frozen=True, slots=True)
class SumLabel:
    """The words of a sum: their column, its kind, the points if named; `plainly`: nothing but that."""

    column: int
    kind: str
    points: str
    plainly: bool


def sum_label(grid: Grid, row: int) -> SumLabel | None:
    """The words of the sum a row states; None where it states none."""
    texts = list(grid.texts(row))
    for column, text in texts:
        plainly = _SUM.fullmatch(plain(text))
        found = plainly or (_NAMED_SUM.fullmatch(plain(text)) if len(texts) <= _FEW else None)
        if found:
            return SumLabel(column, found["kind"], found["points"] or "", plainly is not None)
    return None


def above(grid: Grid, before: int) -> frozenset[str]:
    """What is written above the heading, for comparing."""
    return frozenset(plain(text) for row in grid.rows if row < before for _, text in grid.texts(row))


def is_grand(kind: str) -> bool:
    return kind in _GRAND


def is_note(text: str) -> bool:
    """Does the text say of itself that it is a note?"""
    return _NOTE.match(text.strip()) is not None


def is_field(text: str) -> bool:
    """A form field to fill in (评审单位：), an 附件 mark, a place to sign: neither title nor note."""
    return _FIELD.search(text.strip()) is not None


def section(grid: Grid, row: int) -> str:
    """The text of a row that is one wide cell, or one numbered heading alone; else empty."""
    texts = list(grid.texts(row))
    if len(texts) != 1:
        return ""
    column, text = texts[0]
    if is_note(text):
        return ""
    wide = grid.span(row, column) >= _LEAST_SPAN
    return text if wide or (printed(text).number and len(plain(text)) > _TITLED) else ""


def title(grid: Grid, before: int) -> tuple[str, list[str]]:
    """The title over the heading, and what else stands there that is no form field."""
    texts = []
    for row in (row for row in grid.rows if row < before):
        told = [text for _, text in grid.texts(row)]
        filled_in = {after for text, after in pairwise(told) if is_field(text) and text.rstrip()[-1] in ":："}
        texts += [text for text in told if not (is_field(text) or is_note(text) or text in filled_in)]
    titles = [text for text in texts if len(plain(text)) > _TITLED]
    notes = [text for row in grid.rows if row < before for _, text in grid.texts(row) if is_note(text)]
    found = "".join(titles[0].split()) if titles else ""
    return found, [*notes, *(text for text in titles[1:] if _is_sentence(text))]


def _is_sentence(text: str) -> bool:
    return any(mark in text for mark in "。；，")
