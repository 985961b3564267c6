"""The conditions of an application, asked one by one: at audit, before publicity, on the day of announcement.

`ask(circumstances, rules, day)` gives one answer a condition: the fact used, where it came from, the rule,
its clause, and whether it is met, unmet, or for a person to judge. What only departments learn and nobody
recorded is not there where it would speak against the unit, and asks a person where it would speak for it;
what the unit itself has to show and has not is unmet, and is put right by recording it.
"""

from dabiao.creation.rules.conditions.asking import ask
from dabiao.creation.rules.conditions.bars import Bar, bars, running
from dabiao.creation.rules.conditions.rules import Rule, Rules, in_force, kept
from dabiao.creation.rules.conditions.values import Answer, Circumstances, Outcome, Work, outcome

__all__ = [
    "Answer",
    "Bar",
    "Circumstances",
    "Outcome",
    "Rule",
    "Rules",
    "Work",
    "ask",
    "bars",
    "in_force",
    "kept",
    "outcome",
    "running",
]
