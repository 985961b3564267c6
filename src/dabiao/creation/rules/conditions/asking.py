"""All conditions in the order in which they are asked."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from dabiao.creation.rules.conditions import accidents, bars, papers, refusals, work
from dabiao.creation.rules.conditions.rules import Rules
from dabiao.creation.rules.conditions.values import Answer, Circumstances

Condition = Callable[[Circumstances, Rules, date], Iterator[Answer]]
CONDITIONS: Final[tuple[Condition, ...]] = (
    bars.asked,
    work.self_assessment,
    work.entry_score,
    work.commitment,
    work.leading_group,
    work.self_assessors,
    papers.licences,
    papers.safety_body,
    papers.certified,
    accidents.accidents,
    accidents.since_application,
    accidents.social_influence,
    accidents.joint_punishment,
    work.hazards,
    refusals.hard,
)


def ask(about: Circumstances, rules: Rules, day: date) -> tuple[Answer, ...]:
    """Every condition's answer on a day: the same for the same facts and rules, whenever asked."""
    return tuple(answer for condition in CONDITIONS for answer in condition(about, rules, day))
