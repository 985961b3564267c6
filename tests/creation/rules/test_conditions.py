"""Conditions one by one: the case files, and what must always hold."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabiao import law
from dabiao.creation.rules.conditions import (
    Answer,
    Circumstances,
    Outcome,
    Work,
    ask,
    bars,
    in_force,
    kept,
    outcome,
    running,
)
from dabiao.creation.rules.conditions.values import answered, circumstances
from dabiao.law.reading import documents
from dabiao.standing.rules.facts import Known
from dabiao.standing.rules.kinds import kinds

FOLDER = Path(__file__).parents[2] / "cases" / "conditions"
CASES = [case for _, rows in documents(FOLDER) for case in rows]
DAY = date(2026, 3, 2)
AREAS = ("dust_explosion", "confined_space", "cold_store")


def about(given_: dict[str, Any]) -> Circumstances:
    facts = tuple(Known(**{"source": "示例", **each}) for each in given_.get("facts", ()))
    work = Work(**given_.get("work", {}))
    areas = tuple(given_.get("areas", ()))
    return Circumstances(given_.get("level", "level_3"), areas, given_.get("applied_on"), facts, work)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_cases(case: dict[str, Any]) -> None:
    assert law.clause_title(case["clause"])
    day = case["day"]
    found = {each.condition: each.outcome.value for each in ask(about(case["input"]), in_force(day), day)}
    assert {name: found[name] for name in case["expected"]} == case["expected"]


@pytest.mark.obligation("U2-hard-refusals")
def test_each_hard_refusal_of_the_law_is_asked_and_cites_it() -> None:
    answers = {each.condition: each for each in ask(Circumstances("level_2"), in_force(DAY), DAY)}
    for entry in law.on(DAY)["refusals.hard"].items:
        answer = answers[f"refusals.hard:{entry['id']}"]
        assert answer.clause == "uplift/2"


@pytest.mark.obligation("Q2-threshold")
@given(st.integers(0, 1000), st.dates(date(2023, 1, 1), date(2030, 1, 1)))
def test_entry_to_level_2_is_stricter_than_to_level_3_on_any_day(tenths: int, day: date) -> None:
    asked = in_force(day)

    def met(level: str) -> bool:
        done = Work(
            report="示例", report_level=level, report_score=str(tenths / 10), report_on=day.isoformat()
        )
        answers = {each.condition: each.outcome for each in ask(Circumstances(level, work=done), asked, day)}
        return answers["conditions.entry.score"] is Outcome.MET

    rule = law.on(day)["conditions.entry.score"]
    assert rule.number_of("level_2") > rule.number_of("level_3")
    assert met("level_2") == (tenths >= 10 * rule.number_of("level_2"))
    assert met("level_3") or not met("level_2")


def test_every_answer_says_fact_source_rule_and_clause() -> None:
    for answer in ask(Circumstances("level_2"), in_force(DAY), DAY):
        assert answer.fact
        assert answer.source
        assert answer.rule in law.parameters()
        assert law.clause_title(answer.clause)
        assert answer.outcome is Outcome.MET or answer.advice, answer.condition


days = st.dates(date(2023, 6, 1), date(2026, 12, 31))


@st.composite
def facts(draw: Any) -> Known:
    kind = draw(st.sampled_from([kind for kind in kinds().values() if kind.about == "unit"]))
    since = draw(days)
    until = (
        since + timedelta(days=draw(st.integers(1, 900)))
        if kind.ends != "no" and draw(st.booleans())
        else None
    )
    which = draw(st.sampled_from(sorted(kind.which))) if kind.which else ""
    counts = {name: draw(st.integers(0, 4)) for name in kind.counts}
    return Known(kind.id, since, until, which, "示例1", "示例", "示例来源", counts, draw(st.integers(1, 99)))


@st.composite
def cases(draw: Any) -> Circumstances:
    known = tuple(draw(st.lists(facts(), max_size=8)))
    level = draw(st.sampled_from(["level_2", "level_3", "small_micro"]))
    areas = tuple(
        draw(st.lists(st.sampled_from(["dust_explosion", "confined_space", "cold_store"]), unique=True))
    )
    return Circumstances(
        level, areas, draw(st.none() | days), known, Work(open_major=draw(st.integers(0, 2)))
    )


def judged(answers: tuple[Answer, ...]) -> dict[str, Outcome]:
    return {each.condition: each.outcome for each in answers}


@given(cases(), days)
def test_recomputing_what_was_kept_gives_the_same_answer(found: Circumstances, day: date) -> None:
    rules = in_force(day)
    answers = ask(found, rules, day)
    again = ask(circumstances(found.plain()), kept([rule.plain() for rule in rules.values()]), day)
    assert again == answers
    assert tuple(answered(each.plain()) for each in answers) == answers


@given(cases(), days, facts())
def test_what_speaks_against_a_unit_never_helps_it(found: Circumstances, day: date, more: Known) -> None:
    if not kinds()[more.kind].adverse:
        return
    worse = Circumstances(found.level, found.areas, found.applied_on, (*found.facts, more), found.work)
    before, after = judged(ask(found, in_force(day), day)), judged(ask(worse, in_force(day), day))
    order = [Outcome.MET, Outcome.ASK, Outcome.UNMET]
    assert all(order.index(after[name]) >= order.index(each) for name, each in before.items())


@given(cases(), days)
def test_what_has_not_begun_changes_nothing(found: Circumstances, day: date) -> None:
    begun = tuple(fact for fact in found.facts if fact.since <= day)
    earlier = Circumstances(found.level, found.areas, found.applied_on, begun, found.work)
    seen = {
        name: each for name, each in judged(ask(found, in_force(day), day)).items() if "licences" not in name
    }
    assert seen.items() <= judged(ask(earlier, in_force(day), day)).items()


@given(cases(), days)
def test_one_may_apply_on_the_day_after_the_last_bar(found: Circumstances, day: date) -> None:
    rules = in_force(day)
    every = bars(found, rules)
    assert all(bar.fact.kind not in rules["reapplication.bar.exempt"].value for bar in every)
    if every:
        free = max(bar.free for bar in every)
        assert not running(found, rules, free)
        longest = max(every, key=lambda bar: bar.last)
        assert running(found, rules, longest.last)


@given(cases(), days)
def test_the_whole_is_as_good_as_its_worst(found: Circumstances, day: date) -> None:
    answers = ask(found, in_force(day), day)
    each = set(judged(answers).values())
    expected = Outcome.UNMET if Outcome.UNMET in each else Outcome.ASK if Outcome.ASK in each else Outcome.MET
    assert outcome(answers) is expected
