"""A csv as a stream of lines: UTF-8, UTF-16 or GB 18030 (which holds GBK); comma, semicolon, tab or bar."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from dabiao.organisations.tables.values import (
    MOST_ROWS,
    MOST_TEXT,
    WIDEST,
    FileFault,
    Line,
    Opened,
    too_many,
)

PIECE: Final = 1 << 20
DELIMITERS: Final = {",": "逗号", "\t": "制表符", ";": "分号", "|": "竖线", "，": "全角逗号"}
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8（带 BOM）"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_TRIED: Final = (("utf-8", "UTF-8"), ("gbk", "GBK"), ("gb18030", "GB18030"))
_LOOKED_AT: Final = 8_192  # characters looked at to find the delimiter


def opened(path: Path) -> Opened:
    """FileFault where it is no text."""
    encoding, name = _encoding(path)
    delimiter = _delimiter(path, encoding)

    def lines() -> Iterator[Line]:
        return _lines(path, encoding, delimiter)

    if next(lines(), None) is None:
        raise FileFault("文件里没有内容。", "请选择有内容的文件。")
    return Opened(f"csv 文本，{name}，{DELIMITERS[delimiter]}分隔", lines, [])


def _encoding(path: Path) -> tuple[str, str]:
    """By the mark at the beginning, else the first that reads the whole file."""
    with path.open("rb") as file:
        head = file.read(4)
    for mark, encoding, name in _BOMS:
        if head.startswith(mark):
            if (place := _failing(path, encoding)) is not None:
                raise _mixed(path, place)
            return encoding, name
    places = []
    for encoding, name in _TRIED:
        if (place := _failing(path, encoding)) is None:
            return encoding, name
        places.append(place)
    raise _mixed(path, max(places))


def _mixed(path: Path, place: int) -> FileFault:
    with path.open("rb") as file:
        line = file.read(place).count(b"\n") + 1
    return FileFault(
        f"第 {line} 行附近的文字编码与前文不一致，或者不是文本。",
        "请用表格软件打开，另存为 UTF-8 编码的 csv 或 xlsx。",
    )


def _failing(path: Path, encoding: str) -> int | None:
    """Where the file cannot be read so; None if it can. NUL is in no text."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            try:
                text = decoder.decode(piece)
            except UnicodeDecodeError as error:
                return done + error.start
            if "\0" in text:
                raise FileFault("文件含有空字符，不是文本。", "请用表格软件打开后另存为 xlsx 或 csv 再导入。")
            done += len(piece)
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return done
    return None


def _delimiter(path: Path, encoding: str) -> str:
    """The one that stands most often in the first lines, outside quotes."""
    with path.open(encoding=encoding, newline="") as file:
        head = "".join(file.read(_LOOKED_AT).split('"')[::2])
    return max(DELIMITERS, key=head.count)


def _lines(path: Path, encoding: str, delimiter: str) -> Iterator[Line]:
    """Numbered by records, as a spreadsheet shows them: a line break inside quotes begins no new row."""
    csv.field_size_limit(4 * MOST_TEXT)
    count = 0
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(_bounded(file), delimiter=delimiter)
        try:
            for number, cells in enumerate(reader, start=1):
                if not any(map(str.strip, cells)):
                    continue
                count += 1
                if count > MOST_ROWS:
                    raise too_many()
                if any(len(cell) > MOST_TEXT for cell in cells):
                    raise _too_long(number)
                yield Line(number, tuple(cells[:WIDEST]))
        except csv.Error as error:
            raise _too_long(reader.line_num) from error


def _too_long(number: int) -> FileFault:
    return FileFault(
        f"第 {number} 行附近有单元格的文字超过 {MOST_TEXT} 个字，可能缺少配对的引号。", "请检查后再导入。"
    )


def _bounded(file: io.TextIOBase) -> Iterator[str]:
    """Lines as text, none of them endless."""
    longest = 64 * MOST_TEXT
    while line := file.readline(longest):
        if len(line) == longest and not line.endswith("\n"):
            raise FileFault("有一行过长，不像一张表格。", "请用表格软件打开后另存再导入。")
        yield line
