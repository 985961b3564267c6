"""For each invariant its rule is taken away: the same checks then find the breach, under its name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from dabiao.base.clock import day_of
from dabiao.base.models import PublicRecord
from dabiao.grading.permissions import announcing as announcing_permissions
from dabiao.grading.permissions import gates
from dabiao.grading.permissions import publicity as publicity_permissions
from dabiao.grading.permissions import rechecks as recheck_permissions
from dabiao.grading.rules import outcomes
from dabiao.grading.services import announcing, issuing, publicity
from dabiao.grading.states import gradings as grading_states
from dabiao.kernel.moves import Move
from dabiao.kernel.permit import allowed
from dabiao.reviews.permissions import plans as plan_permissions
from dabiao.reviews.queries import reports
from dabiao.reviews.states import reviews as review_states
from dabiao.reviews.states.reviews import ReviewState
from dabiao.sheets import permissions as sheet_permissions
from dabiao.sheets.services import closing
from machine.acts import ACTS, Act
from machine.cutting import at, on_to, played
from machine.filling import fill
from machine.invariants import Broken, Frozen
from machine.machine import Stage
from machine.play import Play

pytestmark = pytest.mark.django_db
Patch = pytest.MonkeyPatch


def yes(*_: Any, **__: Any) -> Any:
    return allowed


def caught(name: str, run: Callable[[], object]) -> None:
    with pytest.raises(Broken) as found:
        run()
    assert found.value.name == name


def test_a_report_with_unscored_items(monkeypatch: Patch) -> None:
    monkeypatch.setattr(closing, "_gaps", lambda *_: [])
    monkeypatch.setattr(reports, "obstacles", lambda *_: iter(()))
    stage = on_to(at("review", "cleared"), "review", "reviewing")
    partly = Act("part", ("reviewer",), _one_line, {}, lambda _: True, aside=True)
    stage.perform(partly, "reviewer", 0)
    steps = ("conclude_review", "reviewer"), ("sign_for_team", "second"), ("sign_for_unit", "officer")
    played(stage, *steps, ("deliver", "reviewer"))
    on_to(stage, "review", "writing")
    caught("no_report_with_unscored_items", lambda: played(stage, ("submit_report", "reviewer")))


def _one_line(play: Play, by: Any, pick: int) -> object:
    return fill(play.of("plan").sheet, by, play.at, only="1.1.1")


def test_a_plan_before_the_gate(monkeypatch: Patch) -> None:
    stage = on_to(at("case", "submitted"), "review", "engaged")
    monkeypatch.setattr(plan_permissions, "may_plan", yes)
    early = Move("plan", "制定评审计划", frozenset(ReviewState), ReviewState.PLANNED, "quality-2015/4")
    monkeypatch.setattr(review_states, "PLAN", early)
    caught("no_review_before_a_passed_gate", lambda: played(stage, ("make_plan", "review_admin")))


def test_level_2_without_the_spot(monkeypatch: Patch) -> None:
    monkeypatch.setattr(outcomes, "obstacles", lambda found: ())
    stage = played(at("grading", "received"), ("audit_papers", "organizer"), ("judge", "organizer"))
    played(stage, ("decide_recheck", "organizer_lead"))
    on_to(stage, "grading", "publicised")
    caught(
        "no_level_2_without_recheck_on_site_and_district",
        lambda: on_to(stage, "grading", "announced").check(),
    )


def test_level_2_against_the_district(monkeypatch: Patch) -> None:
    monkeypatch.setattr(outcomes, "_district", lambda found: [])
    monkeypatch.setattr(publicity, "check_opinions", lambda grading: None)
    monkeypatch.setattr(announcing, "check_opinions", lambda grading: None)
    stage = on_to(at("grading", "received"), "grading", "rechecked")
    against = 7
    played(stage, ("opine_on_recheck", "industry_district", against), ("judge", "organizer"))
    on_to(played(stage, ("decide_recheck", "organizer_lead")), "grading", "consulting")
    played(stage, ("opine_as_district", "industry_district"), ("opine_as_locality", "locality"))
    played(stage, ("propose_publicity", "industry_city"), ("publish", "second_city"))
    stage.play.passes(20)
    caught("no_level_2_without_recheck_on_site_and_district", lambda: _announced(stage))


def _announced(stage: Stage) -> Stage:
    return played(stage, ("propose_bulletin", "industry_city"), ("announce", "second_city"))


def test_an_announcement_before_the_last_day(monkeypatch: Patch) -> None:
    stage = at("grading", "publicised")
    stage.play.passes(1)
    _always_ready(monkeypatch)
    caught("no_announcement_too_early_or_against_an_objection", lambda: _announced(stage))


def _always_ready(monkeypatch: Patch) -> None:
    def ready(grading: Any, moment: Any) -> Any:
        return announcing.found.asked(grading, day_of(moment))

    monkeypatch.setattr(announcing, "ready", ready)


def test_an_announcement_against_an_open_objection(monkeypatch: Patch) -> None:
    stage = played(at("grading", "publicised"), ("object_to", "public"))
    stage.play.passes(20)
    _always_ready(monkeypatch)
    caught("no_announcement_too_early_or_against_an_objection", lambda: _announced(stage))


@pytest.mark.parametrize(
    ("kind", "state", "act", "who"),
    [
        ("grading", "received", "audit_papers", "turned_organizer"),
        ("grading", "judged", "decide_recheck", "turned_lead"),
        ("grading", "consulting", "opine_as_district", "turned_district"),
        ("grading", "consulting", "propose_publicity", "turned_city"),
        ("grading", "proposed", "publish", "turned_city"),
    ],
)
def test_somebody_of_the_body_concerned(
    monkeypatch: Patch, kind: str, state: str, act: str, who: str
) -> None:
    stage = on_to(at("grading", "received"), kind, state)
    if act == "propose_publicity":
        played(stage, ("opine_as_district", "industry_district"), ("opine_as_locality", "locality"))
    monkeypatch.setattr(gates.recusal, "concerned", lambda account, grading: "")
    monkeypatch.setitem(ACTS, act, _open_to_all(act, who))
    caught("nobody_decides_on_their_own_bodys_work", lambda: played(stage, (act, who)))


def _open_to_all(act: str, who: str) -> Act:
    """So that the invariant itself speaks, not the list of those who may."""
    of = ACTS[act]
    return Act(of.name, (*of.who, who), of.do, of.on, of.when, of.aside)


def test_one_person_proposes_and_decides(monkeypatch: Patch) -> None:
    for module in (publicity_permissions, recheck_permissions):
        monkeypatch.setattr(module, "another", yes)
    stage = on_to(at("grading", "received"), "grading", "rechecked")
    played(stage, ("opine_on_recheck", "industry_district"), ("judge", "both"))
    caught("nobody_both_proposes_and_decides", lambda: played(stage, ("decide_recheck", "both")))


def test_one_person_announces_alone(monkeypatch: Patch) -> None:
    monkeypatch.setattr(announcing_permissions, "may_decide", yes)
    stage = at("grading", "publicised")
    stage.play.passes(20)
    steps = ("propose_bulletin", "industry_city"), ("announce", "industry_city")
    caught("nobody_both_proposes_and_decides", lambda: played(stage, *steps))


def test_a_veto_found_at_the_recheck_passes(monkeypatch: Patch) -> None:
    monkeypatch.setattr(outcomes, "obstacles", lambda found: ())
    stage = on_to(at("grading", "received"), "grading", "rechecking")
    vetoed = 5
    played(stage, ("fill_recheck", "organizer", vetoed), ("close_recheck", "organizer"))
    on_to(stage, "grading", "publicised")
    caught("a_veto_never_passes", lambda: on_to(stage, "grading", "announced").check())


def test_a_closed_sheet_is_written_on(monkeypatch: Patch) -> None:
    stage = on_to(at("review", "cleared"), "review", "reviewing")
    played(stage, ("fill_review", "reviewer"), ("conclude_review", "reviewer"))
    monkeypatch.setattr(sheet_permissions, "may_record", yes)
    anew = Act("anew", ("reviewer",), _anew, {}, lambda _: True, aside=True)

    def run() -> None:
        assert stage.perform(anew, "reviewer", 0)
        stage.check()

    caught("closed_content_never_changes", run)


def _anew(play: Play, by: Any, pick: int) -> object:
    return fill(play.of("plan").sheet, by, play.at, "1.2.1", only="1.2.1", anew=True)


def test_a_decision_is_decided_anew(monkeypatch: Patch) -> None:
    stage = on_to(at("grading", "received"), "grading", "consulting")
    anything = frozenset(grading_states.GradingState)
    again = Move("return", "退回", anything, grading_states.GradingState.RECHECKED, "uplift/11")
    stage.check()
    ruling = stage.play.of("grading").rulings.latest("id")
    monkeypatch.setattr(recheck_permissions, "in_state", yes)
    monkeypatch.setattr(grading_states, "RETURN", again)
    monkeypatch.setattr("dabiao.grading.services.judging.queries.pending", lambda grading: ruling)
    caught("closed_content_never_changes", lambda: played(stage, ("return_recheck", "second_lead")))


@pytest.mark.parametrize("cut", ["short", "long"])
def test_a_certificate_is_told_otherwise_than_the_journal_has_it(monkeypatch: Patch, cut: str) -> None:
    stage = at("grading", "publicised")
    stage.play.passes(20)
    if cut == "short":
        monkeypatch.setattr(issuing, "DAY", timedelta(0))
        caught("certificates_hold_as_the_journal_says", lambda: _announced(stage))
        return
    _announced(stage)
    PublicRecord.objects.filter(kind="certificate").update(until=None)  # past the journal
    stage.entries, stage.frozen = -1, Frozen()
    caught("certificates_hold_as_the_journal_says", stage.check)


def test_a_person_is_told_a_fault_of_ours(monkeypatch: Patch) -> None:
    """The plan is withdrawn between two reads, and nobody holds the review."""
    stage = on_to(at("review", "cleared"), "review", "planned")
    stage.play.keep()
    stage.play.of("review")
    played(stage, ("think_again", "review_admin"))
    monkeypatch.setattr("dabiao.reviews.services.plans.journal.hold", lambda row, *anew: None)
    act = ACTS["think_again"]
    caught("refusals_are_kernel_errors", lambda: stage.perform(act, "review_admin", 0, stale=True))


def test_somebody_acts_who_never_may(monkeypatch: Patch) -> None:
    monkeypatch.setattr(publicity_permissions, "belongs", yes)
    stage = on_to(at("grading", "received"), "grading", "proposed")
    caught("only_who_may", lambda: stage.perform(ACTS["publish"], "locality", 0))


def test_a_refused_act_leaves_something_behind(monkeypatch: Patch) -> None:
    stage = on_to(at("review", "cleared"), "review", "planned")
    act = ACTS["begin_review"]
    remarking = ACTS["remark"].do

    def half(play: Play, by: Any, pick: int) -> object:
        remarking(play, play.by("locality"), pick)
        return act.do(play, by, pick)

    halved = Act("halved", ("locality",), half, {}, lambda _: True, aside=True)
    caught("refusals_change_nothing", lambda: stage.perform(halved, "locality", 0))
