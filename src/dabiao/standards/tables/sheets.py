"""Which sheets of a file hold the table, and what each says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dabiao.standards.tables import headings, items
from dabiao.standards.tables.grid import Grid, letter, plain
from dabiao.standards.tables.items import SheetRead
from dabiao.standards.tables.roles import MEANINGS, Role, meaning
from dabiao.standards.tables.values import ColumnUse, Hints, SheetUse, TableError
from dabiao.standards.tables.workbook import Opened

MOST_ITEMS: Final = 5_000
_TODO: Final = "请检查标题的写法，或在导入时指明标题行和各列。"
_LOOKED_AT: Final = 60


@dataclass(frozen=True, slots=True)
class Chosen:
    reads: tuple[SheetRead, ...]
    uses: tuple[SheetUse, ...]


def choose(opened: Opened, hints: Hints) -> Chosen:
    """Read every sheet that is a scoring table; TableError where none is."""
    grids = [grid for grid in opened.grids if not hints.sheets or grid.name in hints.sheets]
    if not grids:
        raise TableError("没有指明的工作表。", f"文件里有：{'、'.join(grid.name for grid in opened.grids)}。")
    uses = [*opened.left_out, *_not_asked(opened.grids, grids)]
    reads: list[SheetRead] = []
    for grid in grids:
        read, why = _read(grid, hints, reads)
        uses.append(SheetUse(grid.name, read is not None, why))
        reads += [read] if read else []
    reads, uses = _without_summaries(reads, uses)
    if not reads:
        raise _none(grids, uses)
    if sum(len(read.items) for read in reads) > MOST_ITEMS:
        raise TableError(f"条目超过 {MOST_ITEMS} 条，不像一张评分表。", "请只保留评分表本身。")
    return Chosen(tuple(reads), tuple(uses))


def columns(reads: Iterable[SheetRead]) -> tuple[ColumnUse, ...]:
    """What every column of the sheets used was taken for."""
    return tuple(
        ColumnUse(read.grid.name, letter(each.place), "".join(each.heading.split()), role, MEANINGS[role])
        for read in reads
        for each in read.heading.columns
        for role in [_role(read, each.place, each.meaning.role)]
    )


def _role(read: SheetRead, place: int, role: Role) -> Role:
    """The role a column serves in the end: two may have claimed one."""
    if place in read.heading.basis:
        return Role.CITATION
    taken = read.heading.column(role)
    return role if not taken or taken == place else Role.OTHER


def _not_asked(grids: Sequence[Grid], asked: Sequence[Grid]) -> list[SheetUse]:
    names = {grid.name for grid in asked}
    return [SheetUse(grid.name, False, "没有要求读取。") for grid in grids if grid.name not in names]


def _read(grid: Grid, hints: Hints, before: Sequence[SheetRead]) -> tuple[SheetRead | None, str]:
    heading = headings.find(grid, hints)
    if heading is None:
        return None, "没有找到评分表的标题行。" if grid.rows else "工作表是空的。"
    read = items.read(grid, heading)
    if not read.items and not read.faults:
        return None, "标题行下面没有带标准分值的条目。"
    twin = next((each.grid.name for each in before if _asked(each) == _asked(read)), "")
    if twin and read.items:
        return None, f"与工作表“{twin}”的条目相同，没有重复读取。"
    return read, f"标题在第{heading.last}行，读到 {len(read.items)} 条。"


def _asked(read: SheetRead) -> list[tuple[str, int]]:
    return [(plain("".join(item.requirement)), item.points) for item in read.items]


def _without_summaries(
    reads: list[SheetRead], uses: list[SheetUse]
) -> tuple[list[SheetRead], list[SheetUse]]:
    """Beside sheets with a 考评办法, one without is a summary of them."""
    full = [read for read in reads if read.heading.column(Role.METHOD)]
    if not full or len(full) == len(reads):
        return reads, uses
    kept = {read.grid.name for read in full}
    summary = "没有考评办法列，看作汇总表，没有读取。"
    return full, [
        SheetUse(use.name, False, summary) if use.used and use.name not in kept else use for use in uses
    ]


def _none(grids: Sequence[Grid], uses: Sequence[SheetUse]) -> TableError:
    if any(_has_method_heading(grid) for grid in grids):
        return TableError("找不到“标准分值”（或“分值”“标准分”）这一列。", _TODO)
    said = "".join(f"工作表“{use.name}”：{use.why}" for use in uses)
    return TableError(f"没有读到评分表。需要有“标准分值”“考评内容”“考评办法”等列标题。{said}", _TODO)


def _has_method_heading(grid: Grid) -> bool:
    wanted = {Role.METHOD, Role.REQUIREMENT}
    rows = list(grid.rows)[:_LOOKED_AT]
    return any(
        meaning(text).role in wanted for row in rows for _, text in grid.texts(row) if len(text) < _LOOKED_AT
    )
