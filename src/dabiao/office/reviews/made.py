"""A report as a document: the sheet both sides signed, and what was frozen when it was handed in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

import structlog
from django.conf import settings
from django.urls import reverse

from dabiao.base.files import store
from dabiao.base.files.copies import copy_of
from dabiao.base.files.recognise import PICTURES
from dabiao.base.models import StoredFile
from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.errors import DabiaoError
from dabiao.office.sheets import printing
from dabiao.office.sheets.finishing import Goes
from dabiao.office.sheets.opened import Opened
from dabiao.office.sheets.photos import told as place_of
from dabiao.people import queries as people
from dabiao.reviews.models import CheckKind, MeetingKind, Report
from dabiao.reviews.services import reporting
from dabiao.sheets import queries as sheets
from dabiao.sheets.documents.pdf import sheet_pdf
from dabiao.sheets.documents.values import Member, Picture, Rectification, SheetDocument, UnitFacts

log = structlog.get_logger()
AT_ONCE: Final = 20
SIDES: Final = {"team": "评审组", "unit": "企业"}
READ: Final = (
    "sheet__rulebook__edition__standard",
    "sheet__unit__industry",
    "file",
    "submitted_by",
    "review",
)
Plain = dict[str, Any]


def keep(report: Report, by: Actor, at: datetime) -> bool:
    """Freeze the PDF's bytes; whether it went well. What fails now, time makes later: the report is in."""
    try:
        author = people.actor(report.submitted_by, report.submitted_on)
        taken = store.take_in([sheet_pdf(document(author, report))])
        reporting.keep_file(report=report, taken=taken, by=by, at=at)
    except (DabiaoError, OSError, RuntimeError):  # fonts, disk, typst; another may just have kept it
        log.exception("report_not_kept", report=report.number)
        return False
    return True


def keep_waiting(at: datetime) -> int:
    """What time does: reports whose file could not be kept when they were handed in, a few at a time."""
    rows = Report.objects.filter(file=None).select_related(*READ).order_by("id")
    return sum(keep(each, TIME, at) for each in rows[:AT_ONCE])


def document(actor: Actor, report: Report) -> SheetDocument:
    """The sheet's own document, with what the report adds to it."""
    sheet, content = report.sheet, report.content
    share = sheets.share(actor, sheet)
    opened = Opened(actor, sheet, sheets.rulebook(sheet), share)
    made = printing.document(opened, Goes(number=report.spoken), report.submitted_at)
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
        extra_facts={"版次": f"第 {report.edition} 版", "报告摘要": report.digest},
        passages=tuple(_passages(report)),
        evidence=tuple(_evidence(report)),
    )


def _passages(report: Report) -> Iterator[tuple[str, str]]:
    """Both meetings, what authorities said and how it was answered, who disagreed, the opinion."""
    content = report.content
    titles = {kind.value: kind.label for kind in MeetingKind}
    yield from ((titles[each["kind"]], _meeting(each)) for each in content.get("meetings", ()))
    if said := "\n".join(_remark(each) for each in content.get("remarks", ())):
        yield "部门、属地跟踪评审", said
    signed = content.get("signatures", ())
    if said := "\n".join(f"{each['name']}：{each['remark']}" for each in signed if each["remark"]):
        yield "对评审结果的不同意见", said
    yield "评审意见", report.opinion


def _meeting(told: Plain) -> str:
    sides = {
        side: "、".join(
            f"{each['name']} {each['duty']}".strip() for each in told["attendance"] if each["side"] == side
        )
        for side in SIDES
    }
    present = "；".join(f"{SIDES[side]}：{names}" for side, names in sides.items() if names)
    return f"{told['summary']}\n到会人员　{present}" if present else str(told["summary"])


def _remark(told: Plain) -> str:
    answer = f"（答复：{told['answer']}）" if told["answer"] else ""
    return f"{told['from']}：{told['words'] or '派员到场'}{answer}"


def _evidence(report: Report) -> Iterator[tuple[str, Picture]]:
    """What showed that each finding was put right."""
    digests = [digest for each in report.findings for digest in each.get("evidence", ())]
    files = {row.digest: row for row in StoredFile.objects.filter(digest__in=digests)}
    for each in report.findings:
        for digest in each.get("evidence", ()):
            row = files[digest]
            drawn = copy_of(row, printing.WIDTH).read_bytes() if row.kind in PICTURES else b""
            yield str(each["item"]), Picture(digest, drawn, "整改证据", place=place_of(row.facts))


def _rectification(told: Plain) -> Rectification:
    plan = told["plan"]
    measures = [
        f"原因：{plan['cause']}",
        plan["corrective"],
        plan["preventive"],
        f"资金：{plan['money']}",
        f"临时管控：{plan['interim']}",
        f"指导意见：{told['guidance']}",
        f"完成情况：{told['done']}",
    ]
    return Rectification(
        item=str(told["item"]),
        problem=str(told["words"]),
        measure="；".join(each.strip().rstrip("。；") for each in measures),
        responsible=plan["responsible"],
        due=date.fromisoformat(plan["due"]) if plan["due"] else None,
        state=_state(told),
    )


def _state(told: Plain) -> str:
    said = told.get("confirmed", {})
    how = CheckKind(said["kind"]).label if said.get("kind") else "已确认"
    if visited := said.get("visited_on"):
        how = f"{how}（{visited} 到场，整改确认表 {said['sheet'][:19]}…）"
    return f"{how} {told.get('closed_on', '')}".strip()
