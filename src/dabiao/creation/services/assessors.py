"""Acts on the team of self-assessors: appoint, let go, record training, set money aside (uplift/18)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dabiao.base.clock import day_of
from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.base.models import StoredFile
from dabiao.creation.models.assessors import Assessor, From, Trainer, Training, TrainingFund
from dabiao.creation.permissions import assessors as permissions
from dabiao.creation.permissions.groups import may_lead
from dabiao.creation.queries import assessors as queries
from dabiao.creation.services import cycles
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.organisations.models import Site, Unit
from dabiao.people.models import Account


@dataclass(frozen=True, slots=True)
class Appointed:
    """Who comes into the team, from where."""

    name: str
    kind: From
    department: str
    trade: str
    since: date
    site: Site | None = None
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A training as its certificate says. `valid_until`: the last day it counts."""

    by: Trainer
    provider: str
    began_on: date
    ended_on: date
    hours: int
    certificate: str = ""
    valid_until: date | None = None


def appoint(*, unit: Unit, who: Appointed, by: Actor, at: datetime) -> Assessor:
    """Somebody of a department, workshop or shift becomes self-assessor."""
    may_lead(by, unit.pk).or_refuse()
    _check_appointed(unit, who, day_of(at))
    with transaction.atomic():
        cycle = cycles.current(unit=unit, by=by, at=at)
        row = Assessor(
            unit=unit,
            cycle=cycle,
            name=who.name.strip(),
            kind=who.kind.value,
            department=who.department.strip(),
            trade=who.trade.strip(),
            site=who.site,
            account=who.account,
            since=who.since,
        )
        with journal.writing(permissions.APPOINT, by=by, at=at, on=row) as w:
            return w.create(row)


def _check_appointed(unit: Unit, who: Appointed, today: date) -> None:
    said = {"name": who.name, "department": who.department, "trade": who.trade}
    wrong = {name: "请填写。" for name, text in said.items() if not text.strip()}
    if who.since > today:
        wrong["since"] = "日期不能晚于今天。"
    if who.site is not None and who.site.unit_id != unit.pk:
        wrong["site"] = "请选择本企业的场所。"
    if who.account is not None:
        if who.account not in queries.accounts(unit.pk, today):
            wrong["account"] = "该账号不是本企业的自评员账号。"
        elif Assessor.objects.filter(unit=unit, account=who.account, until=None).exists():
            wrong["account"] = "该账号已经对应另一名自评员。"
    if wrong:
        raise Invalid("请更正标出的内容。", wrong)


def let_go(*, assessor: Assessor, until: date, by: Actor, at: datetime) -> Assessor:
    """Somebody leaves the team; the records of training stay."""
    may_lead(by, assessor.unit_id).or_refuse()
    if assessor.until is not None:
        raise OutOfTurn("该自评员已经离队。", clause="uplift/18")
    if not assessor.since <= until <= day_of(at):
        raise Invalid("日期不对。", {"until": f"日期应在 {assessor.since:%Y-%m-%d} 至今天之间。"})
    with journal.writing(permissions.APPOINT, by=by, at=at, on=assessor) as w:
        return w.change(assessor, until=until)


def record_training(
    *,
    unit: Unit,
    assessors: Sequence[Assessor],
    course: Course,
    by: Actor,
    at: datetime,
    taken: store.Taken | None = None,
) -> list[Training]:
    """One training of several self-assessors, entered once."""
    may_lead(by, unit.pk).or_refuse()
    _check_course(unit, assessors, course, day_of(at))
    with journal.writing(permissions.TRAIN, by=by, at=at, on=unit) as w:
        file = store.row(w, taken, at) if taken else None
        return w.create_all(_training(each, course, file) for each in assessors)


def _training(assessor: Assessor, course: Course, file: StoredFile | None) -> Training:
    return Training(
        assessor=assessor,
        by=course.by.value,
        provider=course.provider.strip(),
        began_on=course.began_on,
        ended_on=course.ended_on,
        hours=course.hours,
        certificate=course.certificate.strip(),
        file=file,
        valid_until=course.valid_until,
    )


def _check_course(unit: Unit, assessors: Sequence[Assessor], course: Course, today: date) -> None:
    wrong = {}
    if not assessors or any(each.unit_id != unit.pk for each in assessors):
        wrong["assessors"] = "请选择参加培训的自评员。"
    if not course.provider.strip():
        wrong["provider"] = "请填写培训单位名称。"
    if not course.began_on <= course.ended_on <= today:
        wrong["ended_on"] = "结束日期不能早于开始日期，也不能晚于今天。"
    if course.hours < 1:
        wrong["hours"] = "学时至少为 1。"
    if course.valid_until is not None and course.valid_until < course.ended_on:
        wrong["valid_until"] = "有效期不能早于培训结束日期。"
    if wrong:
        raise Invalid("请更正标出的内容。", wrong)


def set_fund(*, unit: Unit, year: int, amount: int, used: int, by: Actor, at: datetime) -> TrainingFund:
    """Money set aside for a year, and what was spent of it."""
    may_lead(by, unit.pk).or_refuse()
    if used > amount:
        raise Invalid("支出超过经费。", {"used": "已支出不能超过安排的经费，请先调整经费。"})
    with transaction.atomic():
        journal.hold(unit)
        row = queries.fund(unit.pk, year)
        if row is None:
            row = TrainingFund(unit=unit, year=year, amount=amount, used=used)
            with journal.writing(permissions.FUND, by=by, at=at, on=row) as w:
                return w.create(row)
        with journal.writing(permissions.FUND, by=by, at=at, on=row) as w:
            return w.change(row, version=row.version, amount=amount, used=used)
