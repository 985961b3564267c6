"""The unit enters its contracts; what law forbids is refused, what comes to light late stops a review."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from dabiao import law
from dabiao.base import outbox, serials
from dabiao.base.clock import day_of
from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.creation.models import Case, Cycle
from dabiao.creation.queries import cases as case_queries
from dabiao.creation.queries import cycles as cycle_queries
from dabiao.creation.services import cycles
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.organisations.models import Body, BodyKind, Unit
from dabiao.reviews.models import ContractKind, ServiceContract
from dabiao.reviews.permissions import contracts as permissions
from dabiao.reviews.queries import contracts as contract_queries
from dabiao.reviews.queries import recognitions, reviews, separation
from dabiao.reviews.rules import fees
from dabiao.reviews.rules.separation import Conflict
from dabiao.reviews.services import stopping
from dabiao.reviews.states import contracts as states
from dabiao.reviews.states.contracts import ContractState


@dataclass(frozen=True, slots=True)
class ContractEntered:
    """News: a unit has entered a contract; its firm is asked to confirm it."""

    contract: int
    unit: int
    kind: str
    late: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What the paper says. `body`: the firm where it is on file here; else its name and code."""

    kind: str
    scope: str
    signed_on: date
    begins_on: date
    unit_signer: str
    firm_signer: str
    ends_on: date | None = None
    body: Body | None = None
    firm: str = ""
    firm_code: str = ""
    legal_person: str = ""
    shareholders: tuple[str, ...] = ()
    staff: tuple[tuple[str, str], ...] = ()  # name, number of a certificate where known
    fee: int = 0
    review_fee: int = 0
    for_creation: bool = False


def enter(*, unit: Unit, told: Told, taken: store.Taken | None, by: Actor, at: datetime) -> ServiceContract:
    """Enter a contract. One already signed is marked late, and what it conflicts with is stopped."""
    permissions.may_enter(by, unit.pk).or_refuse()
    _check(told, taken, at)
    assert taken is not None  # noqa: S101  checked
    with transaction.atomic():
        journal.hold(unit)
        case = _engaging(unit, told, day_of(at)) if told.kind == ContractKind.REVIEW else None
        row = _row(unit, told, case, by, at)
        cycle = _cycle(row, case, by, at)
        if cycle is not None and (case is not None or not row.late):
            _refuse_conflict(row, cycle, day_of(at))
        with journal.writing(permissions.ENTER, by=by, at=at, on=row) as w:
            row.file = store.row(w, taken, at)
            w.create(row)
            outbox.announce(ContractEntered(row.pk, unit.pk, row.kind, row.late), at)
        if cycle is not None:
            stopping.note_namesakes(found=separation.at_signing(row, cycle), on=row, by=by, at=at)
        if row.kind != ContractKind.REVIEW:
            stopping.stop_conflicting(contract=row, by=by, at=at)
    return row


def _check(told: Told, taken: store.Taken | None, at: datetime) -> None:
    wrong = {name: text for name, text in _faults(told, day_of(at)) if text}
    if taken is None:
        wrong["file"] = "请附合同文件。"
    if wrong:
        raise Invalid("合同还不能登记，请补充标出的内容。", wrong)
    kind = told.body.kind if told.body else ""
    cited = law.on(day_of(at))["fees.review.organizing_unit"]
    if words := fees.fault(told.kind, kind, told.review_fee, cited):
        raise Refused(words, clause=cited.clause)


def _faults(told: Told, day: date) -> list[tuple[str, str]]:
    empty = [
        (name, "" if text.strip() else "请填写。")
        for name, text in (
            ("scope", told.scope),
            ("unit_signer", told.unit_signer),
            ("firm_signer", told.firm_signer),
        )
    ]
    priced = told.kind != ContractKind.TRAINING or told.fee > 0
    over = told.ends_on is not None and told.ends_on < told.begins_on
    return [
        *empty,
        ("kind", "" if told.kind in ContractKind.values else "请选择合同种类。"),
        ("body", _firm_fault(told)),
        ("signed_on", "签订日期不能晚于今天。" if told.signed_on > day else ""),
        ("ends_on", "止期不能早于起期。" if over else ""),
        ("fee", "" if priced else "培训合同应当列明价格。"),
        ("review_fee", "评审费用不能多于合同总价。" if told.review_fee > told.fee else ""),
    ]


def _firm_fault(told: Told) -> str:
    if told.kind == ContractKind.REVIEW:
        known = told.body is not None and told.body.kind in {BodyKind.REVIEW, BodyKind.ORGANIZING}
        return "" if known else "请选择承担评审的评审单位。"
    return "" if told.body is not None or told.firm.strip() else "请选择或者填写服务机构。"


def _engaging(unit: Unit, told: Told, day: date) -> Case:
    """The accepted case that the review is for, and whether this firm may take it on."""
    case = case_queries.open_one(unit.pk)
    if case is None or case.state != CaseState.ACCEPTED or case.accepted_on is None:
        raise OutOfTurn("申报件审核通过后才能签订评审合同。", clause="uplift/11")
    waiting = contract_queries.of_case(case.pk, ContractState.ENTERED).exists()
    if waiting or reviews.of_case(case.pk) is not None:
        raise OutOfTurn("本申报件已经有评审合同在确认或者履行。", clause="uplift/8")
    if told.signed_on < case.accepted_on:
        raise Invalid("请核对日期。", {"signed_on": "评审合同应当在审核通过之后签订。"})
    assert told.body is not None  # noqa: S101  checked
    if words := recognitions.fault(told.body, unit, case.level, day):
        raise Refused(words, clause=recognitions.CLAUSE)
    return case


def _row(unit: Unit, told: Told, case: Case | None, by: Actor, at: datetime) -> ServiceContract:
    year = day_of(at).year
    told_firm = told.body.name if told.body else told.firm.strip()
    waits = told.body is not None
    return ServiceContract(
        number=f"FW{year}{serials.following(f'contract:{year}'):05d}",
        unit=unit,
        jurisdiction_id=unit.jurisdiction_id,
        locality_id=unit.locality_id,
        case=case,
        firm=told_firm,
        staff=[{"name": name.strip(), "number": number.strip()} for name, number in told.staff],
        shareholders=[each.strip() for each in told.shareholders if each.strip()],
        review_fee=told.fee if told.kind == ContractKind.REVIEW else told.review_fee,
        late=told.signed_on < day_of(at),
        state=ContractState.ENTERED if waits else ContractState.IN_FORCE,
        entered_by_id=by.account or 0,
        entered_at=at,
        **_plain(told),
    )


def _plain(told: Told) -> dict[str, Any]:
    """What stands in the row as it was told."""
    words = ("scope", "unit_signer", "firm_signer", "firm_code", "legal_person")
    same = ("kind", "body", "signed_on", "begins_on", "ends_on", "fee")
    creates = told.for_creation and told.kind == ContractKind.CONSULTING
    return {
        **{name: getattr(told, name).strip() for name in words},
        **{name: getattr(told, name) for name in same},
        "for_creation": creates,
    }


def _cycle(row: ServiceContract, case: Case | None, by: Actor, at: datetime) -> Cycle | None:
    """The cycle it counts in; a consulting contract declared for creation opens one."""
    if case is not None:
        return case.cycle
    if row.for_creation:
        return cycles.current(unit=row.unit, by=by, at=at)
    return cycle_queries.open_one(row.unit_id)


def _refuse_conflict(row: ServiceContract, cycle: Cycle, day: date) -> None:
    """Signed today, it can still be left unsigned: asked against what there is. Whether a namesake is the
    same person is asked of a person first."""
    found = [each for each in separation.at_signing(row, cycle) if not each.name]
    if found:
        raise Refused(said(found[0]), clause=separation.clauses(day)[0])


def said(conflict: Conflict) -> str:
    """A conflict in one sentence, with both records."""
    return f"{conflict.words}两份记录：{conflict.first}；{conflict.second}。"


def decline(
    *, contract: ServiceContract, reason: str, version: int, by: Actor, at: datetime
) -> ServiceContract:
    """The firm says that there is no such contract, or that it reads otherwise."""
    permissions.may_confirm(by, contract).or_refuse()
    if not reason.strip():
        raise Invalid("请写明理由。", {"reason": "请写明为什么不予确认。"})
    with journal.writing(
        permissions.DECLINE, by=by, at=at, on=contract, note={"reason": reason.strip()}
    ) as w:
        w.move(contract, states.DECLINE)
        told = {"confirmed_by_id": by.account, "confirmed_at": at, "declined": reason.strip()[:300]}
        return w.change(contract, version=version, **told)


def judge(
    *, contract: ServiceContract, consults: bool, why: str, version: int, by: Actor, at: datetime
) -> ServiceContract:
    """Whether a training counts as consulting: a person says so, with the reason (quality-2015/3)."""
    permissions.may_judge(by, contract).or_refuse()
    if not why.strip():
        raise Invalid("请写明理由。", {"why": "请写明培训内容是否针对本企业创建、是否涉及指导建设。"})
    with transaction.atomic():
        with journal.writing(permissions.JUDGE, by=by, at=at, on=contract, note={"reason": why.strip()}) as w:
            told = {"judged_by_id": by.account, "judged_at": at, "judged_why": why.strip()[:300]}
            w.change(contract, version=version, consults=consults, **told)
        if consults:
            stopping.stop_conflicting(contract=contract, by=by, at=at)
    return contract
