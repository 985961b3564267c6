"""What goes out: one visit, frozen under the number of the last journal entry it contains."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import lru_cache
from typing import Any, Final

import orjson
from django.db.models import Max

from dabiao.base import canonical
from dabiao.base.models import JournalEntry
from dabiao.field.queries.visits import CHECK, FOLLOW_UP, INITIAL, RECHECK, REVIEW, VERIFICATION, Visit
from dabiao.kernel.errors import TooMany
from dabiao.people.models import Posting
from dabiao.reviews.models import Check, Member, Revisit
from dabiao.reviews.queries import checks, followups
from dabiao.sheets.models import Answer, Assignment, Picture, Sheet, Writer
from dabiao.sheets.services.signing import SIGNERS
from dabiao.standards.queries.books import rulebook_content
from dabiao.standards.rules.rulebook import Line

TRIES: Final = 5
BOOKS: Final = 64
EVERYWHERE: Final = (
    *("sheets.record_answer@1", "sheets.retract_answer@1", "sheets.attach_picture@1"),
    *("sheets.caption_picture@1", "sheets.detach_picture@1", "field.arrive@1", "field.depart@1"),
    "sheets.declare_lost@1",
)
ACTS: Final = {
    REVIEW: (*EVERYWHERE, "reviews.begin@1", "reviews.conclude@1"),
    INITIAL: (*EVERYWHERE, "sheets.close@1"),
    CHECK: (*EVERYWHERE, "sheets.close@1"),
    RECHECK: (*EVERYWHERE, "sheets.close@1"),
    FOLLOW_UP: (*EVERYWHERE, "sheets.close@1"),
    VERIFICATION: (*EVERYWHERE, "sheets.close@1"),
}


def numbers(visits: Iterable[Visit]) -> dict[str, int]:
    """Key of the visit -> its number; one query."""
    chains = {each.key: each.chains for each in visits}
    rows = JournalEntry.objects.filter(chain__in=[one for each in chains.values() for one in each])
    last = dict(rows.values_list("chain").annotate(Max("id")).order_by())
    return {key: max((last.get(each, 0) for each in mine), default=0) for key, mine in chains.items()}


def packet(visit: Visit, since: int, book: str) -> dict[str, Any]:
    """The visit as of one number. Whoever changes it meanwhile moves the number, and it is read again."""
    for _ in range(TRIES):
        number = numbers([visit])[visit.key]
        found = _content(visit, since, book)
        if numbers([visit])[visit.key] == number:
            return {"visit": visit.key, "number": number, "taken": _moment(number), **found}
    raise TooMany("这份评分表正在被频繁修改，请稍后再取。", retry=2)


def restored(number: int, taken: str) -> bool:
    """Is this a packet of before a restore? Its number may have been given to another change since."""
    return bool(number and taken) and _moment(number) != taken


def _moment(number: int) -> str:
    at = JournalEntry.objects.filter(pk=number).values_list("received_at", flat=True).first()
    return canonical.moment(at) if at else ""


def _content(visit: Visit, since: int, book: str) -> dict[str, Any]:
    lines = _changed(visit, since) if since else None
    said = answers(visit.sheet, lines) if visit.sheet else {}
    return {
        "whole": lines is None,
        "until": visit.last.isoformat(),
        "head": _head(visit),
        "people": _people(visit),
        "book": _book(visit, book),
        "answers": said if lines is None else {**dict.fromkeys(sorted(lines)), **said},
        "performance": [],
        "acts": list(ACTS[visit.kind]),
        **_findings(visit.subject),
    }


def _head(visit: Visit) -> dict[str, Any]:
    unit = visit.unit
    return {
        "unit": {
            "name": unit.name,
            "uscc": unit.uscc or "",
            "address": unit.address,
            "principal": unit.principal,
        },
        "occasion": str(visit.occasion),
        "state": visit.state,
        "from": visit.first.isoformat(),
        "to": visit.last.isoformat(),
        "sheet": visit.sheet.pk if visit.sheet else None,
        "sheet_state": visit.sheet.state if visit.sheet else "",
    }


def _findings(subject: Any) -> dict[str, Any]:
    """What is looked at again, by line, in the words of the review; of other visits nothing."""
    if isinstance(subject, Check):
        earlier = checks.earlier(subject)
    elif isinstance(subject, Revisit):
        earlier = followups.earlier(subject)
    else:
        return {}
    return {"findings": {line: [_finding(each) for each in found] for line, found in earlier.items()}}


def _finding(found: checks.Earlier) -> dict[str, Any]:
    return {
        **asdict(found),
        "found_at": canonical.moment(found.found_at),
        "due": found.due.isoformat() if found.due else "",
        "reported_on": found.reported_on.isoformat(),
    }


def _people(visit: Visit) -> list[dict[str, Any]]:
    rows = Posting.objects.in_force(visit.first).filter(unit=visit.unit.pk, role__in=SIGNERS).order_by("id")
    unit = rows.values_list("account", "account__name", "role")
    return [
        *_team(visit),
        *({"account": key, "name": name, "side": "unit", "role": role} for key, name, role in unit),
    ]


def _team(visit: Visit) -> list[dict[str, Any]]:
    if visit.sheet is None:
        # Only a review that has not begun has none; its plan may be withdrawn by now: then nobody is named.
        rows = Member.objects.filter(plan__review=visit.subject.pk, plan__withdrawn_at=None)
        rows = rows.exclude(accepted_at=None).order_by("id")
        told = rows.values_list("account", "account__name", "place")
        return [_member(key, name, place == "leader", ()) for key, name, place in told]
    mine: dict[int, list[str]] = {}
    for key, element in (
        Assignment.objects.filter(sheet=visit.sheet).order_by("id").values_list("account", "element")
    ):
        mine.setdefault(key, []).append(element)
    writers = (
        Writer.objects.filter(sheet=visit.sheet)
        .order_by("id")
        .values_list("account", "account__name", "leads")
    )
    return [_member(key, name, leads, mine.get(key, ())) for key, name, leads in writers]


def _member(key: int, name: str, leads: bool, elements: Iterable[str]) -> dict[str, Any]:
    return {"account": key, "name": name, "side": "team", "leads": leads, "elements": list(elements)}


def answers(sheet: Sheet, lines: set[str] | None = None) -> dict[str, Any]:
    """What stands, by line, as a device carries it; all of it, or of some lines."""
    shown: dict[str, list[dict[str, str]]] = {}
    pictures = Picture.objects.filter(sheet=sheet, **({} if lines is None else {"line__in": lines}))
    for line, digest, words in pictures.order_by("id").values_list("line", "file__digest", "caption"):
        shown.setdefault(line, []).append({"digest": digest, "words": words})
    rows = Answer.objects.filter(sheet=sheet, **({} if lines is None else {"line__in": lines}))
    told = {
        row.line: _told(row, shown.pop(row.line, []))
        for row in rows.select_related("recorded_by").order_by("id")
    }
    return told | {line: {"verdict": "", "version": 0, "pictures": each} for line, each in shown.items()}


def _told(row: Answer, shown: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "verdict": row.verdict,
        "deductions": [{"rule": "", "count": 1, "points": 0, "words": "", **each} for each in row.deductions],
        "words": row.words,
        "reason": row.reason,
        "version": row.version,
        "by": row.recorded_by.name,
        "done_at": canonical.moment(row.done_at),
        "pictures": shown,
        "copied": row.copied,
    }


def _changed(visit: Visit, since: int) -> set[str] | None:
    """Lines on which anything happened after that number; None where that cannot be told."""
    if visit.sheet is None or not JournalEntry.objects.filter(pk=since, chain__in=visit.chains).exists():
        return None
    entries = JournalEntry.objects.filter(chain=f"sheets_sheet:{visit.sheet.pk}", pk__gt=since)
    found: set[str] = set()
    for body in entries.values_list("body", flat=True):
        lines = _lines(canonical.loads(body))
        if lines is None:
            return None
        found |= lines
    return found


def _lines(body: Mapping[str, Any]) -> set[str] | None:
    if line := body["note"].get("line"):
        return {line}
    touched = [each for each in body["changes"] if each["table"] in {"sheets_answer", "sheets_picture"}]
    named = [each["values"].get("line") for each in touched]
    rulebook = any("rulebook_id" in each["values"] for each in body["changes"])
    return None if rulebook or None in named else {str(each) for each in named}


def _book(visit: Visit, held: str) -> Any:
    if visit.rulebook is None:
        return None
    digest = visit.rulebook.digest
    return {"digest": digest} if held == digest else orjson.Fragment(_book_text(digest))


@lru_cache(maxsize=BOOKS)
def _book_text(digest: str) -> bytes:
    """The rulebook as devices carry it; immutable, so written once."""
    rulebook = rulebook_content(digest)
    plain = rulebook.book.plain()
    items = {each["key"]: each for each in plain["items"]}
    return orjson.dumps(
        {
            "digest": digest,
            "edition": rulebook.edition,
            "scheme": plain.get("scheme", {}),
            "elements": plain["elements"],
            "lines": [_line(each, items) for each in rulebook.lines()],
        }
    )


def _line(line: Line, items: Mapping[str, Any]) -> dict[str, Any]:
    item = items.get(line.key) or {
        "key": line.key,
        "element": "",
        "number": "",
        "requirement": line.item.requirement,
        "method": "",
        "points": 0,
        "veto": str(line.item.veto),
        "citation": line.item.citation,
    }
    vetoes = [asdict(each) for each in line.vetoes]
    return {"item": item, "outermost": line.outermost, "vetoes": vetoes, "preset": line.preset}
