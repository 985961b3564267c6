"""The team: an expert drawn, the plan made with whoever is free that day, each member asked."""

from datetime import datetime

from dabiao.base.clock import day_of
from dabiao.demo.stories.walk import Walk
from dabiao.demo.words.reading import reviews as words
from dabiao.kernel.roles import Role
from dabiao.people.models import Account, Qualification
from dabiao.reviews.models import ExpertDraw, Member, Plan, RemarkKind
from dabiao.reviews.queries import plans as queries
from dabiao.reviews.rules.recusal import Declared
from dabiao.reviews.rules.visits import Span
from dabiao.reviews.services import drawing, oversight, plans
from dabiao.reviews.services.plans import Planned


def draw(walk: Walk, at: datetime) -> None:
    """The list is put down; the review unit has given its word, the organizing unit is asked for its own."""
    first = Qualification.objects.filter(kind="expert", until__gt=day_of(at)).order_by("number")[0]
    specialty, by = first.specialties.split("、")[0], walk.act(walk.admin)
    drawing.freeze(review=walk.review, specialty=specialty, count=1, by=by, at=at)
    _word(walk, walk.admin, at)


def _word(walk: Walk, login: str, at: datetime) -> None:
    row = ExpertDraw.objects.select_related("review__body", "review__organizing").get(review=walk.review)
    dice = walk.home.story.dice(f"word/{walk.home.firm.number}/{login}")
    drawing.seed(row=row, word=dice.choice(words()["lots"]), by=walk.act(login), at=at)


def make(walk: Walk, at: datetime) -> None:
    """For the next working day, with two reviewers of the review unit who are free."""
    day = day_of(walk.home.story.later(at, 1))
    leader, second = _free(walk, Span(day, day))[:2]
    walk.leader = leader
    told = Planned(Span(day, day), leader, [second], words()["meeting_place"])
    review, by = walk.review, walk.act(walk.admin)
    plans.make(review=review, told=told, version=review.version, by=by, at=at)


def _free(walk: Walk, span: Span) -> list[Account]:
    people = walk.home.cast.staff(walk.body, Role.REVIEWER)
    busy = {each.account for each in queries.taken([each.pk for each in people], span)}
    return [each for each in people if each.pk not in busy]


def lead_joins(walk: Walk, at: datetime) -> None:
    """Nobody but the leader has answered yet."""
    _join(walk, at, first=1)


def join(walk: Walk, at: datetime) -> None:
    """Everybody declares that nothing stands against it."""
    _join(walk, at)


def _join(walk: Walk, at: datetime, first: int | None = None) -> None:
    for member in _asked(walk.plan)[:first]:
        plans.accept(member=member, declared=Declared(), by=walk.act(member.account.login), at=at)


def _asked(plan: Plan) -> list[Member]:
    rows = Member.objects.filter(plan=plan, accepted_at=None)
    return list(rows.select_related("account", "plan__review__case__cycle").order_by("id"))


def follow(walk: Walk, at: datetime) -> None:
    """The locality will be there; the district's department has a remark that waits for its answer."""
    told = ((RemarkKind.ATTEND, Role.LOCALITY), (RemarkKind.REMARK, Role.INDUSTRY_DISTRICT))
    for kind, role in told:
        said = words()["remarks"][kind.value]
        oversight.remark(review=walk.review, kind=kind, words=said, by=walk.act(str(role)), at=at)
