"""Acts on qualifications 资格: file, suspend, resume, withdraw; by the organizing unit (uplift/20)."""

from dataclasses import dataclass
from datetime import date, datetime

from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.people import permissions
from dabiao.people.models import Account, Qualification, Suspension
from dabiao.people.rules.qualifications import KINDS
from dabiao.people.services.passwords import reasoned


@dataclass(frozen=True, slots=True)
class Filed:
    """What the file says. `until` is the first day no longer."""

    kind: str
    number: str
    specialties: tuple[str, ...]
    since: date
    until: date


def file_qualification(*, account: Account, told: Filed, by: Actor, at: datetime) -> Qualification:
    """File a reviewer's or an expert's qualification with the organizing unit that acts."""
    permissions.may_file(by, account.pk).or_refuse()
    if wrong := _wrong(told):
        raise Invalid("请补充标出的内容。", wrong)
    row = Qualification(
        account=account,
        kind=told.kind,
        number=told.number.strip(),
        specialties="、".join(told.specialties),
        filed_by_id=permissions.filing_body(by),
        since=told.since,
        until=told.until,
    )
    with journal.writing(permissions.FILE, by=by, at=at, on=row) as w:
        return w.create(row)


def _wrong(told: Filed) -> dict[str, str]:
    wrong = {}
    if told.kind not in KINDS:
        wrong["kind"] = "请选择评审员或者评审专家。"
    number = told.number.strip()
    if not number:
        wrong["number"] = "请填写资格编号。"
    elif Qualification.objects.filter(number=number).exists():
        wrong["number"] = f"编号“{number}”已经建档，请核对。"
    if not told.specialties:
        wrong["specialties"] = "请填写至少一个专业。"
    if told.until <= told.since:
        wrong["until"] = "止期应晚于起期。"
    return wrong


def suspend(
    *, row: Qualification, since: date, until: date | None, reason: str, version: int, by: Actor, at: datetime
) -> Suspension:
    """From a day not past, until a day or until it is resumed."""
    permissions.may_sanction(by, row).or_refuse()
    note = reasoned(reason)
    _not_before(since, at)
    if until is not None and until <= since:
        raise Invalid("请核对日期。", {"until": "恢复日期应晚于暂停日期。"})
    _must_stand(row)
    pause = Suspension(qualification=row, since=since, until=until, reason=note["reason"])
    with journal.writing(permissions.SUSPEND, by=by, at=at, on=row, note=note) as w:
        w.change(row, version=version)
        return w.create(pause)


def resume(*, row: Qualification, reason: str, version: int, by: Actor, at: datetime) -> Qualification:
    """End the suspensions that run or are to come; from today on."""
    permissions.may_sanction(by, row).or_refuse()
    note = reasoned(reason)
    _must_stand(row)
    today = day_of(at)
    with journal.writing(permissions.RESUME, by=by, at=at, on=row, note=note) as w:
        running = [each for each in row.suspensions.all() if each.until is None or each.until > today]
        if not running:
            raise OutOfTurn("资格没有暂停，不必恢复。")
        for each in running:
            w.change(each, until=max(each.since, today))
        return w.change(row, version=version)


def withdraw(
    *, row: Qualification, since: date, reason: str, version: int, by: Actor, at: datetime
) -> Qualification:
    """For good, from a day not past (quality-2015/6)."""
    permissions.may_sanction(by, row).or_refuse()
    note = reasoned(reason)
    _not_before(since, at)
    _must_stand(row)
    with journal.writing(permissions.WITHDRAW, by=by, at=at, on=row, note=note) as w:
        return w.change(row, version=version, until=min(since, row.until), withdrawn=True)


def _not_before(day: date, at: datetime) -> None:
    if day < day_of(at):
        raise Invalid("请核对日期。", {"since": "不能早于今天：过去的评审按当时的资格。"})


def _must_stand(row: Qualification) -> None:
    if row.withdrawn:
        raise OutOfTurn("资格已经撤销。")
