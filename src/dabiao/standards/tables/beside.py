"""Tables that print what is taken off in a column beside its occasion: 制度缺项 | 2分/项."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dabiao.standards.rules.amounts import NUMERAL
from dabiao.standards.tables.grid import Grid, letter, plain
from dabiao.standards.tables.headings import Heading
from dabiao.standards.tables.roles import Role

_AMOUNT: Final = re.compile(
    rf"(?P<each>每[^,扣]{{1,4}})?(?:扣)?(?P<amount>{NUMERAL})(?:分)?(?:[/每](?P<per>[^,\d]{{1,4}}))?"
)
_TALKS: Final = re.compile(r"扣|不得分|得\s*\d+\s*分")
_SHARE: Final = 0.8  # of the occasions must have their amount: in a filled copy hardly any has
_FEW: Final = 3


def joined(grid: Grid, heading: Heading) -> tuple[Grid, tuple[str, ...]]:
    """The sheet with occasion and amount in one text, as they are read; and what was done."""
    method, amounts = heading.column(Role.METHOD), heading.column(Role.DEDUCTED)
    occasions = {row: text for row in grid.rows if row > heading.last and (text := grid.at(row, method))}
    beside = {row: _AMOUNT.fullmatch(plain(grid.at(row, amounts))) for row in occasions}
    found = {row: said for row, said in beside.items() if said}
    talking = any(_TALKS.search(text) for text in occasions.values())
    if talking or len(found) < max(_FEW, _SHARE * len(occasions)):
        return grid, ()
    told = f"{grid.name}：{letter(amounts)}列是{letter(method)}列各种情形的扣分值，已合在一起读取，请确认。"
    phrases = {row: f"{occasions[row]}，{_phrase(said)}" for row, said in found.items()}
    return _written(grid, method, amounts, phrases), (told,)


def _phrase(said: re.Match[str]) -> str:
    per = f"/{said['per']}" if said["per"] else ""
    return f"{said['each'] or ''}扣{said['amount']}分{per}"


def _written(grid: Grid, method: int, amounts: int, phrases: Mapping[int, str]) -> Grid:
    rows = {row: list(cells) for row, cells in grid.rows.items()}
    for row, phrase in phrases.items():
        rows[row][method - 1], rows[row][amounts - 1] = phrase, ""
    return replace(grid, rows={row: tuple(cells) for row, cells in rows.items()})
