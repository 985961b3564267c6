"""Acts on accounts and postings."""

from datetime import date, datetime

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.kernel.roles import ADMIN_ROLES, Role
from dabiao.organisations.models import Body, Unit
from dabiao.people import permissions
from dabiao.people.models import Account, Posting


def open_account(*, login: str, name: str, password: str, by: Actor, at: datetime) -> Account:
    """Open an account that can sign in with `password`."""
    if Account.objects.filter(login=login).exists():
        raise Invalid("登录名已被使用。", {"login": f"登录名“{login}”已被使用，请换一个。"})
    account = Account(login=login, name=name, made_at=at)
    account.set_password(password)
    with journal.writing(permissions.OPEN_ACCOUNT, by=by, at=at, on=account) as w:
        return w.create(account)


def give_posting(
    *,
    account: Account,
    role: Role,
    since: date,
    by: Actor,
    at: datetime,
    unit: Unit | None = None,
    body: Body | None = None,
) -> Posting:
    """Post a person to a unit or body. Nobody holds two of the three administrator roles."""
    held = set(Posting.objects.in_force(since).filter(account=account).values_list("role", flat=True))
    if role in ADMIN_ROLES and held & (ADMIN_ROLES - {role}):
        raise Invalid("同一账号不得兼任两种管理员（三员分立），请另开账号。")
    posting = Posting(account=account, role=role, since=since, unit=unit, body=body)
    with journal.writing(permissions.GIVE_POSTING, by=by, at=at, on=account) as w:
        return w.create(posting)


def end_posting(*, posting: Posting, until: date, by: Actor, at: datetime) -> Posting:
    """End a posting; `until` is the first day no longer. Felt by the next request."""
    with journal.writing(permissions.END_POSTING, by=by, at=at, on=posting.account) as w:
        return w.change(posting, until=until)


def note_sign_in(*, account: Account, by: Actor, at: datetime) -> None:
    """Leave a trace of a sign-in on the account's chain."""
    with journal.writing(permissions.SIGN_IN, by=by, at=at, on=account):
        pass
