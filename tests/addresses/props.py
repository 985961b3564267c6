"""Things on the stage: self-assessments, sheets, pictures, hazards, demands of each unit, in each state."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from addresses.stage import OWNERS, Stage
from dabiao.base.files import store
from dabiao.base.files.store import Taken
from dabiao.creation.models import SelfAssessment
from dabiao.creation.services import assessments as creation
from dabiao.creation.states.assessments import AssessmentState
from dabiao.hazards import services as hazards
from dabiao.hazards.models import Evidence, Hazard
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Picture
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.sheets.services.answering import record_answer
from dabiao.sheets.services.pictures import attach_picture
from dabiao.standing import services as standing
from dabiao.standing.services import Told
from editions import published
from sheets import photographs
from world import AT

POSTED_OUT = datetime(2026, 3, 17, 2, tzinfo=UTC)  # the day after ten working days inside the unit
DUE = date(2026, 5, 20)
LINE = "1.1.1"
CONFORMS = Answer(Verdict.CONFORMS)
# Found in the report handed in, by which rule: one hazard for each state.
WRONG = {"1.1.2": "1", "1.2.1": "1", "2.1.1": "2", "2.1.3": "1"}
HAZARD_STATES = ("found", "planned", "done", "closed")


@dataclass(frozen=True)
class Crew:
    """Who works for a unit, and the words by which its things are recognised on any page."""

    officer: str
    second: str
    mark: str
    writers: tuple[str, ...] = ()


CREWS = {
    "unit": Crew("officer", "principal", "东厂甲", ("assessor", "colleague", "moved")),
    "neighbour": Crew("neighbour_officer", "neighbour_principal", "东仓乙"),
    "other_unit": Crew("stranger_officer", "stranger_principal", "西厂丙", ("stranger_assessor",)),
}


def furnish(stage: Stage) -> None:
    """Everything of every unit."""
    published(stage.world)
    photograph = store.take_in([photographs.jpeg((64, 48))])
    for owner in OWNERS:
        _assessments(stage, owner, photograph)
        _demands(stage, owner)
        unit = stage.world.units[owner]
        _facts(stage, owner, photograph)
        stage.put("unit", "registered", owner, {"key": unit.pk, "version": unit.version, "name": unit.name})


def _assessments(stage: Stage, owner: str, photograph: Taken) -> None:
    """One in each state. A unit has one unfinished at a time, so the others look away meanwhile."""
    for state in ("abandoned", "handed_in", "posted", "signed", "filling"):
        row = _started(stage, owner)
        _carry(stage, owner, row, state, photograph)
        SelfAssessment.objects.filter(pk=row.pk).update(state=AssessmentState.ABANDONED)
    for state, of in stage.things["assessment"].items():
        SelfAssessment.objects.filter(pk=of[owner]["key"]).update(state=state)


def _started(stage: Stage, owner: str) -> SelfAssessment:
    world, crew = stage.world, CREWS[owner]
    return creation.start(
        unit=world.units[owner],
        level="level_2",
        lead=world.accounts[crew.officer],
        writers=[world.accounts[each] for each in crew.writers],
        by=world.actor(crew.officer),
        at=AT,
    )


def _carry(stage: Stage, owner: str, row: SelfAssessment, state: str, photograph: Taken) -> None:
    """Carry a self-assessment to its state, with a picture and, if it is to be handed in, findings."""
    by = stage.world.actor(CREWS[owner].officer)
    picture = attach_picture(sheet=row.sheet_id, line=LINE, taken=photograph, by=by, at=AT)
    if state in {"signed", "posted", "handed_in"}:
        _fill(row, by, WRONG if state == "handed_in" else {}, CREWS[owner].mark)
        row = creation.sign(assessment=row, opinion=CREWS[owner].mark, version=1, by=by, at=AT)
    if state in {"posted", "handed_in"}:
        creation.post(assessment=row, where="公告栏", version=row.version, by=by, at=AT)
    if state == "handed_in":
        creation.hand_in(assessment=row, version=row.version, by=by, at=POSTED_OUT)
        _hazards(stage, owner, row, photograph)
    if state == "abandoned":
        creation.abandon(assessment=row, reason="重复发起", by=by, at=AT)
    _shown(stage, owner, row, state, picture)


def _shown(stage: Stage, owner: str, row: SelfAssessment, state: str, picture: Picture) -> None:
    stage.put("assessment", state, owner, {"key": row.pk, "version": row.version, "number": row.number})
    sheet = {"sheet": row.sheet_id, "line": LINE, "picture": picture.pk, "width": 320, "version": 0}
    if state in {"filling", "signed", "handed_in"}:
        stage.put("sheet", {"filling": "open"}.get(state, state), owner, sheet)


def _fill(row: SelfAssessment, by: object, wrong: Mapping[str, str], mark: str) -> None:
    for line in sheets.rulebook(row.sheet).lines():
        deductions = (Deduction(wrong.get(line.key, ""), 1),)
        given = Answer(Verdict.DEDUCTED, deductions, f"{mark}记录缺失")
        answer = given if line.key in wrong else CONFORMS
        record_answer(sheet=row.sheet_id, line=line.key, answer=answer, version=0, by=by, at=AT)


def _hazards(stage: Stage, owner: str, row: SelfAssessment, photograph: Taken) -> None:
    found = Hazard.objects.filter(origin="self_assessment", origin_key=row.pk).order_by("pk")
    for state, hazard in zip(HAZARD_STATES, found, strict=True):
        _rectify(stage, owner, hazard, state, photograph)
        evidence = Evidence.objects.filter(hazard=hazard).first()
        told = {"key": hazard.pk, "version": hazard.version, "number": hazard.number}
        stage.put("hazard", state, owner, {**told, "file": evidence.pk if evidence else 0})


def _rectify(stage: Stage, owner: str, hazard: Hazard, state: str, photograph: Taken) -> None:
    """Planned by the officer, reported by a second person so that the officer may confirm."""
    crew = CREWS[owner]
    by, second = stage.world.actor(crew.officer), stage.world.actor(crew.second)
    steps = HAZARD_STATES.index(state)
    if steps >= 1:
        told = dict.fromkeys(("cause", "corrective", "preventive", "responsible"), crew.mark)
        hazards.plan(hazard=hazard, **told, due=DUE, version=1, by=by, at=AT)
    if steps >= 2:
        hazards.report_done(hazard=hazard, words=crew.mark, taken=[photograph], by=second, at=AT)
    if steps >= 3:
        hazards.confirm(hazard=hazard, by=by, at=AT)


def _facts(stage: Stage, owner: str, photograph: Taken) -> None:
    """A licence the unit recorded, one it corrected, a list the district department put it on."""
    crew, unit = CREWS[owner], stage.world.units[owner]
    by = stage.world.actor(crew.officer)
    said = {"since": AT.date(), "words": f"{crew.mark}证照", "source": crew.mark, "number": "示例1"}
    licence = Told("licence", **said)
    recorded = standing.record(told=licence, unit=unit, taken=photograph, by=by, at=AT)
    wrong = standing.record(told=licence, unit=unit, taken=photograph, by=by, at=AT)
    standing.correct(fact=wrong, told=licence, reason="编号有误", by=by, at=AT)
    official = "other_industry_district" if owner == "other_unit" else "industry_district"
    listed = standing.record(
        told=Told("joint_punishment", **said), unit=unit, by=stage.world.actor(official), at=AT
    )
    for state, row in {"corrected": wrong, "recorded": recorded, "listed": listed}.items():
        stage.put("fact", state, owner, {"key": row.pk, "version": row.version})


def _demands(stage: Stage, owner: str) -> None:
    by, mark = stage.world.actor(CREWS[owner].officer), CREWS[owner].mark
    for state in ("open", "done"):
        row = hazards.collect_demand(
            unit=stage.world.units[owner],
            issuer=mark,
            text=f"{mark}落实要求",
            received=AT.date(),
            due=DUE,
            by=by,
            at=AT,
        )
        if state == "done":
            hazards.finish_demand(demand=row, done=mark, version=1, by=by, at=AT)
        stage.put("demand", state, owner, {"key": row.pk, "version": row.version})
