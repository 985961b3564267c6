"""Saving one answer: one POST, one small JSON. What stands now is always the server's to say."""

import re
from collections.abc import Mapping
from typing import Any, Final

import orjson
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.kernel.errors import Conflict, Invalid
from dabiao.kernel.points import points
from dabiao.look.addresses import Request, address
from dabiao.office.sheets import conflict, score
from dabiao.office.sheets.opened import Given, opened, seen
from dabiao.office.sheets.outcome import outcome
from dabiao.office.sheets.replies import as_json, news, reply
from dabiao.office.sheets.rows import RowMaker
from dabiao.sheets.permissions import WRITING
from dabiao.sheets.rules import closing
from dabiao.sheets.rules.scoring import score_raw
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.sheets.services import answering, copying
from dabiao.sheets.services.answering import Recorded

WRITERS: Final = frozenset(WRITING)
AMOUNT: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,3})?")
UNREADABLE: Final = "没有读懂送来的内容，请刷新页面后再保存；您填写的内容仍在本机。"


@address("评分人员保存一项答复", WRITERS, ("POST",))
@as_json
def record(request: Request, sheet: int, line: str) -> HttpResponse:
    """Save one answer; 409 with both sides where somebody else was first."""
    seen(request.actor, sheet)
    body = _body(request)
    answer = _readable(request, sheet, line, body)
    try:
        recorded = answering.record_answer(
            sheet=sheet,
            line=line,
            answer=answer,
            version=_whole(body.get("version", 0)),
            by=request.actor,
            at=clock.now(),
        )
    except Conflict as error:
        return reply(conflict.both(opened(request.actor, sheet), line, answer, error), status=409)
    return reply(_told(request, recorded))


@address("评分人员收回一项答复", WRITERS, ("POST",))
@as_json
def retract(request: Request, sheet: int, line: str) -> HttpResponse:
    """Take an answer back: the line is unanswered again."""
    seen(request.actor, sheet)
    recorded = answering.retract_answer(
        sheet=sheet,
        line=line,
        version=_whole(_body(request).get("version", 0)),
        by=request.actor,
        at=clock.now(),
    )
    return reply(_told(request, recorded))


@address("评分人员核对沿用的答复", WRITERS, ("POST",))
@as_json
def confirm(request: Request, sheet: int) -> HttpResponse:
    """Say that answers taken over still hold; the pulse brings the rows."""
    seen(request.actor, sheet)
    lines = _body(request).get("lines", [])
    if not isinstance(lines, list) or not all(isinstance(each, str) for each in lines):
        raise Invalid(UNREADABLE)
    count = copying.confirm_copied(sheet=sheet, lines=lines, by=request.actor, at=clock.now())
    return reply({"confirmed": count})


def _readable(request: Request, sheet: int, line: str, body: Mapping[str, Any]) -> Answer:
    """Only who may write on the line is told what is wrong with what was sent."""
    try:
        _whole(body.get("version", 0))
        return read(body)
    except Invalid:
        found = opened(request.actor, sheet)
        found.may_write(found.line(line)).or_refuse()
        raise


def _told(request: Request, recorded: Recorded) -> dict[str, Any]:
    """The reply: row, element figures, running score, what the answer leads to."""
    sheet, book, line, row = recorded.sheet, recorded.book, recorded.line, recorded.answer
    pictures = recorded.pictures
    gaps = closing.of_line(line, recorded.value, "x" * pictures, sheet.occasion)
    judged = closing.Judged(recorded.score, gaps)
    given = Given(recorded.value, row.version, row.copied) if row and recorded.value else None
    drawn = RowMaker(book, sheet.occasion, recorded.share).row(line, given, pictures, judged)
    running = score_raw(book, recorded.totals, parts=False)
    return {
        **news([drawn], {line.outermost: recorded.element}, score.shown(running)),
        "outcome": outcome(line, judged).drawn,
        "version": row.version if row else 0,
        "saved_at": f"{clock.now().astimezone(clock.SHANGHAI):%H:%M}",
    }


def read(body: Mapping[str, Any]) -> Answer:
    """The answer in a request's JSON; Invalid with words where it cannot be read."""
    try:
        verdict = Verdict(body.get("verdict") or "")
    except ValueError as error:
        raise Invalid("请先选择结论：符合、扣分或不涉及。") from error
    deductions = body.get("deductions", [])
    if not isinstance(deductions, list):
        raise Invalid(UNREADABLE)
    return Answer(
        verdict=verdict,
        deductions=(*[_deduction(each) for each in deductions],),
        words=_text(body.get("words", "")),
        reason=_text(body.get("reason", "")),
    )


def _deduction(plain: Any) -> Deduction:
    if not isinstance(plain, dict):
        raise Invalid(UNREADABLE)
    return Deduction(
        rule=_text(plain.get("rule", "")),
        count=_whole(plain.get("count", 1)),
        points=_points(plain.get("points") or "0"),
        words=_text(plain.get("words", "")),
    )


def _points(raw: Any) -> int:
    text = _text(raw).strip()
    if not AMOUNT.fullmatch(text):
        raise Invalid(f"扣分“{text[:20]}”不是分值，请填写数字，例如 1 或 0.5。")
    return points(text)


def _whole(raw: Any) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise Invalid(UNREADABLE)
    return raw


def _text(raw: Any) -> str:
    """As typed, with line ends of one kind; NUL is in no text that a person types."""
    if not isinstance(raw, str):
        raise Invalid(UNREADABLE)
    return raw.replace("\r\n", "\n").replace("\0", "")


def _body(request: Request) -> dict[str, Any]:
    """What was sent as JSON; nothing where it is no JSON object, for `read` to complain about."""
    if request.content_type != "application/json":
        return {}
    try:
        body = orjson.loads(request.body or b"{}")
    except orjson.JSONDecodeError:
        return {}
    return body if isinstance(body, dict) else {}
