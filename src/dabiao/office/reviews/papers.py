"""The report as PDF and Word, from what was frozen and the sheet both sides signed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from dabiao.base import clock
from dabiao.kernel.errors import Absent
from dabiao.look.addresses import Request, address
from dabiao.office.reviews.team import READERS
from dabiao.office.sheets import printing
from dabiao.office.sheets.finishing import Goes
from dabiao.office.sheets.opened import Opened
from dabiao.reviews.models import MeetingKind, Report, Review
from dabiao.sheets import queries as sheets
from dabiao.sheets.documents.pdf import sheet_pdf
from dabiao.sheets.documents.values import Member, Rectification, SheetDocument, UnitFacts
from dabiao.sheets.documents.word import sheet_word

READ = ("sheet__rulebook__edition__standard", "sheet__unit__industry")


@address("下载评审报告（PDF）", READERS)
def pdf(request: Request, key: int) -> HttpResponse:
    return _file(request, key, sheet_pdf, printing.PDF, "pdf")


@address("下载评审报告（Word）", READERS)
def word(request: Request, key: int) -> HttpResponse:
    return _file(request, key, sheet_word, printing.WORD, "docx")


def _file(
    request: Request, key: int, make: Callable[[SheetDocument], bytes], kind: str, ending: str
) -> HttpResponse:
    seen = Review.objects.visible_to(request.actor).values("pk")
    rows = Report.objects.filter(review__in=seen)
    report = (
        rows.select_related("sheet__rulebook__edition__standard", "sheet__unit__industry")
        .filter(pk=key)
        .first()
    )
    if report is None:
        raise Absent
    name = quote(f"{report.number}.{ending}")
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(make(document(request, report)), content_type=kind, headers=headers)


def document(request: Request, report: Report) -> SheetDocument:
    """The sheet's own document, with what the report adds to it."""
    sheet, content = report.sheet, report.content
    share = sheets.share(request.actor, sheet)
    opened = Opened(request.actor, sheet, sheets.rulebook(sheet), share)
    made = printing.document(opened, Goes(number=report.spoken), clock.now())
    unit = content.get("unit", {})
    return replace(
        made,
        title="企业安全生产标准化评审报告",
        occasion="现场评审",
        number=report.spoken,
        body=content.get("body", ""),
        unit=UnitFacts(**{**unit, "areas": made.unit.areas}) if unit else made.unit,
        people=tuple(Member(each["name"], each["role"], each["certificate"]) for each in report.team),
        rectifications=tuple(_rectification(each) for each in report.findings),
        printed_at=report.submitted_at,
        verification=settings.DABIAO_PUBLIC_ADDRESS + reverse("publicsite:report", args=[report.number]),
        extra_facts=_facts(report),
    )


def _facts(report: Report) -> dict[str, str]:
    titles = {kind.value: kind.label for kind in MeetingKind}
    said = {titles[each["kind"]]: each["summary"] for each in report.content.get("meetings", ())}
    remarks = [each["remark"] for each in report.content.get("signatures", ()) if each["remark"]]
    disagreed = {"企业不同意见": "；".join(remarks)} if remarks else {}
    return {**said, **disagreed, "评审意见": report.opinion, "报告摘要": report.digest}


def _rectification(told: dict[str, object]) -> Rectification:
    plan = dict(told["plan"])  # type: ignore[call-overload]
    measures = [
        plan["corrective"],
        plan["preventive"],
        f"资金：{plan['money']}",
        f"临时管控：{plan['interim']}",
    ]
    return Rectification(
        item=str(told["item"]),
        problem=str(told["words"]),
        measure="；".join(measures),
        responsible=plan["responsible"],
        due=date.fromisoformat(plan["due"]) if plan["due"] else None,
        state="已确认",
    )
