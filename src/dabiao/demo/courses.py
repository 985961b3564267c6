"""The course of one self-assessment, from its start as far as it has come."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from dabiao.base import calendars
from dabiao.creation.models import SelfAssessment
from dabiao.creation.services import assessments as services
from dabiao.demo.filling import Filler
from dabiao.demo.homes import Home
from dabiao.demo.words.reading import telling
from dabiao.hazards.models import Hazard
from dabiao.sheets.models import Answer
from dabiao.sheets.rules.occasions import Occasion
from dabiao.sheets.services import closing, copying


class Stage(IntEnum):
    """How far it has come."""

    BEGUN = 0
    FILLING = 1
    ABANDONED = 2
    SIGNED = 3
    POSTED = 4
    HANDED_IN = 5


@dataclass
class Course:
    """`share` of the lines are answered; `reuse` starts from last time's answers, of which that share
    is then gone through. `always`: items with a finding in any case, so that they recur."""

    home: Home
    upto: Stage
    share: float = 1.0
    reuse: bool = False
    split: bool = False
    always: frozenset[str] = frozenset()
    fails: frozenset[str] = frozenset()
    deducted: float = 0.5
    assessment: SelfAssessment | None = field(default=None, init=False)

    def plan(self, start: datetime) -> None:
        """From the moment of its start; what follows is planned as it comes."""
        self.home.story.plan(start, self._begin)

    @property
    def row(self) -> SelfAssessment:
        assert self.assessment is not None  # noqa: S101  begun earlier in the story
        return self.assessment

    def hazards(self) -> list[Hazard]:
        rows = Hazard.objects.filter(origin=Occasion.SELF_ASSESSMENT, origin_key=self.row.pk)
        return list(rows.select_related("unit").order_by("id"))

    def _begin(self, at: datetime) -> None:
        home = self.home
        self.assessment = services.start(
            unit=home.unit,
            level=home.level,
            lead=home.cast.accounts[home.officer],
            writers=home.team,
            reuse=self.reuse,
            by=home.actor(),
            at=at,
        )
        if self.split:
            self._filler().split(at)
        if self.upto > Stage.BEGUN:
            home.story.plan(home.story.later(at, 1, 8, 40), self._fill)

    def _fill(self, at: datetime) -> None:
        if self.reuse:
            self._confirm(at)
        else:
            self._filler().fill(at, self.share)
        if self.upto is Stage.ABANDONED:
            self.home.story.plan(self.home.story.later(at, 3, 10), self._abandon)
        elif self.upto >= Stage.SIGNED:
            self.home.story.plan(self.home.story.later(at, 2, 15, 30), self._sign)

    def _filler(self) -> Filler:
        loose = self.home.story.dice(f"loose/{self.home.firm.number}").uniform(0.0, 0.3)
        hand = self.home.hand(always=self.always, fails=self.fails, deducted=self.deducted, loose=loose)
        return Filler(self.home, self.row.sheet, hand)

    def _confirm(self, at: datetime) -> None:
        """Go through the first part of what was taken over."""
        copied = Answer.objects.filter(sheet=self.row.sheet, copied=True).order_by("id")
        lines = list(copied.values_list("line", flat=True))
        copying.confirm_copied(
            sheet=self.row.sheet_id,
            lines=lines[: round(len(lines) * self.share)],
            by=self.home.actor(),
            at=at,
        )

    def _abandon(self, at: datetime) -> None:
        services.abandon(assessment=self.row, reason=telling()["abandoned"], by=self.home.actor(), at=at)

    def _sign(self, at: datetime) -> None:
        dice = self.home.story.dice(f"sign/{self.home.firm.number}/{at:%Y}")
        services.sign(
            assessment=self.row,
            opinion=dice.choice(telling()["opinions"]),
            version=self.row.version,
            by=self.home.actor(),
            at=at,
        )
        self._countersign(at)
        if self.upto >= Stage.POSTED:
            self.home.story.plan(self.home.story.later(at, 1, 9, 10), self._post)

    def _countersign(self, at: datetime) -> None:
        """The principal signs too."""
        if self.home.principal:
            by = self.home.actor(self.home.principal)
            closing.sign_sheet(sheet=self.row.sheet_id, side=services.UNIT_SIDE, by=by, at=at)

    def _post(self, at: datetime) -> None:
        dice = self.home.story.dice(f"post/{self.home.firm.number}/{at:%Y}")
        where = dice.choice(telling()["posted"])
        row = services.post(
            assessment=self.row, where=where, version=self.row.version, by=self.home.actor(), at=at
        )
        if self.upto >= Stage.HANDED_IN and row.posting_ends is not None:
            next_day = calendars.calendar().add(row.posting_ends, 1).day
            self.home.story.plan(self.home.story.at(next_day, 9, 30), self._hand_in)

    def _hand_in(self, at: datetime) -> None:
        services.hand_in(assessment=self.row, version=self.row.version, by=self.home.actor(), at=at)
