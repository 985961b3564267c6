"""Things on the stage of each unit's creation work: leading group, self-assessors, commitment letters."""

from datetime import date

from addresses.props import CREWS
from addresses.stage import OWNERS, Stage
from dabiao.base.files import store
from dabiao.base.files.store import Taken
from dabiao.creation.models import Commitment
from dabiao.creation.models.assessors import From, Trainer
from dabiao.creation.models.groups import Place, WorkKind
from dabiao.creation.queries import commitments as letters
from dabiao.creation.rules.letters import digest
from dabiao.creation.rules.rosters import Person
from dabiao.creation.services import assessors, commitments, groups
from dabiao.creation.services.assessors import Appointed, Course
from dabiao.hazards.rules.register import Risk
from dabiao.hazards.services import register, screenings
from dabiao.kernel.actor import Actor
from dabiao.organisations.models import Unit
from sheets import photographs
from world import AT, DAY, PASSWORD

FORMED, LATER = date(2026, 1, 1), date(2026, 12, 31)
COURSE = Course(Trainer.ORGANIZING, "示例评审组织单位", DAY, DAY, 8)


def furnish(stage: Stage) -> None:
    paper = store.take_in([photographs.pdf()])
    for owner in OWNERS:
        unit, by = stage.world.units[owner], stage.actor(CREWS[owner].officer)
        _group(stage, owner, unit, by, paper)
        _team(stage, owner, unit, by, paper)
        _commitments(stage, owner, unit)
        _risks(stage, owner, unit, by)


def _group(stage: Stage, owner: str, unit: Unit, by: Actor, paper: Taken) -> None:
    mark, head = CREWS[owner].mark, stage.world.accounts[CREWS[owner].second]
    joined = ((Place.HEAD, Person(head.name, account=head.pk)), (Place.DEPUTY, Person(f"{mark}副组长")))
    told = {"document": f"{mark}发文", "formed_on": FORMED, "joined": joined}
    group = groups.form(unit=unit, **told, taken=paper, by=by, at=AT)
    for state, place in (("head", Place.HEAD), ("deputy", Place.DEPUTY)):
        stage.put("group_member", state, owner, {"key": group.members.get(place=place).pk})
    minutes = groups.Minutes(DAY, mark, mark, mark)
    meeting = groups.record_meeting(group=group, minutes=minutes, taken=paper, by=by, at=AT)
    stage.put("meeting", "kept", owner, {"key": meeting.pk})
    told = {"kind": WorkKind.TRAINING, "done_on": DAY, "people": 100, "words": mark}
    work = groups.record_work(unit=unit, **told, taken=paper, by=by, at=AT)
    stage.put("work", "kept", owner, {"key": work.pk})


def _team(stage: Stage, owner: str, unit: Unit, by: Actor, paper: Taken) -> None:
    mark = CREWS[owner].mark
    for state in ("working", "gone"):
        who = Appointed(f"{mark}自评员", From.WORKSHOP, mark, "机加工", DAY)
        row = assessors.appoint(unit=unit, who=who, by=by, at=AT)
        if state == "gone":
            assessors.let_go(assessor=row, until=DAY, by=by, at=AT)
        stage.put("assessor", state, owner, {"key": row.pk})
    row = stage.things["assessor"]["working"][owner]["key"]
    told = {"assessors": [assessors.Assessor.objects.get(pk=row)], "course": COURSE}
    training = assessors.record_training(unit=unit, **told, taken=paper, by=by, at=AT)[0]
    stage.put("training", "kept", owner, {"key": training.pk})
    assessors.set_fund(unit=unit, year=2026, amount=20_000, used=0, by=by, at=AT)


def _risks(stage: Stage, owner: str, unit: Unit, by: Actor) -> None:
    mark = CREWS[owner].mark
    for state in ("removed", "kept"):
        risk = Risk(mark, f"{mark}{state}", "触电", "major", mark, mark, LATER)
        point = register.enter(unit=unit, risk=risk, by=by, at=AT)
        if state == "removed":
            register.take_out(point=point, reason="已拆除", version=1, by=by, at=AT)
        stage.put("risk", state, owner, {"key": point.pk, "version": point.version})
    told = screenings.Screened(DAY, mark, mark, mark)
    screenings.screen(unit=unit, told=told, seen=(), by=by, at=AT)


def _commitments(stage: Stage, owner: str, unit: Unit) -> None:
    """One withdrawn, then another in force; what is public is no secret."""
    for state in ("withdrawn", "in_force"):
        row = _signed(stage, owner, unit)
        if state == "withdrawn":
            by = stage.actor(CREWS[owner].second)
            commitments.withdraw(commitment=row, reason="误签", by=by, at=AT)
        stage.put("commitment", state, owner, {"key": row.pk})
        stage.put("letter", state, "city", {"number": row.number})


def _signed(stage: Stage, owner: str, unit: Unit) -> Commitment:
    by = stage.actor(CREWS[owner].second)
    shown = digest(letters.letter(unit, by.name, DAY).text)
    return commitments.sign(unit=unit, password=PASSWORD, digest=shown, by=by, at=AT)
