"""Starting from an earlier sheet's answers (uplift/13: what is known is not asked again)."""

from datetime import datetime

from django.db import transaction

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import Answer, Sheet
from dabiao.sheets.services.holding import locked
from dabiao.sheets.services.recounting import recount
from dabiao.standards.rules.rulebook import Line, Rulebook


def copy_answers(*, source: Sheet, into: int, by: Actor, at: datetime) -> int:
    """Take over answers to items that read the same; each is marked until somebody has gone through it.

    Returns how many. Lines already answered are left alone; pictures are never taken over: they show a day.
    """
    with transaction.atomic():
        sheet = locked(into, by)
        permissions.may_write(by, sheet, queries.share(by, sheet)).or_refuse()
        rows = _same(source, sheet)
        with journal.writing(
            permissions.COPY, by=by, at=at, on=sheet, held=True, note={"from": source.pk}
        ) as w:
            w.create_all([_copy(row, sheet, by, at) for row in rows])
            recount(w, sheet)
    return len(rows)


def _same(source: Sheet, sheet: Sheet) -> list[Answer]:
    """Answers of the source to lines that stand unchanged and unanswered in this sheet."""
    old, new = queries.rulebook(source), queries.rulebook(sheet)
    taken = set(Answer.objects.filter(sheet=sheet).values_list("line", flat=True))
    rows = Answer.objects.filter(sheet=source).order_by("id")
    return [row for row in rows if row.line not in taken and _reads_the_same(old, new, row.line)]


def _reads_the_same(old: Rulebook, new: Rulebook, key: str) -> bool:
    if key not in old.by_key or key not in new.by_key:
        return False
    return _wording(old.line(key)) == _wording(new.line(key))


def _wording(line: Line) -> tuple[object, ...]:
    return (line.item.requirement, line.item.points, line.item.rules, line.preset)


def _copy(row: Answer, sheet: Sheet, by: Actor, at: datetime) -> Answer:
    kept = {name: getattr(row, name) for name in ("line", "verdict", "deductions", "words", "reason")}
    copy = Answer(sheet=sheet, copied=True, done_at=at, received_at=at, **kept)
    copy.recorded_by_id = by.account or 0
    return copy


def confirm_copied(*, sheet: int, lines: list[str], by: Actor, at: datetime) -> int:
    """Say that these answers taken over still hold, having gone through them. Returns how many."""
    with transaction.atomic():
        held = locked(sheet, by)
        share = queries.share(by, held)
        permissions.may_write(by, held, share).or_refuse()
        book = queries.rulebook(held)
        found = Answer.objects.filter(sheet=held, copied=True, line__in=lines).order_by("id")
        rows = [row for row in found if row.line in book.by_key]
        for row in rows:
            permissions.may_record(by, held, share, book.line(row.line).outermost).or_refuse()
        with journal.writing(permissions.CONFIRM_COPIED, by=by, at=at, on=held, held=True) as w:
            for row in rows:
                w.change(row, version=row.version, copied=False, recorded_by_id=by.account, received_at=at)
    return len(rows)
