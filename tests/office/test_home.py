"""The home of every role: what waits, with limits; administrators and officials have theirs too."""

from datetime import UTC, datetime

from dabiao.kernel.actor import PUBLIC
from dabiao.office import todo
from dabiao.people.models import Posting
from dabiao.programme.services import send_feedback
from office.story import Office
from world import AT


def test_every_role_has_a_home_that_says_where_it_stands(office: Office) -> None:
    for who in office.world.accounts:
        page = office.get(who, "/office/")
        assert "我的工作" in page
        assert "没有待办" in page or 'class="todo"' in page


def test_an_officer_without_a_self_assessment_is_asked_to_begin(office: Office) -> None:
    assert "还没有自评过" in office.get("officer", "/office/")
    assert "还没有自评过" not in office.get("assessor", "/office/")
    office.started()
    page = office.get("assessor", "/office/")
    assert "继续自评" in page
    assert "还没有自评过" not in office.get("officer", "/office/")


def test_what_follows_the_signature_waits_for_those_who_lead(office: Office) -> None:
    office.signed()
    assert "办理公示" in office.get("officer", "/office/")
    assert "办理公示" not in office.get("assessor", "/office/")


def test_what_is_urgent_stands_first(office: Office) -> None:
    office.signed()
    hazard = office.finding()
    told = {"cause": "a", "corrective": "b", "preventive": "c", "responsible": "d", "due": "2026-03-03"}
    office.post("officer", f"/office/hazards/{hazard.pk}/plan/", **told, version=1)
    office.stand_at(datetime(2026, 3, 5, 4, tzinfo=UTC))
    found = todo.todos(office.world.actor("officer"), datetime(2026, 3, 5, 4, tzinfo=UTC))
    assert found[0].limit.state.value == "red"
    assert "逾期 2 个工作日" in office.get("officer", "/office/")


def test_a_missing_calendar_waits_for_the_system_administrator(office: Office) -> None:
    assert "录入 2027 年工作日历" not in office.get("system_admin", "/office/")
    office.stand_at(datetime(2026, 11, 3, 4, tzinfo=UTC))
    assert "录入 2027 年工作日历" in office.get("system_admin", "/office/")
    assert "录入 2027 年工作日历" not in office.get("security_admin", "/office/")
    office.stand_at(datetime(2027, 1, 3, 4, tzinfo=UTC))
    page = office.get("system_admin", "/office/")
    assert "limit-red" in page


def test_an_account_without_posting_waits_for_the_security_administrator(office: Office) -> None:
    assert "还没有任职" not in office.get("security_admin", "/office/")
    Posting.objects.filter(account=office.world.accounts["expert"]).update(until="2026-03-01")
    assert "1 个账号还没有任职" in office.get("security_admin", "/office/")
    assert "还没有任职" not in office.get("system_admin", "/office/")


def test_what_the_public_says_waits_for_those_who_answer(office: Office) -> None:
    send_feedback(topic="system", words="字太小", contact="", by=PUBLIC, at=AT)
    for who in ("bureau_city", "organizer", "organizer_lead"):
        assert "字太小" in office.get(who, "/office/")
    assert "字太小" not in office.get("industry_city", "/office/")


def test_somebody_without_a_posting_sees_an_explanation(office: Office) -> None:
    Posting.objects.filter(account=office.world.accounts["expert"]).update(until="2026-03-01")
    assert "本人的待办" in office.get("expert", "/office/", 403)
