"""Kinds of file: xls and ods are read like an xlsx; what is none of them is refused by what it is."""

import contextlib
import io
import random
import zipfile

import pytest

from dabiao.standards.tables.understanding import understand
from dabiao.standards.tables.values import TableError
from standards.tables.authorities import HEADING, TRUTH, groups, rows, same, told, total
from standards.tables.writing_kinds import ods, xls
from standards.tables.writing_tables import xlsx

LINES = [HEADING, *rows()]


def refusal(content: bytes, name: str = "示例.xlsx") -> str:
    with pytest.raises(TableError) as caught:
        understand(content, name)
    assert caught.value.todo.endswith("。")
    return str(caught.value)


@pytest.mark.parametrize("name", ["示例.xls", "示例.xlsx", "示例", "示例.et"])
def test_an_xls_is_read_whatever_it_is_called(name: str) -> None:
    same(understand(xls({"评分表": [*LINES, total("合计", 100)]}, merges=[(1, 3, 0, 0)]), name))


def test_sheets_of_an_xls_that_are_hidden_are_left_out_and_told() -> None:
    found = same(understand(xls({"旧表": LINES, "评分表": LINES}, hidden="旧表"), "示例.xls"))
    assert "旧表 工作表是隐藏的" in told(found)


def test_merged_points_of_an_xls_join_a_group() -> None:
    lines = rows()
    lines[0][3], lines[1][3] = 10, None
    found = understand(xls({"评分表": [HEADING, *lines]}, merges=[(1, 2, 3, 3)]), "示例.xls")
    assert found.book.items[0].requirement == f"{TRUTH[0].requirement}\n{TRUTH[1].requirement}"
    assert not [each for each in found.doubtful if "拆分" in each.why]


def test_an_ods_is_read_with_its_merged_cells_and_formulas() -> None:
    lines = [*LINES, total("合计", "=SUM([.D2:.D10])")]
    found = same(understand(ods({"评分表": lines}, spans={(2, 1): (3, 1), (5, 1): (3, 1)}), "示例.ods"))
    assert [each.stated for each in found.sums] == [100_000]


def test_sheets_of_an_ods_that_are_hidden_are_left_out_and_told() -> None:
    found = same(understand(ods({"旧表": LINES, "评分表": LINES}, hidden="旧表"), "示例.ods"))
    assert "旧表 工作表是隐藏的" in told(found)


def test_numbers_of_an_ods_are_kept_as_shown() -> None:
    lines = [["编号", *HEADING], *([f"1.{at}0", *line] for at, line in enumerate(rows(), start=1))]
    found = same(understand(ods({"评分表": lines}), "示例.ods"))
    assert [item.number for item in found.book.items][:2] == ["1.10", "1.20"]


def test_lines_in_a_cell_of_an_ods_stay_lines() -> None:
    lines = rows()
    lines[0][4] = "未制定的，不得分\n未发布的，扣1分"
    rules = understand(ods({"评分表": [HEADING, *lines]}), "示例.ods").book.items[0].rules
    assert [rule.text for rule in rules] == ["未制定的，不得分", "未发布的，扣1分"]


def test_several_sheets_of_an_ods_are_categories() -> None:
    sheets = {group[0][0][2:]: [HEADING[1:], *(line[1:] for line in group)] for group in groups(rows())}
    same(understand(ods(sheets), "示例.ods"))


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


ENCRYPTED = b'<manifest:manifest><manifest:encryption-data manifest:checksum="x"/></manifest:manifest>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7\n", "而是 PDF"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "其实是网页"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "其实是网页或 XML"),
        (b"\x89PNG\r\n\x1a\n", "是图片"),
        (b"Rar!\x1a\x07", "是压缩包"),
        (_packed({"word/document.xml": b"<d/>"}), "而是 Word 文档"),
        (_packed({"photo.jpg": b"x"}), "不是 xlsx"),
        (_packed({"content.xml": b"<x>", "mimetype": b""}), "已损坏"),
        (_packed({"content.xml": b"<x/>", "META-INF/manifest.xml": ENCRYPTED}), "密码"),
        (_packed({"content.xml": b"<!DOCTYPE x []><x/>"}), "实体"),
        (_packed({"content.xml": b"<x>" + b" " * 60_000_000}), "过大"),
        (xls({"评分表": LINES})[:1500], "不是完整的 xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (xls({"空": []}), "没有内容"),
        (ods({"空": []}), "没有内容"),
        (xlsx([]), "没有内容"),
    ],
)
def test_what_is_no_table_says_what_it_is(content: bytes, words: str) -> None:
    assert words in refusal(content)


def test_rows_repeated_without_end_are_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(ods({"评分表": LINES}))) as parts:
        content = parts.read("content.xml").decode()
    repeated = content.replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="1000000">', 1
    )
    assert "超过 20000 行" in refusal(_packed({"content.xml": repeated.encode()}))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_file_with_flipped_bytes_is_read_or_refused(kind: str, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(xls({"评分表": LINES}) if kind == "xls" else ods({"评分表": LINES}))
    for _ in range(8):
        content[chance.randrange(len(content))] = chance.randrange(256)
    with contextlib.suppress(TableError):
        assert understand(bytes(content), "示例").counts.items <= len(TRUTH)
