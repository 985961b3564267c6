"""What must never be, read from the tables and the journal alone: no rule of the product is asked here."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, Q

from dabiao import law
from dabiao.base.clock import day_of
from dabiao.base.models import JournalEntry, PublicRecord
from dabiao.creation.models import Decision
from dabiao.grading.models import (
    Bulletin,
    Certificate,
    Grading,
    Judgement,
    Objection,
    Opinion,
    PaperAudit,
    Recheck,
    Ruling,
)
from dabiao.organisations.models import Industry
from dabiao.people.models import Posting
from dabiao.reviews.models import Extension, InitialVisit, Meeting, Plan, Report, Review
from dabiao.sheets.models import Answer, Picture, Sheet, Signature
from dabiao.standards.models import EditionItem
from machine.filling import VETO

PERIOD = 7  # working days of publicity, mem-2021-83/9
INDUSTRY = {"B", "C", "D"}  # sections 采矿业, 制造业, 电力热力燃气及水


class Broken(AssertionError):
    """An invariant does not hold. `name` says which."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(f"{name}: {words}")
        self.name = name


Check = Callable[[], Iterator[str]]
CHECKS: dict[str, Check] = {}


def invariant(check: Check) -> Check:
    CHECKS[check.__name__] = check
    return check


def check_all() -> None:
    for name, check in CHECKS.items():
        for words in check():
            raise Broken(name, words)


@invariant
def no_report_with_unscored_items() -> Iterator[str]:
    for report in Report.objects.select_related("sheet__rulebook"):
        sheet = report.sheet
        items = set(
            EditionItem.objects.filter(edition=sheet.rulebook.edition_id).values_list("key", flat=True)
        )
        answered = set(Answer.objects.filter(sheet=sheet).values_list("line", flat=True))
        shown = set(Picture.objects.filter(sheet=sheet).values_list("line", flat=True))
        if items - answered or items - shown:
            yield f"{report}: {sorted(items - answered)} 未评分，{sorted(items - shown)} 无照片"
        signed = set(
            Signature.objects.filter(sheet=sheet, digest=sheet.digest).values_list("side", flat=True)
        )
        if sheet.state != "closed" or signed != {"team", "unit"}:
            yield f"{report}: 签字 {signed}"


@invariant
def no_review_before_a_passed_gate() -> Iterator[str]:
    for plan in Plan.objects.all():
        last = InitialVisit.objects.filter(review=plan.review_id, begun_at__lte=plan.made_at).last()
        if last is None or last.outcome != "clear" or last.closed_at is None or last.closed_at > plan.made_at:
            yield f"计划 {plan.pk} 之前没有通过初访"
            return
        items = Answer.objects.filter(sheet=last.sheet_id, line=VETO)
        if not items.exists() or items.filter(verdict="deducted").exists():
            yield f"初访 {last.pk} 的否决项没有通过"


def _industrial(grading: Grading) -> bool:
    line: Industry | None = grading.unit.industry
    while line is not None and line.parent is not None:
        line = line.parent
    return line is not None and line.code in INDUSTRY


@invariant
def no_level_2_without_recheck_on_site_and_district() -> Iterator[str]:
    for certificate in Certificate.objects.filter(level="level_2").select_related("grading__unit__industry"):
        grading = certificate.grading
        recheck = Recheck.objects.filter(grading=grading, sheet__state="closed").first()
        if recheck is None or recheck.finished_at is None:
            yield f"{certificate}: 没有现场复核"
        opinion = Opinion.objects.filter(grading=grading, about="recheck", agrees=True).first()
        if _industrial(grading) and (opinion is None or not opinion.joined or opinion.given_at is None):
            yield f"{certificate}: 没有区行业主管部门的意见"


@invariant
def no_announcement_too_early_or_against_an_objection() -> Iterator[str]:
    for certificate in Certificate.objects.select_related("grading", "bulletin"):
        grading, at = certificate.grading, certificate.bulletin.decided_at
        began = grading.publicised_on
        if began is None or _working_days(began, certificate.issued_on) < PERIOD:
            yield f"{certificate}: {began} 公示，{certificate.issued_on} 公告"
        rows = Objection.objects.filter(grading=grading, received_at__lte=at)
        if rows.filter(Q(decided_at=None) | Q(decided_at__gt=at) | Q(upheld=True)).exists():
            yield f"{certificate}: 有异议没有答复，或者异议成立"


def _working_days(began: date, until: date) -> int:
    """Between two days, neither counted."""
    calendar = law.calendars()
    days = [began + timedelta(days=n) for n in range(1, (until - began).days)]
    return sum(calendar.is_working(day) for day in days)


def _decisions() -> Iterator[tuple[int | None, Grading | Review, str]]:
    """(account, what was decided on, words) of all acts that decide on somebody's work."""
    for ruling in Ruling.objects.select_related("grading__case__cycle"):
        yield ruling.proposed_by_id, ruling.grading, "提议"
        yield ruling.decided_by_id, ruling.grading, "决定"
    for opinion in Opinion.objects.select_related("grading__case__cycle"):
        yield opinion.given_by_id, opinion.grading, "意见"
    for objection in Objection.objects.select_related("grading__case__cycle"):
        yield objection.stated_by_id, objection.grading, "事实"
        yield objection.decided_by_id, objection.grading, "答复"
    for audit in PaperAudit.objects.select_related("grading__case__cycle"):
        yield audit.audited_by_id, audit.grading, "资料审核"
    for row in Judgement.objects.select_related("grading__case__cycle"):
        yield row.found_by_id, row.grading, "核实"
    for extension in Extension.objects.select_related("review__case__cycle"):
        yield extension.decided_by_id, extension.review, "延期"
    for bulletin in Bulletin.objects.all():
        for grading in Grading.objects.filter(pk__in=bulletin.gradings).select_related("case__cycle"):
            yield bulletin.proposed_by_id, grading, "公告提议"
            yield bulletin.decided_by_id if bulletin.announced_on else None, grading, "公告"


@invariant
def nobody_decides_on_their_own_bodys_work() -> Iterator[str]:
    posted = list(Posting.objects.values_list("account", "unit", "body", "until"))
    for account, thing, words in _decisions():
        began = day_of(thing.case.cycle.opened_at)
        for who, unit, body, until in posted:
            within = until is None or until > began
            if who == account and within and (unit == thing.unit_id or body == thing.body_id):
                yield f"{words}：{account} 在本周期属于企业或者评审单位"
    for act, account, thing in _ended():
        if any(
            who == account and (unit == thing.unit_id or body == thing.body_id)
            for who, unit, body, _ in posted
        ):
            yield f"{act}：{account} 属于企业或者评审单位"


def _ended() -> Iterator[tuple[str, int | None, Review]]:
    """Reviews brought to an end by a person of the organizing unit, as the journal has it."""
    ended = Q(act__startswith="reviews.end_stopped@") | Q(act__startswith="reviews.close_overdue@")
    for entry in JournalEntry.objects.filter(ended):
        yield entry.act, entry.actor, Review.objects.get(pk=int(entry.chain.rpartition(":")[2]))


@invariant
def nobody_both_proposes_and_decides() -> Iterator[str]:
    for model in (Ruling, Bulletin, Decision):
        for row in model.objects.exclude(decided_by=None):
            if row.decided_by_id == row.proposed_by_id:
                yield f"{model.__name__} {row.pk}"
    for objection in Objection.objects.exclude(decided_by=None):
        if Ruling.objects.filter(
            grading=objection.grading_id,
            matter="publicity",
            sent_back="",
            proposed_by=objection.decided_by_id,
        ).exists():
            yield f"异议 {objection.pk} 由公示提议人答复"


@invariant
def a_veto_never_passes() -> Iterator[str]:
    for certificate in Certificate.objects.select_related("grading__report"):
        recheck = Recheck.objects.filter(grading=certificate.grading_id).first()
        sheets = {certificate.grading.report.sheet_id, recheck.sheet_id if recheck else None}
        if Answer.objects.filter(sheet__in=sheets - {None}, line=VETO, verdict="deducted").exists():
            yield f"{certificate}: 否决项不符合"


# Frozen rows: (model, which, fields that may still change).
def _frozen() -> Iterator[tuple[type[Model], Q, set[str]]]:
    closed = Q(sheet__in=list(Sheet.objects.filter(state="closed").values_list("pk", flat=True)))
    yield Sheet, Q(state="closed"), {"jurisdiction_id"}
    yield Answer, closed, set()
    yield Picture, closed, set()
    yield Signature, closed, set()
    yield Report, Q(), {"file_id"}  # its printed form is kept once
    yield InitialVisit, ~Q(outcome=""), set()
    yield Meeting, Q(), set()
    yield Decision, ~Q(decided_by=None), set()
    yield Ruling, ~Q(decided_by=None) | ~Q(sent_back=""), set()
    yield Opinion, ~Q(given_at=None), set()
    yield Objection, ~Q(decided_at=None), set()
    yield PaperAudit, Q(), set()
    yield Recheck, ~Q(finished_at=None), set()
    yield Bulletin, Q(announced_on__isnull=False) | ~Q(dropped=""), set()
    yield Certificate, Q(), set()
    yield Grading, Q(state__in=["announced", "refused", "sent_back", "closed"]), set()
    yield Review, Q(state="closed"), set()
    yield PublicRecord, Q(kind__in=["certificate", "announcement"]), set()


class Frozen:
    """What was seen closed stays as it was, and stays."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, Any], dict[str, Any]] = {}

    def check(self) -> None:
        now = {
            (model.__name__, row["id"]): {name: row[name] for name in row.keys() - loose}
            for model, which, loose in _frozen()
            for row in model._base_manager.filter(which).values()
        }
        for key, row in self.seen.items():
            if now.get(key) != row:
                raise Broken("closed_content_never_changes", f"{key}: {_difference(row, now.get(key))}")
        self.seen = now


def _difference(old: dict[str, Any], new: dict[str, Any] | None) -> str:
    if new is None:
        return "不再是关闭的内容"
    return json.dumps({name: [str(old[name]), str(new[name])] for name in old if old[name] != new[name]})
