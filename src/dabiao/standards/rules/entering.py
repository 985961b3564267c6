"""What a person enters about an item, a rule or a scheme: field -> what is wrong and what to do."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from dabiao.kernel.points import THOUSANDTHS, spell
from dabiao.standards.rules.book import Effect, Item, Rule, Scheme, SchemeKind

LONGEST_KEY: Final = 40
KEY: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
Faults = dict[str, str]
CAPS: Final = {SchemeKind.RATE: 100 * THOUSANDTHS, SchemeKind.TWO_GROUPS: 1000 * THOUSANDTHS}


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
    at_least = [each.at_least for each in scheme.thresholds]
    cap = CAPS[scheme.kind]
    found: Mapping[str, str] = {
        "thresholds": _threshold_fault(at_least, cap),
        "basis": "请写明等级界限的依据。" if at_least and not scheme.basis.strip() else "",
    }
    return {name: text for name, text in found.items() if text}


def _threshold_fault(at_least: list[int], cap: int) -> str:
    if any(not 0 < each <= cap for each in at_least):
        return f"等级界限应大于0、不超过{spell(cap)}分。"
    if any(low >= high for high, low in pairwise(at_least)):
        return "等级越高界限应越高，请从高到低填写。"
    return ""


def _key_fits(key: str) -> bool:
    return len(key) <= LONGEST_KEY and KEY.fullmatch(key) is not None
