"""Totals afresh from all answers, where more than one line changed at once."""

from dataclasses import asdict, fields

from dabiao.base.journal import entries as journal
from dabiao.sheets import queries
from dabiao.sheets.models import Sheet, SheetTotal
from dabiao.sheets.rules import sums
from dabiao.sheets.rules.values import Sums


def recount(w: journal.Writing, sheet: Sheet) -> None:
    """Set every total that differs from a count over the answers by the sheet's rulebook."""
    counted = sums.sums(queries.rulebook(sheet), queries.answers(sheet))
    for row in SheetTotal.objects.filter(sheet=sheet):
        new = asdict(counted[row.element])
        moved = {
            each.name: new[each.name] for each in fields(Sums) if new[each.name] != getattr(row, each.name)
        }
        if moved:
            w.change(row, **moved)
