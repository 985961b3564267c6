"""Numbers, days and texts as they reach paper."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao.sheets.documents import spelling
from dabiao.sheets.documents.images import thumbnail
from dabiao.sheets.documents.wording import wording
from sheets.documents.sample import document


@settings(max_examples=100, derandomize=True)
@given(st.text())
def test_printable_text_has_no_controls_and_settles(text: str) -> None:
    once = spelling.printable(text)
    assert spelling.printable(once) == once
    assert all(char == "\n" or ord(char) >= 32 for char in once)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("甲\r\n\r\n 乙\t丙 ", "甲\n乙 丙"),
        ("甲\x00乙", "甲乙"),
        ("甲\ue001", "甲〓"),
        ("葛\U000e0100城", "葛城"),
        ("\ud800", "〓"),
    ],
)
def test_text_is_cleaned_for_paper(text: str, printed: str) -> None:
    assert spelling.printable(text) == printed


def test_moments_are_printed_in_beijing_time() -> None:
    assert spelling.moment(datetime(2026, 3, 16, 18, 30, tzinfo=UTC)) == "2026-03-17 02:30"


def test_days_are_written_out_in_text_and_short_in_tables() -> None:
    day = date(2026, 3, 6)
    assert (spelling.day(day), spelling.iso_day(day)) == ("2026年3月6日", "2026-03-06")
    assert spelling.span(day, day) == "2026年3月6日"
    assert spelling.span(None, None) == "—"


def test_a_rate_below_its_threshold_never_looks_as_if_it_reached_it() -> None:
    assert spelling.exact_percent(Fraction(799_999, 1_000_000)) == "79.99%"
    assert spelling.exact_percent(Fraction(4, 5)) == "80.00%"


def test_scores_have_one_decimal_half_up() -> None:
    assert [spelling.score(Decimal(each)) for each in ("74.95", "100", "95.828")] == ["75.0", "100.0", "95.8"]
    assert spelling.score(None) == "—"


def test_sums_of_the_summary_equal_the_rows() -> None:
    sheet = document(40, 0)
    words = wording(sheet)
    assert words["sum"][5] == f"{sum(row.obtained for row in sheet.elements) / 1000:g}"
    assert words["sum"][0] == "40"


def test_figures_are_numbered_in_the_order_of_the_sheet() -> None:
    words = wording(document(40, 4))
    named = [
        note[1]
        for part in words["detail"]
        for line in part["lines"]
        for note in line["notes"]
        if note[0] == "影像"
    ]
    assert named == ["图 1、图 2", "图 3、图 4"]
    assert [each["label"] for each in words["pictures"]] == ["图 1", "图 2", "图 3", "图 4"]


def test_a_broken_picture_is_no_picture() -> None:
    assert thumbnail(b"\xff\xd8\xff\xe0 cut") is None
    assert thumbnail(b"") is None
