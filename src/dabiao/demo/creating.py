"""The creation work of a unit: leading group, meetings, self-assessors, commitment, what was organised."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from dabiao.base.clock import day_of
from dabiao.creation.models import Assessor, LeadingGroup
from dabiao.creation.models.assessors import From, Trainer
from dabiao.creation.models.groups import Place, WorkKind
from dabiao.creation.queries import commitments as letters
from dabiao.creation.rules.letters import digest
from dabiao.creation.rules.rosters import Person
from dabiao.creation.services import assessors, commitments, groups
from dabiao.demo.firms import people, person
from dabiao.demo.homes import Home
from dabiao.demo.mark import PASSWORD
from dabiao.demo.words.reading import creation
from dabiao.hazards import queries as hazards
from dabiao.hazards.rules.register import Risk
from dabiao.hazards.services import register, screenings
from dabiao.organisations.models import Site

HALF = timedelta(days=182)
EVERY = 3  # of the units that create, every third has begun all of it; the next have missed a meeting


@dataclass
class Creating:
    """`meets`: how many half-years have had their meeting, from the forming on."""

    home: Home
    began: datetime
    meets: int = 9
    whole: bool = True  # else only what an application asks for
    group: LeadingGroup | None = None

    def plan(self) -> None:
        story = self.home.story
        steps: tuple[tuple[int, Callable[[datetime], None]], ...] = (
            (0, self._form),
            (4, self._team),
            (9, self._sign),
        )
        if self.whole:
            steps = (*steps, (12, self._works), (14, self._risks), (20, self._screen))
        for days, step in steps:
            story.plan(story.later(self.began, days, 10), step)
        for turn in range(self.meets):
            story.plan(story.later(self.began + turn * HALF, 15, 14), partial(self._meet, turn))

    def _form(self, at: datetime) -> None:
        home, words = self.home, creation()
        dice = home.story.dice(f"group/{home.firm.number}")
        principal = home.cast.accounts[home.principal]
        members = [(Place.HEAD, Person(principal.name, "总经理", account=principal.pk))]
        posts = words["departments"]
        deputy, *heads = people(dice, 1 + len(posts), principal.name)
        members += [(Place.DEPUTY, Person(deputy, words["deputy"]))]
        members += [
            (Place.MEMBER, Person(who, post, name)) for who, (name, post) in zip(heads, posts, strict=True)
        ]
        document = f"《{words['document']}》（安〔{at:%Y}〕{dice.randint(1, 9)}号）"
        self.group = groups.form(
            unit=home.unit, document=document, formed_on=day_of(at), joined=members, by=home.actor(), at=at
        )

    def _meet(self, turn: int, at: datetime) -> None:
        assert self.group is not None  # noqa: S101  formed earlier in the story
        words = creation()["meetings"][turn % len(creation()["meetings"])]
        people = "、".join(self.group.members.filter(until=None).values_list("name", flat=True))
        minutes = groups.Minutes(day_of(at), people, words["subjects"], words["decisions"])
        groups.record_meeting(group=self.group, minutes=minutes, by=self.home.actor(), at=at)

    def _team(self, at: datetime) -> None:
        """Those with accounts, and one more; trained by an institution, all but the last."""
        home, words = self.home, creation()
        dice = home.story.dice(f"team/{home.firm.number}")
        site = Site.objects.filter(unit=home.unit).order_by("id").first()
        named = [(each.name, each) for each in home.team] + [(person(dice), None)]
        made: list[Assessor] = []
        for place, (name, account) in enumerate(named):
            workshop = words["workshops"][place % len(words["workshops"])]
            trade = words["trades"][place % len(words["trades"])]
            who = assessors.Appointed(name, From.WORKSHOP, workshop, trade, day_of(at), site, account)
            made.append(assessors.appoint(unit=home.unit, who=who, by=home.actor(), at=at))
        course = assessors.Course(
            Trainer.INSTITUTION, words["provider"], day_of(at), day_of(at), 16, f"ZP{home.firm.number:04d}"
        )
        assessors.record_training(
            unit=home.unit, assessors=made[:-1] or made, course=course, by=home.actor(), at=at
        )
        amount = 10_000 * dice.randint(1, 4)
        year = home.story.today.year
        assessors.set_fund(unit=home.unit, year=year, amount=amount, used=amount // 3, by=home.actor(), at=at)

    def _sign(self, at: datetime) -> None:
        by = self.home.actor(self.home.principal)
        shown = digest(letters.letter(self.home.unit, by.name, day_of(at)).text)
        commitments.sign(unit=self.home.unit, password=PASSWORD, digest=shown, by=by, at=at)

    def _works(self, at: datetime) -> None:
        for kind in WorkKind:
            words = creation()["works"][kind.value]
            told = {"kind": kind, "done_on": day_of(at), "words": words, "people": self.home.unit.head_count}
            groups.record_work(unit=self.home.unit, **told, by=self.home.actor(), at=at)

    def _risks(self, at: datetime) -> None:
        home, review = self.home, self.home.story.today + timedelta(days=60)
        place = home.firm.profile.places[0]
        risks = [
            Risk(place, activity, kind, level, measures, who, review)
            for activity, kind, level, measures, who in creation()["risks"]
        ]
        register.import_all(unit=home.unit, risks=risks, by=home.actor(), at=at)

    def _screen(self, at: datetime) -> None:
        """One that found nothing, and one lately that did."""
        home, words = self.home, creation()
        checklist, places, said = words["screenings"][0]
        told = screenings.Screened(day_of(at), home.actor().name, checklist, places, said)
        screenings.screen(unit=home.unit, told=told, seen=(), by=home.actor(), at=at)
        home.story.plan(home.story.ago(20, 15), self._find)

    def _find(self, at: datetime) -> None:
        home, words = self.home, creation()
        point = hazards.risks(home.unit.pk)[1]
        told = screenings.Screened(day_of(at), home.actor().name, *words["screenings"][1])
        seen = [screenings.Seen(words["seen"], risk=point)]
        screenings.screen(unit=home.unit, told=told, seen=seen, by=home.actor(), at=at)


def plan(home: Home) -> None:
    """Only units with a principal's account create; by turns all of it, all but a meeting, or nothing yet."""
    if not home.principal:
        return
    number, story = home.firm.number, home.story
    if home.main or number % EVERY == 1:
        Creating(home, story.ago(740 if home.main else 300)).plan()
    elif number % EVERY == 2:  # noqa: PLR2004  the second of three
        Creating(home, story.ago(430), meets=1).plan()
