"""From an account to the actor it is today; accounts as administrators see them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.contrib.sessions.models import Session
from django.db import models

from dabiao.base import statements
from dabiao.kernel.actor import Actor, Post
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role
from dabiao.organisations.models import BodyKind
from dabiao.people.models import Account, Posting, Visit
from dabiao.people.rules.qualifications import Period, fault

# A posting is at a unit or at a body, never both.
_POST: Final = """p.role, p.unit_id, p.body_id, b.kind,
COALESCE(u.jurisdiction_id, b.jurisdiction_id), COALESCE(u.name, b.name)"""
_THERE: Final = """LEFT JOIN organisations_unit u ON u.id = p.unit_id
LEFT JOIN organisations_body b ON b.id = p.body_id"""
_POSTS: Final = f"""SELECT p.since, p.until, {_POST} FROM people_posting p {_THERE}
WHERE p.account_id = %s ORDER BY p.id"""  # noqa: S608  constants of this file
# Asked at every request, so both in one.
_ACTIVE: Final = f"""SELECT {statements.columns(Account, "a")}, p.since, p.until, {_POST}
FROM people_account a LEFT JOIN people_posting p ON p.account_id = a.id {_THERE}
WHERE a.id = %s AND a.is_active ORDER BY p.id"""  # noqa: S608  columns of our model
_CELLS: Final = 8  # after those of the account
_READ: Final = "postings_read"  # on an account: its postings, for the first who asks

_QUALIFIED: Final = """SELECT q.id, q.account_id, q.since, q.until, s.since, s.until
FROM people_qualification q LEFT JOIN people_suspension s ON s.qualification_id = q.id
WHERE q.kind = %s AND q.account_id IN ({}) ORDER BY q.id, s.id"""


def actor(account: Account, day: date) -> Actor:
    """The account with its postings in force on `day`; one query, or none right after `active`."""
    read = account.__dict__.pop(_READ, None)
    posts = statements.rows(_POSTS, account.pk) if read is None else read
    found = [post for since, until, *post in posts if since <= day and (until is None or until > day)]
    return Actor(account.pk, account.name, (*[_post(each) for each in found],))


def active(key: int) -> Account | None:
    """The account, unless it is locked; its postings are read with it, for `actor` to take once."""
    rows = statements.rows(_ACTIVE, key)
    if not rows:
        return None
    account, posts = statements.read(Account, rows[0]), [row[-_CELLS:] for row in rows]
    account.__dict__[_READ] = [] if posts[0][0] is None else posts
    return account


def _post(row: Sequence[Any]) -> Post:
    """A posting as a plain value, with the territory that follows from unit or body."""
    role, unit, body, kind, jurisdiction, title = row
    return Post(Role(role), unit, body, jurisdiction, body if kind == BodyKind.LOCALITY else None, title)


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
    """Why each of these people may not review as `kind` on `day`; empty words where they may. One query."""
    keys = list(accounts)
    pauses: dict[tuple[Any, ...], list[Period]] = {}
    rows = statements.rows(_QUALIFIED.format(", ".join(["%s"] * len(keys)) or "NULL"), kind, *keys)
    for key, account, since, until, first, last in rows:
        of_one = pauses.setdefault((key, account, since, until), [])
        of_one += [Period(first, last)] if first else []
    said: dict[int, str] = {}
    for (_, account, since, until), paused in pauses.items():
        found = fault(day, Period(since, until), paused)
        if said.get(account, "none"):  # one that holds is enough
            said[account] = found
    return {key: said.get(key, "没有建档的资格。") for key in keys}
