"""A rectification check goes from the team's page to the sheet and back; everybody sees what came of it."""

import re

import pytest
from django.test import Client

import snapshots
from dabiao.base import clock
from dabiao.hazards.models import Hazard
from dabiao.reviews.models import Check
from dabiao.reviews.services.checks import conclude
from dabiao.reviews.states.reviews import ReviewState
from reviews.checking import SET, THERE, looked, set_up, signed
from reviews.placing import Placed, placed, rectified, with_findings
from world import build


def submitted() -> Placed:
    return rectified(with_findings(placed(build())))


@pytest.fixture
def done(db: None, monkeypatch: pytest.MonkeyPatch) -> Placed:
    monkeypatch.setattr(clock, "now", lambda: SET)
    return snapshots.laid(submitted)


def client(placed: Placed, who: str) -> Client:
    made = Client()
    made.force_login(placed.account(who), backend="dabiao.people.sign_in.Backend")
    return made


def work(done: Placed) -> str:
    return f"/office/reviews/{done.key}/team/"


def told(done: Placed, **more: object) -> dict[str, object]:
    keys = list(done.review.findings.values_list("pk", flat=True))
    plain = {"row": "0", "day": "2026-04-22", "lead": done.second, "others": [], "findings": keys}
    return {**plain, **more}


@pytest.mark.obligation("Q4-both-sign")
def test_it_is_set_signed_and_concluded_on_the_page(done: Placed, monkeypatch: pytest.MonkeyPatch) -> None:
    lead, officer, url = client(done, "second"), client(done, "officer"), work(done)
    assert "安排整改现场确认" in lead.get(url).content.decode()
    refused = lead.post(f"{url}check/", told(done, day="2026-04-20"))
    assert (refused.status_code, Check.objects.count()) == (422, 0)
    assert "日期不能早于今天" in refused.content.decode()
    assert lead.post(f"{url}check/", told(done)).status_code == 302
    check = Check.objects.get()
    monkeypatch.setattr(clock, "now", lambda: THERE)
    assert f"/office/sheets/{check.sheet_id}/" in lead.get(url).content.decode()
    looked(done, check, "2.1.3")
    row = {"row": check.pk, "remark": ""}
    assert officer.post(f"{url}check_sign/", row).status_code == 409
    assert lead.post(f"{url}check_close/", row).status_code == 302
    assert "还缺签字：企业" in lead.get(url).content.decode()
    assert lead.post(f"{url}check_conclude/", row).status_code == 422
    assert "签字确认整改确认表" in officer.get(url).content.decode()
    assert "签字确认整改确认表" in officer.get("/office/").content.decode()
    assert officer.post(f"{url}check_sign/", row).status_code == 302
    assert officer.post(f"{url}check_conclude/", row).status_code == 409
    assert "签字确认整改确认表" not in officer.get("/office/").content.decode()
    assert lead.post(f"{url}check_conclude/", row).status_code == 302
    assert done.review.state == ReviewState.RECTIFYING
    assert sorted(Hazard.objects.filter(finding__isnull=False).values_list("state", flat=True)) == [
        "closed",
        "planned",
    ]


@pytest.mark.parametrize("who", ["officer", "organizer", "review_admin", "industry_district"])
def test_what_came_of_it_is_shown_and_its_sheet_linked_to_whom_it_opens(
    done: Placed, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: THERE)
    conclude(check=signed(done, looked(done, set_up(done), "2.1.3")), by=done.actor("second"), at=THERE)
    reader, sheet = client(done, who), f"/office/sheets/{Check.objects.get().sheet_id}/"
    for page in (work(done), f"/office/reviews/{done.key}/"):
        text = reader.get(page).content.decode()
        assert "第 1 次 · 2026年4月22日" in text
        assert "退回整改" in text
        assert "护罩未固定" in text
        linked = set(re.findall(r'href="(/office/sheets/\d+/)"', text))
        assert (sheet in linked) is (who != "review_admin")
    shown = reader.get(sheet)
    assert shown.status_code == (404 if who == "review_admin" else 200)
    if who != "review_admin":
        assert "只看部分项目，不评等级" in shown.content.decode()
        assert "不达标" not in shown.content.decode()
        assert reader.get(f"{sheet}sheet.pdf").content.startswith(b"%PDF")


def test_it_is_called_off_with_a_reason(done: Placed) -> None:
    lead, url = client(done, "second"), work(done)
    lead.post(f"{url}check/", told(done))
    row = {"row": Check.objects.get().pk, "reason": "企业停产"}
    assert client(done, "officer").post(f"{url}check_off/", row).status_code == 409
    assert lead.post(f"{url}check_off/", row).status_code == 302
    assert "企业停产" in lead.get(url).content.decode()
    sheet = lead.get(f"/office/sheets/{Check.objects.get().sheet_id}/").content.decode()
    assert "评分表已作废" in sheet
    assert "去签字" not in sheet
