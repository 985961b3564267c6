"""Totals afresh from all answers, where more than one line changed at once."""

from dataclasses import asdict

from dabiao.base.journal import entries as journal
from dabiao.sheets import queries
from dabiao.sheets.models import Sheet, SheetTotal
from dabiao.sheets.rules import sums
from dabiao.sheets.rules.values import SUMS


def recount(w: journal.Writing, sheet: Sheet) -> None:
    """Set every total that differs from a count over the answers by the sheet's rulebook."""
    counted = sums.sums(queries.rulebook(sheet), queries.answers(sheet))
    for row in SheetTotal.objects.filter(sheet=sheet):
        new = asdict(counted[row.element])
        moved = {name: new[name] for name in SUMS if new[name] != getattr(row, name)}
        if moved:
            w.change(row, **moved)
