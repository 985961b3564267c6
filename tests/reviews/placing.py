"""A review put into the state CLEARED by journal writing, so that what follows does not wait for the gate."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from creation.applying import Applicant
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.roles import Role
from dabiao.organisations.services import recognitions
from dabiao.organisations.services.recognitions import Recognising
from dabiao.people import queries as people_queries
from dabiao.people import services as people
from dabiao.people.models import Account
from dabiao.people.services.qualifications import Filed, file_qualification
from dabiao.reviews.models import ExpertDraw, Plan, Review
from dabiao.reviews.permissions.plans import PLAN
from dabiao.reviews.rules.recusal import Declared
from dabiao.reviews.rules.visits import Span
from dabiao.reviews.services import drawing, plans
from dabiao.reviews.services.plans import Planned
from dabiao.reviews.states.reviews import ReviewState
from dabiao.standards.services import rulebooks
from editions import published
from world import AT, DAY, PASSWORD, SINCE, World

CLEARED = datetime(2026, 4, 1, 2, tzinfo=UTC)  # a Wednesday
FIRST, LAST = date(2026, 4, 8), date(2026, 4, 9)
OPENED = datetime(2026, 4, 8, 2, tzinfo=UTC)


@dataclass
class Placed:
    """A review and its people; `review` as the database has it."""

    world: World
    key: int
    second: int  # another reviewer of the review unit

    @property
    def review(self) -> Review:
        rows = Review.objects.select_related("case__cycle", "unit", "body", "organizing", "rulebook__edition")
        return rows.get(pk=self.key)

    @property
    def plan(self) -> Plan:
        return Plan.objects.get(review=self.key, withdrawn_at=None)

    def actor(self, who: str) -> Actor:
        if who == "second":
            return people_queries.actor(Account.objects.get(pk=self.second), DAY)
        return self.world.actor(who)

    def account(self, who: str) -> Account:
        return Account.objects.get(pk=self.second) if who == "second" else self.world.accounts[who]

    def drawn(self, count: int = 1) -> ExpertDraw:
        row = drawing.freeze(
            review=self.review, specialty="机械", count=count, by=self.actor("review_admin"), at=CLEARED
        )
        for who in ("review_admin", "organizer"):
            drawing.seed(row=row, word=f"示例词{who}", by=self.actor(who), at=CLEARED)
        return row

    def told(self, **more: object) -> Planned:
        reviewers = [self.account("second")]
        plain: dict[str, object] = {
            "leader": self.account("reviewer"),
            "reviewers": reviewers,
            "place": "会议室",
        }
        return Planned(**{"span": Span(FIRST, LAST), **plain, **more})  # type: ignore[arg-type]

    def planned(self, **more: object) -> Plan:
        review = self.review
        by = self.actor("review_admin")
        return plans.make(review=review, told=self.told(**more), version=review.version, by=by, at=CLEARED)

    def accepted(self, *who: str) -> None:
        for name in who or ("reviewer", "second"):
            member = self.plan.members.get(account=self.account(name))
            plans.accept(member=member, declared=Declared(), by=self.actor(name), at=CLEARED)


def placed(world: World) -> Placed:
    """For an accepted case; two qualified reviewers, a qualified expert."""
    edition = published(world)
    applicant = Applicant(world).prepared()
    case = applicant.decided(applicant.proposed(applicant.received()))
    by, body = world.actor("review_admin"), world.bodies["review_unit"]
    book = rulebooks.open(
        edition=edition, day=case.accepted_on, areas=case.unit.areas, level=case.level, by=by, at=CLEARED
    )
    review = Review(
        number="PS202600001",
        case=case,
        unit=case.unit,
        jurisdiction=case.jurisdiction,
        locality=case.locality,
        department=case.department,
        organizing=case.organizing,
        body=body,
        level=case.level,
        rulebook=book,
        state=ReviewState.CLEARED,
        opened_at=CLEARED,
        contracted_on=day_of(CLEARED),
        cleared_on=day_of(CLEARED),
    )
    with journal.writing(PLAN, by=by, at=CLEARED, on=review) as w:
        w.create(review)
    second = people.open_account(login="second", name="示例second", password=PASSWORD, by=TIME, at=AT)
    people.give_posting(account=second, role=Role.REVIEWER, body=body, since=SINCE, by=TIME, at=AT)
    files = (
        ("reviewer", world.accounts["reviewer"]),
        ("reviewer", second),
        ("expert", world.accounts["expert"]),
    )
    for n, (kind, account) in enumerate(files):
        told = Filed(kind, f"示例资{n}", ("机械", "电气"), SINCE, date(2029, 1, 1))
        file_qualification(account=account, told=told, by=world.actor("organizer_lead"), at=AT)
    recognising = Recognising(body, None, case.level, SINCE, "示例认定文件")
    recognitions.grant(recognising=recognising, by=world.actor("industry_city"), at=AT)
    return Placed(world, review.pk, second.pk)
