"""How long a unit may not apply, and from what; what starts no bar is said too (house/bars)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dabiao.creation.rules.conditions.rules import Rule, Rules
from dabiao.creation.rules.conditions.values import Answer, Circumstances, sources, told
from dabiao.kernel.days import DAY, years_after
from dabiao.standing.rules.facts import Known

REVOKED, REFUSED, FALSE = "revocation", "grading_refused_notice", "false_commitment"


@dataclass(frozen=True, slots=True)
class Bar:
    """Runs to the end of `last`; on the day after one may apply again."""

    fact: Known
    years: int
    last: date
    rule: Rule

    @property
    def free(self) -> date:
        return self.last + DAY

    def runs(self, day: date) -> bool:
        return self.fact.since <= day <= self.last

    @property
    def words(self) -> str:
        return (
            f"{self.fact.since} {self.fact.title}，间隔 {self.years} 年至 {self.last}，{self.free} 起可以申请"
        )


def bars(about: Circumstances, rules: Rules) -> list[Bar]:
    """Every bar that ever began; facts that law exempts begin none."""
    found = []
    for fact in about.facts:
        rule = _rule(fact.kind, rules)
        if rule is not None and fact.kind not in rules["reapplication.bar.exempt"].value:
            found.append(_bar(fact, rule))
    return found


def running(about: Circumstances, rules: Rules, day: date) -> list[Bar]:
    """Those that run on the day, the longest last."""
    return sorted((bar for bar in bars(about, rules) if bar.runs(day)), key=lambda bar: bar.last)


def asked(about: Circumstances, rules: Rules, day: date) -> Iterator[Answer]:
    """The longest that runs is the answer; else what happened and started none."""
    found = running(about, rules, day)
    if found:
        longest = found[-1]
        rule = _together(rules["conditions.bars"], longest.rule)
        yield told(
            rule,
            outcome_=False,
            fact=longest.words,
            source=sources([longest.fact]),
            used=[bar.fact for bar in found],
            advice=f"{longest.free} 起可以申请。",
        )
        return
    none = [fact for fact in about.facts if fact.kind in rules["reapplication.bar.exempt"].value]
    past = "；".join(f"{fact.since} {fact.title}（不计间隔）" for fact in none)
    words = f"没有尚未届满的申请间隔。{past}"
    yield told(rules["conditions.bars"], outcome_=True, fact=words, used=none)


def _together(asking: Rule, setting: Rule) -> Rule:
    """The condition's own name, under the clause that sets the number of years."""
    return Rule(
        asking.name,
        asking.title,
        setting.value,
        setting.clause,
        setting.since,
        setting.basis,
        setting.confirmed,
    )


def _rule(kind: str, rules: Rules) -> Rule | None:
    """Which rule sets the length, for what law says starts one."""
    if kind == FALSE:
        return rules["commitment.false.bar"]
    if kind not in rules["reapplication.bar.starts"].value:
        return None
    return rules["revocation.bar"] if kind == REVOKED else rules["reapplication.bar"]


def _bar(fact: Known, rule: Rule) -> Bar:
    years = rule.value
    if isinstance(years, dict):
        years = years[fact.which] if fact.which in years else years["other"]
    return Bar(fact, years, years_after(fact.since, years), rule)
