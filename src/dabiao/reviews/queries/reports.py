"""Reading reports: what still stands against one, what it says, whether it is as it was handed in."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from dabiao import law
from dabiao.base import canonical
from dabiao.base.clock import day_of
from dabiao.creation.queries import cases
from dabiao.creation.rules.conditions import Outcome
from dabiao.kernel import digests
from dabiao.reviews.models import Finding, Member, Plan, Remark, Report, Review
from dabiao.reviews.queries import conflicts, plans, rectifications
from dabiao.sheets.models import Signature
from dabiao.sheets.services import closing

FAILED = "failed"
COVERED = ("number", "edition", "team", "verdict", "score", "opinion", "findings", "content")


def obstacles(review: Review, plan: Plan | None, day: date) -> Iterator[tuple[str, str]]:
    """(what stands against handing the report in, clause), everything asked anew on the day."""
    if plan is None or plan.sheet is None or not plan.sheet.digest:
        yield "评分表还没有签字关闭，不能有未评分的项目。", "quality-2015/4"
        return
    if missing := rectifications.unsigned(plan):
        yield f"还缺签字：{'、'.join(missing)}。", "quality-2015/4"
    if closing.gaps(plan.sheet) or closing.altered(plan.sheet):
        yield "评分表不完整，或者与签字时不一致。", "quality-2015/4"
    if count := plans.unanswered(review):
        yield f"还有 {count} 条部门、属地的意见没有答复。", "quality-2015/4"
    if count := rectifications.open_findings(review):
        yield f"还有 {count} 条不符合项没有确认整改。", "uplift/11"
    if Finding.objects.filter(review=review, guidance="").exists():
        yield "还有不符合项没有写明整改指导意见。", "quality-2015/4"
    for words in conflicts.of_review(review, day):
        yield words, "quality-2015/3"
    yield from _refusals(review, day)


def _refusals(review: Review, day: date) -> Iterator[tuple[str, str]]:
    """The hard refusals as they stand on the day, by the facts or by what an auditor found (uplift/2)."""
    if law.on(day)["refusals.effect"].table["report"] != "refuses":
        return
    for settled in cases.asked(review.case, day).settled:
        answer = settled.answer
        if answer.condition.startswith("refusals.hard") and settled.outcome is Outcome.UNMET:
            yield f"不符合条件：{answer.title}（{settled.reason}）", answer.clause


def team(plan: Plan) -> list[dict[str, Any]]:
    return [_member(each) for each in plans.team(plan)]


def _member(row: Member) -> dict[str, Any]:
    return {
        "account": row.account_id,
        "name": row.account.name,
        "role": row.get_place_display(),
        "certificate": row.certificate,
        "specialty": row.specialties,
    }


def found(review: Review) -> list[dict[str, Any]]:
    """Findings with their plans and how each was confirmed."""
    return [_finding(each) for each in rectifications.findings(review)]


def _finding(row: Finding) -> dict[str, Any]:
    hazard = row.hazard
    plan = {name: getattr(hazard, name) for name in ("cause", "corrective", "preventive", "responsible")}
    return {
        "key": hazard.pk,
        "number": hazard.number,
        "item": row.item,
        "kind": hazard.kind,
        "major": hazard.major,
        "words": hazard.text,
        "guidance": row.guidance,
        "plan": plan | {"money": row.money, "interim": row.interim, "due": _iso(hazard.due)},
        "done": hazard.done_words,
        "evidence": [each.file.digest for each in hazard.evidence.all()],
        "confirmed": _confirmed(row),
        "closed_on": day_of(hazard.closed_at).isoformat() if hazard.closed_at else "",
    }


def _confirmed(row: Finding) -> dict[str, str]:
    """On paper or on site; on site by a sheet: which, so that it is under the report's digest."""
    said, by_sheet = {"kind": row.check_kind, "words": row.check_words}, row.on_site
    if by_sheet is None:
        return said
    return said | {"sheet": by_sheet.visit.sheet.digest, "visited_on": by_sheet.visit.visit_on.isoformat()}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def content(review: Review, plan: Plan) -> dict[str, Any]:
    """Everything else that is printed, as it was on the day."""
    unit, sheet = review.unit, plan.sheet
    assert sheet is not None  # noqa: S101  asked before
    return {
        "review": review.number,
        "case": review.case.number,
        "level": review.level,
        "body": review.body.name,
        "unit": {
            "name": unit.name,
            "uscc": unit.uscc or "",
            "address": unit.address,
            "industry": str(unit.industry),
            "principal": unit.principal,
            "head_count": unit.head_count,
            "areas": list(unit.areas),
        },
        "visit": {"from": plan.starts_on.isoformat(), "to": plan.ends_on.isoformat(), "place": plan.place},
        "sheet": {"digest": sheet.digest, "covered": sheet.covered},
        "meetings": [
            {"kind": row.kind, "attendance": row.attendance, "summary": row.summary}
            for row in rectifications.meetings(plan).values()
        ],
        "remarks": [
            {"from": row.body.name, "kind": row.kind, "words": row.words, "answer": row.answer}
            for row in Remark.objects.filter(review=review).select_related("body")
        ],
        "signatures": [
            {"side": row.side, "name": row.name, "at": canonical.moment(row.signed_at), "remark": row.remark}
            for row in Signature.objects.filter(sheet=sheet).order_by("id")
        ],
    }


def digest(report: Report) -> str:
    """Over all that the report says, in canonical form."""
    said = {name: getattr(report, name) for name in COVERED}
    return digests.digest(digests.canonical(canonical.plain(said)))


def intact(report: Report) -> bool:
    return digest(report) == report.digest and not closing.altered(report.sheet)


def last(review: Review) -> Report | None:
    return (
        Report.objects.filter(review=review)
        .select_related("sheet__rulebook", "review")
        .order_by("-edition")
        .first()
    )
