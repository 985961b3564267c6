"""What a person enters about an item, a rule or a scheme: field -> what is wrong and what to do."""

import re
from itertools import pairwise
from typing import Final

from dabiao.kernel.points import THOUSANDTHS, spell
from dabiao.standards.rules.book import Effect, Item, Rule, Scheme, SchemeKind

LONGEST_KEY: Final = 40
KEY: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
Faults = dict[str, str]
PERCENT: Final = 100 * THOUSANDTHS
P: Final = 1000 * THOUSANDTHS
BY_P: Final = "C"  # of two groups, the grade that goes by P, not by rates


def item_faults(item: Item) -> Faults:
    """Faults of an item by itself, its rules included; empty if none."""
    found = {
        "key": "" if _key_fits(item.key) else "项目编号只能用字母、数字、点和横线，最长40个字符。",
        "requirement": "" if item.requirement.strip() else "请填写考评内容。",
        "points": "" if item.points >= 0 else "标准分值不能为负。",
        "citation": "勾选“依据强制性规定”的，请写明依据的条款。"
        if item.mandatory and not item.citation.strip()
        else "",
    }
    for rule in item.rules:
        found |= {f"rule-{rule.key}-{name}": text for name, text in rule_faults(rule, item.points).items()}
    return {name: text for name, text in found.items() if text}


def rule_faults(rule: Rule, points: int) -> Faults:
    """Faults of one deduction rule of an item worth `points` thousandths."""
    counted = rule.effect in {Effect.EACH, Effect.ONCE}
    too_much = counted and rule.points > points
    found = {
        "points": f"扣分不能超过本项标准分值{spell(points)}分。" if too_much else "",
        "unit": "按次扣分的，请填写计数单位，如“处”“项”。"
        if rule.effect is Effect.EACH and not rule.unit
        else "",
        "extra": "追加扣除不能为负。" if rule.extra < 0 else "",
        "total": "总分倒扣不能为负。" if rule.total < 0 else "",
        "exhausted": "“扣满才追加”只用于有追加扣除的条款。" if rule.exhausted and not rule.extra else "",
    }
    if counted and rule.points <= 0:
        found["points"] = "请填写扣分，应大于0。"
    return {name: text for name, text in found.items() if text}


def scheme_faults(scheme: Scheme) -> Faults:
    """Thresholds must fall from level to level, lie within the scale and name their basis."""
    by_p = [each for each in scheme.thresholds if _by_p(scheme, each.level)]
    found = {
        f"level-{each.level}": _beyond(each.at_least, P if each in by_p else PERCENT)
        for each in scheme.thresholds
    }
    rates = [each for each in scheme.thresholds if each not in by_p]
    for high, low in pairwise(rates):
        if low.at_least >= high.at_least:
            found[f"level-{low.level}"] = "等级越高界限应越高，请从高到低填写。"
    found["basis"] = "请写明等级界限的依据。" if scheme.thresholds and not scheme.basis.strip() else ""
    return {name: text for name, text in found.items() if text}


def _by_p(scheme: Scheme, level: str) -> bool:
    return scheme.kind is SchemeKind.TWO_GROUPS and level == BY_P


def _beyond(at_least: int, cap: int) -> str:
    return "" if 0 < at_least <= cap else f"等级界限应大于0、不超过{spell(cap)}。"


def _key_fits(key: str) -> bool:
    return len(key) <= LONGEST_KEY and KEY.fullmatch(key) is not None
