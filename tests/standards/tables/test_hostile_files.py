"""Files that are no table, or mean harm: a clear Chinese refusal, in bounded time and memory."""

import contextlib
import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest

from dabiao.standards.tables.understanding import understand
from dabiao.standards.tables.values import TableError
from standards.tables.writing_tables import HEADING, ROWS, saved, workbook, xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(content: bytes | Path, filename: str = "示例.xlsx") -> str:
    with pytest.raises(TableError) as caught:
        understand(content, filename)
    assert caught.value.what
    assert caught.value.todo.endswith("。")
    return str(caught.value)


def repacked(content: bytes, changed: dict[str, bytes]) -> bytes:
    """The archive with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, part in changed.items():
            new.writestr(name, part)
    return out.getvalue()


def sheet_xml(rows: str, after: str = "") -> bytes:
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{name}"><sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"   \n", "空的"),
        (b"\x00\x01\x02\x03" * 100, "不是 xlsx"),
        (b"PK\x03\x04 not really", "损坏"),
        (OLE + b"\0" * 600, "xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("你好，世界".encode(), "没有读到评分表"),
        (b'"unclosed,quote\n' * 3, "没有读到评分表"),
        (b"%PDF-1.7 \xff\xfe\xfa\x00", "不是 xlsx"),
    ],
)
def test_what_is_no_table_is_refused(content: bytes, words: str) -> None:
    assert words in refusal(content)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "打不开" in refusal(tmp_path / "没有.xlsx")


def test_a_zip_of_something_else_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert "不是 xlsx" in refusal(out.getvalue())


def test_a_truncated_workbook_is_refused() -> None:
    content = xlsx([HEADING, *ROWS])
    assert "损坏" in refusal(content[: len(content) // 2])


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_broken_parts_are_refused(part: str) -> None:
    assert "损坏" in refusal(repacked(xlsx([HEADING, *ROWS]), {part: b"<broken"}))


def test_a_zip_bomb_is_refused_unopened() -> None:
    bomb = sheet_xml("<row/>" * 10_000_000)
    content = repacked(xlsx([HEADING, *ROWS]), {"xl/worksheets/sheet1.xml": bomb})
    assert len(content) < 1_000_000
    assert "过大" in refusal(content)


def test_entities_are_refused() -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'
    )
    assert "实体" in refusal(repacked(xlsx([HEADING, *ROWS]), {"xl/worksheets/sheet1.xml": bomb}))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/odd.name"])
@pytest.mark.parametrize(("encoding", "padding"), [("utf-16", 0), ("utf-8", 5_000)])
def test_entities_are_refused_however_they_are_hidden(part: str, encoding: str, padding: int) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!--{"a" * padding}-->'
    bomb = (text + '<!DOCTYPE x [<!ENTITY a "aa">]><worksheet>&a;</worksheet>').encode(encoding)
    assert "实体" in refusal(repacked(xlsx([HEADING, *ROWS]), {part: bomb}))


def test_too_many_rows_are_refused_early() -> None:
    row = '<row><c t="inlineStr"><is><t>a</t></is></c></row>'
    content = repacked(xlsx([HEADING, *ROWS]), {"xl/worksheets/sheet1.xml": sheet_xml(row * 100_000)})
    assert "行" in refusal(content)


def test_a_merge_over_the_whole_sheet_is_bounded() -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>标准分值</t></is></c></row>'
    merge = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    content = repacked(xlsx([HEADING, *ROWS]), {"xl/worksheets/sheet1.xml": sheet_xml(rows, merge)})
    assert "没有读到评分表" in refusal(content) or "标准分值" in refusal(content)


def test_a_cell_in_the_last_corner_is_bounded() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx([HEADING, *ROWS])))
    book.active["XFD1048576"] = "x"
    found = understand(saved(book))
    assert found.counts.items == 4
    assert "千行空白" in "".join(found.remarks)


def test_formulas_that_lead_back_to_themselves_end() -> None:
    rows = [*ROWS, ("总计", None, None, "=SUM(D2:D6)")]
    assert understand(xlsx([HEADING, *rows])).sums[0].found == 40_000


def test_formulas_about_formulas_end() -> None:
    chain = [
        ("3.链", f"3.{row}", "内容", f"=SUM(D1:D{row - 1})+SUM(D1:D{row - 1})", "扣1分")
        for row in range(6, 120)
    ]
    understand(xlsx([HEADING, *ROWS, *chain]))


def test_formulas_are_never_run_and_never_taken_for_text() -> None:
    rows = [*ROWS, (None, None, '=WEBSERVICE("x")', '=HYPERLINK("x")', "扣1分")]
    found = understand(xlsx([HEADING, *rows]))
    assert [each.spot.row for each in found.errors] == [6]


def test_no_points_column_is_named() -> None:
    rows = [[*row[:3], row[4]] for row in (HEADING, *ROWS)]
    assert "标准分值" in refusal(xlsx(rows))


def test_a_doubled_heading_is_named_with_its_columns() -> None:
    rows = [[*row[:4], row[3], row[4]] for row in (HEADING, *ROWS)]
    assert "D列“标准分值”、E列“标准分值”" in refusal(xlsx(rows))
    rows = [[*row[:3], row[2], *row[3:]] for row in (HEADING, *ROWS)]
    assert "C列“考评内容”、D列“考评内容”" in refusal(xlsx(rows))


def test_a_doubled_heading_over_an_empty_column_does_no_harm() -> None:
    rows = [(*HEADING, "标准分值"), *ROWS]
    assert understand(xlsx(rows)).counts.points == 40_000


def test_only_hidden_sheets_are_refused() -> None:
    content = workbook({"评分表": ([HEADING, *ROWS], []), "空": ([], [])}, hidden=["评分表"])
    assert "没有内容" in refusal(content)


def test_a_sheet_too_large_by_bytes_is_refused() -> None:
    assert "MB" in refusal(b"a" * 20_000_001)


def test_lines_of_endless_punctuation_are_read_in_time() -> None:
    method = "每处扣，；。（" * 4000
    understand(xlsx([HEADING, (*ROWS[0][:4], method)]))


@pytest.mark.parametrize("seed", range(40))
def test_a_file_with_flipped_bytes_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(xlsx([HEADING, *ROWS], merges=["A2:A4"]))
    for _ in range(8):
        content[chance.randrange(len(content))] = chance.randrange(256)
    with contextlib.suppress(TableError):
        assert understand(bytes(content), "示例.xlsx").counts.items <= 4
