"""Is an item a 否决项? Said by a column, a note in brackets, a mark that the table explains, or a remark."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dabiao.standards.rules.book import VetoLevel
from dabiao.standards.tables.grid import plain
from dabiao.standards.tables.raw import RawItem
from dabiao.standards.tables.roles import Role

_MARKS: Final = "★▲●◆*☆※△"
_NOTED: Final = re.compile(rf"[“\"]?([{_MARKS}])[”\"]?(?P<what>[^。；;，,]{{0,20}})")
_BRACKETED: Final = re.compile(r"[(【\[](?P<first>一级)?(?:一票)?否决(?:项|条款)?[)】\]]")
_ALONE: Final = re.compile(r"[^。；;，,]{0,8}(?:一级|一票)?否决[^。；;，,]{0,6}|[※]")
_YES: Final = re.compile(r"是|√|✓|✔|1|Y|y|V|v|[※★▲●◆*☆]|.{0,4}否决(?:项|条款|要素)?")
NO: Final = frozenset({"否", "无", "-", "/", "×", "x", "X", "0", "—", "不是"})

Doubt = tuple[str, str]  # what is printed, and why a person should look


@dataclass(frozen=True, slots=True)
class Legend:
    """What the notes of the table say of marks: those for 否决, and those for something else."""

    vetoes: str
    others: str


def legend(notes: Iterable[str]) -> Legend:
    """※ means 否决 everywhere (spec/scoring.md); other marks mean what the table says."""
    said = [(found[1], found["what"]) for note in notes for found in _NOTED.finditer(note.replace("＊", "*"))]
    vetoes = {"※", *(mark for mark, what in said if "否决" in what)}
    return Legend("".join(sorted(vetoes)), "".join({mark for mark, what in said if what} - vetoes))


def judged(
    raw: RawItem, requirement: str, clauses: Sequence[str], known: Legend
) -> tuple[VetoLevel, list[Doubt]]:
    """The veto of an item, and what of it a person should confirm."""
    column = plain(raw.texts[Role.VETO])
    if column and column not in NO:
        doubts = (
            [] if _YES.fullmatch(column) else [(column, "这是否决项一列里的文字，已按否决项读取，请确认。")]
        )
        return _level(column), doubts
    note = _bracketed(requirement, raw)
    if note:
        return _level(note[0]), []
    if "否决" in raw.marks:
        return _level(raw.marks), []
    marks = {*raw.marks, *_beginnings(requirement, raw, clauses)} & set(_MARKS)
    if marks & set(known.vetoes):
        return VetoLevel.VETO, []
    unknown = sorted(marks - set(known.others))
    doubts = [
        (mark, "表中没有说明这个标记的含义，没有当作否决项；如是否决项请改正此项。") for mark in unknown
    ]
    return _beside(raw, doubts)


def _bracketed(requirement: str, raw: RawItem) -> re.Match[str] | None:
    texts = (requirement, raw.texts[Role.NUMBER], *raw.levels[-1:])
    return next((found for text in texts if (found := _BRACKETED.search(plain(text)))), None)


def _level(text: str) -> VetoLevel:
    return VetoLevel.FIRST if "一级" in text else VetoLevel.VETO


def _beginnings(requirement: str, raw: RawItem, clauses: Sequence[str]) -> Iterator[str]:
    number = plain(raw.texts[Role.NUMBER])
    yield from (number[:1], number[-1:])
    yield from (plain(text)[:1] for text in (requirement, *clauses) if text)


def _beside(raw: RawItem, doubts: list[Doubt]) -> tuple[VetoLevel, list[Doubt]]:
    """A 备注 or an unknown column that speaks of 否决."""
    for column, text in raw.beside.items():
        bare = plain(text)
        if _ALONE.fullmatch(bare) and not bare.startswith(("非", "不", "无")):
            return _level(bare), [*doubts, (text, f"写在{column}，已按否决项读取，请确认。")]
        if "否决" in bare:
            doubts = [*doubts, (text, f"写在{column}，提到否决，没有当作否决项，请确认。")]
    return VetoLevel.NONE, doubts
