"""A csv as a grid of text: UTF-8, UTF-16 or GB 18030 (which holds GBK); comma, semicolon or tab."""

import codecs
import csv
import io
from typing import Final

from dabiao.standards.tables.grid import Grid
from dabiao.standards.tables.values import TableError
from dabiao.standards.tables.workbook import MOST_ROWS, Opened

MOST_COLUMNS: Final = 64
_DELIMITERS: Final = ",\t;，"
_LOOKED_AT: Final = 30  # lines looked at to find the delimiter


def read(content: bytes, name: str) -> Opened:
    """The one sheet of a csv; TableError where it is no text or too long."""
    text = _decoded(content)
    delimiter = _delimiter(text)
    _refuse_open_quote(text, delimiter)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: dict[int, tuple[str, ...]] = {}
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                rows[number] = tuple(cells[:MOST_COLUMNS])
            if len(rows) > MOST_ROWS:
                raise TableError(f"文件超过 {MOST_ROWS} 行。", "请只保留评分表本身后再导入。")
    except csv.Error as error:
        raise TableError("不是完整的 csv 文件。", "请用表格软件打开后另存再导入。") from error
    return Opened((Grid(name, rows),))


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TableError("文件不是 xlsx 表格，也不是 csv 文本。", "请用表格软件打开后另存为 xlsx 再导入。")


def _delimiter(text: str) -> str:
    """The one that stands most often in the first lines."""
    head = "\n".join(text.splitlines()[:_LOOKED_AT])
    return max(_DELIMITERS[:3], key=head.count)


def _refuse_open_quote(text: str, delimiter: str) -> None:
    """A quotation mark that is never closed swallows all rows after it."""
    reader, begun = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 0
    try:
        for _ in reader:
            begun = reader.line_num
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise TableError(f"第{begun + 1}行有一个引号没有配对。", "请补上或删去引号后再导入。") from error
