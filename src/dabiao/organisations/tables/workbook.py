"""An xlsx as a stream of lines: any number of rows, bounded memory."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from dabiao.organisations.tables import cells, parsing
from dabiao.organisations.tables.archive import BROKEN, Book, Sheet, broken
from dabiao.organisations.tables.strings import Strings
from dabiao.organisations.tables.values import FileFault, Line, Opened

LOOKED_AT: Final = 5  # sheets asked whether there is anything in them


def opened(path: Path, book: Book) -> Opened:
    """The first visible sheet with something in it; the others are named."""
    if not book.sheets:
        raise FileFault("没有可见的工作表。", "请取消隐藏企业名册所在的工作表，保存后再导入。")
    remarks = _remarks(book)
    strings = _strings(path, book)
    for place, sheet in enumerate(book.sheets[:LOOKED_AT]):
        lines = _reader(path, sheet, strings, remarks)
        if next(lines(), None) is not None:
            if others := [each.name for each in book.sheets[place + 1 :]]:
                remarks.append(f"只读取了工作表“{sheet.name}”，没有读取：{'、'.join(others)[:200]}。")
            era = "（1904 日期系统）" if book.since_1904 else ""
            return Opened(f"xlsx 表格，工作表“{sheet.name}”{era}", lines, remarks, book.since_1904)
    raise FileFault("表格里没有内容。", "请检查企业名册所在的工作表是否被隐藏或清空。")


def _remarks(book: Book) -> list[str]:
    found = []
    if book.hidden:
        found.append(f"隐藏的工作表没有读取：{'、'.join(book.hidden)[:200]}。")
    if book.macros:
        found.append("文件带有宏，没有运行，只读取了表格内容。")
    if book.links:
        found.append("文件带有外部链接，没有更新，只读取了保存时的内容。")
    if book.since_1904:
        found.append("文件采用 1904 日期系统，日期已按此换算。")
    return found


def _strings(path: Path, book: Book) -> Strings:
    if not book.strings:
        return Strings()
    try:
        with zipfile.ZipFile(path) as parts, parts.open(book.strings) as stream:
            return Strings(parsing.strings(stream))
    except BROKEN as error:
        raise broken() from error


def _reader(path: Path, sheet: Sheet, strings: Strings, remarks: list[str]) -> Callable[[], Iterator[Line]]:
    def lines() -> Iterator[Line]:
        try:
            with zipfile.ZipFile(path) as parts, parts.open(sheet.part) as stream:
                yield from cells.lines(stream, strings, remarks)
        except BROKEN as error:
            raise broken() from error

    return lines
