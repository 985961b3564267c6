"""What a follow-up visit looks at, and what it finds: hazards, the major ones reported at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dabiao import law
from dabiao.base import calendars
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.creation.rules.findings import findings
from dabiao.hazards import services as hazards
from dabiao.hazards.models import Hazard, HazardKind
from dabiao.hazards.rules.handovers import GENERAL, REPORT
from dabiao.hazards.services import handovers
from dabiao.hazards.services.handovers import Sending
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.kernel.limits import due_day
from dabiao.reviews.models import Finding, Review, Revisit
from dabiao.reviews.permissions import followups as permissions
from dabiao.reviews.queries import checks, contracts, rectifications
from dabiao.reviews.queries import followups as queries
from dabiao.reviews.rules import focus
from dabiao.reviews.rules.followups import carried
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Sheet
from dabiao.standards.models import Rulebook
from dabiao.standards.queries.books import rulebook_of
from dabiao.standards.services import rulebooks

AT_ONCE = "follow_up_visit.rectification.limit"


@dataclass(frozen=True, slots=True)
class Looking:
    """The rulebook of the sheet, each finding with its line, and those without an item of today."""

    rulebook: Rulebook
    covers: Sequence[tuple[Finding, str]]
    left_out: list[dict[str, str]]


def look_at(*, review: Review, by: Actor, at: datetime) -> Looking:
    """All findings of the review, and every veto; where nothing was found, what an initial visit looks at."""
    day = day_of(at)
    edition, why = queries.edition(review, day)
    if edition is None:
        raise OutOfTurn(f"还不能安排回访：{why}", clause="house/rulebook")
    areas = review.unit.areas
    whole = rulebooks.open(edition=edition, day=day, areas=areas, level=review.level, by=by, at=at)
    found = rectifications.findings(review)
    lines = _lines(review, whole, found)
    rulebook = _limited(whole, lines, day, by, at)
    covers = [(each, lines[each.pk]) for each in found if each.pk in lines]
    left = [each.hazard for each in found if each.pk not in lines]
    return Looking(rulebook, covers, [{"number": each.number, "text": each.text} for each in left])


def _lines(review: Review, whole: Rulebook, found: Sequence[Finding]) -> dict[int, str]:
    """Finding -> the line it is looked at on: its item in the edition of today, or a condition of then."""
    today, was = rulebook_of(whole), review.rulebook
    then = rulebook_of(was).book if was is not None else today.book
    keys = {each.pk: checks.line_of(each) for each in found}
    known = carried(keys.values(), then, today.book)
    open_ = {line.key for line in today.lines() if not line.preset}
    free = {line.key for line in today.lines() if not line.outermost}
    on = {pk: known.get(key, key if key in free else "") for pk, key in keys.items()}
    return {pk: line for pk, line in on.items() if line in open_}


def _limited(whole: Rulebook, lines: dict[int, str], day: date, by: Actor, at: datetime) -> Rulebook:
    """Vetoes are among them. Without an item that counts a sheet is never closed: then it is the whole."""
    book = rulebook_of(whole)
    areas = [str(each) for each in law.on(day)["initial_visit.areas"].items]
    wanted = {*lines.values()} or {*focus.focused(book, areas)}
    only = sorted(wanted & {each.key for each in book.book.items})
    counting = [each for each in book.lines() if each.outermost and not each.preset]
    if not any(each.vetoes or each.key in only for each in counting):
        return whole
    return rulebooks.limit(rulebook=whole, only=only, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Found:
    """What loses points on a line, in the words of the sheet."""

    line: str
    text: str
    kind: HazardKind
    major: bool


def found(sheet: Sheet, majors: Sequence[str]) -> list[Found]:
    """A veto not satisfied is major by itself; Invalid for a major one on a line that loses nothing."""
    seen = findings(sheets.rulebook(sheet), sheets.answers(sheet))
    if not {*majors} <= {each.line for each in seen}:
        raise Invalid("请核对重大隐患。", {"majors": "只能从评分表中扣分的项目里选择。"})
    return [
        Found(
            line=each.line,
            text=each.text,
            kind=HazardKind.HAZARD if each.mandatory or each.line in majors else HazardKind.NONCONFORMITY,
            major=each.vetoed or each.line in majors,
        )
        for each in seen
    ]


def put_down(*, visit: Revisit, rows: Sequence[Found], by: Actor, at: datetime) -> None:
    """Hazards of the unit, confirmed by the review unit; the major ones at once, and reported."""
    for major, name in ((True, AT_ONCE), (False, rectifications.RECTIFY)):
        limit = due_day(law.on(day_of(at))[name].limit, day_of(at), calendars.calendar()).day
        drafts = _drafts(visit, [each for each in rows if each.major is major], limit, at)
        with journal.writing(permissions.CONCLUDE, by=by, at=at, on=visit) as w:
            w.create_all(drafts)
        if major:
            for each in drafts:
                _report(visit.review, each, by, at)


def _drafts(visit: Revisit, rows: Sequence[Found], limit: date, at: datetime) -> list[Hazard]:
    edition = visit.sheet.rulebook.edition_id
    return hazards.drafts(
        unit=visit.review.unit,
        origin=queries.ORIGIN,
        origin_key=visit.pk,
        found=[
            hazards.Found(each.text, each.kind, f"{edition}#{each.line}"[:60], each.major) for each in rows
        ],
        at=at,
        confirmer=visit.review.body,
        limit=limit,
    )


def _report(review: Review, hazard: Hazard, by: Actor, at: datetime) -> None:
    words = f"回访发现重大事故隐患：{hazard.text}。已责令立即整改，限 {hazard.limit:%Y-%m-%d} 前完成。"
    to = contracts.district_department(review.unit)
    sending = Sending(review.body, to, REPORT, GENERAL, words)
    handovers.hand_over(hazard=hazard, sending=sending, by=by, at=at)
