"""The head of the organizing unit suspends, resumes and withdraws a qualification on its page (uplift/20)."""

from datetime import date, timedelta

import pytest

from dabiao.base.clock import day_of
from dabiao.people.models import Qualification
from dabiao.people.queries import qualification_faults
from dabiao.people.services import qualifications as services
from dabiao.people.services.qualifications import Filed
from office.story import Office, entries
from world import AT

TODAY = day_of(AT)
LEAD = "organizer_lead"


@pytest.fixture
def row(office: Office) -> Qualification:
    told = Filed("reviewer", "示例证1", ("机械",), date(2025, 1, 1), date(2029, 1, 1))
    by = office.world.actor("organizer")
    return services.file_qualification(account=office.world.accounts["reviewer"], told=told, by=by, at=AT)


def url(row: Qualification, act: str = "") -> str:
    return f"/office/qualifications/{row.pk}/{act}"


def holds(row: Qualification, day: date) -> bool:
    return not qualification_faults([row.account_id], "reviewer", day)[row.account_id]


def version(row: Qualification) -> int:
    row.refresh_from_db()
    return row.version


@pytest.mark.obligation("Q6-sanctions", "U20-reviewers")
def test_a_suspension_stops_at_once_and_ends_when_resumed(office: Office, row: Qualification) -> None:
    said = {"since": f"{TODAY}", "until": "", "reason": "未参加继续教育", "version": version(row)}
    office.post(LEAD, url(row, "suspend/"), **said)
    assert not holds(row, TODAY)
    assert holds(row, TODAY - timedelta(1))
    page = office.get(LEAD, url(row))
    assert "不能评审" in page
    assert "未参加继续教育" in page
    office.stand_at(AT + timedelta(days=3))
    office.post(LEAD, url(row, "resume/"), reason="补学合格", version=version(row))
    assert holds(row, TODAY + timedelta(3))
    assert not holds(row, TODAY + timedelta(2))


@pytest.mark.obligation("Q6-sanctions")
def test_a_withdrawal_asks_for_the_number_and_is_for_good(office: Office, row: Qualification) -> None:
    said = {"since": f"{TODAY + timedelta(2)}", "reason": "评审严重失实", "version": version(row)}
    before = entries()
    page = office.post(LEAD, url(row, "withdraw/"), 422, **said, typed_name="示例证2")
    assert "评审严重失实" in page
    assert "请核对要撤销的是不是这一份" in page
    assert entries() == before
    office.post(LEAD, url(row, "withdraw/"), **said, typed_name="示例证1")
    page = office.get(LEAD, "/office/qualifications/")
    assert f"将自 {TODAY + timedelta(2)} 起撤销" in page
    assert "有效" in page
    office.stand_at(AT + timedelta(days=2))
    page = office.get(LEAD, url(row))
    assert f"资格自 {TODAY + timedelta(2)} 起撤销" in page
    assert "请重新建档" in page
    assert not holds(row, TODAY + timedelta(2))


@pytest.mark.parametrize(
    ("act", "wrong", "words"),
    [
        ("suspend/", {"since": f"{TODAY - timedelta(1)}"}, "不能早于今天"),
        ("suspend/", {"until": f"{TODAY}"}, "恢复日期应晚于暂停日期"),
        ("suspend/", {"reason": " "}, "请填写理由"),
        ("suspend/", {"version": 9}, ""),
        ("withdraw/", {"since": f"{TODAY - timedelta(1)}"}, "不能早于今天"),
        ("resume/", {}, "没有暂停，不必恢复"),
    ],
)
def test_what_cannot_be_is_said_in_words_and_changes_nothing(
    office: Office, row: Qualification, act: str, wrong: dict[str, object], words: str
) -> None:
    said = {"since": f"{TODAY}", "reason": "示例", "typed_name": "示例证1", "version": version(row), **wrong}
    before = entries()
    assert words in office.post(LEAD, url(row, act), 422, **said)
    assert entries() == before


def test_a_colleague_reads_why_they_cannot_decide(office: Office, row: Qualification) -> None:
    assert "负责人暂停、恢复和撤销" in office.get("organizer", url(row))
    before = entries()
    office.post("organizer", url(row, "suspend/"), 403, since=f"{TODAY}", reason="示例", version=1)
    office.get("review_admin", url(row), 403)
    assert entries() == before
