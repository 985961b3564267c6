"""The five-year review: reaffirmed, to be revised, or retired by the owner; chased until then (uplift/1)."""

from datetime import date, datetime

from dabiao.base import outbox
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import day_of, spelled
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.standards import permissions, queries, states
from dabiao.standards.models import Making, Standard
from dabiao.standards.queries.reviews import clock_of, in_force, revision_of
from dabiao.standards.rules import five_years
from dabiao.standards.services.makings import announce_opened
from dabiao.standards.services.news import EditionWithdrawn, ReviewDue
from dabiao.standards.services.publishing import end_record

CLAUSE = "uplift/1"


def reaffirm(*, standard: Standard, conclusion: str, version: int, by: Actor, at: datetime) -> Standard:
    """The review finds it still fits: the clock starts again today."""
    note = {"conclusion": conclusion.strip()}
    with journal.writing(permissions.REAFFIRM, by=by, at=at, on=standard, note=note) as w:
        _held(standard, conclusion, by, at)
        return w.change(standard, version=version, reviewed=day_of(at))


def revise(*, standard: Standard, conclusion: str, due: date, by: Actor, at: datetime) -> Making:
    """The review finds it wanting: revising it becomes a tracked duty. Listed until a new edition."""
    making = Making(
        title=f"修订{standard.title}",
        department_id=standard.owner_id,
        standard=standard,
        state=states.MakingState.OPEN,
        opened=day_of(at),
        progress=conclusion.strip(),
        due=due,
    )
    with journal.writing(permissions.REVISE, by=by, at=at, on=standard) as w:
        _held(standard, conclusion, by, at)
        if revision_of(standard) is not None:
            raise OutOfTurn("这项标准已经在修订中，请在制修订任务中登记进展。", clause=CLAUSE)
        if due <= day_of(at):
            raise Invalid("完成期限需要改正。", {"due": "完成期限应晚于今天。"})
        w.create(making)
        announce_opened(making, at)
    return making


def retire(
    *, standard: Standard, conclusion: str, until: date, version: int, by: Actor, at: datetime
) -> Standard:
    """The review ends it: the standard and its editions are withdrawn; `until` is the first day no longer."""
    note = {"conclusion": conclusion.strip()}
    with journal.writing(permissions.RETIRE, by=by, at=at, on=standard, note=note) as w:
        _held(standard, conclusion, by, at)
        if until < day_of(at):
            raise Invalid("废止日期需要改正。", {"until": "废止日期不能早于今天。"})
        for edition in standard.editions.filter(state=states.EditionState.PUBLISHED).select_related(
            "standard"
        ):
            w.move(edition, states.WITHDRAW, until=min(until, edition.until or until))
            end_record(w, edition, until)
            outbox.announce(EditionWithdrawn(edition.pk, standard.pk, until.isoformat()), at)
        return w.change(standard, version=version, withdrawn=until)


def chase(*, standard: Standard, by: Actor, at: datetime) -> Standard:
    """Remind the owner that the standard is due for review."""
    with journal.writing(permissions.CHASE, by=by, at=at, on=standard) as w:
        permissions.may_chase(by, standard).or_refuse()
        due = _due(standard, day_of(at))
        if day_of(at) < due:
            raise OutOfTurn(f"{standard.number}到{spelled(due)}才满五年，还不需要催办。", clause=CLAUSE)
        w.change(standard, chased=day_of(at))
        outbox.announce(ReviewDue(standard.pk, standard.owner_id, due.isoformat()), at)
    return standard


def chase_due(*, by: Actor, at: datetime) -> int:
    """What time does: remind the owners of all due standards that were not reminded lately."""
    day = day_of(at)
    wanted = [
        each.standard
        for each in queries.due_for_review(day)
        if each.making is None and five_years.chase_again(each.standard.chased, each.clock.due, day)
    ]
    for standard in wanted:
        chase(standard=standard, by=by, at=at)
    return len(wanted)


def _due(standard: Standard, day: date) -> date:
    return clock_of(standard, day, None).clock.due


def _held(standard: Standard, conclusion: str, by: Actor, at: datetime) -> None:
    permissions.may_keep(by, standard).or_refuse()
    if not in_force(day_of(at)).filter(pk=standard.pk).exists():
        raise OutOfTurn("这项标准尚未施行或已经废止，不需要复审。", clause=CLAUSE)
    if not conclusion.strip():
        raise Invalid("请写明复审结论。", {"conclusion": "请写明复审结论和理由。"})
