"""Accidents and events of the last year, accidents since the application, lists of punishment."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from dabiao.creation.rules.conditions.rules import Rules
from dabiao.creation.rules.conditions.values import Answer, Circumstances, Outcome, sources, told
from dabiao.kernel.days import years_after
from dabiao.standing.rules.facts import Known

TITLES = {"deaths": "死亡", "serious_injuries": "重伤", "loss_yuan": "直接经济损失"}
UNITS = {"deaths": "人", "serious_injuries": "人", "loss_yuan": "元"}
RECENT = "一年内没有达到规定后果的生产安全事故"
SINCE = "申请以来没有死亡、重伤事故"
AGAIN = "本次申请不能通过；符合条件后可以重新申请。"
LISTS = ("joint_punishment", "dishonesty")


def accidents(about: Circumstances, rules: Rules, day: date) -> Iterator[Answer]:
    """What the accidents of the window add up to reaches none of the numbers."""
    rule, window = rules["conditions.accidents.reaching"], rules["conditions.accidents.window"].value
    counted = [each for each in about.of("accident") if within(each, day, window)]
    words = f"近 {window} 年登记的事故 {len(counted)} 起：{_sums(counted, rule.value)}"
    reached = _reached(counted, rule.value)
    advice = f"自最后一起事故满 {window} 年的次日起可以申请。"
    yield told(rule, not reached, words, source=sources(counted), used=counted, advice=advice, title=RECENT)


def since_application(about: Circumstances, rules: Rules, day: date) -> Iterator[Answer]:
    """From the day of submission on, less is enough to refuse."""
    if about.applied_on is None:
        return
    rule = rules["conditions.accidents.since_application"]
    counted = [each for each in about.of("accident") if about.applied_on <= each.since <= day]
    words = f"自申请之日（{about.applied_on}）起登记的事故 {len(counted)} 起：{_sums(counted, rule.value)}"
    reached, came = _reached(counted, rule.value), sources(counted)
    yield told(rule, not reached, words, source=came, used=counted, advice=AGAIN, title=SINCE)


def social_influence(about: Circumstances, rules: Rules, day: date) -> Iterator[Answer]:
    """Within the window it refuses; an older one that was never lifted is for a person to judge."""
    rule, window = rules["conditions.social_influence"], rules["conditions.accidents.window"].value
    held = about.held("social_influence", day)
    recent = [each for each in held if within(each, day, window)]
    if recent:
        words = "；".join(f"{each.since} {each.words}" for each in recent)
        yield told(rule, outcome_=False, fact=words, source=sources(recent), used=recent)
    elif held:
        words = "；".join(f"{each.since} {each.words}（已满 {window} 年，没有终止）" for each in held)
        yield told(rule, Outcome.ASK, words, source=sources(held), used=held)
    else:
        yield told(rule, outcome_=True, fact="没有登记造成恶劣社会影响的事件。")


def joint_punishment(about: Circumstances, rules: Rules, day: date) -> Iterator[Answer]:
    rule = rules["conditions.joint_punishment"]
    held = [each for kind in LISTS for each in about.held(kind, day)]
    if held:
        words = "；".join(f"{each.since} 起列入{each.title}（{each.number}）" for each in held)
        advice = "移出名单后，由登记部门写明终止日期，即可申请。"
        yield told(rule, outcome_=False, fact=words, source=sources(held), used=held, advice=advice)
    else:
        yield told(rule, outcome_=True, fact="没有登记列入失信惩戒、联合惩戒名单。")


def within(fact: Known, day: date, years: int) -> bool:
    """Until the corresponding day of the last year, which still counts."""
    return fact.since <= day <= years_after(fact.since, years)


def _reached(facts: Iterable[Known], reaching: Mapping[str, Any]) -> bool:
    counted = list(facts)
    return any(_sum(counted, name) >= least for name, least in reaching.items())


def _sum(facts: Iterable[Known], name: str) -> int:
    return sum(fact.counts.get(name, 0) for fact in facts)


def _sums(facts: Iterable[Known], names: Iterable[str]) -> str:
    counted = list(facts)
    asked = set(names)
    return "，".join(
        f"{title} {_sum(counted, name)} {UNITS[name]}" for name, title in TITLES.items() if name in asked
    )
