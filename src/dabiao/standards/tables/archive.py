"""The zip around an xlsx: refuse what is no workbook or unpacks too far; find what is merged and hidden.

openpyxl's full mode makes an object for every cell of a merged range, so a range over a whole sheet would eat
the machine; its streaming mode leaves ranges out. Hence the ranges are read here, from the stream, clipped.
"""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from openpyxl.utils.exceptions import InvalidFileException

from dabiao.base.files import packed
from dabiao.base.files.markup import declares_doctype
from dabiao.standards.tables.grid import Place, column_number
from dabiao.standards.tables.values import TableError

MOST_BYTES: Final = 20_000_000
MOST_UNPACKED: Final = 50_000_000
MOST_PARTS: Final = 2_000
MOST_MERGED: Final = 400_000  # cells
WIDEST: Final = 64  # columns read

BROKEN: Final = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, EOFError, OSError),
    *(RuntimeError, AssertionError, NotImplementedError, zlib.error, zipfile.BadZipFile),
    *(SyntaxError, InvalidFileException),  # faults of XML are SyntaxErrors, by lxml too
)
_AGAIN: Final = "请用表格软件打开后另存为 xlsx 再导入。"
_RANGE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")


@dataclass(frozen=True, slots=True)
class Layout:
    """Of one sheet: merged ranges (every cell but the first -> the first), hidden rows and columns."""

    merged: dict[Place, Place] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def checked(content: bytes) -> zipfile.ZipFile:
    """The archive of a workbook within limits, else TableError."""
    if len(content) > MOST_BYTES:
        raise TableError(f"文件超过 {MOST_BYTES // 1_000_000} MB。", "请去掉图片等无关内容后再导入。")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise TableError("文件已损坏，打不开。", _AGAIN) from error
    parts = archive.infolist()
    if packed.unpacks_past(parts, most=MOST_PARTS, size=MOST_UNPACKED):
        raise TableError("文件解压后过大，不像一张评分表。", "请只保留评分表所在的工作表，另存后再导入。")
    if packed.locked(parts):
        raise TableError("文件有密码保护，读不了。", "请去掉密码后另存再导入。")
    _refuse_other_kinds(archive)
    return archive


def layouts(archive: zipfile.ZipFile, last_rows: dict[str, int]) -> dict[str, Layout]:
    """Sheet name -> layout, for the sheets named; ranges are clipped to the last row read."""
    try:
        named = {each.name: each.path for each in packed.sheets(archive)}
    except packed.Unfit as error:
        raise TableError(f"文件内容不合规范（{error}）。", _AGAIN) from error
    there = [name for name in named if name in last_rows and named[name] in archive.namelist()]
    return {name: _layout(archive, named[name], last_rows[name]) for name in there}


def is_opendocument(archive: zipfile.ZipFile) -> bool:
    """Is it an ods rather than an xlsx? TableError where it is encrypted."""
    names = set(archive.namelist())
    if "content.xml" not in names or any(name.endswith("workbook.xml") for name in names):
        return False
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise TableError("文件有密码保护，读不了。", "请去掉密码后另存再导入。")
    return True


def _refuse_other_kinds(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if any(name.startswith("word/") for name in names):
        raise TableError(
            "文件不是 xlsx 表格，而是 Word 文档。", "请把其中的评分表复制到表格里，存为 xlsx 再导入。"
        )
    if "content.xml" not in names and not any(name.endswith("workbook.xml") for name in names):
        raise TableError("文件不是 xlsx 表格。", _AGAIN)
    for name in names:
        with archive.open(name) as part:  # whatever it is called: a workbook may name its parts as it likes
            if declares_doctype(part):
                raise TableError("文件内容不合规范（含有自定义实体）。", _AGAIN)


def _layout(archive: zipfile.ZipFile, part: str, last: int) -> Layout:
    merged: dict[Place, Place] = {}
    hidden, columns = set[int](), set[int]()
    with archive.open(part) as stream:
        for _, node in ET.iterparse(stream):  # noqa: S314  -- as above
            kind = packed.local(node.tag)
            unseen = node.get("hidden") in {"1", "true"}
            if kind == "row" and unseen:
                hidden.add(int(node.get("r", "0")))
            elif kind == "col" and unseen:
                columns.update(range(int(node.get("min", "1")), min(int(node.get("max", "1")), WIDEST) + 1))
            elif kind == "mergeCell":
                merged.update(_cells(node.get("ref", ""), last))
                _bounded(merged)
            if kind in {"row", "mergeCell"}:
                node.clear()
    return Layout(merged, frozenset(hidden), frozenset(columns))


def _bounded(merged: dict[Place, Place]) -> None:
    if len(merged) > MOST_MERGED:
        raise TableError("合并单元格过多，不像一张评分表。", "请取消多余的合并后再导入。")


def _cells(reference: str, last: int) -> Iterator[tuple[Place, Place]]:
    found = _RANGE.fullmatch(reference.replace("$", ""))
    if not found or not found[3]:
        return
    left, right = column_number(found[1]), min(column_number(found[3]), WIDEST)
    top, bottom = int(found[2]), min(int(found[4]), last)
    if (bottom - top + 1) * (right - left + 1) > MOST_MERGED:
        raise TableError(f"合并单元格 {reference} 过大。", "请取消这处合并后再导入。")
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if (row, column) != (top, left):
                yield (row, column), (top, left)
