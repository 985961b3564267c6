"""More than sixty kinds of files somebody may hand in, and what is said to each.

`@file("ending", expected)`: `rows 2` for a file that is taken with two units, else words of the message.
"""

import codecs
import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from openpyxl import Workbook

from organisations.files import HEADS, MAIN, ROWS, book, code, csv_text, row, sheet, xlsx

Make = Callable[[Path], object]


@dataclass(frozen=True)
class Hostile:
    name: str
    ending: str
    expected: str
    make: Make


FILES: list[Hostile] = []


def file(ending: str, expected: str) -> Callable[[Make], Make]:
    def keep(make: Make) -> Make:
        FILES.append(Hostile(make.__name__, ending, expected, make))
        return make

    return keep


def raw(name: str, ending: str, expected: str, content: bytes) -> None:
    FILES.append(Hostile(name, ending, expected, lambda path: path.write_bytes(content)))


def lined(name: str, expected: str, *rows: list[str], ending: str = "csv", encoding: str = "utf-8") -> None:
    raw(name, ending, expected, csv_text([list(HEADS), *rows]).encode(encoding))


TEXT = csv_text(ROWS)
# --- texts and their encodings
raw("utf8", "csv", "rows 2", TEXT.encode())
raw("utf8_with_mark", "csv", "rows 2", TEXT.encode("utf-8-sig"))
raw("gbk", "csv", "rows 2", TEXT.encode("gbk"))
lined("gb18030_four_bytes", "rows 1", row(101, name="示例㐀𠀀厂"), encoding="gb18030")
raw("utf16", "csv", "rows 2", TEXT.encode("utf-16"))
raw("utf16_cut", "csv", "编码", TEXT.encode("utf-16")[:-1])
raw(
    "utf16_lone_surrogate",
    "csv",
    "编码",
    codecs.BOM_UTF16_LE + "企业名称,统一\n".encode("utf-16-le") + b"\x00\xd8a\x00",
)
raw("utf8_surrogates", "csv", "编码", TEXT.encode() + b"\xed\xa0\x80\xff")
raw("mixed_encodings", "csv", "编码", TEXT.encode() + "示例乙厂\xff".encode("gbk", "ignore") + b"\xff\xff")
raw("nul_bytes", "csv", "空字符", TEXT.encode().replace("甲".encode(), b"\0"))
raw("only_nul", "csv", "空", b"\0" * 5000)
raw("empty", "csv", "空", b"")
raw("blank", "xlsx", "空", b" \r\n\r\n\t")
raw("mark_only", "csv", "空", codecs.BOM_UTF8)
raw("commas_only", "csv", "没有内容", b",,,\n,,,\n")
# --- texts and their shapes
raw("semicolons", "csv", "rows 2", csv_text(ROWS, ";").encode())
raw("tabs", "txt", "rows 2", csv_text(ROWS, "\t").encode("gbk"))
raw("bars", "csv", "rows 2", csv_text(ROWS, "|").encode())
raw("old_mac_line_ends", "csv", "rows 2", csv_text(ROWS, end="\r").encode())
lined("line_breaks_in_cells", "rows 2", row(101, name="示例甲\n一厂"), row(102, name='示例"引号"厂'))
raw("unclosed_quote", "csv", "引号", (TEXT + '"示例' + "长" * 140_000).encode())
raw("endless_line", "csv", "过长", csv_text([list(HEADS)]).encode() + b"a" * 2_500_000)
raw("huge_cell", "csv", "32767", csv_text([list(HEADS), row(101, name="长" * 40_000)]).encode())
raw("a_thousand_columns", "csv", "rows 2", csv_text([[*each, *["多"] * 1000] for each in ROWS]).encode())
raw("short_rows", "csv", "没有填写", csv_text([list(HEADS), ["示例甲厂", code(101)]]).encode())
raw(
    "title_and_notes_above", "csv", "rows 2", ("示例市企业名册,,\n填表说明：请如实填写,,\n\n" + TEXT).encode()
)
raw("headings_again_below", "csv", "rows 2", csv_text([*ROWS[:2], ROWS[0], ROWS[2]]).encode())
raw("no_headings", "csv", "表头", csv_text(ROWS[1:]).encode())
raw("headings_only", "csv", "rows 0", csv_text(ROWS[:1]).encode())
raw("no_name_column", "csv", "企业名称", csv_text([each[1:] for each in ROWS]).encode())
raw("heading_twice_same", "csv", "rows 2", csv_text([[*each, each[0]] for each in ROWS]).encode())
raw("heading_twice_other", "csv", "几列", csv_text([[*ROWS[0], ROWS[0][0]], [*ROWS[1], "示例丙厂"]]).encode())
raw(
    "decorated_headings",
    "csv",
    "rows 2",
    csv_text(
        [
            [
                "*单位名称：",
                "统一社会信用代码（18位）",
                "所属 区",
                "街道/乡镇",
                "行业代码",
                "企业规模",
                "人数",
            ],
            *ROWS[1:],
        ]
    ).encode(),
)
# --- what stands in the cells
lined("same_unit_twice", "重复", row(101), row(101))
lined(
    "wrong_check_digit",
    "校验位不符，应为",
    row(101, code=code(101)[:-1] + ("0" if code(101)[-1] != "0" else "1")),
)
lined("code_too_short", "18 位", row(101, code="91110000"))
lined("code_with_forbidden_letters", "不允许", row(101, code="9111000OMA0000101I"))
lined("scientific_code", "末几位已丢失", row(101, code="9.1110000123457E+17"))
lined("full_width_code", "rows 1", row(101, code="".join(chr(ord(c) + 0xFEE0) for c in code(101))))
lined(
    "invisible_characters",
    "rows 1",
    row(101, code="\u200b" + code(101)[:9] + "\u200d " + code(101)[9:] + "\ufeff"),
)
lined("no_code_no_reason", "无代码理由", row(101, code=""))
lined("directions_turned", "rows 1", row(101, name="示例\u202e厂甲\u202c"))
lined("formula_injection", "公式", row(101, name="=cmd|'/c calc'!A0"))
lined("at_and_plus", "rows 1", row(101, name="@示例SUM(1+1)"))
lined("negative_people", "整数", row(101, people="-3"))
lined("endless_people", "整数", row(101, people="9" * 5000))
lined("superscript_people", "整数", row(101, people="²³"))
lined("strange_jurisdiction", "管辖区", row(101, where="示例南区"))
lined("strange_street", "街道", row(101, street="示例西街道"))
lined("strange_industry", "4754", row(101, industry="Z99"))
lined("strange_size", "大型", row(101, size="巨型"))
lined("name_of_digits", "没有文字", row(101, name="12345"))
lined("name_too_long", "120", row(101, name="长" * 130))
lined("markup_in_name", "rows 1", row(101, name="示例<script>alert(1)</script>厂"))
lined("sql_in_name", "rows 1", row(101, name="示例'; DROP TABLE organisations_unit;--"))
lined("one_wrong_of_many", "校验位", *(row(n) for n in range(101, 160)), row(160, code="91110000MA0000160A"))
# --- no tables at all
raw("pdf", "xlsx", "PDF", b"%PDF-1.7\n" + b"x" * 100)
raw("picture", "csv", "图片", b"\x89PNG\r\n\x1a\n" + b"x" * 100)
raw("web_page_named_xls", "xls", "网页", b"<html><table><tr><td>a</td></tr></table></html>")
raw("old_excel", "xlsx", "xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600)
raw("locked", "xlsx", "密码", b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
raw("noise", "csv", "编码", bytes(range(1, 256)) * 40)
raw("cut_zip", "xlsx", "损坏", b"PK\x03\x04" + b"x" * 400)


def packed(parts: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in parts.items():
            out.writestr(name, content)
    return whole.getvalue()


raw("some_zip", "xlsx", "不是 xlsx", packed({"readme.txt": b"a"}))
raw("xlsb", "xlsb", "xlsb", packed({"xl/workbook.bin": b"a"}))


# --- workbooks
@file("xlsx", "rows 2")
def plain_book(path: Path) -> object:
    return book(path, ROWS)


@file("csv", "rows 2")
def book_called_csv(path: Path) -> object:
    return book(path, ROWS)


@file("xlsx", "rows 2")
def text_called_xlsx(path: Path) -> object:
    return path.write_text(TEXT)


@file("xlsx", "rows 2")
def by_openpyxl(path: Path) -> None:
    made = Workbook()
    for each in ROWS:
        made.active.append(each)
    made.save(path)


@file("xlsx", "rows 2")
def by_xlsxwriter_shared(path: Path) -> None:
    made = xlsxwriter.Workbook(path)
    page = made.add_worksheet()
    for place, each in enumerate(ROWS):
        page.write_row(place, 0, each)
    made.close()


@file("xlsx", "没有内容")
def empty_book(path: Path) -> object:
    return book(path, [])


@file("xlsx", "没有可见")
def everything_hidden(path: Path) -> object:
    return xlsx(path, {"企业": sheet(ROWS)}, states={"企业": "veryHidden"})


@file("xlsx", "rows 2")
def hidden_sheet_first(path: Path) -> object:
    return xlsx(path, {"旧": sheet([["旧"]]), "企业": sheet(ROWS)}, states={"旧": "hidden"})


@file("xlsx", "rows 2")
def empty_sheet_first(path: Path) -> object:
    return xlsx(path, {"空": sheet([]), "企业": sheet(ROWS), "说明": sheet([["说明"]])})


@file("xlsx", "末几位已丢失")
def code_kept_as_number(path: Path) -> object:
    return book(path, [list(HEADS), [*row(101)[:1], 9.1110000123456789e17, *row(101)[2:]]])


@file("xlsx", "公式")
def formula_without_result(path: Path) -> object:
    return book(path, [list(HEADS), ["<c><f>A1&amp;B1</f></c>", *row(101)[1:]]])


@file("xlsx", "rows 1")
def formula_with_result(path: Path) -> object:
    return book(path, [list(HEADS), ['<c t="str"><f>A1</f><v>示例甲厂</v></c>', *row(101)[1:]]])


@file("xlsx", "#REF!")
def formula_gone_wrong(path: Path) -> object:
    return book(path, [list(HEADS), ['<c t="e"><f>A1</f><v>#REF!</v></c>', *row(101)[1:]]])


@file("xlsx", "rows 1")
def dates_since_1904(path: Path) -> object:
    rows = [[*HEADS, "应开始创建日期"], [*row(101), 44_000]]
    return book(path, rows, properties='<workbookPr date1904="1"/>')


@file("xlsx", "日期")
def date_of_nowhere(path: Path) -> object:
    return book(path, [[*HEADS, "应开始创建日期"], [*row(101), "2026-02-31"]])


@file("xlsm", "rows 2")
def macros_and_links(path: Path) -> object:
    return book(path, ROWS, extra={"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<x/>"})


@file("xlsx", "没有填写")
def merged_cells(path: Path) -> object:
    rows = [list(HEADS), row(101), [row(102)[0], row(102)[1], "", *row(102)[3:-2], "", "3"]]
    return xlsx(path, {"企业": sheet(rows, tail='<mergeCells><mergeCell ref="F2:F3"/></mergeCells>')})


@file("xlsx", "rows 2")
def merge_of_everything(path: Path) -> object:
    return xlsx(path, {"企业": sheet(ROWS, tail='<mergeCells><mergeCell ref="A9:XFD1048576"/></mergeCells>')})


@file("xlsx", "rows 2")
def blank_rows_between(path: Path) -> object:
    return book(path, [ROWS[0], [], [], ROWS[1], *[[]] * 50, ROWS[2]])


@file("xlsx", "rows 2")
def a_million_formatted_rows_below(path: Path) -> object:
    blank = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/></row>' for n in range(10, 60_000))
    text = sheet(ROWS).replace("</sheetData>", blank + "</sheetData>")
    return xlsx(path, {"企业": text})


@file("xlsx", "压缩比")
def zip_bomb(path: Path) -> object:
    return xlsx(path, {"企业": sheet(ROWS)}, extra={"xl/media/x.bin": b"\0" * 60_000_000})


@file("xlsx", "解压后过大")
def zip_that_says_it_is_endless(path: Path) -> object:
    book(path, ROWS)
    content = bytearray(path.read_bytes())
    place = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, place + 24, 0xFFFF_FFF0)
    return path.write_bytes(content)


@file("xlsx", "解压后过大")
def thousands_of_parts(path: Path) -> object:
    return book(path, ROWS, extra={f"xl/media/{n}.bin": b"" for n in range(5100)})


@file("xlsx", "32767")
def endless_shared_string(path: Path) -> object:
    shared = f'<sst xmlns="{MAIN}"><si><t>{"长" * 50_000}</t></si></sst>'
    return book(path, [list(HEADS), ['<c t="s"><v>0</v></c>', *row(101)[1:]]], shared=shared)


@file("xlsx", "rows 1")
def rich_text_with_readings(path: Path) -> object:
    shared = f'<sst xmlns="{MAIN}"><si><r><t>示例</t></r><r><t>甲厂</t></r><rPh><t>shili</t></rPh></si></sst>'
    return book(path, [list(HEADS), ['<c t="s"><v>0</v></c>', *row(101)[1:]]], shared=shared)


@file("xlsx", "损坏")
def shared_string_out_of_range(path: Path) -> object:
    return book(path, [list(HEADS), ['<c t="s"><v>99</v></c>', *row(101)[1:]]])


@file("xlsx", "损坏")
def broken_xml(path: Path) -> object:
    return xlsx(path, {"企业": sheet(ROWS).replace("</worksheet>", "<oops>")})


@file("xlsx", "实体")
def entities(path: Path) -> object:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return xlsx(path, {"企业": bomb + sheet(ROWS)})


@file("xlsx", "实体")
def entities_in_another_encoding(path: Path) -> object:
    made = xlsx(path, {"企业": sheet(ROWS)})
    bomb = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "aa">]><workbook>&a;</workbook>'
    with zipfile.ZipFile(path) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in {**held, "xl/workbook.xml": bomb.encode("utf-16")}.items():
            parts.writestr(name, content)
    return made


@file("xlsx", "损坏")
def surrogate_reference(path: Path) -> object:
    return xlsx(path, {"企业": sheet(ROWS).replace("甲101", "&#xD800;")})


@file("xlsx", "rows 2")
def escaped_surrogates(path: Path) -> object:
    return xlsx(path, {"企业": sheet(ROWS).replace("甲101", "甲_xD800__x0000__x000D_101")})


@file("xlsx", "过长的标记")
def endless_tag(path: Path) -> object:
    noise = "".join(chr(33 + n * 7919 % 90) for n in range(9_000_000)).replace("<", "a").replace("&", "a")
    return xlsx(path, {"企业": f'<worksheet xmlns="{MAIN}" x="{noise.replace(chr(34), "b")}">'})


@file("xlsx", "rows 2")
def prefixed_names(path: Path) -> object:
    text = sheet(ROWS)
    for tag in ("worksheet", "sheetData", "row", "c", "is", "t"):
        text = text.replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}>", f"<x:{tag}>")
        text = text.replace(f"</{tag}>", f"</x:{tag}>")
    return xlsx(path, {"企业": text.replace("xmlns=", "xmlns:x=")})


@file("xlsx", "rows 2")
def without_cell_references(path: Path) -> object:
    text = sheet(ROWS)
    for place in range(1, 4):
        for letter in "ABCDEFG":
            text = text.replace(f' r="{letter}{place}"', "")
    return xlsx(path, {"企业": text})


@file("xlsx", "重名")
def the_same_part_twice(path: Path) -> None:
    book(path, ROWS)
    with zipfile.ZipFile(path, "a") as parts:
        parts.writestr("xl/extra.xml", "a")
        parts.filelist.append(parts.filelist[-1])


@file("xlsx", "rows 2")
def paths_that_climb(path: Path) -> object:
    return book(path, ROWS, extra={"../../evil.xml": b"a", "/etc/passwd": b"b"})
