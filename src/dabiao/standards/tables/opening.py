"""From a path or bytes to grids, whatever the file is called."""

import codecs
import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from dabiao.standards.tables import archive, delimited, legacy, opendocument, workbook
from dabiao.standards.tables.grid import Grid
from dabiao.standards.tables.values import TableError
from dabiao.standards.tables.workbook import Opened

_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_ZIP: Final = b"PK"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_AGAIN: Final = "请用表格软件打开后另存为 xlsx 再导入。"
_OTHERS: Final = (
    (re.compile(rb"%PDF"), "文件不是 xlsx 表格，而是 PDF。", "请取得评分表的 Excel 文件后再导入。"),
    (
        re.compile(rb"<\?xml|<html|<!doctype html|<table|<meta", re.IGNORECASE),
        "文件其实是网页或 XML，不是表格。",
        _AGAIN,
    ),
    (
        re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8"),
        "文件是图片，不是表格。",
        "请取得评分表的 Excel 文件后再导入。",
    ),
    (re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b"), "文件是压缩包。", "请解压后选择其中的评分表。"),
)


def open_table(source: Path | str | bytes, filename: str = "") -> tuple[Opened, str]:
    """The readable sheets of a file and its name without the ending; TableError where there are none."""
    content = _content(source)
    name = Path(filename or (source if not isinstance(source, bytes) else "表格")).stem
    if not content.strip():
        raise TableError("文件是空的。", "请选择有内容的评分表。")
    opened = _opened(content, name)
    opened = replace(opened, grids=tuple(map(_visible, opened.grids)))
    if not any(grid.rows for grid in opened.grids):
        raise TableError("表格里没有内容。", "请检查评分表所在的工作表是否被隐藏或清空。")
    return opened, name


def _visible(grid: Grid) -> Grid:
    """The sheet without characters nobody sees: they would keep words and numbers from being read."""
    unseen = {
        row: tuple(_UNSEEN.sub("", cell).replace("\xa0", " ") for cell in cells)
        for row, cells in grid.rows.items()
        if any("\xa0" in cell or _UNSEEN.search(cell) for cell in cells)
    }
    return replace(grid, rows={**grid.rows, **unseen}) if unseen else grid


def _opened(content: bytes, name: str) -> Opened:
    """By what the file is, not by what it is called."""
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise TableError("文件有密码保护，读不了。", "请去掉密码后另存再导入。")
        return legacy.read(content)
    if content.startswith(_ZIP):
        return _unpacked(content)
    for kind, what, todo in _OTHERS:
        if kind.match(content.removeprefix(codecs.BOM_UTF8).lstrip()):
            raise TableError(what, todo)
    return delimited.read(content, name)


def _unpacked(content: bytes) -> Opened:
    try:
        with archive.checked(content) as parts:
            if archive.is_opendocument(parts):
                return opendocument.read(parts)
            return workbook.read(content, parts)
    except archive.BROKEN as error:
        raise TableError("文件内容已损坏，读不出来。", _AGAIN) from error


def _content(source: Path | str | bytes) -> bytes:
    if isinstance(source, bytes):
        content = source
    else:
        try:
            with Path(source).open("rb") as file:
                content = file.read(archive.MOST_BYTES + 1)
        except OSError as error:
            raise TableError(f"打不开文件 {Path(source).name}。", "请检查文件是否存在、能否读取。") from error
    if len(content) > archive.MOST_BYTES:
        raise TableError(f"文件超过 {archive.MOST_BYTES // 1_000_000} MB。", "请去掉图片等无关内容后再导入。")
    return content
