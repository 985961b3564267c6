"""Turns a clause id such as `quality-2015/4` into the words people cite, and into the clause's own text."""

import difflib
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from dabiao.law import reading
from dabiao.law.values import Clause, Instrument, UnknownParameter

DIGITS: Final = "零一二三四五六七八九"
TEN: Final = 10


@cache
def instruments() -> Mapping[str, Instrument]:
    """All instruments by id; read once."""
    return MappingProxyType(reading.instruments())


@cache
def clauses() -> Mapping[str, Clause]:
    """Every clause whose text is on file, by id; read once, at the first question about a text."""
    return MappingProxyType(reading.clauses())


def clause(clause_id: str) -> Clause | None:
    """The clause with its text, None where only its place is known; UnknownParameter for no instrument."""
    _instrument(clause_id)
    return clauses().get(clause_id)


def clause_text(clause_id: str) -> str:
    """The clause's own text, or "" where the document is not on file."""
    found = clause(clause_id)
    return found.text if found else ""


def clause_title(clause_id: str) -> str:
    """《…意见》第四条（严格标准化评审工作流程）; without an item, the document alone."""
    instrument = _instrument(clause_id)
    found, item = clauses().get(clause_id), clause_id.partition("/")[2]
    place = found.place if found else _place(item, instrument.item)
    return f"《{instrument.title}》{place}" + (f"（{found.title}）" if found and found.title else "")


def unknown(kind: str, name: str, known: Iterable[str]) -> UnknownParameter:
    """Names what was asked for and what comes close."""
    near = difflib.get_close_matches(name, list(known), n=3)
    hint = f"您要找的可能是：{'、'.join(near)}。" if near else "请核对名称后重试。"
    return UnknownParameter(f"没有名为 {name} 的{kind}。{hint}")


def chinese(number: int) -> str:
    """Whole numbers from 1 to 99 as clauses are counted: 4 -> 四, 12 -> 十二, 83 -> 八十三."""
    tens, ones = divmod(number, TEN)
    front = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return front + (DIGITS[ones] if ones else "")


def _instrument(clause_id: str) -> Instrument:
    name = clause_id.partition("/")[0]
    if name not in instruments():
        raise unknown("文件", name, instruments())
    return instruments()[name]


def _place(item: str, word: str) -> str:
    if not item:
        return ""
    return f"第{chinese(int(item))}{word}" if item.isdecimal() else item
