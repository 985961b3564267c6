"""Closing a sheet: everything answered and shown, recomputed, sealed under a digest, signed over it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import DabiaoError, Invalid, Refused
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import Sheet, Signature
from dabiao.sheets.queries import Whole
from dabiao.sheets.rules import closing, digests
from dabiao.sheets.rules.contract import contract_json
from dabiao.sheets.rules.scoring import score_result
from dabiao.sheets.rules.sums import score_lines, totals
from dabiao.sheets.rules.values import Answers, Result, Sums
from dabiao.sheets.services.holding import locked
from dabiao.sheets.states import CLOSE


class Unbalanced(DabiaoError):
    """The totals kept differ from a recount: a fault of ours, never closed over."""

    status = 500


def gaps(sheet: Sheet) -> list[closing.Gap]:
    """What keeps the sheet from being closed, in the order of the sheet."""
    return _gaps(sheet, queries.answers(sheet), queries.pictures(sheet), queries.copied(sheet))


def _gaps(
    sheet: Sheet, answers: Answers, pictures: closing.Pictures, copied: Sequence[str]
) -> list[closing.Gap]:
    found = closing.gaps(queries.rulebook(sheet), answers, pictures, sheet.occasion)
    return found + [
        closing.Gap(line, "沿用上次的答复还没有核对。", closing.Kind.UNANSWERED) for line in copied
    ]


def close_sheet(
    *, sheet: int, by: Actor, at: datetime, side: str, performance_level: str | None = None, remark: str = ""
) -> Sheet:
    """Close and sign. Refused while anything is missing, or where recount and totals differ."""
    with transaction.atomic():
        held = locked(sheet, by)
        permissions.may_lead(by, held, queries.share(by, held)).or_refuse()
        sealed = seal(held, queries.whole(held), performance_level)
        with journal.writing(permissions.CLOSE, by=by, at=at, on=held, held=True) as w:
            w.move(held, CLOSE, closed_at=at, **sealed)
            w.create(_signature(held, by, at, side, remark))
    return held


def seal(
    sheet: Sheet,
    whole: Whole,
    performance_level: str | None,
    shown: Sequence[digests.Part] = (),
) -> dict[str, Any]:
    """What a sheet carries once it is closed; Invalid while anything is missing. `shown`: see `covered`."""
    records = whole.records
    answers = {line: each.answer for line, each in records.items()}
    pictures = {line: [one.digest for one in each.pictures] for line, each in records.items()}
    _complete(_gaps(sheet, answers, pictures, whole.copied))
    result = _recounted(sheet, answers, whole.totals, performance_level)
    head = queries.head(sheet, contract_json(result))
    parts = digests.covered(queries.rulebook(sheet), head, records, shown=shown)
    covered = [part.plain() for part in parts]
    return {"digest": digests.root(parts), "covered": covered, "result": head["result"]}


def sign_sheet(*, sheet: int, side: str, by: Actor, at: datetime, remark: str = "") -> Signature:
    """Add a signature over the digest of a closed sheet, if the content is still what the digest says."""
    with transaction.atomic():
        held = locked(sheet, by)
        permissions.may_sign(by, held, queries.share(by, held)).or_refuse()
        if Signature.objects.filter(sheet=held, account_id=by.account or 0, side=side).exists():
            raise Invalid("您已经签过字了。")
        if broken := altered(held):
            raise Refused(f"内容与签字摘要不符（{len(broken)} 处），不能签字，请联系审计管理员。")
        with journal.writing(permissions.SIGN, by=by, at=at, on=held, held=True) as w:
            return w.create(_signature(held, by, at, side, remark))


def altered(sheet: Sheet) -> tuple[digests.Part, ...]:
    """Parts of a closed sheet that are not as signed; empty means intact."""
    parts = digests.read_parts(sheet.covered)
    head = queries.head(sheet, sheet.result)
    return digests.changed(sheet.digest, parts, queries.rulebook(sheet), head, queries.records(sheet))


def broken(sheet: Sheet) -> tuple[Signature, ...]:
    """Signatures of a closed sheet that no longer stand on what it says, or on their own list."""
    gone = {(each.kind, each.key) for each in altered(sheet)}
    own = digests.read_parts(sheet.covered)
    rows = Signature.objects.filter(sheet=sheet).order_by("id")
    return tuple(row for row in rows if not _stands(row, own, gone))


def _stands(row: Signature, own: Sequence[digests.Part], gone: set[tuple[str, str]]) -> bool:
    parts = digests.read_parts(row.covered) or own
    covered = set(parts) <= set(own) and not gone & {(each.kind, each.key) for each in parts}
    return covered and digests.root(parts) == row.digest


def _signature(sheet: Sheet, by: Actor, at: datetime, side: str, remark: str) -> Signature:
    signature = Signature(
        sheet=sheet, side=side, name=by.name, digest=sheet.digest, signed_at=at, remark=remark
    )
    signature.account_id = by.account or 0
    return signature


def _complete(missing: Sequence[closing.Gap]) -> None:
    if missing:
        first = missing[0].text.rstrip("。")
        raise Invalid(f"还有 {len(missing)} 处没有完成，例如：{first}。请逐项补齐后再签字。")


def _recounted(
    sheet: Sheet, answers: Answers, kept: Mapping[str, Sums], performance_level: str | None
) -> Result:
    """The pure scorer's result; the totals kept must say the same."""
    book = queries.rulebook(sheet)
    scores = score_lines(book, answers)
    counted = totals(book, scores)
    if kept != counted:
        raise Unbalanced("得分复算不一致，已停止签字并保留全部内容，请联系系统管理员。")
    return score_result(book, scores, performance_level, counted)
