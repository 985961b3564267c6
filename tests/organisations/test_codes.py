"""Credit codes: the standard's example, what is wrong and what to do, and agreement with the library."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from dabiao.organisations.rules import codes
from dabiao.organisations.rules.cleaning import clean, key

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def test_the_example_of_the_standard_is_right() -> None:
    assert codes.brief("91350100M000100Y43") == ""


@given(st.text(LETTERS + "IOSVZ", min_size=16, max_size=19), st.booleans())
def test_the_quick_check_says_what_the_library_says(text: str, digits: bool) -> None:
    told = f"91110000{text[8:]}" if digits else text
    assert (codes.brief(told) == "") == bool(uscc.is_valid(told))


@given(st.text(LETTERS, min_size=9, max_size=9))
def test_a_completed_code_is_right_and_any_other_digit_is_told_the_right_one(text: str) -> None:
    code = codes.complete(f"91110000{text}")
    assert codes.brief(code) == ""
    other = next(each for each in LETTERS if each != code[-1])
    assert codes.brief(code[:-1] + other).startswith(f"校验位不符，应为 {code[-1]}")


@pytest.mark.parametrize(
    ("text", "number"),
    [("9.11E+17", True), ("9.1110000123457e17", True), ("91110000MA0000101E", False), ("1E5", True)],
)
def test_what_a_spreadsheet_made_a_number_is_known(text: str, number: bool) -> None:
    assert codes.as_number(text) is number


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert key(clean(text)) == key(text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("示例\u200b甲\u202e厂", "示例甲厂"),
        (" 示例　甲厂\n", "示例 甲厂"),
        ("示例（北京）有限公司", "示例（北京）有限公司"),
        ("Ａ１２３", "A123"),
        ("a\x00b\x07", "ab"),
    ],
)
def test_what_cannot_be_seen_goes_and_punctuation_stays(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned
