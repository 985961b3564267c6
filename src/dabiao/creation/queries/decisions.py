"""Decisions opened: facts → rule → clause → answer; and the same answer computed again from what was kept."""

from dabiao.creation.models.cases import Case, Decision
from dabiao.creation.rules import settling
from dabiao.creation.rules.conditions import Answer, ask, kept
from dabiao.creation.rules.conditions.values import answered, circumstances
from dabiao.creation.rules.settling import Settled


def pending(case: Case) -> Decision | None:
    """The opinion that waits to be decided."""
    rows = Decision.objects.filter(case=case, decided_at=None, sent_back="")
    return rows.select_related("proposed_by", "file").order_by("-id").first()


def of_case(case: Case) -> list[Decision]:
    """Every opinion and decision, the latest first."""
    rows = Decision.objects.filter(case=case).select_related("proposed_by", "decided_by", "file")
    return list(rows.order_by("-id"))


def answers(decision: Decision) -> tuple[Answer, ...]:
    """As they were kept."""
    return tuple(answered(plain) for plain in decision.answers)


def settled(decision: Decision) -> tuple[Settled, ...]:
    """Answers with what was found, as they were kept."""
    return settling.settle(answers(decision), settling.findings(decision.findings))


def recomputed(decision: Decision) -> tuple[Answer, ...]:
    """Computed again from the facts and rules kept: today's facts and law play no part."""
    assert decision.day is not None  # noqa: S101  only of what was decided
    return ask(circumstances(decision.facts), kept(decision.rules), decision.day)
