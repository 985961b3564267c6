"""登录设备: where a person is signed in. Not acts: signing in and signing out others have their entries."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.people import permissions, queries
from dabiao.people.models import Account, Visit


@dataclass(frozen=True, slots=True)
class Place:
    """From where somebody signed in."""

    session: str
    address: str
    device: str  # in words
    known: bool  # this browser was used by this person before


def begin(*, account: Account, place: Place, most: int, at: datetime) -> None:
    """Keep the visit; of more than `most` (0: any number) the oldest end."""
    Visit.objects.bulk_create(
        [
            Visit(
                account=account,
                session=place.session,
                address=place.address,
                device=place.device,
                known=place.known,
                began_at=at,
            )
        ]
    )
    if most:
        _end([each.session for each in queries.open_visits(account.pk, at)[most:]])


def moved(*, before: str, after: str) -> None:
    """The session goes on under another key."""
    Visit.objects.filter(session=before).update(session=after)


def sign_out_others(*, account: Account, session: str, by: Actor, at: datetime) -> int:
    """End all sessions of the account but this one; how many there were."""
    permissions.may_sign_out_others(by, account.pk).or_refuse()
    others = [each.session for each in queries.open_visits(account.pk, at) if each.session != session]
    with journal.writing(permissions.SIGN_OUT_OTHERS, by=by, at=at, on=account, note={"count": len(others)}):
        _end(others)
    return len(others)


def end_all(*, account: Account, at: datetime, but: str = "") -> None:
    """After what ends them anyway with their next request: they are seen to be gone at once."""
    _end([each.session for each in queries.open_visits(account.pk, at) if each.session != but])


def _end(keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
