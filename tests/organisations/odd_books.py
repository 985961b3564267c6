"""More kinds: what spreadsheets write by halves, and what no spreadsheet writes."""

import gzip
import struct
import zipfile
from pathlib import Path

from organisations.files import HEADS, MAIN, ROWS, book, csv_text, row, sheet, xlsx
from organisations.hostile import FILES, file, lined, packed, raw

__all__ = ["FILES"]
TEXT = csv_text(ROWS)
# --- texts
raw(
    "mark_of_utf8_then_gbk",
    "csv",
    "第 2 行附近的文字编码与前文不一致",
    b"\xef\xbb\xbf" + csv_text(ROWS[:2]).encode() + csv_text(ROWS[2:]).encode("gbk"),
)
raw(
    "line_breaks_in_headings",
    "csv",
    "rows 2",
    ('"企业\n名称","统一社会信用\r\n代码",管辖区,属地,行业,规模,从业人数\r\n' + csv_text(ROWS[1:])).encode(),
)
raw("separator_told_first", "csv", "rows 2", ("sep=;\r\n" + csv_text(ROWS, ";")).encode())
raw("utf32", "csv", "空字符", TEXT.encode("utf-32"))
raw("packed_text", "xlsx", "编码", gzip.compress(TEXT.encode(), mtime=0))
raw("json", "csv", "没有找到表头", '[{"企业名称":"示例甲厂"}]'.encode())
lined("negative_code", "18 位", row(101, code="-9111000012345678"))
lined("registration_number_of_old", "现为 15 位", row(101, code="110105000123456"))
# --- zips that are none, or climb
raw("only_paths_that_climb", "xlsx", "不是 xlsx", packed({"../../evil.txt": b"a", "..\\..\\evil.txt": b"b"}))
raw(
    "open_document",
    "xlsx",
    "不是 xlsx",
    packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
)


def _stamped(path: Path, local: int, central: int, value: int) -> None:
    """Set two bytes in every header of a zip."""
    content = bytearray(xlsx(path, {"企业": sheet(ROWS)}).read_bytes())
    for mark, place in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        at = content.find(mark)
        while at >= 0:
            struct.pack_into("<H", content, at + place, value)
            at = content.find(mark, at + 4)
    path.write_bytes(content)


@file("xlsx", "密码")
def parts_under_a_password(path: Path) -> None:
    _stamped(path, 6, 8, 1)


@file("xlsx", "损坏")
def packed_in_an_unknown_way(path: Path) -> None:
    _stamped(path, 8, 10, 97)


@file("xlsx", "没有可见")
def a_sheet_kept_outside(path: Path) -> None:
    book(path, ROWS)
    with zipfile.ZipFile(path) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    links = held["xl/_rels/workbook.xml.rels"]
    held["xl/_rels/workbook.xml.rels"] = links.replace(b"worksheets/sheet1.xml", b"../../../etc/passwd")
    path.write_bytes(packed(held))


# --- worksheets
@file("xlsx", "rows 1")
def groups_of_headings_above(path: Path) -> object:
    merged = '<mergeCells><mergeCell ref="A1:D1"/></mergeCells>'
    return xlsx(path, {"企业": sheet([["基本信息", "", "", "", "其他"], list(HEADS), row(101)], tail=merged)})


@file("xlsx", "rows 1")
def headings_in_two_rows(path: Path) -> object:
    heads = ["企业名称", "统一社会信用代码", "所在地", "", "行业", "规模", "从业人数"]
    return book(path, [heads, ["", "", "管辖区", "属地"], row(101)])


@file("xlsx", "rows 1")
def headings_below_one_that_means_something_else(path: Path) -> object:
    heads = ["企业名称", "统一社会信用代码", "地址", "", "行业", "规模", "从业人数"]
    return book(path, [heads, ["", "", "区", "街道"], row(101)])


@file("xlsx", "rows 2")
def headings_twice_in_a_row(path: Path) -> object:
    return book(path, [ROWS[0], *ROWS])


@file("xlsx", '第 2 行"管辖区"没有填写')
def a_row_that_is_no_second_row_of_headings(path: Path) -> object:
    return book(path, [ROWS[0], ["示例甲厂", "", "", "属地", "行业"], row(101)])


@file("xlsx", "#REF!")
def formula_to_another_file(path: Path) -> object:
    cell = '<c t="e"><f>[1]Sheet1!A2</f><v>#REF!</v></c>'
    link = b'<Relationships><Relationship Id="r1" Target="file:///etc/passwd"/></Relationships>'
    return book(
        path,
        [list(HEADS), [cell, *row(101)[1:]]],
        extra={"xl/externalLinks/_rels/externalLink1.xml.rels": link},
    )


@file("xlsx", "损坏")
def shared_strings_missing(path: Path) -> object:
    return book(path, [list(HEADS), ['<c t="s"><v>0</v></c>', *row(101)[1:]]])


@file("xlsx", "rows 2")
def as_large_as_a_sheet_may_be_it_says(path: Path) -> object:
    said = '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="16384"/></cols><sheetData>'
    return xlsx(path, {"企业": sheet(ROWS).replace("<sheetData>", said)})


@file("xlsx", "行号错乱")
def row_numbers_that_go_back(path: Path) -> object:
    return xlsx(path, {"企业": sheet(ROWS).replace('<row r="3">', '<row r="1">')})


@file("xlsx", "万行")
def row_number_beyond_any_sheet(path: Path) -> object:
    return xlsx(path, {"企业": sheet(ROWS).replace('<row r="3">', '<row r="99999999999">')})


@file("xlsx", "次序错乱")
def two_cells_in_one_place(path: Path) -> object:
    return xlsx(path, {"企业": sheet(ROWS).replace('r="B3"', 'r="A3"')})


@file("xlsx", '第 3 行"企业名称"没有填写')
def column_beyond_any_sheet(path: Path) -> object:
    text = sheet(ROWS)
    cell, rest = text[text.index('<c r="A3"') :].split("</c>", 1)
    rest = rest.replace("</row>", cell.replace("A3", "ZZZZZZ3") + "</c></row>", 1)
    return xlsx(path, {"企业": text[: text.index('<c r="A3"')] + rest})


@file("xlsx", "rows 1")
def date_written_in_full(path: Path) -> object:
    day = '<c t="d"><v>2026-03-01T00:00:00.000</v></c>'
    return book(path, [[*HEADS, "应开始创建日期"], [*row(101), day]])


@file("xlsx", '第 2 行"从业人数"应为不小于 0 的整数')
def numbers_that_are_none(path: Path) -> object:
    wrong = ("INF", "NaN", "1e400", "12.5", "-0.5")
    rows = [[*row(101 + place)[:6], f"<c><v>{each}</v></c>"] for place, each in enumerate(wrong)]
    return book(path, [list(HEADS), *rows])


@file("xlsx", "rows 2")
def names_of_the_strict_kind(path: Path) -> object:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    return xlsx(path, {"企业": sheet(ROWS).replace(MAIN, strict)})


@file("xlsx", "rows 4")
def more_far_below_blank_rows(path: Path) -> object:
    return book(path, [*ROWS, *[[]] * 20_100, row(103), row(104)])
