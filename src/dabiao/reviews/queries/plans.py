"""Reading plans: the one in force, its team, who may be asked to join and why not."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from dabiao.base import statements
from dabiao.base.clock import day_of
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import Role
from dabiao.people.models import Account, Posting, Qualification
from dabiao.people.queries import qualification_faults
from dabiao.reviews.models import ExpertDraw, Member, MemberPlace, Plan, Remark, RemarkKind, Review, Stint
from dabiao.reviews.queries import conflicts
from dabiao.reviews.rules import recusal
from dabiao.reviews.rules.recusal import Declared, Ground, Reason, Tie
from dabiao.reviews.rules.visits import Hours, Span, Taken
from dabiao.sheets.models import Sheet

KINDS = {MemberPlace.LEADER: "reviewer", MemberPlace.REVIEWER: "reviewer", MemberPlace.EXPERT: "expert"}


# What a device asks at every act it delivers; see base.statements.
_CURRENT: Final = f"""
SELECT {statements.columns(Plan, "p")}, {statements.columns(Account, "a")}, {statements.columns(Sheet, "s")}
FROM reviews_plan p JOIN people_account a ON a.id = p.leader_id LEFT JOIN sheets_sheet s ON s.id = p.sheet_id
WHERE p.review_id = %s AND p.withdrawn_at IS NULL"""  # noqa: S608  columns of our models
_LED: Final = """SELECT 1 FROM reviews_plan p
WHERE p.review_id = %s AND p.withdrawn_at IS NULL AND p.leader_id = %s"""


def current(review: Review) -> Plan | None:
    """The plan in force, of which there is one at most."""
    sql, values = asked(review)
    return told(review, statements.rows(sql, *values))


def asked(review: Review) -> statements.Asked:
    """The statement that reads the plan in force, for who asks several things at once."""
    return _CURRENT, [review.pk]


def told(review: Review, rows: Sequence[tuple[Any, ...]]) -> Plan | None:
    """The plan of its rows."""
    for cells in rows:
        plan: Plan
        plan, plan.leader, plan.sheet = statements.read_each(cells, Plan, Account, Sheet)
        plan.review = review
        return plan
    return None


def members(plan: Plan) -> list[Member]:
    """The team, the leader first."""
    order = list(MemberPlace)
    rows = Member.objects.filter(plan=plan).select_related("account").order_by("id")
    return sorted(rows, key=lambda each: order.index(MemberPlace(each.place)))


def team(plan: Plan) -> list[Member]:
    """Those who have accepted."""
    return [each for each in members(plan) if each.accepted_at is not None]


def leads(actor: Actor, review: Review, plan: Plan | None = None) -> bool:
    """Leads the team of the plan in force, and is still of the review unit. `plan`: it, if it is at hand."""
    if actor.account is None or not actor.at_body(review.body_id, Role.REVIEWER):
        return False
    if plan is not None:
        return plan.leader_id == actor.account
    return bool(statements.rows(_LED, review.pk, actor.account))


def joined(actor: Actor, review: Review) -> Member | None:
    """The place this person has in the team of the plan in force."""
    mine = Member.objects.filter(plan__review=review, plan__withdrawn_at=None, account=actor.account)
    return mine.select_related("plan").first() if actor.signed_in else None


def candidates(review: Review, day: date) -> list[Account]:
    """Reviewers posted at the review unit."""
    posts = Posting.objects.in_force(day).filter(body=review.body_id, role=Role.REVIEWER)
    return list(Account.objects.filter(pk__in=posts.values("account"), is_active=True).order_by("pk"))


def ties(account: Account, review: Review, day: date) -> list[Tie]:
    """What is known of a person and the unit: postings there, firms that advise it and employ the person."""
    rows = Posting.objects.filter(account=account, unit=review.unit_id).order_by("id")
    employed = [
        Tie(
            Ground.EMPLOYED,
            f"自 {row.since:%Y-%m-%d} 起在该企业任{row.get_role_display()}",
            row.since,
            row.until,
        )
        for row in rows
    ]
    advising = [Tie(Ground.CONSULTING, words, day) for words in conflicts.of_person(account, review, day)]
    return employed + advising


def recused(
    account: Account, review: Review, day: date, declared: Declared | None = None
) -> tuple[Reason, ...]:
    """Why this person must stand aside from this review."""
    began = day_of(review.case.cycle.opened_at)
    return recusal.reasons(ties(account, review, day), declared, began, day)


def unqualified(people: Iterable[Account], kind: str, span: Span) -> dict[int, str]:
    """Who may not review on one of the days, and why."""
    keys, found = [each.pk for each in people], dict[int, str]()
    for day in span.days:
        said = qualification_faults(keys, kind, day)
        found |= {
            key: f"{day:%Y-%m-%d}：{words}" for key, words in said.items() if words and key not in found
        }
    return found


def qualification(account: int, kind: str, day: date) -> Qualification | None:
    """The one that holds on a day."""
    rows = Qualification.objects.filter(account=account, kind=kind, since__lte=day, until__gt=day)
    return rows.order_by("-since").first()


def taken(accounts: Iterable[int], span: Span) -> list[Taken]:
    """Half-days these people have given to visits on those days."""
    rows = Stint.objects.filter(account__in=list(accounts), day__range=(span.first, span.last))
    rows = rows.select_related("member__plan__review").order_by("day", "half")
    return [Taken(row.account_id, row.day, Hours(row.half), row.member.plan.review.spoken) for row in rows]


def draws(review: Review) -> list[ExpertDraw]:
    return list(review.draws.all())  # each knows its review


def declined(review: Review) -> frozenset[int]:
    """Who has said no to this review, or had to stand aside."""
    rows = Member.objects.filter(plan__review=review).exclude(declined_at=None)
    return frozenset(rows.values_list("account", flat=True))


def unanswered(review: Review) -> int:
    """Remarks of authorities that wait for an answer."""
    return Remark.objects.filter(review=review, kind=RemarkKind.REMARK, answered_at=None).count()
