"""What happened, from the journal, in words. Runs of one act by one person on one day are told as one."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Final

from dabiao.base import canonical
from dabiao.base.clock import day_of
from dabiao.base.models import JournalEntry
from dabiao.law.citing import clause_title
from dabiao.look.shapes import Told

MOST: Final = 300
NAMED: Final = 12  # lines named of a run; the rest are counted


def of_chains(chains: Iterable[str]) -> list[Told]:
    """The last entries of some chains, newest first; one query."""
    return in_words(JournalEntry.objects.filter(chain__in=list(chains)).order_by("-id")[:MOST])


def of_account(account: int) -> list[Told]:
    """What a person did lately."""
    rows = JournalEntry.objects.filter(actor=account).exclude(act__startswith="people.sign_in")
    return in_words(rows.order_by("-received_at", "-id")[:MOST])


def in_words(rows: Iterable[JournalEntry]) -> list[Told]:
    """Entries, newest first, as lines of history."""
    return [told(list(run)) for _, run in groupby(rows, key=_alike)]


def _alike(entry: JournalEntry) -> tuple[Any, ...]:
    """An act on a line goes with its like; any other stands alone."""
    alone = "" if '"line":' in entry.body else entry.pk
    return (entry.act, entry.actor, day_of(entry.received_at), alone)


def told(run: list[JournalEntry]) -> Told:
    """One line for a run of the same act; the moment is that of the last."""
    bodies = [canonical.loads(entry.body) for entry in run]
    first = bodies[0]
    clause = "" if first["clause"].startswith("internal/") else clause_title(first["clause"])
    return Told(run[0].received_at, first["by"]["name"], first["sentence"], clause, _note(bodies))


def _note(bodies: list[dict[str, Any]]) -> str:
    if reason := bodies[0].get("note", {}).get("reason"):
        return str(reason)
    lines = [str(body["note"]["line"]) for body in reversed(bodies) if body.get("note", {}).get("line")]
    named = [line for line in dict.fromkeys(lines) if ":" not in line]  # free conditions have no number
    if len(named) > NAMED:
        return f"共 {len(dict.fromkeys(lines))} 项：{'、'.join(named[:NAMED])}等"
    return "、".join(named)
