"""From a path to lines, by what the file holds and not by what it is called."""

from pathlib import Path
from typing import Final

from dabiao.organisations.tables import archive, delimited, workbook
from dabiao.organisations.tables.values import FileFault, Opened

MOST_BYTES: Final = 200_000_000
_OLE: Final = b"\xd0\xcf\x11\xe0"
_ZIP: Final = b"PK"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_FOREIGN: Final = ((b"%PDF", "PDF 文件"), (b"\x89PNG", "图片"), (b"\xff\xd8\xff", "图片"), (b"GIF8", "图片"))
_MARKUP: Final = (b"<html", b"<!doctype", b"<?xml", b"<table")
_AGAIN: Final = "请用表格软件打开后另存为 xlsx 或 csv 再导入。"


def open_file(path: Path) -> Opened:
    """FileFault where it is no table of ours."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise FileFault(f"文件超过 {MOST_BYTES // 1_000_000} MB。", "请分成几个文件导入。")
    with path.open("rb") as file:
        head = file.read(65_536)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise FileFault("文件是空的。", "请选择有内容的文件。")
    if head.startswith(_ZIP):
        return workbook.opened(path, archive.checked(path))
    _refuse_foreign(head)
    return delimited.opened(path)


def _refuse_foreign(head: bytes) -> None:
    if head.startswith(_OLE):
        if _ENCRYPTED in head:
            raise FileFault("文件有密码保护，读不了。", "请去掉密码后另存再导入。")
        raise FileFault("这是旧的 xls 格式（或有密码保护）。", _AGAIN)
    for mark, name in _FOREIGN:
        if head.startswith(mark):
            raise FileFault(f"这是{name}，不是表格。", "请选择 xlsx 或 csv 文件。")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise FileFault("这是网页格式的表格。", _AGAIN)
