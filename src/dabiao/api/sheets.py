"""Sheets as other systems read them. Points are the shortest exact strings, moments ISO in UTC."""

from datetime import datetime
from typing import Any, NamedTuple, cast

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel

from dabiao.api.gates import served
from dabiao.creation.queries.assessments import visible_sheet
from dabiao.kernel.points import PERCENT, TENTH, half_up, spell
from dabiao.kernel.roles import ADMIN_ROLES, Role
from dabiao.look.addresses import Request
from dabiao.sheets import queries
from dabiao.sheets.models import Answer, Sheet, SheetTotal
from dabiao.sheets.rules import values
from dabiao.sheets.rules.scoring import score_sums
from dabiao.sheets.rules.sums import score_line
from dabiao.sheets.rules.values import ElementScore, Running
from dabiao.sheets.rules.wording import trimmed
from dabiao.standards.rules.rulebook import Rulebook

READERS = frozenset(Role) - ADMIN_ROLES - {Role.PUBLIC, Role.TIME, Role.CLIENT}

router = Router(tags=["评分表"])


class RulebookOut(BaseModel):
    digest: str
    edition: str
    day: str


class DeductionOut(BaseModel):
    rule: str
    count: int
    points: str
    words: str


class AnswerOut(BaseModel):
    line: str
    verdict: str
    deductions: list[DeductionOut]
    words: str
    reason: str
    obtained: str | None
    pictures: list[str]  # digests
    recorded_by: str
    done_at: datetime
    received_at: datetime
    version: int
    copied: bool


class ElementOut(BaseModel):
    key: str
    name: str
    full: str
    not_applicable: str
    obtained: str
    extra: str
    rate: str | None  # percent, one decimal
    answered: int
    items: int


class ScoreOut(BaseModel):
    score: str | None
    provisional: str | None
    level: str | None
    full: str
    not_applicable: str
    obtained: str
    answered: int
    lines: int
    vetoed: int


class SheetOut(BaseModel):
    id: int
    occasion: str
    state: str
    unit: int
    unit_name: str
    rulebook: RulebookOut
    opened_at: datetime
    closed_at: datetime | None
    digest: str
    result: dict[str, Any] | None  # as signed, once closed
    running: ScoreOut
    elements: list[ElementOut]
    answers: list[AnswerOut]


class Told(NamedTuple):
    """The columns of an answer that are told: hundreds of them, so they stay plain."""

    line: str
    verdict: str
    deductions: list[dict[str, Any]]
    words: str
    reason: str
    recorded_by__name: str
    done_at: datetime
    received_at: datetime
    version: int
    copied: bool


@served(
    router,
    "/sheets/{int:sheet}",
    name="sheet",
    sentence="读取一份评分表：规则册、答复、得分",
    roles=READERS,
    answers=SheetOut,
)
def one(request: HttpRequest, sheet: int) -> SheetOut:
    """Absent where the sheet does not exist for this person; a constant number of queries."""
    row = visible_sheet(cast(Request, request).actor, sheet)
    book = queries.rulebook(row)
    running = score_sums(book, queries.sums_of(SheetTotal.objects.filter(sheet=row)))
    return SheetOut(
        id=row.pk,
        occasion=row.occasion,
        state=row.state,
        unit=row.unit_id,
        unit_name=row.unit.name,
        rulebook=RulebookOut(digest=row.rulebook.digest, edition=book.edition, day=book.day),
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        digest=row.digest,
        result=row.result,
        running=_score(running),
        elements=[_element(each) for each in running.elements],
        answers=_answers(row, book),
    )


def _score(running: Running) -> ScoreOut:
    return ScoreOut(
        score=None if running.score is None else trimmed(running.score),
        provisional=None if running.provisional is None else trimmed(running.provisional),
        level=running.level,
        full=spell(running.full),
        not_applicable=spell(running.not_applicable),
        obtained=spell(running.obtained),
        answered=running.answered,
        lines=running.lines,
        vetoed=running.vetoed,
    )


def _element(each: ElementScore) -> ElementOut:
    return ElementOut(
        key=each.key,
        name=each.name,
        full=spell(each.full),
        not_applicable=spell(each.not_applicable),
        obtained=spell(each.obtained),
        extra=spell(each.extra),
        rate=None if each.rate is None else trimmed(half_up(PERCENT * each.rate, TENTH)),
        answered=each.answered,
        items=each.items,
    )


def _answers(sheet: Sheet, book: Rulebook) -> list[AnswerOut]:
    """In the order of the rulebook; answers kept from lines it no longer has come last."""
    pictures = queries.pictures(sheet)
    rows = Answer.objects.filter(sheet=sheet).order_by("id").values_list(*Told._fields)
    order = {key: place for place, key in enumerate(book.by_key)}
    told = sorted(map(Told._make, rows), key=lambda row: order.get(row.line, len(order)))
    return [_answer(row, book, pictures.get(row.line, ())) for row in told]


def _answer(row: Told, book: Rulebook, pictures: tuple[str, ...]) -> AnswerOut:
    value, line = values.answer(row._asdict()), book.by_key.get(row.line)
    score = score_line(book, line, value) if line else None
    return AnswerOut(
        line=row.line,
        verdict=row.verdict,
        deductions=[
            DeductionOut(rule=each.rule, count=each.count, points=spell(each.points), words=each.words)
            for each in value.deductions
        ],
        words=row.words,
        reason=row.reason,
        obtained=spell(score.obtained) if score else None,
        pictures=list(pictures),
        recorded_by=row.recorded_by__name,
        done_at=row.done_at,
        received_at=row.received_at,
        version=row.version,
        copied=row.copied,
    )
