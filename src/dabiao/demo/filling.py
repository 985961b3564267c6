"""Filling a sheet: line by line, by whoever has the element, with pictures where they are asked for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from dabiao.demo.homes import Home
from dabiao.demo.writing import Hand, Written, written
from dabiao.kernel.actor import Actor
from dabiao.sheets.models import Sheet
from dabiao.sheets.queries import rulebook
from dabiao.sheets.rules.values import Verdict
from dabiao.sheets.services import answering, opening, pictures
from dabiao.standards.rules.rulebook import Line

STEP = timedelta(minutes=3)


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
        """Answer line after line, with pictures where they are asked for; in the main unit now and then
        where they are asked for only on deduction."""
        photos = 0.15 if self.home.main else 0.0
        dice, story = self._dice("fill"), self.home.story
        for place, line in enumerate(self._lines(share), start=1):
            told = written(line, self.hand, dice)
            shown = _asks(line, told, dice.random() < photos)
            # What would be written after now is written just now: the sheet is meant to be so far.
            story.plan(min(at + place * STEP, story.end), partial(self._line, line, told, shown))

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
        subject = line.item.pictures or line.item.requirement
        pictures.attach_picture(
            sheet=self.sheet.pk,
            line=line.key,
            taken=self.home.take(subject, at, f"{self.sheet.rulebook.day}/{line.key}"),
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


def _asks(line: Line, told: Written, also: bool) -> bool:
    """Does the edition ask for a picture here, or is one taken anyway?"""
    if told.answer.verdict is Verdict.NOT_APPLICABLE or not line.item.pictures:
        return False
    return line.item.picture_always or told.answer.verdict is Verdict.DEDUCTED or also
