"""The places of a person in teams: what a device asks before every act it delivers; see base.statements."""

from collections.abc import Sequence
from typing import Any, Final

from dabiao.base import statements
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Unit
from dabiao.reviews.models import Member, Plan, Review
from dabiao.reviews.models.reviews import AT_REVIEW_UNIT
from dabiao.reviews.states.reviews import ReviewState
from dabiao.sheets.models import Sheet
from dabiao.standards.queries import books

_JOINED: Final = f"""SELECT {statements.columns(Member, "m")}, {statements.columns(Plan, "p")},
{statements.columns(Review, "r")}, {statements.columns(Unit, "u")}, {statements.columns(Sheet, "s")},
b.digest, k.digest FROM reviews_member m JOIN reviews_plan p ON p.id = m.plan_id
JOIN reviews_review r ON r.id = p.review_id JOIN organisations_unit u ON u.id = r.unit_id
LEFT JOIN standards_rulebook b ON b.id = r.rulebook_id LEFT JOIN sheets_sheet s ON s.id = p.sheet_id
LEFT JOIN standards_rulebook k ON k.id = s.rulebook_id
WHERE m.account_id = %s AND m.accepted_at IS NOT NULL AND p.withdrawn_at IS NULL"""  # noqa: S608  columns of our models
_OF_REVIEW: Final = f"{_JOINED} AND r.id = %s"
_IN_STATE: Final = f"{_JOINED} AND r.state IN ({{}}) ORDER BY m.id"


def accepted(actor: Actor, key: int | None, states: Sequence[ReviewState]) -> list[Member]:
    """The places this person has accepted in teams of plans in force: at the review of this key, or of all
    reviews in one of these states. One query; of rulebooks the digest is read, the rest if asked.

    Who is in a team sees the review while they are where they were; the wider question of sight is asked
    about others only.
    """
    if key is None:
        told = statements.rows(
            _IN_STATE.format(", ".join(["%s"] * len(states))), actor.account, *map(str, states)
        )
    else:
        told = statements.rows(_OF_REVIEW, actor.account, min(key, statements.LAST_KEY))
    members = [_read(cells) for cells in told]
    seen = _seen(actor, [each.plan.review for each in members])
    return [each for each in members if each.plan.review_id in seen]


def _read(cells: Sequence[Any]) -> Member:
    member: Member
    member, plan, review, unit, sheet = statements.read_each(cells, Member, Plan, Review, Unit, Sheet)
    review.unit, plan.review, plan.sheet, member.plan = unit, review, sheet, plan
    if review.rulebook_id:
        review.rulebook = books.named(review.rulebook_id, cells[-2])
    if sheet:
        sheet.rulebook = books.named(sheet.rulebook_id, cells[-1])
    return member


def _seen(actor: Actor, reviews: Sequence[Review]) -> set[int]:
    here = {each.pk for each in reviews if _at_home(actor, each)}
    if others := {each.pk for each in reviews} - here:
        here |= set(Review.objects.visible_to(actor).filter(pk__in=others).values_list("pk", flat=True))
    return here


def _at_home(actor: Actor, review: Review) -> bool:
    return actor.at_body(review.body_id, *AT_REVIEW_UNIT) or actor.holds(Role.EXPERT)
