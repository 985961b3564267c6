"""A list of a page as a workbook: typed, safe to open, the same values back."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from dabiao.look.export import sheet_name, workbook


def opened(headings: Sequence[str], rows: Iterable[Sequence[object]], title: str = "企业名单") -> Worksheet:
    sheet = openpyxl.load_workbook(BytesIO(workbook(title, headings, rows))).active
    assert isinstance(sheet, Worksheet)
    return sheet


def back(value: object) -> object:
    return opened(["值"], [[value]])["A2"].value


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("示例公司", "示例公司"),
        ("0010", "0010"),
        (12, 12),
        (Decimal("95.8"), 95.8),
        (Decimal("95.0"), 95),
        (Fraction(1, 4), 0.25),
        (1.5, 1.5),
        (None, None),
        ("", None),
        (True, "是"),
        (False, "否"),
        (date(2026, 3, 16), datetime(2026, 3, 16)),  # noqa: DTZ001
        (datetime(2026, 3, 16, 18, 30, tzinfo=UTC), datetime(2026, 3, 17, 2, 30)),  # noqa: DTZ001
        (91_110_000_000_000_001, "91110000000000001"),
        (float("nan"), "nan"),
        (Decimal("Infinity"), "Infinity"),
    ],
)
def test_each_kind_of_value_keeps_its_kind(value: object, read: object) -> None:
    assert back(value) == read


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        (Decimal("95.8"), "0.0"),
        (Decimal("95.00"), "0.00"),
        (12, "0"),
        (date(2026, 3, 16), "yyyy-mm-dd"),
        (datetime(2026, 3, 16, 8, tzinfo=UTC), "yyyy-mm-dd hh:mm"),
    ],
)
def test_values_are_shown_as_on_the_page(value: object, shape: str) -> None:
    assert opened(["值"], [[value]])["A2"].number_format == shape


@pytest.mark.parametrize(
    "text", ["=1+1", "+86 10", "-2", "@cmd", "\t=1", "=HYPERLINK(1)", "{=1}", "https://x"]
)
def test_text_stays_text_now_and_when_edited(text: str) -> None:
    cell = opened(["值"], [[text]])["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert bool(cell.quotePrefix) == text.startswith(("=", "+", "-", "@", "\t"))


@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1))
def test_any_text_comes_back_whole(text: str) -> None:
    plain = text.replace("_x", "x")  # Excel's own escape, which openpyxl leaves as it is
    assert opened([plain], [[plain]])["A1"].value == plain


def test_heads_stay_in_sight_and_filter() -> None:
    sheet = opened(["企业", "得分"], [["甲", 1], ["乙", 2]])
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert sheet.title == "企业名单"


def test_columns_are_as_wide_as_what_they_hold_within_reason() -> None:
    sheet = opened(["短", "长"], [["甲", "字" * 100]])
    assert sheet.column_dimensions["A"].width < 12
    assert 55 < sheet.column_dimensions["B"].width < 65


def test_an_empty_list_has_its_heads() -> None:
    assert [cell.value for cell in opened(["企业", "得分"], [])[1]] == ["企业", "得分"]


def test_rows_may_come_one_by_one_and_be_many() -> None:
    sheet = opened(["n"], ([n] for n in range(3_000)))
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == list(range(3_000))


def test_a_text_too_long_for_a_cell_is_cut_in_sight() -> None:
    for text in ("字" * 40_000, "😀" * 20_000):
        assert str(back(text)).endswith("……（内容过长，已截断）")
    assert back("字" * 32_767) == "字" * 32_767


@pytest.mark.parametrize(
    ("title", "name"),
    [("a/b:c", "a b c"), ("[甲]", "甲"), ("字" * 40, "字" * 31), ("'", "导出"), ("", "导出")],
)
def test_any_title_makes_a_name_of_a_worksheet(title: str, name: str) -> None:
    assert sheet_name(title) == name
    assert opened(["值"], [], title).title == name
