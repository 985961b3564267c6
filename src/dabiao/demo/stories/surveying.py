"""A sheet filled by people from outside: words on every line, pictures where closing asks for them."""

from collections.abc import Sequence
from datetime import datetime

from dabiao.base.files import store
from dabiao.demo.filling import bring
from dabiao.demo.stories.walk import Walk
from dabiao.demo.writing import Written, written
from dabiao.kernel.actor import Actor
from dabiao.sheets.models import Sheet
from dabiao.sheets.queries import rulebook
from dabiao.sheets.rules.closing import Kind
from dabiao.sheets.rules.values import Verdict
from dabiao.sheets.services import closing, pictures
from dabiao.standards.rules.rulebook import Line


def survey(walk: Walk, sheet: Sheet, by: Actor, at: datetime, *, find: int = 0, share: float = 1.0) -> None:
    """The lines in their order, up to this moment; `find` of them lose points."""
    lines = [line for line in rulebook(sheet).lines() if not line.preset]
    lines = lines[: round(len(lines) * share)]
    told = _told(walk, lines, f"{sheet.occasion}/{at:%Y%m%d}", find)
    bring(walk.home, sheet, list(zip(lines, told, strict=True)), by, at)
    _show(walk, sheet, {line.key for line in lines}, by, at)


def _told(walk: Walk, lines: Sequence[Line], name: str, find: int) -> list[Written]:
    """Everything conforms but for some lines, by the dice, where something can be found that is not grave."""
    dice = walk.home.story.dice(f"survey/{walk.home.firm.number}/{name}")
    wrong, fine = (walk.home.hand(wordy=1.0, absent=0.0, deducted=chance, loose=chance) for chance in (1, 0))
    told = {line.key: written(line, wrong, dice) for line in lines} if find else {}
    open_ones = [key for key, each in told.items() if each.answer.verdict is Verdict.DEDUCTED]
    found = {key: told[key] for key in dice.sample(open_ones, min(find, len(open_ones)))}
    return [found.get(line.key) or written(line, fine, dice) for line in lines]


def _show(walk: Walk, sheet: Sheet, lines: set[str], by: Actor, at: datetime) -> None:
    """One picture of the place for all that ask for one."""
    asking = [gap.line for gap in closing.gaps(sheet) if gap.kind is Kind.PICTURE and gap.line in lines]
    for line in dict.fromkeys(asking):
        pictures.attach_picture(sheet=sheet.pk, line=line, taken=_taken(walk, sheet, at), by=by, at=at)


def _taken(walk: Walk, sheet: Sheet, at: datetime) -> store.Taken:
    return walk.home.take(walk.home.firm.profile.places[0], at, f"{sheet.occasion}/{at:%Y%m%d}")
