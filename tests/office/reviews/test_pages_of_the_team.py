"""The team's page: what may be done is offered, what was refused comes back, the report is a paper."""

import pytest
from django.test import Client

from dabiao.base import clock
from dabiao.reviews.models import Member
from dabiao.reviews.states.reviews import ReviewState
from reviews.placing import (
    CLEARED,
    REPORTED,
    Placed,
    confirmed,
    rectified,
    reported,
    with_findings,
)


def client(placed: Placed, who: str) -> Client:
    made = Client()
    made.force_login(placed.account(who), backend="dabiao.people.sign_in.Backend")
    return made


def test_a_plan_is_made_and_joined_on_the_page(
    cleared: Placed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: CLEARED)
    admin, url = client(cleared, "review_admin"), f"/office/reviews/{cleared.key}/team/"
    assert "制定评审计划" in admin.get(url).content.decode()
    told = {"starts_on": "2026-04-08", "ends_on": "2026-04-09", "hours": "day", "row": "0"}
    told |= {"leader": cleared.account("reviewer").pk, "team": [cleared.second]}
    refused = admin.post(f"{url}plan/", told)
    assert refused.status_code == 422
    assert "请填写集合地点" in refused.content.decode()
    assert admin.post(f"{url}plan/", told | {"place": "会议室"}).status_code == 302
    assert cleared.review.state == ReviewState.PLANNED
    assert client(cleared, "reviewer").post(f"{url}accept/", {"row": "0"}).status_code == 302
    assert Member.objects.exclude(accepted_at=None).count() == 1
    assert client(cleared, "officer").post(f"{url}plan/", told).status_code == 409


def test_findings_are_shown_and_the_report_is_a_paper_with_its_public_page(
    cleared: Placed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(clock, "now", lambda: REPORTED)
    url = f"/office/reviews/{cleared.key}/team/"
    with_findings(cleared)
    officer = client(cleared, "officer")
    text = officer.get(url).content.decode()
    assert "制定整改方案" in text
    assert "申请延期" in text
    report = reported(confirmed(rectified(cleared)))
    word = officer.get(f"/office/reviews/reports/{report.pk}/report.docx")
    assert word.content.startswith(b"PK")
    assert officer.get(f"/office/reviews/reports/{report.pk}/report.pdf").content.startswith(b"%PDF")
    shown = Client().get(f"/verify/{report.number}/").content.decode()
    assert report.digest in shown
    assert "示例reviewer" not in shown
