"""A result as the public contract shows it (spec/contract.md, `dabiao score --json`)."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from dabiao.kernel.points import TENTH, spell
from dabiao.sheets.rules import wording
from dabiao.sheets.rules.values import ElementScore, ItemScore, Result


def contract_json(result: Result) -> dict[str, Any]:
    """Points as the shortest exact strings, score and rates in percent as strings.

    `score` is null while anything is unanswered; `provisional` then has the score so far.
    Editions of two groups add `p` and `groups`, and their `score` is P / 10.
    """
    return {
        "full": spell(result.full),
        "not_applicable": spell(result.not_applicable),
        "obtained": spell(result.obtained),
        "score": None if result.score is None else wording.trimmed(result.score),
        "level": result.level,
        "vetoes": [asdict(veto) for veto in result.vetoes],
        "elements": [_element(each) for each in result.elements],
        "reasons": [asdict(each) for each in result.reasons],
        "total_deduction": spell(result.total_deduction),
        "provisional": None if result.provisional is None else wording.trimmed(result.provisional),
        "missing": list(result.missing),
        "deductions": _deductions(result.items),
        **_two_groups(result),
    }


def _element(each: ElementScore) -> dict[str, Any]:
    return {
        "name": each.name,
        "full": spell(each.full),
        "not_applicable": spell(each.not_applicable),
        "obtained": spell(each.obtained),
        "rate": None if each.rate is None else wording.percent(each.rate, TENTH),
        "extra": spell(each.extra),
    }


def _deductions(items: Mapping[str, ItemScore]) -> list[dict[str, Any]]:
    return [
        {
            "item": key,
            "lost": spell(each.lost),
            "extra": spell(each.extra),
            "total": spell(each.total),
            "texts": list(each.reasons),
        }
        for key, each in items.items()
        if each.reasons
    ]


def _two_groups(result: Result) -> dict[str, Any]:
    if result.groups is None:
        return {}
    groups = {str(group): wording.percent(rate) for group, rate in result.groups.items()}
    return {"p": None if result.p is None else wording.trimmed(result.p), "groups": groups}
