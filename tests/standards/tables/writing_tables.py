"""Write tables as authorities might, for the tests of reading them."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Row = Sequence[Any]

HEADING: Row = ("考评类目", "考评项目", "考评内容", "标准分值", "考评办法")
FILLING: Row = (*HEADING, "自评/评审描述", "空项", "实际得分")
ROWS: tuple[Row, ...] = (
    ("1.目标", "1.1目标制定", "制定年度安全目标。", 4, "未制定的，不得分。"),
    (None, None, "目标以文件印发。", 6, "未印发的，每处扣2分；扣满6分的，追加扣除5分。"),
    (None, "1.2考核", "对目标完成情况考核。", 10, "未考核的，扣5分。"),
    (
        "2.机构",
        "2.1机构设置",
        "设立安全管理机构。",
        20,
        "未设立的，不得分，并追加扣除10分；人员不足的，每人扣1分。",
    ),
)


def xlsx(
    rows: Iterable[Row], *, merges: Sequence[str] = (), title: str = "评分表", hidden: Sequence[int] = ()
) -> bytes:
    """One sheet of rows."""
    return workbook({title: (rows, merges)}, hidden_rows=hidden)


def workbook(
    sheets: dict[str, tuple[Iterable[Row], Sequence[str]]],
    *,
    hidden: Sequence[str] = (),
    hidden_rows: Sequence[int] = (),
) -> bytes:
    """Several sheets by name, each with its merged ranges."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, (rows, merges) in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for merged in merges:
            sheet.merge_cells(merged)
        for number in hidden_rows:
            sheet.row_dimensions[number].hidden = True
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def delimited(rows: Iterable[Row], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(
        [["" if each is None else each for each in row] for row in rows]
    )
    return text.getvalue().encode(encoding)


def real(name: str) -> Path:
    """One of the two real tables; they are not part of the repository."""
    for parent in Path(__file__).resolve().parents:
        path = parent.parent / "shared" / "data" / "standards" / name
        if path.exists():
            return path
    return pytest.skip(f"真实评分表 {name} 不在 ../shared/data/standards")
