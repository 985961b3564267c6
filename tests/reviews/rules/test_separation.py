"""Separation of consulting and review: the case files, and what must always hold."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabiao import law
from dabiao.law.reading import documents
from dabiao.reviews.rules.separation import (
    Apart,
    Cycle,
    Employed,
    Firm,
    Kind,
    Person,
    Service,
    conflicts,
    of_person,
    same_firm,
    same_person,
)

FOLDER = Path(__file__).parents[2] / "cases" / "separation"
CASES = [case for _, rows in documents(FOLDER) for case in rows]
DAY = date(2026, 1, 5)
OPEN = Cycle(DAY)


def firm(plain: dict[str, Any]) -> Firm:
    return Firm(**{**plain, "shareholders": tuple(plain.get("shareholders", ()))})


def service(key: int, plain: dict[str, Any]) -> Service:
    return Service(key, f"合同{key}", **{**plain, "firm": firm(plain["firm"])})


def employed(plain: dict[str, Any]) -> Employed:
    return Employed(
        Person(**plain["person"]), firm(plain["firm"]), plain["since"], plain.get("until"), "任职"
    )


@pytest.mark.obligation("Q3-separation")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_cases(case: dict[str, Any]) -> None:
    assert law.clause_title(case["clause"])
    reviewing = Service(0, "评审合同", "review", firm(case["reviewing"]), DAY)
    others = [service(n, each) for n, each in enumerate(case.get("others", ()), 1)]
    people = [employed(each) for each in case.get("employed", ())]
    told = [Apart(each["name"], firm(each["one"]), firm(each["other"])) for each in case.get("apart", ())]
    found = conflicts(reviewing, others, people, Cycle(**case["cycle"]), told)
    assert [each.kind for each in found] == case["expected"]
    assert [each.name for each in found] == case.get("by_name", [""] * len(found))
    assert all(each.first and each.second and each.words for each in found)


FIRMS = st.builds(
    Firm,
    name=st.sampled_from("甲乙丙"),
    code=st.sampled_from(("", "1", "2")),
    body=st.sampled_from((None, 1, 2)),
    legal_person=st.sampled_from(("", "示例一", "示例二")),
    shareholders=st.lists(st.sampled_from(("示例一", "示例二", "示例三")), max_size=2).map(tuple),
)
PEOPLE = st.builds(
    Person,
    name=st.sampled_from(("示例一", "示例二")),
    account=st.sampled_from((None, 1, 2)),
    number=st.sampled_from(("", "1", "2")),
)
DAYS = st.integers(-400, 400).map(lambda n: DAY + timedelta(days=n))
LATER = st.one_of(st.none(), DAYS)
EMPLOYED = st.builds(Employed, person=PEOPLE, firm=FIRMS, since=DAYS, until=LATER, record=st.just("任职记录"))
SERVICES = st.builds(
    Service,
    key=st.integers(1, 9),
    record=st.just("合同"),
    kind=st.sampled_from(("review", "consulting", "training")),
    firm=FIRMS,
    begins=DAYS,
    ends=LATER,
    for_creation=st.booleans(),
    consults=st.sampled_from((None, True, False)),
)
REVIEWING = st.builds(Service, st.just(0), st.just("评审"), st.just("review"), FIRMS, DAYS)


@given(REVIEWING, st.lists(SERVICES, max_size=3), SERVICES, st.lists(EMPLOYED, max_size=4))
def test_what_is_learned_later_takes_no_conflict_away(
    reviewing: Service, known: list[Service], more: Service, people: list[Employed]
) -> None:
    before, after = (conflicts(reviewing, rows, people, OPEN) for rows in (known, [*known, more]))
    assert set(before) <= set(after)


TOLD = st.builds(Apart, name=st.sampled_from(("示例一", "示例二")), one=FIRMS, other=FIRMS)


@given(REVIEWING, st.lists(SERVICES, max_size=3), st.lists(EMPLOYED, max_size=4), st.lists(TOLD, max_size=2))
def test_what_is_said_of_namesakes_takes_away_only_what_hangs_on_the_name(
    reviewing: Service, others: list[Service], people: list[Employed], told: list[Apart]
) -> None:
    before = conflicts(reviewing, others, people, OPEN)
    after = conflicts(reviewing, others, people, OPEN, told)
    assert set(after) <= set(before)
    assert all(each.name in {one.name for one in told} for each in set(before) - set(after))


@given(FIRMS, FIRMS)
def test_it_is_the_same_whichever_firm_advises(one: Firm, other: Firm) -> None:
    def kinds(reviews: Firm, advises: Firm) -> list[Kind]:
        reviewing = Service(0, "评审", "review", reviews, DAY)
        advice = Service(1, "咨询", "consulting", advises, DAY)
        return [each.kind for each in conflicts(reviewing, [advice], (), OPEN)]

    assert kinds(one, other) == kinds(other, one)
    assert same_firm(one, other) == same_firm(other, one)


@given(PEOPLE, PEOPLE)
def test_sameness_of_people_is_mutual(one: Person, other: Person) -> None:
    assert same_person(one, one)
    assert same_person(one, other) == same_person(other, one)


@given(REVIEWING, SERVICES, st.lists(EMPLOYED, max_size=4))
def test_whoever_does_not_advise_is_no_conflict(
    reviewing: Service, other: Service, people: list[Employed]
) -> None:
    quiet = replace(other, kind="training", consults=False)
    assert conflicts(reviewing, [quiet], people, OPEN) == ()
    assert of_person(Person("示例一", 1), [quiet], people, OPEN) == ()


@given(PEOPLE, st.lists(SERVICES, max_size=3), st.lists(EMPLOYED, max_size=4))
def test_a_person_conflicts_only_through_a_firm_that_advises(
    person: Person, others: list[Service], people: list[Employed]
) -> None:
    for found in of_person(person, others, people, OPEN):
        assert any(each.key == found.key and each.advises for each in others)
        assert found.first
