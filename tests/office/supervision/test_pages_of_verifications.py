"""From the frozen list to the conclusion on the pages of everybody who has a part in it."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

import snapshots
from dabiao.base import calendars, clock
from dabiao.hazards import services as hazards
from dabiao.hazards.models import Hazard
from dabiao.look.shapes import Light
from dabiao.office.supervision import shown
from dabiao.supervision import tasks
from dabiao.supervision.models import Verification, VerificationDraw
from grading.reported import LESS
from supervision.verifying import (
    BESIDE,
    ENDED,
    FROZEN,
    LATE,
    LEAD,
    SAID,
    SET,
    THERE,
    Verifying,
    attained,
    drawn,
)

HOME, LIST, DRAWS = "/office/", "/office/supervision/", "/office/supervision/draws/"


@pytest.fixture
def announced(db: None) -> Verifying:
    return snapshots.laid(attained)


@pytest.fixture
def owed(db: None) -> Verifying:
    return snapshots.laid(drawn)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def client(made: Verifying, who: str) -> Client:
    found = Client()
    found.force_login(made.account(who), backend="dabiao.people.sign_in.Backend")
    return found


def seen(made: Verifying, who: str, url: str) -> str:
    return client(made, who).get(url).content.decode()


def sent(made: Verifying, who: str, url: str, **told: Any) -> int:
    return client(made, who).post(url, told).status_code


def url(made: Verifying) -> str:
    return f"{LIST}{made.row.pk}/"


@pytest.mark.obligation("Q8-share")
def test_it_is_drawn_on_its_page_and_words_stay_hidden_until_both_are_there(announced: Verifying, at) -> None:
    at(FROZEN)
    assert "抽取核查对象" in seen(announced, "industry_city", HOME)
    (lot,) = re.findall(r'name="lot" value="([^"]+)"', seen(announced, "industry_city", DRAWS))
    assert sent(announced, "industry_district", f"{DRAWS}freeze/", lot=lot) == 409
    assert sent(announced, "industry_city", f"{DRAWS}freeze/", lot=lot) == 302
    assert "抽取核查对象" not in seen(announced, "industry_city", HOME)
    assert 'name="lot"' not in seen(announced, "industry_city", DRAWS)
    row = VerificationDraw.objects.get()
    page = f"{DRAWS}{row.pk}/"
    assert row.digest in seen(announced, "bureau_district", page)
    for who in ("industry_city", "bureau_district"):
        assert "给出随机词" in seen(announced, who, HOME)
    assert sent(announced, "industry_city", page, word="") == 422
    assert sent(announced, "industry_city", page, word="示例松树") == 302
    text = seen(announced, "bureau_district", page)
    assert ("示例市工业主管部门" in text, "示例松树" in text) == (True, False)
    assert 'name="word"' not in seen(announced, "second_city", page)
    assert sent(announced, "other_industry_district", page, word="示例") == 404
    assert sent(announced, "bureau_district", page, word="示例河流") == 302
    row.refresh_from_db()
    text = seen(announced, "committee_district", page)
    for words in ("示例松树", "示例河流", row.record["seed"], "怎样复算", announced.row.spoken):
        assert words in text
    assert announced.row.spoken in seen(announced, "industry_city", LIST)


@pytest.mark.obligation("Q8-integrity", "Q8-content")
def test_it_is_arranged_pledged_opened_signed_and_concluded_on_its_page(owed: Verifying, at) -> None:
    at(SET)
    page, lead, beside = url(owed), owed.account(LEAD).pk, owed.account(BESIDE).pk
    assert "安排核查" in seen(owed, "industry_city", HOME)
    text = seen(owed, "industry_city", page)
    assert ("对这件定级出具过意见" in text, f'value="{owed.account("industry_district").pk}"' in text) == (
        True,
        False,
    )
    told = {"row": 0, "day": "2026-09-04", "lead": lead, "others": [beside]}
    assert sent(owed, "officer", f"{page}arrange/", **told) == 409
    assert sent(owed, "industry_city", f"{page}arrange/", **{**told, "others": []}) == 422
    assert sent(owed, "industry_city", f"{page}arrange/", **told) == 302
    for who in (LEAD, BESIDE):
        assert "作出廉洁承诺" in seen(owed, who, HOME)
        (row,) = re.findall(r'/pledge/".*?name="row" value="(\d+)"', seen(owed, who, page), re.DOTALL)
        assert sent(owed, who, f"{page}pledge/", row=row) == 302
    visit = {"row": owed.visit.pk}
    assert sent(owed, BESIDE, f"{page}open/", **visit) == 409
    assert "打开核查表" in seen(owed, LEAD, HOME)
    assert sent(owed, LEAD, f"{page}open/", **visit) == 302
    at(THERE)
    for who in (LEAD, BESIDE):
        assert "填写核查表" in seen(owed, who, HOME)
    sheet = owed.visit.sheet_id
    assert f"/office/sheets/{sheet}/" in seen(owed, LEAD, page)
    owed.looked(item_1_1_2=LESS)
    assert sent(owed, LEAD, f"{page}close/", **visit, remark="") == 302
    assert "签字确认核查表" in seen(owed, "officer", HOME)
    assert "还缺签字" in seen(owed, LEAD, page)
    assert sent(owed, "officer", f"{page}sign/", **visit, remark="") == 302
    at(ENDED)
    assert "作出核查结论" in seen(owed, LEAD, HOME)
    assert "核查" in seen(owed, LEAD, f"/office/sheets/{sheet}/")
    assert sent(owed, LEAD, f"{page}conclude/", **visit, **{**SAID, "level_kept": ""}) == 422
    assert sent(owed, LEAD, f"{page}conclude/", **visit, **SAID, majors=["1.1.2"]) == 302
    assert owed.row.outcome == "revoke"
    for who in ("officer", "review_admin", "organizer", "bureau_district", "locality"):
        text = seen(owed, who, page)
        for words in ("建议撤销", "评审报告没有指出的重大隐患", SAID["review_quality"], "作出廉洁承诺"):
            assert words in text


def test_it_is_called_off_with_a_reason_and_arranged_anew(owed: Verifying, at) -> None:
    at(SET)
    visit = owed.opened()
    assert sent(owed, "industry_city", f"{url(owed)}off/", row=visit.pk, reason="") == 422
    assert sent(owed, "industry_city", f"{url(owed)}off/", row=visit.pk, reason="企业停产") == 302
    assert "企业停产" in seen(owed, "officer", url(owed))
    assert "安排核查" in seen(owed, "industry_city", HOME)


def test_what_it_found_is_confirmed_by_the_department(owed: Verifying, at) -> None:
    at(ENDED)
    owed.verified(item_1_1_2=LESS)
    hazard, officer = Hazard.objects.get(origin="verification"), owed.actor("officer")
    told = {"cause": "松懈", "corrective": "重做", "preventive": "点检", "responsible": "示例张三"}
    hazards.plan(hazard=hazard, due=hazard.limit, version=1, by=officer, at=ENDED, **told)
    hazard.evidence.create(file=owed.visit.sheet.pictures.first().file, received_at=ENDED)
    hazards.report_done(hazard=hazard, words="已重做", taken=[], by=officer, at=ENDED)
    assert "确认整改" in seen(owed, "industry_city", HOME)
    assert sent(owed, "officer", f"{url(owed)}confirm/", row=hazard.pk, reason="") == 409
    assert sent(owed, "industry_city", f"{url(owed)}confirm/", row=hazard.pk, back="on", reason="") == 422
    assert sent(owed, "industry_city", f"{url(owed)}confirm/", row=hazard.pk, reason="") == 302
    hazard.refresh_from_db()
    assert hazard.state == "closed"


@pytest.mark.obligation("Q8-share")
def test_an_overdue_one_is_red_in_the_list(owed: Verifying, at) -> None:
    at(LATE)
    tasks.tick(LATE)
    for who in ("industry_city", "industry_district", "bureau_city"):
        text = seen(owed, who, f"{LIST}?state=late")
        assert (url(owed) in text, "逾期" in text) == (True, True)
    assert url(owed) not in seen(owed, "other_industry_district", LIST)
    assert url(owed) not in seen(owed, "industry_city", f"{LIST}?state=is-keep")


def test_its_light_says_how_it_stands(owed: Verifying) -> None:
    calendar, row = calendars.calendar(), owed.row

    def light(**more: object) -> Light:
        for name, value in more.items():
            setattr(row, name, value)
        return shown.light(row, LATE.date(), calendar).state

    assert shown.light(row, SET.date(), calendar).state == Light.GREEN
    assert light() == Light.RED
    assert light(state="verified", ended_on=SET.date()) == Light.MET
    assert light(state="released") == Light.NONE


def test_while_there_is_none_the_pages_say_so(announced: Verifying, at) -> None:
    at(FROZEN)
    assert "还没有核查" in seen(announced, "officer", LIST)
    assert "还没有抽取过" in seen(announced, "bureau_district", DRAWS)
    assert not Verification.objects.exists()


def test_the_page_of_the_grading_says_how_it_stands_to_whom_it_opens(owed: Verifying, at) -> None:
    at(SET)
    grading = f"/office/gradings/{owed.row.certificate.grading_id}/"
    opened = {who: url(owed) in seen(owed, who, grading) for who in ("officer", "review_admin")}
    assert opened == {"officer": True, "review_admin": False}
