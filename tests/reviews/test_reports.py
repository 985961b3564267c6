"""A report is handed in when nothing stands against it, and never changes; sent back, another follows."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.base.journal.replay import compare
from dabiao.base.models import Announcement, JournalEntry, PublicRecord
from dabiao.kernel.errors import DabiaoError, Invalid, OutOfTurn, Refused
from dabiao.reviews.models import RemarkKind, Report
from dabiao.reviews.permissions.rectifications import REPORT
from dabiao.reviews.queries import reports
from dabiao.reviews.services import oversight, reporting, returning
from dabiao.reviews.services.returning import Step
from dabiao.reviews.states.reviews import ReviewState
from dabiao.sheets.models import Answer
from dabiao.standing import services as standing
from dabiao.standing.services import Told
from reviews.placing import (
    CONFIRMED,
    REPORTED,
    Placed,
    began,
    confirmed,
    delivered,
    filled,
    rectified,
    reported,
    signed,
    with_findings,
)
from sheets import photographs


def written(cleared: Placed) -> Placed:
    return confirmed(rectified(with_findings(cleared)))


def refused(cleared: Placed, words: str) -> None:
    before = JournalEntry.objects.count()
    with pytest.raises(Refused, match=words):
        reported(cleared)
    assert (JournalEntry.objects.count(), Report.objects.count()) == (before, 0)


def test_a_report_says_everything_and_stays_as_it_is(cleared: Placed) -> None:
    report = reported(written(cleared))
    report = Report.objects.get(pk=report.pk)
    assert (report.number, report.edition, report.verdict) == ("BG202600001", 1, "level_2")
    assert [each["certificate"] for each in report.team] == ["示例资0", "示例资1"]
    assert [each["plan"]["money"] for each in report.findings] == ["2000元", "2000元"]
    assert report.content["meetings"][1]["summary"]
    assert reports.intact(report)
    assert cleared.review.state == ReviewState.REPORTED
    public = PublicRecord.objects.get(kind="report")
    assert public.payload["digest"] == report.digest
    assert "示例reviewer" not in str(public.payload)
    assert Announcement.objects.filter(name="ReportSubmitted").count() == 1
    report.opinion = "改过"
    assert not reports.intact(report)
    assert not compare().findings.listed


@pytest.mark.obligation("Q4-oversight")
def test_an_unanswered_remark_keeps_it(cleared: Placed) -> None:
    by = cleared.actor("industry_district")
    review = written(cleared).review
    oversight.remark(review=review, kind=RemarkKind.REMARK, words="请说明", by=by, at=CONFIRMED)
    refused(cleared, "没有答复")


@pytest.mark.obligation("U2-hard-refusals")
def test_a_hard_refusal_that_stands_on_the_day_refuses(cleared: Placed) -> None:
    written(cleared)
    told = Told("hard_refusal", REPORTED.date(), "有限空间专项治理未完成", "示例检查", which="campaigns")
    standing.record(told=told, unit=cleared.review.unit, by=cleared.actor("industry_district"), at=REPORTED)
    refused(cleared, "不符合条件")


@pytest.mark.obligation("Q3-separation")
def test_a_separation_conflict_refuses(cleared: Placed, monkeypatch: pytest.MonkeyPatch) -> None:
    written(cleared)
    monkeypatch.setattr(reports.conflicts, "of_review", lambda review, day: ("同一机构既咨询又评审。",))
    refused(cleared, "既咨询又评审")


def test_only_the_leader_writes_and_with_an_opinion(cleared: Placed) -> None:
    from_ = written(cleared).review
    told = {"review": from_, "version": from_.version, "at": REPORTED}
    for who in ("second", "review_admin", "officer"):
        with pytest.raises(Refused):
            reporting.submit(by=cleared.actor(who), opinion="示例", **told)
    with pytest.raises(Invalid):
        reporting.submit(by=cleared.actor("reviewer"), opinion=" ", **told)


@pytest.mark.obligation("Q4-item-by-item")
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["1.1.1", "1.1.2", "1.2.1", "2.1.1", "2.1.2", "2.1.3"]))
def test_no_report_with_an_item_that_is_not_scored(cleared: Placed, line: str) -> None:
    """Even where the state is forced past the signatures."""
    point = transaction.savepoint()
    filled(began(cleared), but=line)
    with pytest.raises(DabiaoError):
        delivered(signed(cleared))
    review = cleared.review
    with journal.writing(REPORT, by=cleared.actor("reviewer"), at=REPORTED, on=review) as w:
        w.change(review, state=ReviewState.WRITING)
    refused(cleared, "未评分")
    transaction.savepoint_rollback(point)


def test_an_answer_changed_behind_the_signatures_refuses(cleared: Placed) -> None:
    written(cleared)
    Answer.objects.filter(sheet=cleared.plan.sheet, line="1.1.1").update(words="改过")
    refused(cleared, "与签字时不一致")


@pytest.mark.parametrize("step", list(Step))
def test_what_is_sent_back_ends_in_the_next_edition(cleared: Placed, step: Step) -> None:
    reported(written(cleared))
    by = cleared.actor("organizer_lead")
    returning.send_back(review=cleared.review, step=step, why="有限空间台账不实", by=by, at=REPORTED)
    state = cleared.review.state
    if step is Step.REVIEW:
        assert state == ReviewState.CLEARED
        assert not cleared.review.plans.filter(withdrawn_at=None).exists()
        assert cleared.review.delivered_on is None
    if step is Step.RECTIFY:
        assert state == ReviewState.RECTIFYING
        confirmed(rectified(cleared, REPORTED))
    if step is not Step.REVIEW:
        report = reported(cleared)
        assert report.edition == 2
        records = {row.payload["edition"]: row for row in PublicRecord.objects.filter(kind="report")}
        assert records[1].payload["replaced_by"] == report.number
        assert records[1].until == report.submitted_on
        assert "replaced_by" not in records[2].payload
        assert records[2].until is None
    assert not compare().findings.listed


@pytest.mark.obligation("Q4-both-sign")
def test_the_pdf_is_kept_once_and_its_digest_stands_before_the_public(cleared: Placed) -> None:
    report = reported(written(cleared))
    taken = store.take_in([photographs.pdf()])
    by = cleared.actor("reviewer")
    with pytest.raises(Refused):
        reporting.keep_file(report=report, taken=taken, by=cleared.actor("second"), at=REPORTED)
    reporting.keep_file(report=report, taken=taken, by=by, at=REPORTED)
    report.refresh_from_db()
    assert report.file is not None
    assert report.file.digest == taken.digest
    assert PublicRecord.objects.get(kind="report").payload["file"] == taken.digest
    with pytest.raises(OutOfTurn):
        reporting.keep_file(report=report, taken=taken, by=by, at=REPORTED)
    assert reports.intact(report)
    assert not compare().findings.listed
