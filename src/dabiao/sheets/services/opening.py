"""Opening a sheet, and deciding who fills which part."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.organisations.models import Unit
from dabiao.people.models import Account
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import Assignment, Sheet, SheetTotal, Writer
from dabiao.sheets.rules import sums
from dabiao.sheets.services.holding import locked
from dabiao.sheets.states import SheetState
from dabiao.standards.models import Rulebook
from dabiao.standards.queries import books as standards


def open_sheet(
    *,
    occasion: str,
    unit: Unit,
    rulebook: Rulebook,
    lead: Account,
    by: Actor,
    at: datetime,
    writers: Sequence[Account] = (),
    corrects: Sheet | None = None,
) -> Sheet:
    """Open a sheet on a rulebook. Whether the occasion is right is for the subject that calls this."""
    sheet = Sheet(
        occasion=occasion,
        unit=unit,
        jurisdiction_id=unit.jurisdiction_id,
        rulebook=rulebook,
        state=SheetState.OPEN,
        opened_at=at,
        corrects=corrects,
    )
    opening = sums.opening(standards.rulebook_content(rulebook.digest))
    with journal.writing(permissions.OPEN, by=by, at=at, on=sheet) as w:
        w.create(sheet)
        w.create_all([Writer(sheet=sheet, account=lead, leads=True), *_others(sheet, lead, writers)])
        w.create_all([SheetTotal(sheet=sheet, element=key, **asdict(each)) for key, each in opening.items()])
    return sheet


def _others(sheet: Sheet, lead: Account, writers: Sequence[Account]) -> list[Writer]:
    return [Writer(sheet=sheet, account=each) for each in writers if each.pk != lead.pk]


def set_writers(*, sheet: Sheet, writers: Sequence[Account], by: Actor, at: datetime) -> None:
    """Who writes besides the lead. Taking somebody off keeps what they wrote."""
    wanted = {each.pk: each for each in writers}
    with _leading(sheet, by, at) as w:
        held = {row.account_id: row for row in Writer.objects.filter(sheet=sheet, leads=False)}
        lead = Writer.objects.get(sheet=sheet, leads=True).account_id
        for key in sorted(held.keys() - wanted.keys()):
            _take_off(w, sheet, held[key])
        new = wanted.keys() - held.keys() - {lead}
        w.create_all([Writer(sheet=sheet, account=wanted[key]) for key in sorted(new)])


@contextmanager
def _leading(sheet: Sheet, by: Actor, at: datetime) -> Iterator[journal.Writing]:
    """Hold the sheet and ask whether this person leads it, then write."""
    with transaction.atomic():
        held = locked(sheet.pk, by)
        permissions.may_lead(by, held, queries.share(by, held)).or_refuse()
        with journal.writing(permissions.ASSIGN, by=by, at=at, on=held, held=True) as w:
            yield w


def _take_off(w: journal.Writing, sheet: Sheet, writer: Writer) -> None:
    for assignment in Assignment.objects.filter(sheet=sheet, account=writer.account_id):
        w.remove(assignment)
    w.remove(writer)


def assign(*, sheet: Sheet, element: str, accounts: Sequence[int], by: Actor, at: datetime) -> None:
    """Give an outermost element to some of the writers; to nobody in particular with an empty list."""
    with _leading(sheet, by, at) as w:
        _check_part(sheet, element, accounts)
        held = {row.account_id: row for row in Assignment.objects.filter(sheet=sheet, element=element)}
        for key in sorted(held.keys() - set(accounts)):
            w.remove(held[key])
        new = sorted(set(accounts) - held.keys())
        w.create_all([Assignment(sheet=sheet, element=element, account_id=key) for key in new])


def _check_part(sheet: Sheet, element: str, accounts: Sequence[int]) -> None:
    book = queries.rulebook(sheet).book
    if element not in {each.key for each in book.elements if not each.parent}:
        raise Invalid("没有这个要素，请刷新页面后再分派。")
    writers = set(Writer.objects.filter(sheet=sheet).values_list("account", flat=True))
    if set(accounts) - writers:
        raise Invalid("只能分派给评分人员；请先把人加入评分人员，再分派。")
