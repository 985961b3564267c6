"""A veto change that applies at once makes a new rulebook for open sheets; answers are kept (uplift/2)."""

from datetime import datetime

from django.db import transaction

from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import Sheet
from dabiao.sheets.rules.changes import Change, changes
from dabiao.sheets.services.recounting import recount
from dabiao.sheets.states import SheetState
from dabiao.standards.queries import books
from dabiao.standards.services import rulebooks


def renew_rulebook(*, sheet: int, by: Actor, at: datetime) -> list[Change]:
    """Give an open sheet the rulebook as it stands now; what differs is returned and journaled in words.

    Nothing happens where nothing changed, nor to a closed sheet: its rulebook is its own for ever.
    """
    with transaction.atomic():
        held = _open_one(sheet)
        if held is None:
            return []
        new = rulebooks.renew(rulebook=held.rulebook, now=day_of(at), by=by, at=at)
        if new.pk == held.rulebook_id:
            return []
        found = changes(queries.rulebook(held), books.rulebook_content(new.digest))
        note = {"reason": "；".join(change.text for change in found)}
        with journal.writing(permissions.CHANGE_RULEBOOK, by=by, at=at, on=held, held=True, note=note) as w:
            w.change(held, rulebook=new)
            recount(w, held)
    return found


def _open_one(key: int) -> Sheet | None:
    """The sheet, held, if it is still open. Time sees all sheets."""
    rows = Sheet.objects.select_for_update(of=("self",), no_key=True).select_related("rulebook__edition")
    return rows.filter(pk=key, state=SheetState.OPEN).first()


def renew_open_sheets(*, by: Actor, at: datetime) -> int:
    """All open sheets, one transaction each; returns how many changed. Running it again changes nothing."""
    keys = list(Sheet.objects.filter(state=SheetState.OPEN).order_by("pk").values_list("pk", flat=True))
    return sum(bool(renew_rulebook(sheet=key, by=by, at=at)) for key in keys)
