"""The report 评审报告: handed in once, frozen under its digest, checked by number (quality-2015/4)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dabiao.base import outbox, records, serials
from dabiao.base.clock import day_of
from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.base.models import PublicRecord
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, Refused
from dabiao.reviews.models import Plan, Report, Review
from dabiao.reviews.permissions import rectifications as permissions
from dabiao.reviews.queries import plans
from dabiao.reviews.queries import reports as queries
from dabiao.reviews.states import reviews as states
from dabiao.reviews.states.reviews import ReviewState

KIND = "report"  # of the public record


@dataclass(frozen=True, slots=True)
class ReportSubmitted:
    """News: a report is with the organizing unit; its re-check is due."""

    report: int
    review: int
    number: str


@transaction.atomic
def submit(*, review: Review, opinion: str, version: int, by: Actor, at: datetime) -> Report:
    """Everything is asked again on the day; what stands against it is said whole."""
    journal.hold(review, "state")
    permissions.may_lead(by, review, ReviewState.WRITING).or_refuse()
    if not opinion.strip():
        raise Invalid("请写明评审意见。", {"opinion": "请写明评审单位对达标与否的意见。"})
    plan, day = plans.current(review), day_of(at)
    against = list(queries.obstacles(review, plan, day))
    if against:
        raise Refused("".join(words for words, _ in against), clause=against[0][1])
    assert plan is not None  # noqa: S101  asked above
    report = _drafted(review, plan, opinion.strip(), by, at)
    with journal.writing(permissions.REPORT, by=by, at=at, on=review) as w:
        w.move(review, states.REPORT)
        w.change(review, version=version, reported_at=at)
        _settled(report)
        w.create(report)
        w.create(records.draft(KIND, report.number, day, _public(report, review)))
        _replace(w, report, day)
        outbox.announce(ReportSubmitted(report.pk, review.pk, report.number), at)
    return report


@transaction.atomic
def keep_file(*, report: Report, taken: store.Taken, by: Actor, at: datetime) -> Report:
    """Its PDF, once: the bytes that everybody fetches from then on, their digest before the public."""
    journal.hold(report, "file")
    permissions.may_keep(by, report).or_refuse()
    record = PublicRecord.objects.get(kind=KIND, number=report.number)
    with journal.writing(permissions.KEEP, by=by, at=at, on=report.review) as w:
        w.change(report, file=store.row(w, taken, at))
        w.change(record, payload={**record.payload, "file": taken.digest})
    return report


def _drafted(review: Review, plan: Plan, opinion: str, by: Actor, at: datetime) -> Report:
    sheet, year = plan.sheet, day_of(at).year
    assert sheet is not None  # noqa: S101  asked before
    result = sheet.result or {}
    report = Report(
        number=f"BG{year}{serials.following(f'report:{year}'):05d}",
        review=review,
        edition=Report.objects.filter(review=review).count() + 1,
        sheet=sheet,
        team=queries.team(plan),
        verdict=result.get("level") or queries.FAILED,
        score=result,
        opinion=opinion,
        findings=queries.found(review),
        content=queries.content(review, plan),
        submitted_on=day_of(at),
        submitted_at=at,
    )
    report.submitted_by_id = by.account or 0
    return report


def _settled(report: Report) -> None:
    report.digest = queries.digest(report)


def _replace(w: journal.Writing, report: Report, day: date) -> None:
    """Earlier editions stay readable, and say which one replaced them."""
    earlier = Report.objects.filter(review=report.review).exclude(pk=report.pk).values("number")
    for record in PublicRecord.objects.filter(kind=KIND, number__in=earlier, until=None).order_by("id"):
        w.change(record, until=day, payload={**record.payload, "replaced_by": report.number})


def _public(report: Report, review: Review) -> dict[str, object]:
    """What anybody may check: nothing personal."""
    return {
        "title": f"评审报告 {report.spoken}",
        "unit": review.unit.name,
        "body": review.body.name,
        "edition": report.edition,
        "submitted_on": report.submitted_on.isoformat(),
        "digest": report.digest,
    }
