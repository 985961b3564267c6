"""Which sheets of a file hold the table, and what each says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from dabiao.standards.tables import beside, headings, inline, items, reordered
from dabiao.standards.tables.grid import Grid, letter, plain
from dabiao.standards.tables.numbers import printed
from dabiao.standards.tables.raw import SheetRead
from dabiao.standards.tables.roles import MEANINGS, Role, meaning
from dabiao.standards.tables.values import ColumnUse, Hints, SheetUse, Spot, TableError
from dabiao.standards.tables.workbook import Opened

MOST_ITEMS: Final = 5_000
_TODO: Final = "请检查标题的写法，或在导入时指明标题行和各列。"
_LOOKED_AT: Final = 60
_SAME: Final = 0.7  # of the requirements, for two sheets to be versions of one table
_FEW: Final = 3


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
        read, why = _read(grid, hints)
        uses.append(SheetUse(grid.name, read is not None, why))
        reads += [read] if read else []
    reads, uses = _without(_twins(reads, hints), reads, uses)
    reads, uses = _without(_summaries(reads), reads, uses)
    _refuse_versions(reads)
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


def _read(grid: Grid, hints: Hints) -> tuple[SheetRead | None, str]:
    grid, heading = _headed(grid, hints)
    if heading is None:
        return None, "没有找到评分表的标题行。" if grid.rows else "工作表是空的。"
    grid, moved = reordered.aligned(grid, heading)
    grid, put = beside.joined(grid, heading)
    read = items.read(grid, replace(heading, remarks=(*heading.remarks, *moved, *put)))
    if not read.items and not read.faults:
        return None, "标题行下面没有带标准分值的条目。"
    return read, f"标题在第{heading.last}行，读到 {len(read.items)} 条。"


def _headed(grid: Grid, hints: Hints) -> tuple[Grid, headings.Heading | None]:
    """The sheet and its heading; where no column holds points, those printed within the text are tried."""
    heading = headings.find(grid, hints)
    split = None if heading or hints.columns else inline.apart(grid)
    if split is None:
        return grid, heading
    grid, told = split
    heading = headings.find(grid, hints)
    return grid, heading and replace(heading, remarks=(*heading.remarks, told))


def _asked(read: SheetRead) -> list[tuple[str, int]]:
    return [(plain("".join(item.requirement)), item.points) for item in read.items]


def _without(
    why: dict[str, str], reads: list[SheetRead], uses: list[SheetUse]
) -> tuple[list[SheetRead], list[SheetUse]]:
    """Leave sheets out, by name, each with its reason."""
    kept = [read for read in reads if read.grid.name not in why]
    return kept, [SheetUse(use.name, False, why[use.name]) if use.name in why else use for use in uses]


def _twins(reads: Sequence[SheetRead], hints: Hints) -> dict[str, str]:
    """Of sheets with the same items one is read: the first, or where wanted the first with answers."""
    order = sorted(reads, key=lambda read: hints.filled and not read.filled)
    found: dict[str, str] = {}
    for place, read in enumerate(order):
        twin = next((each.grid.name for each in order[:place] if _asked(each) == _asked(read)), "")
        if twin and read.items:
            found[read.grid.name] = f"与工作表“{twin}”的条目相同，没有重复读取。"
    return found


def _summaries(reads: Sequence[SheetRead]) -> dict[str, str]:
    """A sheet without a 考评办法 beside sheets with one, or one that only adds up what the others hold."""
    full = [read for read in reads if read.heading.column(Role.METHOD)]
    found = {}
    for read in reads:
        others = [each for each in full if each is not read]
        if others and not read.heading.column(Role.METHOD):
            found[read.grid.name] = "没有考评办法列，看作汇总表，没有读取。"
        elif others and _adds_up(read, others):
            found[read.grid.name] = "总分与其他工作表相同，条目只是其中的要素，看作汇总表，没有读取。"
    return found


def _adds_up(read: SheetRead, others: Sequence[SheetRead]) -> bool:
    titles = {printed(each).title for other in others for item in other.items for each in item.levels}
    titles |= {printed(other.grid.name).title for other in others}
    whole = sum(item.points for other in others for item in other.items)
    outer = {printed(item.levels[0] if item.levels else item.requirement[0]).title for item in read.items}
    fewer = len(read.items) < sum(len(other.items) for other in others)
    return fewer and outer <= titles and sum(item.points for item in read.items) == whole


def _refuse_versions(reads: Sequence[SheetRead]) -> None:
    """Two sheets that ask nearly the same are two versions of one table: a person says which is meant."""
    for read, other in combinations(reads, 2):
        texts, others = ({text for text, _ in _asked(each)} for each in (read, other))
        fewer = min(len(texts), len(others))
        if fewer > _FEW and len(texts & others) >= _SAME * fewer:
            raise TableError(
                f"工作表“{read.grid.name}”和“{other.grid.name}”的考评内容大多相同，像是一张表的两个版本。",
                "请写明只读哪一张工作表，或删去另一张后再导入。",
            )


def _none(grids: Sequence[Grid], uses: Sequence[SheetUse]) -> TableError:
    if stated := next((told for grid in grids if (told := _of_elements_alone(grid))), ""):
        return TableError(
            f"分值只写在要素名称里（{stated}），各条没有分值。", "请增加“标准分值”一列，逐条填写。"
        )
    if any(_has_method_heading(grid) for grid in grids):
        return TableError("找不到“标准分值”（或“分值”“标准分”）这一列。", _TODO)
    said = "".join(f"工作表“{use.name}”：{use.why}" for use in uses)
    return TableError(f"没有读到评分表。需要有“标准分值”“考评内容”“考评办法”等列标题。{said}", _TODO)


def _of_elements_alone(grid: Grid) -> str:
    """Where an element says its points, in a table whose items have none; empty where none does."""
    levels = {
        place
        for row in list(grid.rows)[:_LOOKED_AT]
        for place, text in grid.texts(row)
        if len(text) < _LOOKED_AT and meaning(text).role is Role.LEVEL
    }
    stated = (
        f"如{Spot(grid.name, row, letter(place))}“{plain(text)[:20]}”"
        for row in grid.rows
        for place, text in grid.texts(row)
        if place in levels and printed(text).points is not None
    )
    return next(stated, "") if _has_method_heading(grid) else ""


def _has_method_heading(grid: Grid) -> bool:
    wanted = {Role.METHOD, Role.REQUIREMENT}
    rows = list(grid.rows)[:_LOOKED_AT]
    return any(
        meaning(text).role in wanted for row in rows for _, text in grid.texts(row) if len(text) < _LOOKED_AT
    )
