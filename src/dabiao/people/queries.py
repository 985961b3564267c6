"""From an account to the actor it is today; accounts as administrators see them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.sessions.models import Session
from django.db import models

from dabiao.kernel.actor import Actor, Post
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role
from dabiao.organisations.models import BodyKind
from dabiao.people.models import Account, Posting, Qualification, Visit
from dabiao.people.rules.qualifications import Period, fault


def actor(account: Account, day: date) -> Actor:
    """The account with its postings in force on `day`; one query."""
    rows = Posting.objects.in_force(day).filter(account=account).select_related("unit", "body").order_by("id")
    return Actor(account.pk, account.name, tuple(post(row) for row in rows))


def post(row: Posting) -> Post:
    """A posting as a plain value, with the territory that follows from unit or body."""
    role = Role(row.role)
    if row.unit is not None:
        return Post(role, unit=row.unit_id, jurisdiction=row.unit.jurisdiction_id, title=row.unit.name)
    body = row.body
    assert body is not None  # noqa: S101  the database's own constraint
    place = body.pk if body.kind == BodyKind.LOCALITY else None
    return Post(role, body=body.pk, jurisdiction=body.jurisdiction_id, locality=place, title=body.name)


def accounts(actor: Actor) -> "models.QuerySet[Account]":
    """All accounts, for the system and the security administrator; nobody else sees any."""
    seen = actor.holds(Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
    return Account.objects.all() if seen else Account.objects.none()


def visible_account(actor: Actor, key: int) -> Account:
    found = accounts(actor).filter(pk=key).first()
    if found is None:
        raise Absent
    return found


def unposted(day: date) -> "models.QuerySet[Account]":
    """Accounts that can sign in and may do nothing yet: no posting in force or to come."""
    posted = Posting.objects.exclude(until__lte=day).values("account")
    return Account.objects.filter(is_active=True).exclude(pk__in=posted)


def visits(account: int) -> "models.QuerySet[Visit]":
    """Sign-ins of an account, the latest first."""
    return Visit.objects.filter(account=account).order_by("-began_at", "-id")


def open_visits(account: int, at: datetime) -> "models.QuerySet[Visit]":
    """Where the account is signed in."""
    going = Session.objects.filter(expire_date__gt=at).values("session_key")
    return visits(account).filter(session__in=going)


def last_visit(account: int) -> Visit | None:
    return visits(account).first()


def qualification_faults(accounts: Iterable[int], kind: str, day: date) -> dict[int, str]:
    """Why each of these people may not review as `kind` on `day`; empty words where they may. Two queries."""
    rows = Qualification.objects.filter(account__in=accounts, kind=kind).prefetch_related("suspensions")
    said: dict[int, str] = {}
    for row in rows:
        pauses = [Period(each.since, each.until) for each in row.suspensions.all()]
        found = fault(day, Period(row.since, row.until), pauses)
        if said.get(row.account_id, "none"):  # one that holds is enough
            said[row.account_id] = found
    return {key: said.get(key, "没有建档的资格。") for key in accounts}
