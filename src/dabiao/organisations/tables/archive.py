"""The zip around an xlsx: refuse what is no workbook or unpacks too far; find its parts."""

import xml.etree.ElementTree as ET
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dabiao.base.files import packed
from dabiao.organisations.tables.values import FileFault

MOST_UNPACKED: Final = 2_500_000_000  # streamed, never held
MOST_PARTS: Final = 5_000
RATIO: Final = 300  # a table packs 10 to 60 times; deflate ends at 1032
LIGHT: Final = 20_000_000  # below that no ratio matters
_AGAIN: Final = "请用表格软件打开后另存为 xlsx 再导入。"
BROKEN: Final = (
    *(KeyError, IndexError, ValueError, EOFError, OSError, RuntimeError, NotImplementedError),
    *(zlib.error, zipfile.BadZipFile, ET.ParseError, OverflowError),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Book:
    """The visible sheets in order, and what else a reader must know."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...]
    strings: str
    since_1904: bool
    macros: bool
    links: bool


def broken() -> FileFault:
    return FileFault("文件内容已损坏，读不出来。", _AGAIN)


def checked(path: Path) -> Book:
    """What the workbook holds, within limits, else FileFault."""
    try:
        with zipfile.ZipFile(path) as parts:
            _refuse_bombs(parts.infolist())
            _refuse_other_kinds(parts)
            return _book(parts)
    except packed.Unfit as error:
        raise FileFault(f"文件内容不合规范（{error}）。", _AGAIN) from error
    except BROKEN as error:
        raise broken() from error


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    if packed.unpacks_past(parts, most=MOST_PARTS, size=MOST_UNPACKED):
        raise FileFault("文件解压后过大，不像一张企业名册。", "请只保留企业名册所在的工作表，另存后再导入。")
    if any(part.file_size > LIGHT and part.file_size > RATIO * max(part.compress_size, 1) for part in parts):
        raise FileFault("文件的压缩比异常，为安全起见没有打开。", _AGAIN)
    if packed.locked(parts):
        raise FileFault("文件有密码保护，读不了。", "请去掉密码后另存再导入。")


def _refuse_other_kinds(parts: zipfile.ZipFile) -> None:
    names = set(parts.namelist())
    if "xl/workbook.bin" in names:
        raise FileFault("这是 xlsb 格式。", _AGAIN)
    if packed.BOOK not in names:
        raise FileFault("文件不是 xlsx 表格。", _AGAIN)
    if len(names) != len(parts.namelist()):
        raise FileFault("文件里有重名的部分，为安全起见没有打开。", _AGAIN)


def _book(parts: zipfile.ZipFile) -> Book:
    there, found = set(parts.namelist()), packed.sheets(parts)
    strings = [each for each in packed.relations(parts) if "sharedStrings" in each.get("Type", "")]
    paths = [packed.where(each.get("Target", "")) for each in strings]
    shown = [each for each in found if each.visible and each.path in there and "worksheet" in each.path]
    return Book(
        sheets=tuple(Sheet(each.name, each.path) for each in shown),
        hidden=tuple(each.name for each in found if not each.visible),
        strings=next((path for path in paths if path in there), ""),
        since_1904=any(
            each.get("date1904") in {"1", "true"} for each in packed.tree(parts, packed.BOOK).iter()
        ),
        macros=any(name.endswith("vbaProject.bin") for name in there),
        links=any(name.startswith("xl/externalLinks/") for name in there),
    )
