"""Reading sheets: one sheet for a person, its answers as values, its running score."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from dabiao.base import canonical, moments, statements
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent
from dabiao.sheets.models import Answer, Picture, Presence, Sheet, SheetTotal
from dabiao.sheets.rules import digests, values
from dabiao.sheets.rules.scoring import score_sums
from dabiao.sheets.rules.share import Share
from dabiao.sheets.rules.values import Running, Sums
from dabiao.standards.queries import books as standards
from dabiao.standards.rules.rulebook import Rulebook

Rows = Sequence[tuple[Any, ...]]
PRESENT_FOR = timedelta(seconds=90)

# Saving an answer asks these every time, and holds the sheet meanwhile; see base.statements.
_SHARE = """SELECT w.leads, a.element, a.account_id FROM sheets_writer w
LEFT JOIN sheets_assignment a ON a.sheet_id = w.sheet_id WHERE w.sheet_id = %s AND w.account_id = %s"""
_HELD = f"""SELECT {statements.columns(Sheet, "s")}, r.digest FROM sheets_sheet s
JOIN standards_rulebook r ON r.id = s.rulebook_id WHERE s.id = %s"""  # noqa: S608  columns of our model
_STANDING = f"""SELECT {statements.columns(Answer, "a")}, n.pictures FROM (SELECT COUNT(*) AS pictures
FROM sheets_picture WHERE sheet_id = %s AND line = %s) n
LEFT JOIN sheets_answer a ON a.sheet_id = %s AND a.line = %s"""  # noqa: S608  columns of our model
_SAID = "a.line, a.verdict, a.deductions, a.words, a.reason"
_RECORDS = """SELECT {said}, p.name, {done}, {received} FROM sheets_answer a
JOIN people_account p ON p.id = a.recorded_by_id WHERE a.sheet_id = %s"""
_SHOWN = """SELECT p.line, p.caption, f.digest, f.facts FROM sheets_picture p
JOIN base_stored_file f ON f.id = p.file_id WHERE p.sheet_id = %s ORDER BY p.id"""
_ANSWERED = "SELECT line FROM sheets_answer WHERE sheet_id = %s"
_COPIED = "SELECT line FROM sheets_answer WHERE sheet_id = %s AND copied ORDER BY id"
_KEPT = f"SELECT id, element, {', '.join(values.SUMS)} FROM sheets_total WHERE sheet_id = %s"  # noqa: S608  our names


def visible(actor: Actor, key: int) -> Sheet:
    """The sheet, if it exists for this person."""
    found = statements.by_key(Sheet.objects.visible_to(actor).select_related("rulebook", "unit"), key)
    if found is None:
        raise Absent
    return found


def rulebook(sheet: Sheet) -> Rulebook:
    """The parsed rulebook; immutable, so kept in memory by digest."""
    return standards.rulebook_content(sheet.rulebook.digest)


class Holding(NamedTuple):
    """A sheet held until the transaction ends, with the rulebook it is scored by."""

    sheet: Sheet
    book: Rulebook


def hold(key: int) -> Holding:
    """Hold the sheet, whoever asks. Colleagues' presence may still be noted. Absent if there is none."""
    return _holding(statements.rows(*_hold(key)) if key <= statements.LAST_KEY else ())


def _hold(key: int) -> tuple[str, int]:
    return _HELD + statements.held("s"), key


def _holding(rows: Rows) -> Holding:
    if not rows:
        raise Absent
    found, digest = statements.read(Sheet, rows[0]), str(rows[0][-1])
    statements.put_beside(found, "rulebook", standards.named(found.rulebook_id, digest))
    return Holding(found, standards.rulebook_content(digest))


def share(actor: Actor, sheet: Sheet) -> Share:
    """What this person has to do with the sheet; one query."""
    return _share(actor, statements.rows(_SHARE, sheet.pk, actor.account))


def _share(actor: Actor, rows: Rows) -> Share:
    return Share(
        writes=bool(rows),
        leads=True in [bool(leads) for leads, _, _ in rows],
        mine=frozenset([element for _, element, account in rows if account == actor.account]),
        taken=frozenset([element for _, element, _ in rows if element is not None]),
    )


class OnLine(NamedTuple):
    """The answer that stands on a line, None while it is open, and how many pictures the line has."""

    answer: Answer | None
    pictures: int


def standing(sheet: Sheet, line: str) -> OnLine:
    [found] = statements.rows(_STANDING, sheet.pk, line, sheet.pk, line)
    return OnLine(None if found[0] is None else statements.read(Answer, found), found[-1])


def value_of(row: Answer) -> values.Answer:
    """A stored answer as the scorer's value."""
    return values.answer(
        {
            "verdict": row.verdict,
            "deductions": row.deductions,
            "words": row.words,
            "reason": row.reason,
        }
    )


def answers(sheet: Sheet) -> dict[str, values.Answer]:
    return {row.line: value_of(row) for row in Answer.objects.filter(sheet=sheet)}


def pictures(sheet: Sheet) -> dict[str, tuple[str, ...]]:
    """Line -> digests of its pictures, in the order taken in."""
    found: dict[str, tuple[str, ...]] = {}
    rows = Picture.objects.filter(sheet=sheet).order_by("id").values_list("line", "file__digest")
    for line, digest in rows:
        found[line] = (*found.get(line, ()), digest)
    return found


def copied(sheet: Sheet) -> list[str]:
    """Lines whose answer was taken over from an earlier sheet and not gone through yet."""
    return [line for (line,) in statements.rows(_COPIED, sheet.pk)]


class Whole(NamedTuple):
    """A sheet as it is closed: what signatures cover, lines taken over and not gone through, totals kept."""

    records: dict[str, digests.Record]
    copied: list[str]
    totals: dict[str, Sums]


def records(sheet: Sheet) -> dict[str, digests.Record]:
    """What signatures cover: every answer with its pictures, who, when done and received.

    The database spells the moments: to make hundreds of values and spell those takes longer than the rest.
    """
    return _records(*statements.together((_SHOWN, [sheet.pk]), (_recorded(), [sheet.pk])))


def whole(sheet: Sheet) -> Whole:
    """All that closing asks of a sheet."""
    return whole_and(sheet)()[0]


WholeAnd = Callable[[], tuple[Whole, list[Rows]]]


def whole_and(sheet: Sheet, *more: statements.Asked) -> WholeAnd:
    """The same, and what else is asked along with it; told when it is called."""
    mine = [(each, [sheet.pk]) for each in (_SHOWN, _recorded(), _COPIED, _KEPT)]
    return partial(_whole, statements.coming(*mine, *more))


def _whole(coming: statements.Coming) -> tuple[Whole, list[Rows]]:
    shown, recorded, copied, kept, *told = coming()
    totals = {element: sums for element, (_, sums) in _kept(kept).items()}
    return Whole(_records(shown, recorded), [line for (line,) in copied], totals), list(told)


def _recorded() -> str:
    done, received = moments.moment("a.done_at"), moments.moment("a.received_at")
    return _RECORDS.format(said=_SAID, done=done, received=received)


def _records(pictures: Rows, rows: Rows) -> dict[str, digests.Record]:
    shown: dict[str, tuple[digests.Picture, ...]] = {}
    for line, caption, digest, facts in pictures:
        shown[line] = (*shown.get(line, ()), _signed(digest, caption, canonical.loads(facts)))
    known: dict[tuple[str, ...], values.Answer] = {}  # many say the same
    return {
        line: digests.Record(
            known.get(said) or known.setdefault(said, _value(*said)), shown.get(line, ()), *told
        )
        for line, said, told in ((row[0], row[1:5], row[5:]) for row in rows)
    }


def _value(verdict: str, deductions: str, words: str, reason: str) -> values.Answer:
    """The scorer's value of cells as the database gives them."""
    used = () if deductions == "[]" else canonical.loads(deductions)
    return values.answer({"verdict": verdict, "deductions": used, "words": words, "reason": reason})


def _signed(digest: str, caption: str, facts: dict[str, Any]) -> digests.Picture:
    place = facts.get("place")
    return digests.Picture(
        digest=digest,
        words=caption,
        taken=facts.get("taken_at", ""),
        place=f"{place['lat']},{place['lon']}" if place else "",
        device=facts.get("device", ""),
    )


def head(sheet: Sheet, result: Any) -> dict[str, Any]:
    """The head that signatures cover: which sheet, of whom, by which rulebook, with what result."""
    return {
        "sheet": sheet.pk,
        "occasion": sheet.occasion,
        "unit": sheet.unit_id,
        "rulebook": sheet.rulebook.digest,
        "opened_at": canonical.moment(sheet.opened_at),
        "result": result,
    }


def sums_of(rows: Iterable[SheetTotal]) -> dict[str, Sums]:
    return {row.element: Sums(**{name: getattr(row, name) for name in values.SUMS}) for row in rows}


Kept = tuple[int, Sums]  # one row of the totals kept: its key, and what it says


def raw(sheet: Sheet) -> dict[str, tuple[int, values.Raw]]:
    """The totals kept, by outermost element: the key of each row, and its bare numbers."""
    return {row[1]: (row[0], row[2:]) for row in statements.rows(_KEPT, sheet.pk)}


def _kept(rows: Rows) -> dict[str, Kept]:
    return {element: (key, Sums(*sums)) for key, element, *sums in rows}


class Standing(NamedTuple):
    """What answers brought in are put to: the sheet held, what this person has to do with it, the lines that
    have one already, the totals kept."""

    sheet: Sheet
    book: Rulebook
    share: Share
    answered: frozenset[str]
    kept: dict[str, Kept]


def before(key: int, actor: Actor) -> Standing:
    """Hold the sheet and read all this at once. Absent if there is none."""
    asked = ((_SHARE, [key, actor.account]), (_ANSWERED, [key]), (_KEPT, [key]))
    if key > statements.LAST_KEY:
        raise Absent
    sql, *values = _hold(key)
    held, writing, answered, kept = statements.together((sql, values), *asked)
    return Standing(
        *_holding(held), _share(actor, writing), frozenset(line for (line,) in answered), _kept(kept)
    )


def totals(sheet: Sheet) -> dict[str, Sums]:
    return {element: sums for element, (_, sums) in _kept(statements.rows(_KEPT, sheet.pk)).items()}


def running(sheet: Sheet) -> Running:
    """The running score from the totals kept; provisional while anything is unanswered."""
    return score_sums(rulebook(sheet), totals(sheet))


@dataclass(frozen=True, slots=True)
class Present:
    account: int
    name: str
    line: str


def present(sheet: Sheet, at: datetime, but: int | None = None) -> tuple[Present, ...]:
    """Colleagues on the sheet just now, and at which line."""
    rows = (
        Presence.objects.filter(sheet=sheet, seen_at__gte=at - PRESENT_FOR)
        .exclude(account=but)
        .order_by("account")
        .values_list("account", "account__name", "line")
    )
    return tuple(Present(*row) for row in rows)
