"""The draw: list and digest frozen, a word from two parties, then a verification for each one drawn."""

from datetime import datetime
from typing import Any

from django.db import transaction

from dabiao import draw, law
from dabiao.base import serials
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.draw.drawing import LEAST_PARTIES
from dabiao.grading.models import Certificate
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.organisations.models import Body
from dabiao.reviews.queries.contracts import district_department
from dabiao.supervision.models import Verification, VerificationDraw
from dabiao.supervision.permissions import draws as permissions
from dabiao.supervision.queries import draws, lots
from dabiao.supervision.queries.lots import Lot
from dabiao.supervision.states.verifications import VerificationState

METHOD = "verification.draw"
MOST_WORD = 40


@transaction.atomic
def freeze(*, lot: Lot, by: Actor, at: datetime) -> VerificationDraw:
    """Who may be drawn, and how many, is put down before anybody gives a word."""
    permissions.may_freeze(by, lot.department.pk).or_refuse()
    journal.hold(lot.department)  # nobody is on two lists
    day, parts = day_of(at), draws.parts(lot)
    if any(each.drawn_at is None for each in parts):
        raise OutOfTurn("上一批还没有抽取完成，请等双方给出随机词。", clause=permissions.Q8)
    tally, keys = lots.tally(lot, day), _undrawn(lot, at)
    if not tally.owed:
        raise OutOfTurn("已经按比例抽足，有新公告的企业之后再补抽。", clause=permissions.Q8)
    frozen = draw.freeze(keys)
    row = VerificationDraw(
        department=lot.department,
        jurisdiction=lot.jurisdiction,
        year=lot.year,
        level=lot.level,
        part=len(parts) + 1,
        announced=tally.announced,
        before=tally.drawn,
        count=tally.owed,
        keys=list(frozen.keys),
        digest=frozen.digest,
        late=day > tally.top_up,
        rules=[law.on(day)[name].plain() for name in (lots.SHARE, METHOD, lots.TOP_UP)],
        frozen_by_id=by.account or 0,
        frozen_at=at,
    )
    with journal.writing(permissions.FREEZE, by=by, at=at, on=row) as w:
        return w.create(row)


def _undrawn(lot: Lot, at: datetime) -> list[str]:
    """Nobody is drawn twice."""
    had = set(lots.drawn(lot).values_list("unit", flat=True))
    return [each.number for each in lots.listed(lot, day_of(at)) if each.unit_id not in had]


@transaction.atomic
def seed(*, row: VerificationDraw, word: str, by: Actor, at: datetime) -> VerificationDraw:
    """A body gives its word; with the second one the order is there, and what is owed follows."""
    journal.hold(row, "words", "drawn_at")
    permissions.may_seed(by, row).or_refuse()
    party, word = Body.objects.get(pk=permissions.party(by, row) or 0), word.strip()
    if not word or len(word) > MOST_WORD or "\n" in word:
        raise Invalid("请填写随机词。", {"word": f"请任意填写一个不超过 {MOST_WORD} 字的词。"})
    if party.name in row.words:
        raise Invalid("本单位已经给出随机词，不能再改。", {"word": "本单位已经给出随机词，不能再改。"})
    words, done = {**row.words, party.name: word}, dict[str, Any]()
    if len(words) >= LEAST_PARTIES:
        drawn = draw.draw(draw.freeze(row.keys), words, row.count)
        done = {"record": drawn.plain(), "drawn_at": at}
    with journal.writing(permissions.SEED, by=by, at=at, on=row) as w:
        w.change(row, version=row.version, words=words, **done)
        if row.record is not None:
            w.create_all(_owed(row, draw.read(row.record).chosen))
    return row


def _owed(row: VerificationDraw, chosen: tuple[str, ...]) -> list[Verification]:
    """In the order drawn."""
    found = {
        each.number: each
        for each in Certificate.objects.filter(number__in=chosen).select_related(
            "grading", "unit__department", "unit__locality"
        )
    }
    return [_verification(row, found[key]) for key in chosen]


def _verification(row: VerificationDraw, certificate: Certificate) -> Verification:
    grading, unit = certificate.grading, certificate.unit
    serial = serials.following(f"verification:{row.year}")
    return Verification(
        number=f"HC{row.year}{serial:05d}",
        draw=row,
        certificate=certificate,
        unit=unit,
        jurisdiction_id=unit.jurisdiction_id,
        locality_id=unit.locality_id,
        department_id=row.department_id,
        district=district_department(unit),
        organizing_id=grading.organizing_id,
        body_id=grading.body_id,
        year=row.year,
        level=row.level,
        state=VerificationState.DRAWN,
    )
