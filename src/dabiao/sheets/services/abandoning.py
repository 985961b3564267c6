"""What a sheet was opened for has ended before anybody signed: nothing is written on it any more."""

from datetime import datetime

from django.db import transaction

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import Sheet
from dabiao.sheets.states import ABANDON, SheetState


@transaction.atomic
def abandon_sheet(*, sheet: int, by: Actor, at: datetime) -> Sheet:
    """Nothing is deleted, and a signed sheet stays as it was signed.

    Whether the matter has ended is for the subject that calls this; who ends it need not write on the sheet.
    """
    held = queries.hold(sheet).sheet
    if held.state == SheetState.OPEN:
        with journal.writing(permissions.ABANDON, by=by, at=at, on=held, held=True) as w:
            w.move(held, ABANDON)
    return held
