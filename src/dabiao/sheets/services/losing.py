"""A colleague's device is gone for good, with acts that a closing waits for: who leads says so, and why.

Nothing is taken over by that. The closing that waited is judged over what is here, part by part as always;
where it does not match, it is kept as signed and both sides are asked again (docs/field-protocol.md, §5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.sheets import permissions
from dabiao.sheets.models import Contest, ContestKind, Sheet
from dabiao.sheets.services.holding import entered

MOST_REASON: Final = 300
MOST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Loss:
    """`acts` are those nobody has delivered; `whose` and `device` as the declaring device knows them."""

    acts: Sequence[str]
    whose: str
    device: str
    organizing: int | None
    reason: str
    done_at: datetime


def declare_lost(*, sheet: int, loss: Loss, by: Actor, at: datetime) -> int:
    """Wait no more for these acts; gives how many they are. What has been said before is not said again."""
    words = _worded(loss)
    with transaction.atomic():
        held, _, share = entered(sheet, by)
        permissions.may_lead(by, held, share).or_refuse()
        said = Contest.objects.filter(sheet=held).given_up()
        acts = [each for each in loss.acts if each not in said]
        if not acts:
            return 0
        row = _contest(held, loss, acts, words)
        row.account_id, row.received_at, row.done_at = by.account or 0, at, min(loss.done_at, at)
        with journal.writing(permissions.DECLARE, by=by, at=at, on=held, held=True) as w:
            w.create(row)
    return len(acts)


def _worded(loss: Loss) -> str:
    words = loss.reason.strip()
    if not words or len(words) > MOST_REASON:
        raise Invalid(f"请写明设备已坏的情况，最多 {MOST_REASON} 字。")
    if len(loss.whose) > MOST_NAME:
        raise Invalid(f"姓名最多 {MOST_NAME} 字。")
    return words


def _contest(sheet: Sheet, loss: Loss, acts: Sequence[str], words: str) -> Contest:
    return Contest(
        sheet=sheet,
        kind=ContestKind.LOST,
        act=f"{permissions.DECLARE.name}@1",
        device=loss.device[:MOST_NAME],
        organizing_id=loss.organizing,
        ours={"acts": list(acts), "whose": loss.whose, "reason": words},
        words=f"声明{loss.whose or '同组人员'}的设备已坏，不再等没有送达的 {len(acts)} 项。理由：{words}",
    )
