"""What happened, from the journal, in words."""

from collections.abc import Iterable

from dabiao.base import canonical
from dabiao.base.models import JournalEntry
from dabiao.law.citing import clause_title
from dabiao.look.shapes import Told

MOST = 200


def of_chains(chains: Iterable[str]) -> list[Told]:
    """The last entries of some chains, newest first; one query."""
    rows = JournalEntry.objects.filter(chain__in=list(chains)).order_by("-id")[:MOST]
    return [told(row) for row in rows]


def of_account(account: int, most: int = 50) -> list[Told]:
    """What a person did lately."""
    rows = JournalEntry.objects.filter(actor=account).exclude(act__startswith="people.sign_in")
    return [told(row) for row in rows.order_by("-received_at", "-id")[:most]]


def told(entry: JournalEntry) -> Told:
    body = canonical.loads(entry.body)
    note = body.get("note", {})
    words = "；".join(str(note[key]) for key in ("line", "reason") if note.get(key))
    clause = "" if body["clause"].startswith("internal/") else clause_title(body["clause"])
    return Told(entry.received_at, body["by"]["name"], body["sentence"], clause, words)
