"""Every hard refusal and every bar through pages: fact, rule and clause stand where one reads them."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from creation.applying import Applicant
from dabiao.creation.models import Case
from dabiao.creation.states.cases import CaseState
from dabiao.law import clause_title
from dabiao.organisations.models import Site
from dabiao.standing import services as standing
from dabiao.standing.services import Told
from office.story import Office, entries
from world import SINCE

LIST = "/office/cases/"
READY = datetime(2026, 3, 18, 4, tzinfo=UTC)
HARD = {
    "hazard_screening": "事故隐患排查治理",
    "campaigns": "专项治理",
    "risk_control": "风险",
    "emergency_plan": "应急预案",
    "joint_punishment": "联合惩戒",
}


@pytest.fixture
def ready(office: Office, clock: Callable[[datetime], None]) -> Office:
    Applicant(office.world, level="level_3").prepared()
    clock(READY)
    return office


def drafted(office: Office) -> str:
    site = Site.objects.get(unit=office.world.units["unit"])
    office.post("officer", f"{LIST}new/", level="level_3", sites=[site.pk])
    return f"{LIST}{Case.objects.latest('id').pk}/"


def case() -> Case:
    return Case.objects.latest("id")


@pytest.mark.obligation("U2-hard-refusals")
@pytest.mark.parametrize(("which", "words"), HARD.items())
def test_each_hard_refusal_refuses_with_its_clause_on_every_page(
    ready: Office, which: str, words: str
) -> None:
    told = Told("hard_refusal", SINCE, f"示例检查发现{which}", "示例检查记录", which=which)
    unit, by = ready.world.units["unit"], ready.world.actor("enforcement")
    standing.record(told=told, unit=unit, by=by, at=READY)
    url = drafted(ready)
    assert "new/?kind=" not in ready.get("officer", url), "the unit cannot record away what was found"
    ready.post("principal", f"{url}submit/", version=case().version)
    ready.post("organizer", f"{url}receive/", version=case().version)
    before, sent = entries(), {"version": case().version, "outcome": "accepted", "words": "示例"}
    assert "不能进入评审" in ready.post("organizer", f"{url}propose/", 422, **sent)
    assert entries() == before
    ready.post("organizer", f"{url}propose/", **{**sent, "outcome": "refused"})
    ready.post("organizer_lead", f"{url}decide/", version=case().version)
    assert case().state == CaseState.REFUSED
    for who, page in (("principal", url), ("officer", f"{url}notice/"), ("locality", f"{url}why/")):
        shown = ready.get(who, page)
        assert f"示例检查发现{which}" in shown
        assert words in shown
        assert clause_title("uplift/2") in shown, page
    again = drafted(ready)
    ready.post("principal", f"{again}submit/", version=case().version)
    assert case().state == CaseState.SUBMITTED, "a refusal at acceptance starts no bar"


# kind, which, years, clause of its number of years
BARS = [
    ("grading_refused_notice", "", 1, "mem-2021-83/10"),
    ("revocation", "other", 1, "house/bars"),
    ("revocation", "fraud", 3, "house/bars"),
    ("false_commitment", "", 3, "mem-2021-83/10"),
]


@pytest.mark.parametrize(("kind", "which", "years", "clause"), BARS)
def test_each_bar_holds_to_its_last_day_and_no_longer(
    ready: Office, kind: str, which: str, years: int, clause: str
) -> None:
    today = READY.date()
    record(ready, kind, which, date(today.year - years, today.month, today.day))
    url = drafted(ready)
    shown = ready.get("principal", url)
    assert "2026-03-19 起可以申请" in shown
    assert clause_title(clause) in shown.partition("2026-03-19 起可以申请")[2][:900], "beside the fact"
    before = entries()
    assert "不能提交申请" in ready.post("principal", f"{url}submit/", 422, version=case().version)
    assert entries() == before
    ready.stand_at(READY.replace(day=19))
    ready.post("principal", f"{url}submit/", version=case().version)
    assert case().state == CaseState.SUBMITTED


def record(office: Office, kind: str, which: str, since: date) -> None:
    told = Told(kind, since, "示例决定", "示例文书", which=which, number="示例1")
    by = office.world.actor("industry_district")
    standing.record(told=told, unit=office.world.units["unit"], by=by, at=READY)
