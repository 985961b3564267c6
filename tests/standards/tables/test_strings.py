"""Shared texts of an xls, which may go on in the next record."""

import struct

import pytest

from dabiao.standards.tables.strings import shared, string


def table(*texts: str, flags: int = 1) -> bytes:
    """The record of shared texts in sixteen bits."""
    body = b"".join(
        struct.pack("<HB", len(text.encode("utf-16-le")) // 2, flags) + text.encode("utf-16-le")
        for text in texts
    )
    return struct.pack("<II", len(texts), len(texts)) + body


def test_texts_are_read_in_order() -> None:
    assert shared([table("目标", "机构", "现场")]) == ["目标", "机构", "现场"]


@pytest.mark.parametrize("units", range(1, 12))
def test_a_text_broken_off_goes_on_behind_a_flag(units: int) -> None:
    text = "每处扣1分𠮷，扣完为止"  # twelve units of sixteen bits
    whole, broken = table(text, "不得分"), 8 + 3 + 2 * units
    assert shared([whole[:broken], b"\1" + whole[broken:]]) == [text, "不得分"]


def test_the_rest_may_come_in_eight_bits() -> None:
    head = struct.pack("<II", 1, 1) + struct.pack("<HB", 4, 1) + "分".encode("utf-16-le")
    assert shared([head, b"\0abc"]) == ["分abc"]


def test_formats_within_a_text_are_passed_over() -> None:
    rich = struct.pack("<HBH", 2, 1 | 8, 1) + "甲乙".encode("utf-16-le") + b"\0" * 4
    plain = struct.pack("<HB", 1, 1) + "丙".encode("utf-16-le")
    assert shared([struct.pack("<II", 2, 2) + rich + plain]) == ["甲乙", "丙"]


def test_texts_that_end_early_are_refused() -> None:
    with pytest.raises(ValueError, match="end early"):
        shared([table("目标")[:-2]])


def test_a_text_on_its_own() -> None:
    assert string(b"\2\0\1" + "目标".encode("utf-16-le"), 0) == "目标"
    assert string(b"\3\0abc", 0, short=True) == "abc"
