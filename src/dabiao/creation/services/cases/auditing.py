"""The audit, condition by condition, and the opinion it ends in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from dabiao import law
from dabiao.base.clock import day_of
from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.creation.models.cases import Case, CaseFinding, Decision
from dabiao.creation.permissions import cases as permissions
from dabiao.creation.queries import cases as queries
from dabiao.creation.rules import settling
from dabiao.creation.rules.conditions import Outcome
from dabiao.creation.states import cases as states
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, Refused

ACCEPTED, REFUSED = "accepted", "refused"
FORMALITY = {"formality": "创建工作流于形式", "low_quality": "创建工作质量不高"}


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the auditor proposes. `grounds`: of formality; conditions not met come by themselves."""

    outcome: str
    words: str
    grounds: Sequence[str] = ()


def judge(
    *,
    case: Case,
    condition: str,
    met: bool,
    words: str,
    by: Actor,
    at: datetime,
    taken: store.Taken | None = None,
) -> CaseFinding:
    """Say what was found on one condition: settle what the facts leave open, or find against a fact."""
    permissions.may_audit(by, case).or_refuse()
    answers = {each.condition: each for each in queries.asked(case, day_of(at)).answers}
    if condition not in answers:
        raise Invalid("没有这项条件，请刷新后再看。")
    if met and answers[condition].outcome is Outcome.UNMET:
        raise Refused(
            f"事实表明不符合：{answers[condition].fact} 事实有误的，请登记人更正后再审。",
            clause=answers[condition].clause,
        )
    if not words.strip():
        raise Invalid("请写明核实的情况。", {"words": "请写明怎样核实、看到了什么。"})
    with journal.writing(
        permissions.FIND, by=by, at=at, on=case, note={"line": answers[condition].title}
    ) as w:
        row = CaseFinding.objects.filter(case=case, condition=condition).first()
        told = {"met": met, "words": words.strip(), "found_by_id": by.account, "found_at": at}
        if taken is not None:
            told["file_id"] = store.row(w, taken, at).pk
        if row is None:
            return w.create(CaseFinding(case=case, condition=condition, **told))
        return w.change(row, version=row.version, **told)


def propose(
    *, case: Case, opinion: Opinion, version: int, by: Actor, at: datetime, taken: store.Taken | None = None
) -> Decision:
    """End the audit with an opinion; another person decides. Nothing unmet or open passes the gate."""
    permissions.may_audit(by, case).or_refuse()
    asked = queries.asked(case, day_of(at))
    grounds = _grounds(opinion, asked, at, evidence=taken is not None)
    if not opinion.words.strip():
        raise Invalid("请写明审核意见。", {"words": "请写明审核意见，将写入通知书。"})
    decision = Decision(
        case=case,
        outcome=opinion.outcome,
        grounds=grounds,
        words=opinion.words.strip(),
        proposed_by_id=by.account or 0,
        proposed_at=at,
    )
    with transaction.atomic(), journal.writing(permissions.PROPOSE, by=by, at=at, on=case) as w:
        w.move(case, states.PROPOSE)
        w.change(case, version=version)
        if taken is not None:
            decision.file = store.row(w, taken, at)
        return w.create(decision)


def _grounds(opinion: Opinion, asked: queries.Asked, at: datetime, *, evidence: bool) -> list[str]:
    if opinion.outcome == ACCEPTED:
        gate(asked)
        return []
    return refusing(asked, formality(opinion.grounds, at, evidence=evidence))


def gate(asked: queries.Asked) -> None:
    """Whoever does not meet the conditions or has no report does not enter the review (uplift/11)."""
    if failing := settling.unmet(asked.settled):
        first = failing[0]
        raise Refused(
            f"不能进入评审：{first.answer.title}——{first.reason}"
            + (f"（另有 {len(failing) - 1} 项不符合）" if len(failing) > 1 else ""),
            clause=first.answer.clause,
        )
    if waiting := settling.asking(asked.settled):
        names = "、".join(each.answer.title for each in waiting)
        raise Invalid(f"还有 {len(waiting)} 项条件没有核实：{names}。", {"outcome": "请先逐项核实。"})


def refusing(asked: queries.Asked, formal: list[str]) -> list[str]:
    """The grounds of a refusal: conditions not met, and formality. There must be one."""
    grounds = [each.answer.condition for each in settling.unmet(asked.settled)] + formal
    if not grounds:
        raise Invalid(
            "各项条件都符合，没有不予受理的理由。",
            {"outcome": "如认为流于形式或质量不高，请选择该理由并附证据。"},
        )
    return grounds


def formality(chosen: Sequence[str], at: datetime, *, evidence: bool) -> list[str]:
    """Formal or low-quality creation is a ground of its own, with evidence (quality-2015/1)."""
    known = law.on(day_of(at))["refusals.formality"]
    if any(ground not in known.items for ground in chosen):
        raise Invalid("请选择列出的理由。", {"grounds": "请从列表中选择理由。"})
    if chosen and not evidence:
        raise Invalid("请附证据。", {"file": "以流于形式或质量不高为由的，应当附证据（照片或 PDF）。"})
    return list(chosen)
