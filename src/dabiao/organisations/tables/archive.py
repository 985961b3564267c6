"""The zip around an xlsx: refuse what is no workbook or unpacks too far; find its parts."""

import io
import posixpath
import xml.etree.ElementTree as ET
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from dabiao.base.files.markup import declares_doctype
from dabiao.organisations.tables.values import FileFault

MOST_UNPACKED: Final = 2_500_000_000  # streamed, never held
MOST_PARTS: Final = 5_000
MOST_SMALL: Final = 8_000_000  # of the parts held whole
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
    except BROKEN as error:
        raise broken() from error


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise FileFault("文件解压后过大，不像一张企业名册。", "请只保留企业名册所在的工作表，另存后再导入。")
    for part in parts:
        if part.file_size > LIGHT and part.file_size > RATIO * max(part.compress_size, 1):
            raise FileFault("文件的压缩比异常，为安全起见没有打开。", _AGAIN)
        if part.flag_bits & 1:
            raise FileFault("文件有密码保护，读不了。", "请去掉密码后另存再导入。")


def _refuse_other_kinds(parts: zipfile.ZipFile) -> None:
    names = set(parts.namelist())
    if "xl/workbook.bin" in names:
        raise FileFault("这是 xlsb 格式。", _AGAIN)
    if "xl/workbook.xml" not in names:
        raise FileFault("文件不是 xlsx 表格。", _AGAIN)
    if len(names) != len(parts.namelist()):
        raise FileFault("文件里有重名的部分，为安全起见没有打开。", _AGAIN)


def _book(parts: zipfile.ZipFile) -> Book:
    tree = _tree(parts, "xl/workbook.xml")
    relations = [each for each in _tree(parts, "xl/_rels/workbook.xml.rels").iter() if each.get("Target")]
    targets = {each.get("Id", ""): _path(each.get("Target", "")) for each in relations}
    strings = [_path(each.get("Target", "")) for each in relations if "sharedStrings" in each.get("Type", "")]
    there = set(parts.namelist())
    shown, hidden = [], []
    for each in tree.iter():
        if _local(each.tag) != "sheet":
            continue
        name, part = each.get("name", ""), targets.get(_relation(each), "")
        if each.get("state", "visible") != "visible":
            hidden.append(name)
        elif part in there and "worksheet" in part:
            shown.append(Sheet(name, part))
    return Book(
        sheets=tuple(shown),
        hidden=tuple(hidden),
        strings=next((part for part in strings if part in there), ""),
        since_1904=any(each.get("date1904") in {"1", "true"} for each in tree.iter()),
        macros=any(name.endswith("vbaProject.bin") for name in there),
        links=any(name.startswith("xl/externalLinks/") for name in there),
    )


def _path(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).removeprefix("/")


def _relation(sheet: ET.Element) -> str:
    return next((value for key, value in sheet.attrib.items() if _local(key) == "id"), "")


def _tree(parts: zipfile.ZipFile, name: str) -> ET.Element:
    if name not in parts.namelist():
        return ET.Element("empty")
    with parts.open(name) as part:
        text = read_small(part)
    if declares_doctype(io.BytesIO(text)):
        raise FileFault("文件内容不合规范（含有自定义实体）。", _AGAIN)
    return ET.fromstring(text)  # noqa: S314  -- what declares a DOCTYPE was refused above


def read_small(part: IO[bytes]) -> bytes:
    text = part.read(MOST_SMALL + 1)
    if len(text) > MOST_SMALL:
        raise FileFault("文件内容不合规范（目录过大）。", _AGAIN)
    return text


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
