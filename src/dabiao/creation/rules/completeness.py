"""Are the papers of an application all there? Asked at receipt; says nothing of whether they satisfy."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from dabiao.creation.rules.conditions import Answer, Outcome

PROOFS = {
    "refusals.hard:risk_control": "风险辨识评估和分级管控证明",
    "refusals.hard:emergency_plan": "应急预案编制和演练证明",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: whether it is there, and what was found in its place."""

    id: str
    title: str
    there: bool
    words: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What an application carries."""

    level: str
    sites: int = 0
    report: str = ""
    commitment: str = ""
    statements: Mapping[str, str] | None = None


def papers(
    carried: Carried, answers: Collection[Answer], committed: Collection[str], files: Collection[int]
) -> tuple[Paper, ...]:
    """`committed`: levels whose applications carry the letter; `files`: facts that are shown by a file."""
    found = [
        Paper("sites", "申报范围（场所）", carried.sites > 0, f"{carried.sites} 处场所"),
        Paper("report", "自评报告", bool(carried.report), carried.report or "没有提交"),
    ]
    if carried.level in committed:
        words = carried.commitment or "没有提交"
        found.append(Paper("commitment", "主要负责人安全承诺书", bool(carried.commitment), words))
    return (*found, *_statements(carried, answers), *_proofs(answers, files))


def _statements(carried: Carried, answers: Collection[Answer]) -> list[Paper]:
    """What the system does not know, the unit says."""
    said = carried.statements or {}
    return [
        Paper(each.condition, f"{each.title}（情况说明）", bool(text), text or "没有说明")
        for each in answers
        if each.outcome is Outcome.ASK
        for text in [said.get(each.condition, "").strip()]
    ]


def _proofs(answers: Collection[Answer], files: Collection[int]) -> list[Paper]:
    """What the unit shows by what it recorded: without a record the paper is missing."""
    return [
        Paper(each.condition, PROOFS.get(each.condition, each.title), there, "已登记" if there else each.fact)
        for each in answers
        if each.rule in {"conditions.safety_body", "conditions.certified"} or each.condition in PROOFS
        for there in [any(key in files for key in each.keys)]
    ]


def missing(found: Collection[Paper]) -> list[Paper]:
    return [paper for paper in found if not paper.there]
