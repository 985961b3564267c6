"""The data every city begins with is whole: nobody without a department, nothing pointing nowhere."""

import re
from collections import Counter
from datetime import date

import pytest

from dabiao import law
from dabiao.demo.editions.reading import GENERAL, SMALL, edition
from dabiao.organisations.data import reading

DIVISIONS = [f"{number:02d}" for number in range(1, 98)]


def test_industries_are_the_20_sections_and_97_divisions() -> None:
    rows = reading.industries()
    assert [row.code for row in rows if not row.parent] == list("ABCDEFGHIJKLMNOPQRST")
    assert [row.code for row in rows if row.parent] == DIVISIONS
    sizes = Counter(row.parent for row in rows if row.parent)
    assert [sizes[code] for code in "ABCDEFGHIJKLMNOPQRST"] == [
        *(5, 7, 31, 3, 4, 2, 8, 2, 3, 4),
        *(1, 2, 3, 4, 3, 1, 2, 5, 6, 1),
    ]
    assert {row.code: row.name for row in rows}["59"] == "装卸搬运和仓储业"


def test_jurisdictions_are_16_districts_and_one_without_region_code() -> None:
    rows = reading.jurisdictions()
    codes = [row.region_code for row in rows if row.region_code]
    assert len(rows) == len({row.id for row in rows}) == 17
    assert len(set(codes)) == 16
    assert all(re.fullmatch(r"1101\d\d", code) for code in codes)
    assert [row.name for row in rows if not row.region_code] == ["北京经济技术开发区"]


def test_every_jurisdiction_has_localities_of_its_own() -> None:
    rows = reading.jurisdictions()
    localities = [each for row in rows for each in row.localities]
    assert all(len(row.localities) >= 2 for row in rows)
    assert len(localities) > 340  # every street, town and park
    assert len({each.id for each in localities}) == len(localities)
    assert {each.kind for each in localities} == {"subdistrict", "township", "park"}
    assert all(each.id.startswith(f"{row.id}-") for row in rows for each in row.localities)


def test_no_industry_is_without_a_department() -> None:
    known = reading.departments()
    ids = {row.id for row in known.departments}
    assert {duty.department for duty in known.duties} <= ids
    assert [code for code in DIVISIONS if not known.of(code)] == []
    assert {duty.industry for duty in known.duties} - {""} == set(DIVISIONS)
    assert len(ids) == len(known.departments)


def test_assignments_are_unconfirmed_and_those_taken_on_say_why() -> None:
    known = reading.departments()
    assert not known.confirmed
    assert known.since == date(2023, 1, 1)
    assert [duty for duty in known.duties if duty.nearest != bool(duty.reason)] == []


def test_several_departments_may_answer_for_one_industry_own_ones_first() -> None:
    known = reading.departments()
    assert [duty.department for duty in known.of("26")] == ["economy", "emergency"]
    assert [duty.department for duty in known.of("59")] == ["commerce", "emergency", "grain"]
    pairs = Counter((duty.department, duty.industry, duty.area) for duty in known.duties)
    assert max(pairs.values()) == 1


def test_every_division_is_in_exactly_one_family() -> None:
    members = Counter(code for family in reading.nearest().families for code in family.industries)
    assert members == Counter(DIVISIONS)
    assert reading.nearest().family("14").id == "food"
    with pytest.raises(KeyError):
        reading.nearest().family("99")


def test_hints_point_to_divisions_and_always_give_a_reason() -> None:
    hints = reading.nearest().titles
    assert {code for hint in hints for code in (*hint.industries, *hint.near)} <= set(DIVISIONS)
    assert [hint for hint in hints if not hint.reason or set(hint.industries) & set(hint.near)] == []


def test_the_last_resorts_are_our_own_editions() -> None:
    hints = reading.nearest()
    assert hints.fallback.number == edition(GENERAL).number
    assert hints.small_micro.number == edition(SMALL).number
    assert not hints.confirmed


def test_special_areas_are_those_of_the_law_by_the_same_names() -> None:
    named = law.on(date(2026, 11, 22))["units.special_areas"].value
    assert [(row.id, row.name, row.clause) for row in reading.areas()] == [
        (each["id"], each["title"], each["clause"]) for each in named
    ]
    assert {duty.area for duty in reading.departments().duties} - {""} <= {row.id for row in reading.areas()}


def test_sizes_are_four() -> None:
    assert [row.id for row in reading.sizes()] == ["large", "medium", "small", "micro"]
