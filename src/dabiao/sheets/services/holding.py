"""The first two beats of every act on a line: hold the sheet, ask permission for that line."""

from dataclasses import dataclass

from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import Sheet
from dabiao.sheets.rules.share import Share
from dabiao.standards.rules.rulebook import Line, Rulebook


@dataclass(frozen=True, slots=True)
class Held:
    """A sheet held until the transaction ends, and the line to be written on."""

    sheet: Sheet
    book: Rulebook
    share: Share
    line: Line


def locked(key: int, by: Actor) -> Sheet:
    """The sheet, held; Absent if there is none for this person. Colleagues' presence may still be noted."""
    rows = Sheet.objects.visible_to(by).select_for_update(of=("self",), no_key=True)
    sheet = rows.select_related("rulebook").filter(pk=key).first()
    if sheet is None:
        raise Absent
    return sheet


def enter(key: int, line: str, by: Actor) -> Held:
    """Hold the sheet and ask whether this person may write on this line now."""
    sheet = locked(key, by)
    book = queries.rulebook(sheet)
    if line not in book.by_key:
        raise Absent
    spot, share = book.line(line), queries.share(by, sheet)
    permissions.may_record(by, sheet, share, spot.outermost).or_refuse()
    return Held(sheet, book, share, spot)
