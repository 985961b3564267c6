"""What the re-check comes to, proposed by one, decided by the leader: passed, sent back, refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from dabiao.base import outbox
from dabiao.base.clock import day_of
from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.grading.models import Grading, Ruling
from dabiao.grading.models.opinions import About
from dabiao.grading.models.rulings import Matter
from dabiao.grading.permissions import rechecks as permissions
from dabiao.grading.queries import found
from dabiao.grading.queries import gradings as queries
from dabiao.grading.rules import outcomes
from dabiao.grading.rules.outcomes import Obstacle
from dabiao.grading.services import keeping, opinions, refusing, returning
from dabiao.grading.states import gradings as states
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, Refused
from dabiao.kernel.moves import Move

FORMALITY = {"formality": "评审流于形式", "low_quality": "评审质量不高"}


@dataclass(frozen=True, slots=True)
class RecheckPassed:
    """News: opinions are asked of locality and district."""

    grading: int
    number: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is proposed. `formal`: grounds of their own, with evidence (quality-2015/1)."""

    outcome: str
    words: str
    formal: Sequence[str] = field(default=())


def judge(
    *,
    grading: Grading,
    opinion: Opinion,
    version: int,
    by: Actor,
    at: datetime,
    taken: store.Taken | None = None,
) -> Ruling:
    """Propose the outcome. A veto never passes, and is not sent back: it is refused."""
    permissions.may_judge(by, grading).or_refuse()
    asked = found.asked(grading, day_of(at))
    standing = outcomes.obstacles(found.of_recheck(grading, asked))
    _check(opinion, standing, evidence=taken is not None)
    ruling = keeping.proposal(
        grading=grading, matter=Matter.RECHECK, outcome=opinion.outcome, words=opinion.words, by=by, at=at
    )
    ruling.obstacles = [each.plain() for each in standing]
    ruling.grounds = _grounds(opinion, standing)
    with journal.writing(permissions.JUDGE, by=by, at=at, on=grading) as w:
        w.move(grading, states.JUDGE)
        w.change(grading, version=version)
        if taken is not None:
            ruling.file = store.row(w, taken, at)
        return w.create(ruling)


def _check(opinion: Opinion, standing: Sequence[Obstacle], *, evidence: bool) -> None:
    if opinion.outcome not in outcomes.TITLES:
        raise Invalid("请选择复核意见。", {"outcome": "请从列表中选择。"})
    if any(ground not in FORMALITY for ground in opinion.formal):
        raise Invalid("请选择列出的理由。", {"formal": "请从列表中选择理由。"})
    if opinion.formal and not evidence:
        raise Invalid("请附证据。", {"file": "以流于形式或质量不高为由的，应当附证据。"})
    stopped = outcomes.may(opinion.outcome, standing, formal=bool(opinion.formal))
    if stopped is not None:
        raise Refused(f"不能{outcomes.TITLES[opinion.outcome]}：{stopped.text}", clause=stopped.clause)


def _grounds(opinion: Opinion, standing: Sequence[Obstacle]) -> list[dict[str, object]]:
    formal = [Obstacle("formality", FORMALITY[each], "quality-2015/1") for each in opinion.formal]
    found = [each for each in standing if each.kind not in outcomes.NO_GROUND]
    told = [*formal, *found] if opinion.outcome != outcomes.PASS else []
    return [{"text": each.text, "clause": each.clause} for each in told]


def decide(*, grading: Grading, version: int, by: Actor, at: datetime) -> Grading:
    """Agree. Everything is asked again on this day: what was met may be so no more."""
    ruling = queries.pending(grading)
    permissions.may_decide(by, grading, ruling).or_refuse()
    assert ruling is not None  # noqa: S101  the permission asked
    asked = found.asked(grading, day_of(at))
    standing = outcomes.obstacles(found.of_recheck(grading, asked))
    formal = any(ground["clause"] == "quality-2015/1" for ground in ruling.grounds)
    stopped = outcomes.may(ruling.outcome, standing, formal=formal)
    if stopped is not None:
        raise Refused(f"不能{outcomes.TITLES[ruling.outcome]}：{stopped.text}", clause=stopped.clause)
    kept = {**keeping.kept(asked=asked, by=by, at=at), "obstacles": [each.plain() for each in standing]}
    with transaction.atomic():
        with journal.writing(permissions.DECIDE, by=by, at=at, on=grading) as w:
            w.change(grading, version=version)
            w.change(ruling, **kept)
            _move(w, grading, ruling, at)
        if ruling.outcome in outcomes.BACK:
            returning.send_back(grading=grading, ruling=ruling, by=by, at=at)
        if ruling.outcome == outcomes.REFUSE:
            refusing.conclude(grading=grading, ruling=ruling, by=by, at=at)
    return grading


def _move(w: journal.Writing, grading: Grading, ruling: Ruling, at: datetime) -> None:
    ended = {"ended_on": day_of(at), "ended_why": ruling.words[:300]}
    if ruling.outcome == outcomes.PASS:
        w.move(grading, states.PASS)
        for giver in opinions.givers(grading, at):
            w.create(opinions.asked(grading, About.ATTAINMENT, giver, at))
        outbox.announce(RecheckPassed(grading.pk, grading.number), at)
    elif ruling.outcome == outcomes.REFUSE:
        w.move(grading, states.REFUSE_AT_RECHECK, **ended)
    else:
        w.move(grading, states.SEND_BACK, **ended)


def send_back(*, grading: Grading, reason: str, version: int, by: Actor, at: datetime) -> Grading:
    """The proposal goes back to the desk with reasons; it has to be made anew."""
    ruling = queries.pending(grading)
    permissions.may_decide(by, grading, ruling).or_refuse()
    assert ruling is not None  # noqa: S101  the permission asked
    why = keeping.reason_given(reason)
    with journal.writing(permissions.RETURN, by=by, at=at, on=grading, note={"reason": why}) as w:
        w.move(grading, _before(grading))
        w.change(grading, version=version)
        w.change(ruling, sent_back=why)
    return grading


def _before(grading: Grading) -> Move:
    """Where the papers alone had been judged, the re-check is still to be arranged."""
    recheck = found.recheck_of(grading)
    return states.RETURN if recheck is not None or not grading.onsite else states.RETURN_PAPERS
