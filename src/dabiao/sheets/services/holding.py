"""The first two beats of every act on a line: hold the sheet, ask permission for that line."""

from dataclasses import dataclass
from typing import NamedTuple

from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import OUTSIDE, Sheet, SheetQuerySet
from dabiao.sheets.rules.occasions import Occasion
from dabiao.sheets.rules.share import Share
from dabiao.standards.rules.rulebook import Line, Rulebook


@dataclass(frozen=True, slots=True)
class Held:
    """A sheet held until the transaction ends, and the line to be written on."""

    sheet: Sheet
    book: Rulebook
    share: Share
    line: Line


class Opened(NamedTuple):
    """A sheet that this transaction holds already, what this person has to do with it, and, where it has been
    asked, all that closing needs."""

    sheet: Sheet
    share: Share
    whole: queries.WholeAnd | None = None


def locked(key: int, by: Actor) -> Sheet:
    """The sheet, held; Absent if there is none for this person. Colleagues' presence may still be noted."""
    return _held(Sheet.objects.visible_to(by), key)


def _held(sheets: SheetQuerySet, key: int) -> Sheet:
    rows = sheets.select_for_update(of=("self",), no_key=True).select_related("rulebook").filter(pk=key)
    sheet = next(iter(rows), None)
    if sheet is None:
        raise Absent
    return sheet


def enter(key: int, line: str, by: Actor) -> Held:
    """Hold the sheet and ask whether this person may write on this line now.

    Those who write on a sheet see it while they are where they were; the wider question of sight is asked
    about others only.
    """
    sheet, book, share = entered(key, by)
    if line not in book.by_key:
        raise Absent
    spot = book.line(line)
    permissions.may_record(by, sheet, share, spot.outermost).or_refuse()
    return Held(sheet, book, share, spot)


def entered(key: int, by: Actor) -> tuple[Sheet, Rulebook, Share]:
    """The sheet, held, if it exists for this person; its rulebook; what they have to do with it."""
    sheet, book = queries.hold(key)
    share = queries.share(by, sheet)
    seen(sheet, share, by)
    return sheet, book, share


def seen(sheet: Sheet, share: Share, by: Actor) -> None:
    """Absent where the sheet does not exist for this person."""
    outside = sheet.occasion != Occasion.SELF_ASSESSMENT and by.holds(*OUTSIDE)
    at_home = outside or sheet.unit_id in by.units
    if not (share.writes and at_home) and not Sheet.objects.visible_to(by).filter(pk=sheet.pk).exists():
        raise Absent
