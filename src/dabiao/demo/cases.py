"""Applications of the demonstration city, one at least in every state, with the facts they rest on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from dabiao.base.clock import day_of
from dabiao.creation.models import Case
from dabiao.creation.queries import cases as queries
from dabiao.creation.rules import settling
from dabiao.creation.services.cases import auditing, deciding, drafting, receiving, submitting
from dabiao.creation.states.cases import CaseState
from dabiao.demo.homes import Home
from dabiao.demo.stories.roster import HELD
from dabiao.demo.stories.walk import Walk
from dabiao.demo.words.reading import standing as words
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import DAY, years_after
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Site
from dabiao.standing import services as standing
from dabiao.standing.services import Told

S = CaseState
BEFORE = 3  # days before it applies, a unit has recorded what it shows
CAMPAIGNS = ("dust_explosion", "hazardous_chemical_use", "confined_space", "electricity", "fire")
# unit -> applications: how many days ago begun, and how far it came
PLAYED: Mapping[int, tuple[tuple[int, CaseState], ...]] = {
    0: ((12, S.CORRECTING),),
    1: ((90, S.WITHDRAWN), (40, S.ACCEPTED)),
    5: ((4, S.SUBMITTED),),
    8: ((14, S.PROPOSED),),
    14: ((6, S.DRAFT),),
    20: ((45, S.REFUSED),),
    28: ((30, S.DISCARDED), (11, S.RECEIVED)),
}
INCIDENTS = {3: "accident", 6: "joint_punishment"}  # unit -> what speaks against it


@dataclass
class Applying:
    """One application, step after step on its days, as far as it came."""

    home: Home
    began: datetime
    upto: CaseState
    onward: Callable[[Case, datetime], None] | None = None  # once it is accepted
    clear: bool = False  # all of it is on file: nothing is left open, nothing speaks against it
    case: Case | None = field(default=None, init=False)

    def plan(self) -> None:
        self.home.story.plan(self.began, self._draft)

    @property
    def row(self) -> Case:
        assert self.case is not None  # noqa: S101  begun earlier in the story
        return Case.objects.select_related("unit", "correction", "organizing").get(pk=self.case.pk)

    def _then(self, days: int, step: Callable[[datetime], None]) -> None:
        """So many working days after it was begun."""
        self.home.story.plan(self.home.story.later(self.began, days, 10), step)

    def _draft(self, at: datetime) -> None:
        home = self.home
        sites = list(Site.objects.filter(unit=home.unit))
        self.case = drafting.draft(unit=home.unit, level=home.level, sites=sites, by=home.actor(), at=at)
        if self.upto == S.DISCARDED:
            self._then(1, self._discard)
        elif self.upto != S.DRAFT:
            self._then(1, self._submit)

    def _discard(self, at: datetime) -> None:
        drafting.discard(case=self.row, by=self.home.actor(), at=at)

    def _submit(self, at: datetime) -> None:
        case, home = self.row, self.home
        if not self.clear:
            waiting = settling.asking(queries.asked(case, day_of(at)).settled)
            said = {each.answer.condition: "有关证明随申请提交，请核实。" for each in waiting}
            told = {"statements": said, "version": case.version}
            case = drafting.state_conditions(case=case, **told, by=home.actor(), at=at)  # type: ignore[arg-type]
        by = home.actor(home.principal)
        submitting.submit(case=case, version=case.version, by=by, at=at)
        if self.upto == S.WITHDRAWN:
            self._then(3, self._withdraw)
        elif self.upto != S.SUBMITTED:
            self._then(3, self._receive)

    def _withdraw(self, at: datetime) -> None:
        case, reason = self.row, words()["withdrawn"]
        submitting.withdraw(case=case, reason=reason, version=case.version, by=self.home.actor(), at=at)

    def _receive(self, at: datetime) -> None:
        case = self.row
        receiving.receive(case=case, version=case.version, by=self._desk(), at=at)
        if self.upto != S.RECEIVED:
            self._then(5, self._correct if self.upto == S.CORRECTING else self._propose)

    def _correct(self, at: datetime) -> None:
        case = self.row
        items = [receiving.Missing("补充材料", each) for each in words()["correction"]]
        receiving.ask_correction(case=case, items=items, version=case.version, by=self._desk(), at=at)

    def _propose(self, at: datetime) -> None:
        """What the facts leave open is looked into; whoever fails a condition is proposed for refusal."""
        case = self.row
        outcome = auditing.ACCEPTED if self.clear else self._looked_into(case, at)
        opinion = auditing.Opinion(outcome, words()[outcome])
        auditing.propose(case=case, opinion=opinion, version=case.version, by=self._desk(), at=at)
        if self.upto != S.PROPOSED:
            self._then(7, self._decide)

    def _looked_into(self, case: Case, at: datetime) -> str:
        for each in settling.asking(queries.asked(case, day_of(at)).settled):
            told = {"condition": each.answer.condition, "met": True, "words": "已核对原件和验收意见"}
            auditing.judge(case=case, **told, by=self._desk(), at=at)  # type: ignore[arg-type]
        failing = settling.unmet(queries.asked(case, day_of(at)).settled)
        return auditing.REFUSED if failing else auditing.ACCEPTED

    def _decide(self, at: datetime) -> None:
        case, by = self.row, self.home.cast.actor(str(Role.ORGANIZER_LEAD))
        case = deciding.decide(case=case, version=case.version, by=by, at=at)
        if case.state == S.ACCEPTED and self.onward is not None:
            self.onward(case, at)

    def _desk(self) -> Actor:
        return self.home.cast.actor(str(Role.ORGANIZER))


def plan(home: Home) -> None:
    """What a unit shows before it applies, its applications, and what speaks against some."""
    number = home.firm.number
    played = PLAYED.get(number, ())
    if played:
        first = max(days for days, _ in played)
        home.story.plan(home.story.ago(first + BEFORE), partial(show, home))
    for days, upto in played:
        Applying(home, home.story.ago(days), upto, Walk(home, "review1", HELD).on).plan()
    if any(upto == S.REFUSED for _, upto in played):
        home.story.plan(home.story.ago(played[0][0] - 2), partial(_breach, home))
    if number in INCIDENTS:
        home.story.plan(home.story.ago(150), partial(_incident, home, INCIDENTS[number]))


def show(home: Home, at: datetime) -> None:
    """Recorded by the unit with a picture of the paper; campaigns by the city's department."""
    since = years_after(day_of(at), -1)
    for kind, said in words()["own"].items():
        taken = home.take(said["words"], at, f"standing/{kind if home.main else ''}")
        told = _told(kind, since, said, until=years_after(since, 3) if "number" in said else None)
        standing.record(told=told, unit=home.unit, taken=taken, by=home.actor(), at=at)
    official = home.cast.actor(str(Role.INDUSTRY_CITY))
    for which in CAMPAIGNS:
        if which in home.unit.areas or which in CAMPAIGNS[3:]:
            told = _told("campaign", since, words()["campaign"], which=which)
            standing.record(told=told, unit=home.unit, by=official, at=at)


def _breach(home: Home, at: datetime) -> None:
    """Found while the application is audited."""
    told = _told("hard_refusal", day_of(at) - DAY, words()["breach"], which="campaigns")
    standing.record(told=told, unit=home.unit, by=home.cast.actor(str(Role.BUREAU_CITY)), at=at)


def _incident(home: Home, kind: str, at: datetime) -> None:
    told = _told(kind, day_of(at) - DAY, words()["incidents"][kind])
    standing.record(told=told, unit=home.unit, by=home.cast.actor(str(Role.BUREAU_CITY)), at=at)


def _told(kind: str, since: date, said: Mapping[str, Any], **more: Any) -> Told:
    rest = {name: said[name] for name in ("number", "counts") if name in said}
    return Told(kind, since, said["words"], said["source"], **rest, **more)
