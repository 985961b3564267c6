"""A unit, everybody who has to do with it, and one clock: what the machine's acts act upon."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from creation.applying import APPLIED, Applicant
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.creation.models import Case
from dabiao.grading.models import Bulletin, Grading, Objection, Recheck
from dabiao.grading.queries import gradings
from dabiao.kernel.actor import PUBLIC, TIME, Actor
from dabiao.kernel.roles import Role
from dabiao.organisations.permissions import CHANGE_UNIT
from dabiao.organisations.services import recognitions
from dabiao.organisations.services.recognitions import Recognising
from dabiao.people import queries as people_queries
from dabiao.people import services as people
from dabiao.people.models import Account
from dabiao.people.permissions import GIVE_POSTING
from dabiao.people.services.qualifications import Filed, file_qualification
from dabiao.reviews.models import InitialVisit, Plan, Review, ServiceContract
from dabiao.standing import services as standing
from dabiao.standing.services import Told
from editions import published
from world import AT, PASSWORD, SINCE, World, build

UNTIL = date(2026, 3, 9)  # the first day no longer; the cycle has begun a week before
# name -> (role, where) now
MORE = {
    "second": (Role.REVIEWER, "review_unit"),
    "second_lead": (Role.ORGANIZER_LEAD, "organizing"),
    "second_city": (Role.INDUSTRY_CITY, "industry_city"),
    "second_district": (Role.INDUSTRY_DISTRICT, "industry_east"),
    "both": (Role.ORGANIZER, "organizing"),
    "turned_lead": (Role.ORGANIZER_LEAD, "organizing"),
    "turned_organizer": (Role.ORGANIZER, "organizing"),
    "turned_city": (Role.INDUSTRY_CITY, "industry_city"),
    "turned_district": (Role.INDUSTRY_DISTRICT, "industry_east"),
}
# who was elsewhere within the cycle: name -> (role, where) until UNTIL
FORMER = {
    "turned_lead": (Role.REVIEWER, "review_unit"),
    "turned_organizer": (Role.UNIT_OFFICER, "unit"),
    "turned_city": (Role.REVIEW_ADMIN, "review_unit"),
    "turned_district": (Role.UNIT_OFFICER, "unit"),
}
QUALIFIED = {"reviewer": "reviewer", "second": "reviewer", "expert": "expert"}
MINUTES = 7  # what an act takes


class NothingThere(Exception):
    """The thing an act is about does not exist: a page would answer 404 before any service is asked."""


@dataclass
class Play:
    """`old`: what somebody has had on the screen for a while, as objects; `stale` asks for those."""

    world: World
    at: datetime
    old: dict[str, Any] = field(default_factory=dict)
    stale: bool = False
    read: dict[str, Any] | None = None

    @property
    def day(self) -> date:
        return day_of(self.at)

    def by(self, who: str) -> Actor:
        if who in {"time", "public"}:
            return TIME if who == "time" else PUBLIC
        return people_queries.actor(self.world.accounts[who], self.day)

    def account(self, who: str) -> Account:
        return self.world.accounts[who]

    def passes(self, days: int = 0) -> None:
        self.at += timedelta(days=days, minutes=MINUTES)

    def keep(self) -> None:
        """Pages are opened anew: what is looked at from now on is what stays on the screen."""
        self.old = {}

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Nothing changes meanwhile: each thing is read once."""
        self.read = {}
        try:
            yield
        finally:
            self.read = None

    def of(self, name: str) -> Any:
        """The newest of its kind, or what is on the screen."""
        if self.stale and name in self.old:
            return copy(self.old[name])
        if self.read is not None and name in self.read:
            return _there(self.read[name])
        row = FETCH[name]()
        if self.read is not None:
            self.read[name] = row
        if row is not None:
            self.old.setdefault(name, copy(row))
        return _there(row)

    def state(self, name: str) -> str:
        """Of what the database has."""
        return STATES[name].objects.order_by("-id").values_list("state", flat=True).first() or "none"


STATES: dict[str, Any] = {"case": Case, "review": Review, "grading": Grading, "contract": ServiceContract}
CONTRACT_OF = ("case__cycle", "case__unit", "case__edition", "body", "unit")
REVIEW = ("case__cycle", "unit", "body", "organizing", "rulebook__edition")


def _there(row: Any) -> Any:
    if row is None:
        raise NothingThere
    return row


PLAN = Plan.objects.filter(withdrawn_at=None).select_related("sheet__rulebook", "leader")
OBJECTION = Objection.objects.filter(decided_at=None).select_related(
    "grading__case__cycle", "grading__organizing"
)
RECHECK = Recheck.objects.select_related("grading__review", "grading__case__cycle", "sheet__rulebook")
VISIT = InitialVisit.objects.select_related(
    "sheet__rulebook", "lead", *(f"review__{each}" for each in REVIEW)
)
CONTRACT = ServiceContract.objects.filter(kind="review").select_related(*CONTRACT_OF)
FETCH: dict[str, Callable[[], Any]] = {
    "case": lambda: Case.objects.select_related("cycle", "unit", "edition").order_by("id").last(),
    "review": lambda: Review.objects.select_related(*REVIEW).order_by("id").last(),
    "contract": lambda: CONTRACT.order_by("id").last(),
    "visit": lambda: VISIT.order_by("id").last(),
    "plan": lambda: PLAN.order_by("id").last(),
    "grading": lambda: Grading.objects.select_related(*gradings.SHOWN).order_by("id").last(),
    "recheck": lambda: RECHECK.order_by("id").last(),
    "bulletin": lambda: Bulletin.objects.select_related("department").order_by("id").last(),
    "objection": lambda: OBJECTION.order_by("id").last(),
}


def submitted() -> Play:
    """An industrial unit with a special area has applied for level 2; review unit and people are ready."""
    world = build()
    published(world)
    for who, (role, where) in MORE.items():
        account = people.open_account(login=who, name=f"示例{who}", password=PASSWORD, by=TIME, at=AT)
        world.accounts[who] = account
        if who in FORMER:
            _post(world, who, *FORMER[who], until=UNTIL)
        _post(world, who, role, where)
    _post(world, "both", Role.ORGANIZER_LEAD, "organizing")
    _qualified(world)
    unit, by = world.units["unit"], world.actor("bureau_city")
    with journal.writing(CHANGE_UNIT, by=by, at=AT, on=unit) as w:
        w.change(unit, areas=["dust_explosion"])
    applicant = Applicant(world).prepared()
    applicant.submitted(**{"refusals.hard:campaigns": "已验收"})
    told = Told("campaign", SINCE, "验收合格", "示例验收意见", which="dust_explosion")
    standing.record(told=told, unit=applicant.unit, by=world.actor("industry_district"), at=AT)
    return Play(world, APPLIED)


def _post(world: World, who: str, role: Role, where: str, until: date | None = None) -> None:
    place = {"unit": world.units[where]} if where in world.units else {"body": world.bodies[where]}
    account = world.accounts[who]
    row = people.give_posting(account=account, role=role, since=SINCE, by=TIME, at=AT, **place)
    if until is not None:
        with journal.writing(GIVE_POSTING, by=TIME, at=AT, on=account) as w:
            w.change(row, until=until)


def _qualified(world: World) -> None:
    by = world.actor("organizer_lead")
    for who, kind in QUALIFIED.items():
        told = Filed(kind, f"示例资{who}", ("机械",), SINCE, date(2029, 1, 1))
        file_qualification(account=world.accounts[who], told=told, by=by, at=AT)
    said = Recognising(world.bodies["review_unit"], None, "level_2", SINCE, "示例公告")
    recognitions.grant(recognising=said, by=world.actor("bureau_city"), at=AT)
