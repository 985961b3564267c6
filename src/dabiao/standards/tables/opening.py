"""From a path or bytes to grids, whatever the file is called."""

from pathlib import Path
from typing import Final

from dabiao.standards.tables import archive, delimited, workbook
from dabiao.standards.tables.values import TableError
from dabiao.standards.tables.workbook import Opened

_ZIP: Final = b"PK"


def open_table(source: Path | str | bytes, filename: str = "") -> tuple[Opened, str]:
    """The readable sheets of a file and its name without the ending; TableError where there are none."""
    content = _content(source)
    name = Path(filename or (source if not isinstance(source, bytes) else "表格")).stem
    if not content.strip():
        raise TableError("文件是空的。", "请选择有内容的评分表。")
    if content.startswith((_ZIP, b"\xd0\xcf\x11\xe0")):
        opened = workbook.read(content)
    else:
        opened = delimited.read(content, name)
    if not any(grid.rows for grid in opened.grids):
        raise TableError("表格里没有内容。", "请检查评分表所在的工作表是否被隐藏或清空。")
    return opened, name


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
