"""Acts of the commitment letter: signed by the principal and published at once; ended, it stays visible as
such (uplift/16)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dabiao.base import outbox, records, serials
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.base.journal.entries import Writing
from dabiao.base.models import PublicRecord
from dabiao.creation.models.commitments import Commitment
from dabiao.creation.permissions import commitments as permissions
from dabiao.creation.queries import commitments as queries
from dabiao.creation.queries.commitments import Letter
from dabiao.creation.rules import letters
from dabiao.creation.services import cycles
from dabiao.creation.states import commitments as states
from dabiao.creation.states.commitments import CommitmentState
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.kernel.moves import Move
from dabiao.organisations.models import Unit
from dabiao.people.models import Account

KIND = "commitment"


@dataclass(frozen=True, slots=True)
class CommitmentPublished:
    """News: a principal's commitment is public."""

    commitment: int
    unit: int
    number: str


def sign(*, unit: Unit, password: str, digest: str, by: Actor, at: datetime) -> Commitment:
    """Sign the letter as it was shown (`digest`), by entering one's password again; it is published at once.

    Takes the place of the one in force where the principal or the text has changed.
    """
    permissions.may_sign(by, unit.pk).or_refuse()
    account = Account.objects.get(pk=by.account or 0)
    letter = queries.letter(unit, account.name, day_of(at))
    _check(account, password, letter, digest)
    with transaction.atomic():
        journal.hold(unit)
        old = queries.in_force(unit.pk)
        if old is not None and old.account_id == account.pk and old.letter == letter.version:
            raise OutOfTurn("您签署的承诺书有效，不必重新签署。", clause="uplift/16")
        cycle = cycles.current(unit=unit, by=by, at=at)
        made = _signed(unit, account, letter, at)
        made.cycle = cycle
        with journal.writing(permissions.SIGN, by=by, at=at, on=made) as w:
            if old is not None:
                _end(w, old, states.REPLACE, day_of(at), f"由 {made.number} 代替")
            made.record = w.create(_published(made, unit, day_of(at)))
            w.create(made)
        outbox.announce(CommitmentPublished(made.pk, unit.pk, made.number), at)
    return made


def _check(account: Account, password: str, letter: Letter, digest: str) -> None:
    if digest != letters.digest(letter.text):
        raise Invalid("承诺书内容刚有变化，请重新阅读后再签署。")
    if not account.check_password(password):
        raise Invalid("密码不对，没有签署。", {"password": "密码不对，请重新输入本人登录密码。"})


def _signed(unit: Unit, account: Account, letter: Letter, at: datetime) -> Commitment:
    year = day_of(at).year
    return Commitment(
        number=f"CN{year}{serials.following(f'commitment:{year}'):05d}",
        unit=unit,
        jurisdiction_id=unit.jurisdiction_id,
        letter=letter.version,
        text=letter.text,
        digest=letters.digest(letter.text),
        account=account,
        signer=account.name,
        signed_at=at,
        state=CommitmentState.IN_FORCE,
    )


def _published(made: Commitment, unit: Unit, day: date) -> PublicRecord:
    payload = {
        "title": f"{unit.name}安全生产承诺书",
        "owner": unit.name,
        "uscc": unit.uscc or "",
        "jurisdiction": unit.jurisdiction.name,
        "signer": made.signer,
        "signed_on": day.isoformat(),
        "letter": made.letter,
        "text": made.text,
        "digest": made.digest,
    }
    return records.draft(KIND, made.number, day, payload)


def withdraw(*, commitment: Commitment, reason: str, by: Actor, at: datetime) -> Commitment:
    """The principal takes it back, with the reason; the public sees that it was withdrawn."""
    permissions.may_sign(by, commitment.unit_id).or_refuse()
    if not reason.strip():
        raise Invalid("请写明撤回理由。", {"reason": "请写明为什么撤回，公众可以看到。"})
    with journal.writing(permissions.WITHDRAW, by=by, at=at, on=commitment, note={"reason": reason}) as w:
        _end(w, commitment, states.WITHDRAW, day_of(at), reason.strip())
    return commitment


def _end(work: Writing, commitment: Commitment, move: Move, day: date, why: str) -> None:
    """The record's text stays; only that it has ended is added."""
    work.move(commitment, move, ended_on=day, ended_why=why)
    record = commitment.record
    ended = {"state": states.TITLES[CommitmentState(move.to)], "why": why}
    work.change(record, until=day, payload={**record.payload, "ended": ended})
