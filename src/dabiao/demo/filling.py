"""Filling a sheet: line by line, by whoever has the element, with pictures where they are asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from dabiao.demo.homes import Home
from dabiao.demo.writing import Hand, Written, written
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import DabiaoError
from dabiao.sheets.models import Sheet
from dabiao.sheets.queries import rulebook
from dabiao.sheets.rules.values import Verdict
from dabiao.sheets.services import answering, bringing, opening, pictures
from dabiao.sheets.services.bringing import Brought
from dabiao.standards.rules.rulebook import Line

STEP, PACE = timedelta(minutes=3), timedelta(seconds=90)  # from line to line: a desk's; on the spot
Part = tuple[Line, Written, bool]  # with a picture or not


@dataclass
class Filler:
    """One sheet being filled in a unit. `share` of its lines are answered, in the order printed within
    each element, so that what is missing lies at the ends."""

    home: Home
    sheet: Sheet
    hand: Hand

    def split(self, at: datetime) -> None:
        """Give the elements to the assessors in turn; the last third stays open to all."""
        elements = self._elements()
        for place, element in enumerate(elements[: len(elements) * 2 // 3]):
            account = self.home.team[place % len(self.home.team)]
            opening.assign(
                sheet=self.sheet, element=element, accounts=[account.pk], by=self.home.actor(), at=at
            )

    def fill(self, at: datetime, share: float = 1.0) -> None:
        """Answer the lines, with pictures where they are asked for; in the main unit now and then where they
        are asked for only on deduction, and what is not finished there line after line."""
        photos = 0.15 if self.home.main else 0.0
        dice, story = self._dice("fill"), self.home.story
        parts: dict[str, list[Part]] = {}
        for place, line in enumerate(self._lines(share), start=1):
            told = written(line, self.hand, dice)
            shown = _asks(line, told, dice.random() < photos)
            if self.home.main and share < 1:
                # What would be written after now is written just now: the sheet is meant to be so far.
                story.plan(min(at + place * STEP, story.end), partial(self._line, line, told, shown))
            else:
                parts.setdefault(self._writer(line.outermost), []).append((line, told, shown))
        for login, part in parts.items():
            story.plan(min(at + len(part) * STEP, story.end), partial(self._bring, login, part))

    def _bring(self, login: str, part: Sequence[Part], at: datetime) -> None:
        """All that one person has, then the pictures."""
        told = [(line, each) for line, each, _ in part]
        bring(self.home, self.sheet, told, self.home.actor(login), at)
        for line, _, shown in part:
            if shown:
                self.shoot(line, at)

    def _line(self, line: Line, told: Written, shown: bool, at: datetime) -> None:
        self.answer(line, told, at)
        if shown:
            self.shoot(line, at)

    def answer(self, line: Line, told: Written, at: datetime) -> None:
        self.home.written[(self.sheet.pk, line.key)] = told
        answering.record_answer(
            sheet=self.sheet.pk, line=line.key, answer=told.answer, version=0, by=self._by(line), at=at
        )

    def shoot(self, line: Line, at: datetime) -> None:
        """Put a picture on a line."""
        subject, home = line.item.pictures or line.item.requirement, self.home
        own = line.key if home.main else ""  # elsewhere one a sheet, to save time
        pictures.attach_picture(
            sheet=self.sheet.pk,
            line=line.key,
            taken=home.take(subject, at, f"{self.sheet.rulebook.day}/{own}"),
            caption=subject[:60],
            by=self._by(line),
            at=at,
        )

    def _by(self, line: Line) -> Actor:
        return self.home.actor(self._writer(line.outermost))

    def _writer(self, element: str) -> str:
        """The assessor whose turn the element is; the officer takes the free conditions."""
        elements = self._elements()
        if not self.home.assessors or element not in elements:
            return self.home.officer
        place = elements.index(element)
        return self.home.assessors[place % len(self.home.assessors)]

    def _lines(self, share: float) -> list[Line]:
        found: list[Line] = []
        for element in [*self._elements(), ""]:
            own = [line for line in rulebook(self.sheet).lines() if line.outermost == element]
            open_ones = [line for line in own if not line.preset]
            found += open_ones[: round(len(open_ones) * share)]
        return found

    def _elements(self) -> list[str]:
        return [each.key for each in rulebook(self.sheet).book.elements if not each.parent]

    def _dice(self, name: str) -> Random:
        return self.home.story.dice(f"{name}/{self.home.firm.number}/{self.sheet.rulebook.day}")


def bring(home: Home, sheet: Sheet, told: Sequence[tuple[Line, Written]], by: Actor, at: datetime) -> None:
    """What somebody wrote in the minutes before, recorded at once."""
    brought = []
    for place, (line, each) in enumerate(reversed(told)):
        home.written[(sheet.pk, line.key)] = each
        brought.append(Brought(line.key, each.answer, 0, at - place * PACE))
    outcomes = bringing.record_answers(sheet=sheet.pk, brought=brought[::-1], by=by, at=at)
    for refused in outcomes:
        if isinstance(refused, DabiaoError):
            raise refused


def _asks(line: Line, told: Written, also: bool) -> bool:
    """Does the edition ask for a picture here, or is one taken anyway?"""
    if told.answer.verdict is Verdict.NOT_APPLICABLE or not line.item.pictures:
        return False
    return line.item.picture_always or told.answer.verdict is Verdict.DEDUCTED or also
