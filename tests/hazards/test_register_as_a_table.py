"""The risk register as a table: read row by row, with what is wrong in words."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao.hazards.rules import register
from dabiao.hazards.rules.register import Risk

QUICK = settings(max_examples=60, derandomize=True, deadline=None)
HEAD = (
    "序号",
    "场所/部位",
    "作业活动",
    "可能导致的事故类型",
    "风险等级",
    "管控措施",
    "责任人",
    "下次复核日期",
)
ROW = ("1", "一车间", "冲压", "机械伤害", "较大", "双手按钮", "车间主任", "2026-12-31")
RISK = Risk("一车间", "冲压", "机械伤害", "larger", "双手按钮", "车间主任", date(2026, 12, 31))


def table(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> dict[int, tuple[str, ...]]:
    return {3: ("风险分级管控清单",), 4: head, **dict(enumerate(rows, 5))}


def test_a_row_is_read_by_its_headings_wherever_they_stand() -> None:
    assert register.read(table(ROW)) == ([RISK], [])
    turned = register.read(table(tuple(reversed(ROW)), head=tuple(reversed(HEAD))))
    assert turned == ([RISK], [])


@pytest.mark.parametrize(
    ("column", "written", "said"),
    [
        (1, "", "“场所”没有填写"),
        (4, "很大", "“风险等级”写的是“很大”，应为重大、较大、一般或低"),
        (7, "年底", "“复核日期”写的是“年底”，应为日期"),
        (7, "2026-02-30", "应为日期"),
        (6, "某" * 41, "“责任人”超过 40 个字"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(column: int, written: str, said: str) -> None:
    row = (*ROW[:column], written, *ROW[column + 1 :])
    risks, faults = register.read(table(ROW, row))
    assert [each.row for each in faults] == [6]
    assert said in faults[0].text
    assert risks == [RISK]


def test_the_same_point_twice_is_a_fault() -> None:
    assert "与第 5 行是同一风险点" in register.read(table(ROW, ROW))[1][0].text


def test_a_table_without_headings_is_no_register() -> None:
    risks, faults = register.read({1: ROW})
    assert not risks
    assert "没有找到表头" in faults[0].text


def test_a_table_too_long_is_refused() -> None:
    rows = [(str(n), f"车间{n}", *ROW[2:]) for n in range(register.MOST_ROWS + 5)]
    assert "一次最多导入" in register.read(table(*rows))[1][-1].text


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("重大风险", "major"),
        ("较大", "larger"),
        ("一般风险（黄）", "ordinary"),
        ("低", "low"),
        ("红", "major"),
    ],
)
def test_levels_are_known_by_name_and_colour(text: str, level: str) -> None:
    assert register.level(text) == level


@pytest.mark.parametrize("text", ["2026-12-31", "2026/12/31", "2026年12月31日", "2026-12-31 00:00:00"])
def test_days_are_read_as_people_write_them(text: str) -> None:
    assert register.day(text) == date(2026, 12, 31)


@QUICK
@given(st.dictionaries(st.integers(1, 40), st.lists(st.text(max_size=8), max_size=9).map(tuple)))
def test_whatever_is_in_a_table_it_is_read_or_said(rows: dict[int, tuple[str, ...]]) -> None:
    risks, faults = register.read(rows)
    assert risks or faults or not any(rows.values()) or register.heading_row(rows) is not None


@QUICK
@given(st.tuples(*[st.text(min_size=1, max_size=8)] * 7))
def test_a_row_without_faults_always_makes_a_risk(cells: tuple[str, ...]) -> None:
    told = dict(zip(register.HEADINGS, (each.strip() for each in cells), strict=True))
    if not list(register.faults_of(told)):
        assert register.made(told).level in register.LEVELS
