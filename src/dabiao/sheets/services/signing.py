"""Closing with signatures given on the spot: part by part the same here and there, or nothing closes.

Field signatures stand over the elements alone (docs/field-protocol.md): a device knows neither the moments of
receipt nor the result. The sheet is sealed as always; its own list contains theirs.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from dabiao.base import canonical, statements
from dabiao.base.clock import day_of
from dabiao.base.files import store
from dabiao.base.files.recognise import PNG
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import DabiaoError, Invalid
from dabiao.kernel.roles import Role
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import Sheet, Signature
from dabiao.sheets.rules import digests
from dabiao.sheets.rules.digests import Part
from dabiao.sheets.services.closing import seal
from dabiao.sheets.services.holding import Opened, entered
from dabiao.sheets.states import CLOSE

TEAM: Final = "team"
UNIT: Final = "unit"
SIGNERS: Final = (Role.UNIT_PRINCIPAL, Role.UNIT_OFFICER)
MOST_IMAGE: Final = 256 * 1024  # bytes of a drawn signature

_MAY_SIGN: Final = f"""SELECT '{TEAM}', a.id, a.name
FROM sheets_writer w JOIN people_account a ON a.id = w.account_id WHERE w.sheet_id = %s AND a.is_active
UNION SELECT '{UNIT}', a.id, a.name FROM people_posting p JOIN people_account a ON a.id = p.account_id
WHERE p.unit_id = %s AND p.role IN (%s, %s) AND p.since <= %s AND (p.until IS NULL OR p.until > %s)"""  # noqa: S608  no values


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature as it was given; `signed_at` is the device's clock, corrected."""

    side: str
    account: int
    image: store.Taken
    signed_at: datetime
    remark: str = ""

    @property
    def plain(self) -> dict[str, Any]:
        moment = canonical.moment(self.signed_at)
        told = {"side": self.side, "account": self.account, "remark": self.remark}
        return {**told, "image": self.image.digest, "signed_at": moment}


@dataclass(frozen=True, slots=True)
class Closing:
    """What both sides signed: the elements they saw, and the root over those."""

    covered: tuple[Part, ...]
    root: str
    signatures: tuple[Signed, ...]
    performance: str | None = None

    @property
    def plain(self) -> dict[str, Any]:
        signatures = [each.plain for each in self.signatures]
        covered = [each.plain() for each in self.covered]
        return {
            "covered": covered,
            "root": self.root,
            "signatures": signatures,
            "performance": self.performance,
        }


class NotMatching(DabiaoError):
    """Signed, but not over what stands here: kept as it is, and asked for again."""

    status = 409

    def __init__(self, differs: Sequence[str], theirs: Sequence[Part], closing: Closing) -> None:
        super().__init__(
            f"已签字，但有 {len(differs)} 个要素与系统中的内容不一致，没有关闭；签字已原样保留，"
            "请核对这些要素后双方重新签字。",
            clause="quality-2015/4",
        )
        self.differs = tuple(differs)
        self.theirs = [each.plain() for each in theirs]
        self.images = tuple(each.image for each in closing.signatures)


def close_signed(*, sheet: int, closing: Closing, both: bool, by: Actor, at: datetime) -> Sheet:
    """Close over what was signed on the spot. `both`: one of the unit's people must have signed too.

    NotMatching where any element differs: then nothing is closed.
    """
    with transaction.atomic():
        return close_within(sheet=sheet, closing=closing, both=both, by=by, at=at)


def close_within(
    *, sheet: int, closing: Closing, both: bool, by: Actor, at: datetime, opened: Opened | None = None
) -> Sheet:
    """The same as part of a transaction that does not go on if this fails; it may hold the sheet by now."""
    held, share, coming = opened if opened and opened.sheet.pk == sheet else _opened(sheet, by)
    permissions.may_lead(by, held, share).or_refuse()
    whole, [may, kept] = (coming or asking(held, [each.image.digest for each in closing.signatures], at))()
    ours = digests.elements(queries.rulebook(held), whole.records)
    _match(closing, ours)
    names = _signers(closing.signatures, may, both=both, by=by)
    sealed = seal(held, whole, closing.performance, ours)
    with journal.writing(permissions.CLOSE, by=by, at=at, on=held, held=True) as w:
        w.move(held, CLOSE, closed_at=at, **sealed)
        images = store.rows(w, [each.image for each in closing.signatures], at, kept)
        rows = [_row(held, closing, each, by, at) for each in closing.signatures]
        for row, signed in zip(rows, closing.signatures, strict=True):
            row.name, row.image = names[signed.account], images[signed.image.digest]
        w.create_later(rows)
    return held


def asking(sheet: Sheet, images: Collection[str], at: datetime) -> queries.WholeAnd:
    """All that closing needs, read back from the database; who may sign; which of the images there are. Told
    when it is called."""
    return queries.whole_and(sheet, _may_sign(sheet, day_of(at)), store.asking(images))


def _opened(sheet: int, by: Actor) -> Opened:
    held, _, share = entered(sheet, by)
    return Opened(held, share)


def _match(closing: Closing, ours: Sequence[Part]) -> None:
    if differs := digests.differing(ours, closing.covered):
        raise NotMatching(differs, ours, closing)
    if closing.covered != tuple(ours) or digests.root(ours) != closing.root:
        raise Invalid("签字的清单与它自己的摘要不符，请在设备上重新签字。")


def _signers(
    signatures: Sequence[Signed], allowed: Iterable[tuple[Any, ...]], *, both: bool, by: Actor
) -> Mapping[int, str]:
    """Names of the accounts that signed; Invalid where somebody may not, or is missing."""
    sides = [(each.side, each.account) for each in signatures]
    if len(set(sides)) != len(sides):
        raise Invalid("同一个人签了两次字，请核对。")
    if (TEAM, by.account) not in sides:
        raise Invalid("牵头人本人还没有签字。")
    if both and all(side != UNIT for side, _ in sides):
        raise Invalid("企业一方还没有签字，请企业主要负责人或者安全管理员签字。")
    may: dict[str, dict[int, str]] = {TEAM: {}, UNIT: {}}
    for side, account, name in allowed:
        may[side][account] = name
    if any(account not in may.get(side, {}) for side, account in sides):
        raise Invalid("签字人不是评分人员，也不是本企业的主要负责人或者安全管理员，请核对签字人。")
    if any(each.image.kind != PNG or each.image.size > MOST_IMAGE for each in signatures):
        raise Invalid("签字图样应为不超过 256 kB 的 PNG 图片，请重新签字。")
    return may[TEAM] | may[UNIT]


def _may_sign(sheet: Sheet, day: date) -> statements.Asked:
    """What tells the accounts of each side that may, with their names."""
    roles, on = map(str, SIGNERS), day.isoformat()
    return _MAY_SIGN, [sheet.pk, sheet.unit_id, *roles, on, on]


def _row(
    sheet: Sheet,
    closing: Closing,
    signed: Signed,
    by: Actor,
    at: datetime,
) -> Signature:
    own = signed.account == by.account
    return Signature(
        sheet=sheet,
        side=signed.side,
        account_id=signed.account,
        digest=closing.root,
        covered=[each.plain() for each in closing.covered],
        signed_at=min(signed.signed_at, at),
        received_at=at,
        attested_by_id=None if own else by.account,
        remark=signed.remark,
    )
