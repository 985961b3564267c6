"""A follow-up goes from the to-do list to its page, the sheet and back; everybody sees what came of it."""

import re
from datetime import datetime

import pytest
from django.test import Client

import snapshots
from dabiao.base import calendars, clock
from dabiao.creation.models import Case
from dabiao.hazards import services as hazards
from dabiao.hazards.models import Hazard
from dabiao.kernel.actor import TIME
from dabiao.look.shapes import Light, StepState
from dabiao.office.reviews import following
from dabiao.reviews import tasks
from dabiao.reviews.models import FollowUp, Revisit
from dabiao.reviews.queries import followups as queries
from dabiao.reviews.services import followups
from reviews.placing import Placed
from reviews.revisiting import ENDED, LATE, SET, THERE, arranged, attained, followed, looked, owed

TODO, LIST = "/office/", "/office/reviews/follow-ups/"


@pytest.fixture
def done(db: None) -> Placed:
    return snapshots.laid(attained)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def client(done: Placed, who: str) -> Client:
    made = Client()
    made.force_login(done.account(who), backend="dabiao.people.sign_in.Backend")
    return made


def seen(reader: Client, url: str) -> str:
    return reader.get(url).content.decode()


def url(done: Placed) -> str:
    return f"/office/reviews/{done.key}/follow-up/"


@pytest.mark.obligation("Q4-follow-up", "Q4-both-sign")
def test_it_is_arranged_signed_and_concluded_on_its_page(done: Placed, at) -> None:
    at(SET)
    admin, lead, officer = client(done, "review_admin"), client(done, "second"), client(done, "officer")
    page = url(done)
    assert "安排回访" in seen(admin, TODO)
    assert "2026年11月20日" in seen(admin, page)
    told = {"row": "0", "day": "2026-09-03", "lead": done.second, "others": []}
    assert officer.post(f"{page}arrange/", told).status_code == 409
    refused = admin.post(f"{page}arrange/", told | {"day": "2026-08-31"})
    assert (refused.status_code, "日期不能早于今天" in refused.content.decode()) == (422, True)
    assert admin.post(f"{page}arrange/", told).status_code == 302
    seen(admin, page)  # what was done is said once
    assert "安排回访" not in seen(admin, TODO)
    visit = Revisit.objects.get()
    at(THERE)
    assert "填写回访表" in seen(lead, TODO)
    assert f"/office/sheets/{visit.sheet_id}/" in seen(lead, page)
    looked(done, visit, "2.1.3")
    assert page in seen(lead, f"/office/sheets/{visit.sheet_id}/"), "where the sheet goes on"
    row = {"row": visit.pk, "remark": ""}
    assert officer.post(f"{page}sign/", row).status_code == 409
    assert lead.post(f"{page}close/", row).status_code == 302
    assert "还缺签字：企业" in seen(lead, page)
    assert lead.post(f"{page}conclude/", row | {"words": "示例"}).status_code == 422
    assert "签字确认回访表" in seen(officer, TODO)
    assert officer.post(f"{page}sign/", row).status_code == 302
    seen(officer, page)
    assert "签字确认回访表" not in seen(officer, TODO)
    assert "作出回访结论" in seen(lead, TODO)
    assert (
        lead.post(f"{page}conclude/", row | {"words": "护罩又被拆除", "majors": ["2.1.3"]}).status_code == 302
    )
    assert owed(done).state == "met"
    assert Hazard.objects.get(origin="follow_up_visit").major
    seen(lead, page)
    assert "作出回访结论" not in seen(lead, TODO)


@pytest.mark.obligation("Q4-follow-up")
def test_an_overdue_one_is_red_and_chased_by_the_organizing_unit(done: Placed, at) -> None:
    at(LATE)
    lead = client(done, "organizer_lead")
    assert "督促回访" not in seen(lead, TODO)
    tasks.tick(LATE)
    assert "督促回访" in seen(lead, TODO)
    for who in ("organizer", "industry_district", "industry_city"):
        text = seen(client(done, who), f"{LIST}?state=late")
        assert url(done) in text
        assert "逾期 1 天" in text
    assert url(done) not in seen(client(done, "other_industry_district"), LIST)
    followed(done)
    assert "督促回访" not in seen(lead, TODO)
    assert url(done) not in seen(lead, f"{LIST}?state=late")
    assert url(done) in seen(lead, f"{LIST}?state=met")


@pytest.mark.parametrize("who", ["officer", "organizer", "review_admin", "industry_district"])
def test_what_came_of_it_is_shown_and_its_sheet_linked_to_whom_it_opens(done: Placed, at, who: str) -> None:
    at(ENDED)
    visit = followed(done, "2.1.3")
    reader = client(done, who)
    text = seen(reader, url(done))
    for words in (
        "第 1 次 · 2026年9月3日",
        "问题重现",
        "保持整改",
        "护罩又被拆除",
        "整改保持，管理没有放松。",
    ):
        assert words in text
    sheet = f"/office/sheets/{visit.sheet_id}/"
    linked = set(re.findall(r'href="(/office/sheets/\d+/)"', text))
    assert (sheet in linked) is (who != "review_admin")
    assert reader.get(sheet).status_code == (404 if who == "review_admin" else 200)
    assert url(done) in seen(reader, f"/office/reviews/{done.key}/")
    if who != "review_admin":  # cases are no page of theirs
        Case.objects.update(state="attained")
        assert url(done) in seen(reader, f"/office/cases/{done.review.case_id}/")


def test_what_it_found_is_put_right_and_confirmed_on_its_page(done: Placed, at) -> None:
    at(ENDED)
    followed(done, "2.1.3")
    hazard, officer = Hazard.objects.get(origin="follow_up_visit"), done.actor("officer")
    told = {"cause": "松懈", "corrective": "装回", "preventive": "点检", "responsible": "示例张三"}
    hazards.plan(hazard=hazard, due=hazard.limit, version=1, by=officer, at=ENDED, **told)
    hazard.evidence.create(
        file=Hazard.objects.filter(evidence__isnull=False)[0].evidence.all()[0].file, received_at=ENDED
    )
    hazards.report_done(hazard=hazard, words="已装回", taken=[], by=officer, at=ENDED)
    reviewer, page = client(done, "reviewer"), url(done)
    assert "确认整改" in seen(reviewer, TODO)
    (evidence,) = hazard.evidence.all()
    shown = reviewer.get(f"/office/reviews/{done.key}/hazards/{hazard.pk}/{evidence.pk}/")
    assert b"".join(shown.streaming_content)
    assert reviewer.post(f"{page}confirm/", {"row": hazard.pk, "back": "on", "reason": ""}).status_code == 422
    assert reviewer.post(f"{page}confirm/", {"row": hazard.pk, "reason": ""}).status_code == 302
    hazard.refresh_from_db()
    assert hazard.state == "closed"


def test_it_is_called_off_with_a_reason(done: Placed, at) -> None:
    at(SET)
    visit, admin, page = arranged(done), client(done, "review_admin"), url(done)
    row = {"row": visit.pk, "reason": "企业停产"}
    assert client(done, "officer").post(f"{page}off/", row).status_code == 409
    assert admin.post(f"{page}off/", row).status_code == 302
    assert "企业停产" in seen(admin, page)
    assert "评分表已作废" in seen(client(done, "second"), f"/office/sheets/{visit.sheet_id}/")


def test_the_journey_shows_it_as_a_further_step(done: Placed) -> None:
    calendar = calendars.calendar()

    def step(moment: datetime) -> tuple[StepState, Light]:
        row = owed(done)
        return (
            following.step(row, moment.date(), calendar).state,
            following.light(row, moment.date(), calendar).state,
        )

    assert step(SET) == (StepState.NOW, Light.GREEN)
    assert step(LATE) == (StepState.LATE, Light.RED)
    followed(done)
    assert step(LATE) == (StepState.DONE, Light.MET)
    FollowUp.objects.update(state="owed")
    followups.release(followup=owed(done), why="证书已经失效。", by=TIME, at=ENDED)
    assert step(LATE) == (StepState.TODO, Light.NONE)
    assert queries.clock(owed(done), LATE.date(), calendar) is None


def test_before_the_announcement_the_page_says_so(done: Placed, at) -> None:
    at(SET)
    FollowUp.objects.all().delete()
    assert "还没有公告定级" in seen(client(done, "officer"), url(done))
    assert "还没有需要回访的企业" in seen(client(done, "organizer"), LIST)
