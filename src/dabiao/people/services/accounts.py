"""Acts on accounts and postings."""

from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.kernel.roles import ADMIN_ROLES, Role
from dabiao.organisations.models import Body, Unit
from dabiao.people import permissions
from dabiao.people.models import Account, Posting
from dabiao.people.rules import places
from dabiao.people.services import visits
from dabiao.people.services.passwords import check, reasoned


def open_account(
    *, login: str, name: str, by: Actor, at: datetime, password: str = "", hashed: str = ""
) -> Account:
    """Open an account that can sign in with `password`; it may do nothing until a posting is given.

    `hashed`: a password already hashed by one of our hashers, as when accounts are taken over.
    """
    permissions.may_open_account(by).or_refuse()
    login, name = login.strip(), name.strip()
    if wrong := {key: "请填写。" for key, text in {"login": login, "name": name}.items() if not text}:
        raise Invalid("请补充标出的内容。", wrong)
    if Account.objects.filter(login=login).exists():
        raise Invalid("登录名已被使用。", {"login": f"登录名“{login}”已被使用，请换一个。"})
    # A password that somebody else has typed is good for one sign-in.
    account = Account(login=login, name=name, made_at=at, must_change=by.signed_in and not hashed)
    account.password = hashed or _hashed(account, password)
    with journal.writing(permissions.OPEN_ACCOUNT, by=by, at=at, on=account) as w:
        return w.create(account)


def _hashed(account: Account, password: str) -> str:
    check(account, password, "password")
    return make_password(password)


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
    permissions.may_give_posting(by, account.pk).or_refuse()
    posting = Posting(account=account, role=role, since=since, unit=unit, body=body)
    with journal.writing(permissions.GIVE_POSTING, by=by, at=at, on=account) as w:
        _check_posting(posting)
        return w.create(posting)


def _check_posting(posting: Posting) -> None:
    """The role fits the place, is not held there already, and keeps the administrators apart."""
    kind, district = _place(posting)
    role = Role(posting.role)
    if wrong := places.fault(role, kind, district=district):
        raise Invalid(wrong, {"role": wrong})
    held = list(Posting.objects.filter(account=posting.account).exclude(until__lte=posting.since))
    if any((row.role, row.unit_id, row.body_id) == (role, posting.unit_id, posting.body_id) for row in held):
        raise Invalid("此人在这里已有相同的任职，不必重复授予。", {"role": "此人在这里已有相同的任职。"})
    if role in ADMIN_ROLES and {row.role for row in held} & (ADMIN_ROLES - {role}):
        text = "同一账号不得兼任两种管理员（三员分立），请另开账号。"
        raise Invalid(text, {"role": text})


def _place(posting: Posting) -> tuple[str, bool]:
    """Kind of the place, and whether it belongs to a district."""
    if posting.unit is not None:
        return places.UNIT, True
    if posting.body is None:
        raise Invalid("请选择任职的企业或机构。", {"body": "请选择任职的企业或机构。"})
    return posting.body.kind, posting.body.jurisdiction_id is not None


def end_posting(*, posting: Posting, until: date, by: Actor, at: datetime) -> Posting:
    """End a posting; `until` is the first day no longer. Felt by the next request."""
    permissions.may_end_posting(by, posting.account_id).or_refuse()
    if until < max(posting.since, day_of(at)):
        text = "终止日期不能早于今天，也不能早于任职起始日。"
        raise Invalid(text, {"until": text})
    with journal.writing(permissions.END_POSTING, by=by, at=at, on=posting.account) as w:
        if Posting.objects.filter(pk=posting.pk, until__isnull=False).exists():
            raise OutOfTurn("这项任职已经终止。")
        return w.change(posting, until=until)


def lock(*, account: Account, reason: str, version: int, by: Actor, at: datetime) -> Account:
    """Lock an account: nothing is deleted, sessions end with their next request."""
    permissions.may_lock(by, account.pk).or_refuse()
    note = reasoned(reason)
    with journal.writing(permissions.LOCK, by=by, at=at, on=account, note=note) as w:
        _must_be(account, active=True)
        visits.end_all(account=account, at=at)
        return w.change(account, version=version, is_active=False)


def unlock(*, account: Account, reason: str, version: int, by: Actor, at: datetime) -> Account:
    """Let a locked account sign in again."""
    permissions.may_lock(by, account.pk).or_refuse()
    note = reasoned(reason)
    with journal.writing(permissions.UNLOCK, by=by, at=at, on=account, note=note) as w:
        _must_be(account, active=False)
        return w.change(account, version=version, is_active=True)


def _must_be(account: Account, *, active: bool) -> None:
    if not Account.objects.filter(pk=account.pk, is_active=active).exists():
        raise OutOfTurn("账号已经停用。" if active else "账号已是正常状态。")


def note_sign_in(*, account: Account, by: Actor, at: datetime, factor: str = "") -> None:
    """Leave a trace of a sign-in on the account's chain; `factor`: the kind of second factor used."""
    note = {"factor": factor} if factor else {}
    with journal.writing(permissions.SIGN_IN, by=by, at=at, on=account, note=note):
        pass
