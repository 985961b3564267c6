"""Working-day calendars: what is there, what is missing, entering a year, and what is wrong with it."""

from datetime import date

import pytest

from dabiao.base import calendars
from dabiao.base.models import CalendarYear
from dabiao.kernel.errors import Invalid
from dabiao.office.calendars import reading
from office.story import Office, entries

LIST = "/office/calendars/"
YEAR = f"{LIST}2027/"
TOLD = {
    "holidays": "2027-01-01\n2027-02-05至2027-02-11\n10月1日至10月7日",
    "working_weekends": "2027-01-30、2027-02-14",
    "source": "示例通知〔2026〕1号",
}


def test_days_are_read_as_people_write_them() -> None:
    expected = frozenset({date(2027, 1, 1), date(2027, 5, 1), date(2027, 5, 2)})
    for text in (
        "2027-01-01\n2027-05-01至2027-05-02",
        "1月1日，5月1日—5月2日",
        "2027年1月1日;5-1..5-2",
        "1/1 5/1 5/2",
    ):
        assert reading.days(text, 2027) == expected
    assert reading.days(reading.text(expected), 2027) == expected
    assert reading.days("", 2027) == frozenset()


@pytest.mark.parametrize("text", ["元旦", "2027-02-30", "2027-05-03至2027-05-01", "5-1至6-30", "1至2至3"])
def test_what_cannot_be_read_is_quoted(text: str) -> None:
    with pytest.raises(Invalid, match="“"):
        reading.days(text, 2027)


def test_years_there_and_years_missing_are_listed(office: Office) -> None:
    page = office.get("system_admin", LIST)
    assert "2027 年" in page
    assert "248" in page  # working days of 2026
    assert office.as_("system_admin").get(f"{LIST}export.xlsx").content.startswith(b"PK")


def test_a_year_is_entered_and_counts_at_once(office: Office) -> None:
    assert "还没有录入" in office.get("system_admin", YEAR)
    office.post("system_admin", YEAR, **TOLD)
    row = CalendarYear.objects.get()
    assert len(row.holidays) == 15
    assert not calendars.calendar().is_working(date(2027, 2, 8))
    assert calendars.calendar().is_working(date(2027, 1, 30))
    page = office.get("system_admin", YEAR)
    assert "示例通知〔2026〕1号" in page
    assert "个工作日" in page


def test_a_correction_starts_from_what_stands_and_tells_the_slower_one(office: Office) -> None:
    office.post("system_admin", YEAR, **TOLD)
    corrected = {**TOLD, "working_weekends": "2027-01-30", "version": 1}
    office.post("system_admin", YEAR, **corrected)
    before = entries()
    assert "刚被他人修改过" in office.post("system_admin", YEAR, 422, **corrected)
    assert entries() == before
    assert CalendarYear.objects.get().working_weekends == ["2027-01-30"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"working_weekends": "2027-01-29"}, "不是周六或周日"),
        ({"holidays": "2027-01-30", "working_weekends": "2027-01-30"}, "同时列为放假和上班"),
        ({"holidays": "2028-01-03"}, "不在 2027 年内"),
        ({"holidays": "元旦"}, "不是可以识别的日期"),
        ({"source": " "}, "依据"),
        ({"holidays": ""}, "放假的日子"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(office: Office, wrong: dict[str, str], words: str) -> None:
    before = entries()
    assert words in office.post("system_admin", YEAR, 422, **{**TOLD, **wrong})
    assert entries() == before
    assert not CalendarYear.objects.exists()


def test_nobody_else_enters_years(office: Office) -> None:
    for who in ("security_admin", "audit_admin", "bureau_city", "officer"):
        office.get(who, LIST, 403)
        office.post(who, YEAR, 403, **TOLD)
    assert not CalendarYear.objects.exists()
    office.get("system_admin", f"{LIST}1900/", 404)
