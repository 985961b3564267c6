"""The team's page: what may be done is offered, what was refused comes back, the report is a paper."""

import hashlib
import re
from collections.abc import Callable

import pytest
from django.test import Client

from dabiao.base import clock
from dabiao.base.journal.replay import compare
from dabiao.base.tick import tick
from dabiao.office.reviews import made
from dabiao.reviews.models import Member, Report
from dabiao.reviews.services import drawing
from dabiao.reviews.states.reviews import ReviewState
from dabiao.sheets.documents.fonts import FontsMissing
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


@pytest.mark.obligation("U20-experts")
def test_a_draw_shows_what_anybody_needs_to_repeat_it(
    cleared: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: CLEARED)
    admin, url = client(cleared, "review_admin"), f"/office/reviews/{cleared.key}/team/"
    by, review = cleared.actor("review_admin"), cleared.review
    row = drawing.freeze(review=review, specialty="机械", count=1, by=by, at=CLEARED)
    drawing.seed(row=row, word="春分", by=by, at=CLEARED)
    page = admin.get(url).text
    assert f"{review.body.name}已给出，等另一方给出" in page
    assert "春分" not in page, "the other body does not know it yet"
    drawing.seed(row=row, word="谷雨", by=cleared.actor("organizer"), at=CLEARED)
    page = admin.get(url).text
    assert row.record is not None
    assert all(words in page for words in ("春分", "谷雨", row.record["seed"], row.digest, "怎样复算"))


@pytest.mark.parametrize("page", ["team/", ""])
@pytest.mark.parametrize("who", ["review_admin", "reviewer", "officer", "organizer"])
def test_a_page_links_no_sheet_that_its_reader_may_not_open(
    cleared: Placed, monkeypatch: pytest.MonkeyPatch, who: str, page: str
) -> None:
    """Who keeps the affairs of the review body does not read what its reviewers write."""
    monkeypatch.setattr(clock, "now", lambda: REPORTED)
    with_findings(cleared)
    reader = client(cleared, who)
    text = reader.get(f"/office/reviews/{cleared.key}/{page}").content.decode()
    linked = set(re.findall(r'href="(/office/sheets/\d+/)"', text))
    assert all(reader.get(each).status_code == 200 for each in linked)
    assert bool(linked) is (who != "review_admin" and page == "team/")  # the visit has none here


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


@pytest.mark.obligation("Q4-both-sign")
@pytest.mark.parametrize("fault", [FontsMissing(), RuntimeError("typst")])
def test_a_report_whose_file_fails_is_in_and_its_file_is_made_by_time(
    cleared: Placed, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    monkeypatch.setattr(clock, "now", lambda: REPORTED)
    confirmed(rectified(with_findings(cleared)))
    lead, url = client(cleared, "reviewer"), f"/office/reviews/{cleared.key}/team/"
    with monkeypatch.context() as broken:
        broken.setattr(made, "sheet_pdf", failing(fault))
        assert lead.post(f"{url}report/", {"row": "0", "opinion": "达到二级"}).status_code == 302
        assert made.keep_waiting(REPORTED) == 0
    report = Report.objects.get()
    assert (report.file, cleared.review.state) == (None, ReviewState.REPORTED)
    public = f"/verify/{report.number}/"
    assert "正在生成" in lead.get(url).content.decode()
    assert "正在生成" in Client().get(public).content.decode()
    [told] = [each for each in tick(REPORTED) if each.task.endswith("keep_waiting")]
    assert (told.result, told.error) == (1, "")
    report.refresh_from_db()
    assert report.file is not None
    assert made.keep_waiting(REPORTED) == 0
    assert "正在生成" not in lead.get(url).content.decode()
    assert report.file.digest in Client().get(public).content.decode()
    fetched = lead.get(f"/office/reviews/reports/{report.pk}/report.pdf").content
    assert hashlib.sha256(fetched).hexdigest() in report.file.digest
    assert not compare().findings.listed


def failing(fault: Exception) -> Callable[..., bytes]:
    def fails(*_: object) -> bytes:
        raise fault

    return fails
