"""Acts on passwords: one's own, the first one, and resetting somebody's."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.people import permissions
from dabiao.people.models import Account
from dabiao.people.services import visits

SAME = "新密码不能与当前密码相同，请换一个。"


def change_password(*, account: Account, old: str, new: str, by: Actor, at: datetime) -> Account:
    """Change one's own password; other sessions of the account end."""
    permissions.may_change_password(by, account.pk).or_refuse()
    if not account.check_password(old):
        raise Invalid("当前密码不对。", {"old": "当前密码不对，请重新输入。"})
    if old == new:
        raise Invalid("新密码不能与当前密码相同。", {"new": SAME})
    check(account, new, "new")
    with journal.writing(permissions.CHANGE_PASSWORD, by=by, at=at, on=account) as w:
        return w.change(account, version=account.version, password=make_password(new), must_change=False)


def change_first_password(*, account: Account, new: str, by: Actor, at: datetime) -> Account:
    """Replace the password an administrator gave; until then nothing else opens."""
    permissions.may_change_password(by, account.pk).or_refuse()
    if not account.must_change:
        raise OutOfTurn("密码已经更换过。要再次修改，请用“修改密码”。")
    if account.check_password(new):
        raise Invalid("新密码不能与管理员给的密码相同。", {"new": SAME})
    check(account, new, "new")
    with journal.writing(permissions.CHANGE_FIRST, by=by, at=at, on=account) as w:
        return w.change(account, version=account.version, password=make_password(new), must_change=False)


def reset_password(
    *, account: Account, password: str, reason: str, version: int, by: Actor, at: datetime
) -> Account:
    """Give a new password that has to be changed at the next sign-in; all sessions of the account end."""
    permissions.may_reset(by, account.pk).or_refuse()
    note = reasoned(reason)
    check(account, password, "password")
    hashed = make_password(password)
    with journal.writing(permissions.RESET_PASSWORD, by=by, at=at, on=account, note=note) as w:
        visits.end_all(account=account, at=at)
        return w.change(account, version=version, password=hashed, must_change=True)


def check(account: Account, password: str, name: str) -> None:
    """Invalid, said beside the field `name`, unless the password follows the rules of the settings."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        words = "；".join(str(each).rstrip("。") for each in error.messages)
        raise Invalid(f"密码不符合要求：{words}。", {name: f"{words}。"}) from error


def reasoned(reason: str) -> dict[str, str]:
    """The reason as the journal notes it; Invalid without one."""
    if not reason.strip():
        raise Invalid("请写明理由。", {"reason": "请写明理由，将记入留痕台账。"})
    return {"reason": reason.strip()}
