"""Not passed 未通过定级: in writing with reasons; the case ends, and the bar starts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from dabiao.base import outbox
from dabiao.base.clock import day_of
from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.creation.services.cases import concluding
from dabiao.creation.states.cases import CaseState
from dabiao.grading.models import Grading, Objection, Opinion, Ruling
from dabiao.grading.models.rulings import Matter
from dabiao.grading.permissions import publicity as permissions
from dabiao.grading.queries import found
from dabiao.grading.queries import gradings as queries
from dabiao.grading.rules.outcomes import REFUSE, Obstacle
from dabiao.grading.services import keeping, records
from dabiao.grading.states import gradings as states
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.standing import services as standing
from dabiao.standing.services import Told

FORMALITY = {"formality": "创建工作流于形式", "low_quality": "创建工作质量不高"}


@dataclass(frozen=True, slots=True)
class GradingRefused:
    """News: a unit did not pass; the notice is written and the bar runs."""

    grading: int
    unit: int
    number: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why it is proposed to refuse; what the facts say comes by itself."""

    words: str
    formal: Sequence[str] = field(default=())


def propose(
    *,
    grading: Grading,
    doubt: Doubt,
    version: int,
    by: Actor,
    at: datetime,
    taken: store.Taken | None = None,
) -> Ruling:
    """The department proposes to refuse: on a condition, a hard refusal, an opinion, an objection upheld."""
    permissions.may_doubt(by, grading).or_refuse()
    if doubt.formal and taken is None:
        raise Invalid("请附证据。", {"file": "以流于形式或质量不高为由的，应当附证据。"})
    ruling = keeping.proposal(
        grading=grading, matter=Matter.REFUSAL, outcome=REFUSE, words=doubt.words, by=by, at=at
    )
    ruling.grounds = _told(grounds(grading, doubt.formal, at))
    open_ones = Ruling.objects.filter(grading=grading, decided_at=None, sent_back="")
    with journal.writing(permissions.DOUBT, by=by, at=at, on=grading) as w:
        w.move(grading, states.DOUBT)
        w.change(grading, version=version)
        for row in open_ones:
            w.change(row, sent_back="改为提出不予定级")
        if taken is not None:
            ruling.file = store.row(w, taken, at)
        return w.create(ruling)


def grounds(grading: Grading, formal: Sequence[str], at: datetime) -> list[Obstacle]:
    """All there are on the day; there must be one."""
    if any(each not in FORMALITY for each in formal):
        raise Invalid("请选择列出的理由。", {"formal": "请从列表中选择理由。"})
    against = Opinion.objects.filter(grading=grading, agrees=False).select_related("body").order_by("id")
    upheld = Objection.objects.filter(grading=grading, upheld=True).order_by("id")
    told = [
        *keeping.unmet(found.asked(grading, day_of(at))),
        *(Obstacle("opinion", f"{row.body.name}提出不同意见：{row.words}", "uplift/8") for row in against),
        *(Obstacle("objection", f"公示期间异议成立：{row.reply}", "mem-2021-83/9") for row in upheld),
        *(Obstacle("formality", FORMALITY[each], "quality-2015/1") for each in formal),
    ]
    if not told:
        raise Invalid("没有不予定级的理由：条件都符合，没有不同意见，也没有成立的异议。")
    return told


def _told(grounds_: Sequence[Obstacle]) -> list[dict[str, str]]:
    return [{"text": each.text, "clause": each.clause} for each in grounds_]


def decide(*, grading: Grading, version: int, by: Actor, at: datetime) -> Grading:
    """Another person refuses, on grounds as they stand today."""
    ruling = queries.pending(grading)
    permissions.may_refuse(by, grading, ruling).or_refuse()
    assert ruling is not None  # noqa: S101  the permission asked
    formal = [key for key, text in FORMALITY.items() if any(g["text"] == text for g in ruling.grounds)]
    ruling.grounds = _told(grounds(grading, formal, at))
    kept = keeping.kept(asked=found.asked(grading, day_of(at)), by=by, at=at)
    with transaction.atomic():
        with journal.writing(permissions.REFUSE, by=by, at=at, on=grading) as w:
            w.move(grading, states.REFUSE, ended_on=day_of(at), ended_why=ruling.words[:300])
            w.change(grading, version=version)
            w.change(ruling, grounds=ruling.grounds, **kept)
            records.end_publicity(w, grading, "经核实不予定级", at)
        conclude(grading=grading, ruling=ruling, by=by, at=at)
    return grading


def send_back(*, grading: Grading, reason: str, version: int, by: Actor, at: datetime) -> Grading:
    """Back with reasons, to where opinions are read; what was publicised has to be publicised anew."""
    ruling = queries.pending(grading)
    permissions.may_refuse(by, grading, ruling).or_refuse()
    assert ruling is not None  # noqa: S101  the permission asked
    why = keeping.reason_given(reason)
    with journal.writing(permissions.RELENT, by=by, at=at, on=grading, note={"reason": why}) as w:
        w.move(grading, states.RELENT)
        w.change(grading, version=version)
        w.change(ruling, sent_back=why)
        records.end_publicity(w, grading, "公示终止，另行公示", at)
    return grading


def conclude(*, grading: Grading, ruling: Ruling, by: Actor, at: datetime) -> None:
    """The notice in writing: the case fails, standing has it, the bar runs from today."""
    words = f"未通过定级：{ruling.words}"[:300]
    told = Told(
        "grading_refused_notice", day_of(at), words, f"定级件 {grading.spoken}", number=grading.number
    )
    concluding.conclude(case=grading.case, outcome=CaseState.FAILED, why=words, by=by, at=at)
    standing.record(told=told, unit=grading.unit, by=by, at=at)
    outbox.announce(GradingRefused(grading.pk, grading.unit_id, grading.number), at)
