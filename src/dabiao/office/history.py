"""What happened, from the journal, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Max, Min

from dabiao.base import canonical
from dabiao.base.clock import day_of
from dabiao.base.models import JournalEntry
from dabiao.law.citing import clause_title
from dabiao.look.shapes import Told
from dabiao.office.asked import whole
from dabiao.people.models import Account
from dabiao.sheets import permissions as sheets

MOST = 200
PER_PAGE = 30
LAST = 100_000  # no chain has more pages
# Done item by item, hundreds of times: told as one line for each person.
OFTEN = {
    each.id: each for each in (sheets.RECORD, sheets.RETRACT, sheets.ATTACH, sheets.DETACH, sheets.CAPTION)
}


def of_chains(chains: Iterable[str]) -> list[Told]:
    """The last entries of some chains, newest first; one query."""
    rows = JournalEntry.objects.filter(chain__in=list(chains)).order_by("-id")[:MOST]
    return list(summed(told(row) for row in rows))


def turned(chain: str, asked: str) -> dict[str, Any]:
    """One page of a chain, newest first, with where older and newer entries are; one query.

    `asked`: the number of the page as the address says it, `?history=2`.
    """
    number = min(max(whole(asked) or 1, 1), LAST)
    rows = JournalEntry.objects.filter(chain=chain).order_by("-seq")
    found = list(rows[(number - 1) * PER_PAGE : number * PER_PAGE + 1])
    return {
        "history": list(summed(told(row) for row in found[:PER_PAGE])),
        "older": f"?history={number + 1}" if len(found) > PER_PAGE else "",
        "newer": f"?history={number - 1}" if number > 1 else "",
    }


def of_sheet(sheet: str, *others: str) -> list[Told]:
    """A sheet's chain with others, newest first; the work on its items summed up. Three queries."""
    rows = JournalEntry.objects.filter(chain__in=[sheet, *others]).exclude(act__in=OFTEN)
    found = [told(row) for row in rows.order_by("-id")[:MOST]]
    return list(summed(sorted([*found, *_work(sheet)], key=lambda each: each.at, reverse=True)))


def summed(lines: Iterable[Told]) -> Iterator[Told]:
    """What one person did over and over, with nothing in between, told once with its number."""
    for _, run in groupby(lines, key=_alike):
        last, *before = run
        yield replace(last, note=f"共 {len(before) + 1} 次") if before and not last.note else last


def _alike(line: Told) -> tuple[str, ...]:
    return (line.who, line.words, line.clause, line.note, line.about)


def _work(sheet: str) -> list[Told]:
    """One line for each person and kind of work: how often, from when to when."""
    rows = JournalEntry.objects.filter(chain=sheet, act__in=OFTEN).order_by()
    sums = list(
        rows.values("actor", "act").annotate(n=Count("pk"), first=Min("received_at"), last=Max("received_at"))
    )
    names = dict(Account.objects.filter(pk__in=[each["actor"] for each in sums]).values_list("pk", "name"))
    return [
        Told(
            each["last"],
            names.get(each["actor"] or 0, ""),
            OFTEN[each["act"]].sentence,
            clause_title(OFTEN[each["act"]].clause),
            _often(each["n"], day_of(each["first"]), day_of(each["last"])),
        )
        for each in sums
    ]


def _often(number: int, first: date, last: date) -> str:
    if number == 1:
        return ""
    return f"共 {number} 次" if first == last else f"共 {number} 次，{first} 至 {last}"


def told(entry: JournalEntry) -> Told:
    body = canonical.loads(entry.body)
    note = body.get("note", {})
    words = "；".join(_line(str(note[key])) for key in ("line", "reason") if note.get(key))
    clause = "" if body["clause"].startswith("internal/") else clause_title(body["clause"])
    return Told(entry.received_at, body["by"]["name"], body["sentence"], clause, words)


def _line(text: str) -> str:
    """Keys of free conditions tell people nothing."""
    return "不得通过的情形" if text.startswith(("hard:", "veto:")) else text
