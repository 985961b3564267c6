"""What every decision keeps: facts, rules, answers and findings, so that it recomputes for ever."""

from datetime import datetime
from typing import Any

from dabiao import law
from dabiao.creation.queries.cases import Asked
from dabiao.creation.rules import settling
from dabiao.grading.models import Grading, Ruling
from dabiao.grading.rules.outcomes import Obstacle
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, Refused


def kept(*, asked: Asked, by: Actor, at: datetime) -> dict[str, Any]:
    meaning = [law.on(asked.day)[name].plain() for name in ("conditions.asked_at", "refusals.effect")]
    return {
        "decided_by_id": by.account,
        "decided_at": at,
        "day": asked.day,
        "facts": {**asked.about.plain(), "meaning": meaning},
        "rules": [rule.plain() for rule in asked.rules.values()],
        "answers": [answer.plain() for answer in asked.answers],
        "findings": [finding.plain() for finding in asked.findings],
    }


def gate(asked: Asked, what: str) -> None:
    """Conditions and hard refusals asked again: nothing unmet, and nothing left open, goes through."""
    if failing := settling.unmet(asked.settled):
        first = failing[0]
        more = f"（另有 {len(failing) - 1} 项不符合）" if len(failing) > 1 else ""
        raise Refused(f"不能{what}：{first.answer.title}——{first.reason}{more}", clause=first.answer.clause)
    if waiting := settling.asking(asked.settled):
        names = "、".join(each.answer.title for each in waiting)
        raise Invalid(f"还有 {len(waiting)} 项条件没有核实：{names}。")


def unmet(asked: Asked) -> list[Obstacle]:
    """Conditions not met, as grounds."""
    return [
        Obstacle("condition", f"{each.answer.title}：{each.reason}", each.answer.clause)
        for each in settling.unmet(asked.settled)
    ]


def proposal(*, grading: Grading, matter: str, outcome: str, words: str, by: Actor, at: datetime) -> Ruling:
    """A row for the writing of whoever proposes."""
    if not words.strip():
        raise Invalid("请写明意见和理由。", {"words": "请写明意见和理由。"})
    return Ruling(
        grading=grading,
        matter=matter,
        outcome=outcome,
        words=words.strip(),
        proposed_by_id=by.account or 0,
        proposed_at=at,
    )


def reason_given(reason: str) -> str:
    if not reason.strip():
        raise Invalid("请写明退回理由。", {"reason": "请写明需要重新办理什么。"})
    return reason.strip()[:300]
