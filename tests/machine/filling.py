"""Filling a sheet in one go: every line with words and a picture."""

from collections.abc import Sequence
from datetime import datetime

from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import Answer as Row
from dabiao.sheets.models import Picture, Sheet
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.sheets.services.answering import record_answer
from dabiao.standards.rules.rulebook import Line
from machine.play import NothingThere
from sheets import photographs

VETO = "2.1.2"  # its only rule vetoes


def fill(
    sheet: Sheet | None,
    by: Actor,
    at: datetime,
    *deducted: str,
    vetoed: bool = False,
    only: str = "",
    anew: bool = False,
) -> Sheet:
    """Lines that stand are left as they are; `only` one line; `anew` writes over what stands."""
    if sheet is None:
        raise NothingThere
    wrong = {*deducted, VETO} if vetoed else set(deducted)
    done = set(Row.objects.filter(sheet=sheet).values_list("line", flat=True))
    lines = [line for line in queries.rulebook(sheet).lines() if line.key not in done] or [
        queries.rulebook(sheet).lines()[0]
    ]
    if only:
        lines = [queries.rulebook(sheet).line(only)]
    for line in lines:
        answer = _answer(line, deducted=line.key in wrong)
        record_answer(sheet=sheet.pk, line=line.key, answer=answer, version=int(anew), by=by, at=at)
    if not anew:
        _shown(sheet, lines, by, at)
    return sheet


def _answer(line: Line, *, deducted: bool) -> Answer:
    if not deducted:
        return Answer(Verdict.CONFORMS, words="现场查看，符合")
    return Answer(Verdict.DEDUCTED, (Deduction(line.item.rules[-1].key, 1),), "现场查看，不符合")


def _shown(sheet: Sheet, lines: Sequence[Line], by: Actor, at: datetime) -> None:
    with journal.writing(permissions.ATTACH, by=by, at=at, on=sheet) as w:
        file = store.row(w, store.take_in([photographs.jpeg((64, 48))]), at)
        told = {"sheet": sheet, "file": file, "recorded_by_id": by.account, "received_at": at}
        w.create_all([Picture(line=line.key, **told) for line in lines])


def open_lines(sheet: Sheet | None) -> bool:
    """Whether it is open, with lines to fill."""
    return sheet is not None and sheet.state == "open" and not _full(sheet)


def filled(sheet: Sheet | None) -> bool:
    """Whether it waits to be closed."""
    return sheet is not None and sheet.state == "open" and _full(sheet)


def _full(sheet: Sheet) -> bool:
    return Row.objects.filter(sheet=sheet).count() == len(queries.rulebook(sheet).lines())
