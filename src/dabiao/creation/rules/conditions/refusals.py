"""The five hard refusals of uplift/2: what a body found stands until lifted; then the evidence is asked."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from dabiao.creation.rules.conditions.accidents import LISTS
from dabiao.creation.rules.conditions.rules import Rule, Rules
from dabiao.creation.rules.conditions.values import Answer, Circumstances, Outcome, sources, told
from dabiao.standing.rules.facts import Known

Found = tuple[Outcome | bool, str, list[Known], str]  # outcome, words, facts used, advice
LIFTED_BY_FINDER = "整改后由认定部门写明终止日期。"
RECORD = "请在“资格状况”登记，并附证明文件。"
ENTER = "请在“风险清单”登记风险点和管控措施，或者在“资格状况”登记并附证明文件。"
REGISTERS = {"risk_control": "风险分级管控清单", "hazard_screening": "隐患台账"}
ASKING = Callable[[Circumstances, Rules, date], Found]


def hard(about: Circumstances, rules: Rules, day: date) -> Iterator[Answer]:
    """One answer for each; correctable at acceptance (house/hard-refusals)."""
    rule = rules["refusals.hard"]
    for entry in rule.value:
        yield _one(rule, entry, about, (rules, day))


def _one(rule: Rule, entry: Mapping[str, Any], about: Circumstances, on: tuple[Rules, date]) -> Answer:
    rules, day = on
    found = [fact for fact in about.held("hard_refusal", day) if fact.which == entry["id"]]
    if found:
        words = "；".join(f"{fact.since} 认定：{fact.words}" for fact in found)
        outcome, used, advice = Outcome.UNMET, found, LIFTED_BY_FINDER
    else:
        outcome_, words, used, advice = EVIDENCE[entry["id"]](about, rules, day)
        outcome = _outcome(outcome_)
    title = f"没有“{entry['title']}”的情形"
    return told(
        rule,
        outcome,
        words,
        source=_source(entry["id"], used, outcome),
        used=used,
        advice=advice,
        part=entry["id"],
        title=title,
    )


def _source(which: str, used: list[Known], found: Outcome) -> str:
    """What no fact of standing says comes from the unit's own registers, or is recorded nowhere."""
    return sources(used) if used or found is Outcome.UNMET else REGISTERS.get(which, sources(used))


def _outcome(found: Outcome | bool) -> Outcome:
    return found if isinstance(found, Outcome) else Outcome.MET if found else Outcome.UNMET


def _screening(about: Circumstances, rules: Rules, day: date) -> Found:
    held = about.held("hazard_screening", day)
    if held:
        return True, f"{held[-1].since} 起：{held[-1].words}", held[-1:], ""
    if about.work.screened_on:
        return True, f"{about.work.screened_on} 随自评全面排查，隐患已登记整改", [], ""
    return False, "没有开展事故隐患排查治理的记录。", [], RECORD


def _campaigns(about: Circumstances, rules: Rules, day: date) -> Found:
    """Those of its special areas and those for everybody; one not recorded is for a person to ask after."""
    special = {area["id"] for area in rules["units.special_areas"].value}
    due = [
        entry
        for entry in rules["refusals.campaigns"].value
        if entry["id"] in about.areas or entry["id"] not in special
    ]
    done = {fact.which: fact for fact in about.held("campaign", day)}
    missing = [entry["title"] for entry in due if entry["id"] not in done]
    used = [done[entry["id"]] for entry in due if entry["id"] in done]
    if missing:
        return (
            Outcome.ASK,
            f"没有登记完成情况，需要核实：{'、'.join(missing)}",
            used,
            "请提供完成专项治理的证明。",
        )
    words = "；".join(f"{fact.title} {fact.since}" for fact in used)
    return True, words or "没有应当完成的专项治理。", used, ""


def _risk_control(about: Circumstances, rules: Rules, day: date) -> Found:
    held = about.held("risk_control", day)
    if held:
        return True, f"{held[-1].since} 起：{held[-1].words}", held[-1:], ""
    return _register(about)


def _register(about: Circumstances) -> Found:
    """One register, no double entry (uplift/13): what the unit keeps of its risks is the evidence."""
    points, due = about.work.risk_points, about.work.risk_reviews_due
    if not points:
        return False, "没有风险辨识评估和分级管控的记录。", [], ENTER
    words = f"风险分级管控清单登记 {points} 个风险点"
    if due:
        return (
            Outcome.ASK,
            f"{words}，其中 {due} 个已过复核日期，需要核实",
            [],
            "请复核风险点并改定下次日期。",
        )
    return True, f"{words}，均在复核期内", [], ""


def _emergency_plan(about: Circumstances, rules: Rules, day: date) -> Found:
    """Made, and run."""
    held = about.held("emergency_plan", day)
    if not held:
        return False, "没有编制和演练应急预案的记录。", [], RECORD
    drills = held[-1].counts.get("drills", 0)
    return drills > 0, f"{held[-1].words}，一年内演练 {drills} 次", held[-1:], "请组织演练后更新登记。"


def _lists(about: Circumstances, rules: Rules, day: date) -> Found:
    held = [fact for kind in LISTS[:1] for fact in about.held(kind, day)]
    words = "；".join(f"{fact.since} 起列入（{fact.number}）" for fact in held)
    return not held, words or "没有登记列入联合惩戒名单。", held, "移出名单后即可申请。"


EVIDENCE: Mapping[str, ASKING] = {
    "hazard_screening": _screening,
    "campaigns": _campaigns,
    "risk_control": _risk_control,
    "emergency_plan": _emergency_plan,
    "joint_punishment": _lists,
}
