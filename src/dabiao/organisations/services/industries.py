"""Groups and classes of industries from a file; what is there keeps its key and takes the new name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.organisations import permissions
from dabiao.organisations.models import Industry
from dabiao.organisations.rules.classes import Class, read
from dabiao.organisations.tables.opening import open_file

CODES: Final = frozenset({"代码", "行业代码", "类别代码", "编码"})
NAMES: Final = frozenset({"名称", "行业名称", "类别名称"})
SHOWN: Final = 20
PIECE: Final = 400


@dataclass(frozen=True, slots=True)
class Entered:
    created: int
    renamed: int
    unchanged: int


def import_classes(*, path: Path, by: Actor, at: datetime) -> Entered:
    """All or nothing; FileFault where the file is no table, Invalid with the rows that are wrong."""
    permissions.may_establish(by).or_refuse()
    there = {each.code: each for each in Industry.objects.all()}
    result = read(_rows(path), {code: each.name for code, each in there.items()})
    if result.faults:
        raise Invalid("\n".join(result.faults[:SHOWN]) + f"\n共 {len(result.faults)} 处错误，没有写入。")
    new = [each for each in result.classes if each.code not in there]
    other = [each for each in result.classes if each.code in there and there[each.code].name != each.name]
    if new or other:
        _write(new, other, there, by, at)
    return Entered(len(new), len(other), len(result.classes) - len(new) - len(other))


def _write(new: list[Class], other: list[Class], there: dict[str, Industry], by: Actor, at: datetime) -> None:
    """Groups before the classes in them, so that each finds what it lies in."""
    section = next(each for each in there.values() if each.parent_id is None)
    with journal.writing(permissions.IMPORT_CLASSES, by=by, at=at, on=section) as w:
        for length in sorted({len(each.code) for each in new}):
            made = [
                Industry(code=each.code, name=each.name, parent=there[each.parent])
                for each in new
                if len(each.code) == length
            ]
            there.update((each.code, each) for each in w.create_all(made))
        for each in other:
            w.change(there[each.code], name=each.name)


def _rows(path: Path) -> Iterator[tuple[int, str, str]]:
    """By the headings 代码 and 名称, else the first two columns."""
    code, name, begun = 0, 1, False
    for line in open_file(path).lines():
        cells = [cell.strip() for cell in line.cells]
        if not begun and CODES & set(cells) and NAMES & set(cells):
            code = next(place for place, cell in enumerate(cells) if cell in CODES)
            name = next(place for place, cell in enumerate(cells) if cell in NAMES)
            begun = True
        elif begun or (cells and cells[0][:1].isalnum() and cells[0].isascii()):
            begun = True
            if line.cell(code).strip():
                yield line.number, line.cell(code), line.cell(name)
