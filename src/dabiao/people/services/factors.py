"""Acts on the second factor 两步验证. The library keeps the secret; what happened stands in our journal."""

from datetime import datetime

from allauth.mfa.models import Authenticator

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import OutOfTurn
from dabiao.people import permissions
from dabiao.people.models import Account
from dabiao.people.services.passwords import reasoned


def note_enrolled(*, account: Account, by: Actor, at: datetime) -> Account:
    """The account has its second factor from now on; the caller has stored the secret in this transaction."""
    permissions.may_enrol(by, account.pk).or_refuse()
    with journal.writing(permissions.ENROL_FACTOR, by=by, at=at, on=account) as w:
        return w.change(account, version=account.version, second_factor=True)


def reset_factor(*, account: Account, reason: str, version: int, by: Actor, at: datetime) -> Account:
    """Take the second factor away, as when the phone is lost; whoever must have one enrols anew."""
    permissions.may_reset(by, account.pk).or_refuse()
    note = reasoned(reason)
    with journal.writing(permissions.RESET_FACTOR, by=by, at=at, on=account, note=note) as w:
        if not Account.objects.filter(pk=account.pk, second_factor=True).exists():
            raise OutOfTurn("该账号没有启用两步验证，不必重置。")
        Authenticator.objects.filter(user=account).delete()
        return w.change(account, version=version, second_factor=False)
