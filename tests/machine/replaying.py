"""The journal read by itself: which certificate holds on which day. Neither tables nor rules are asked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dabiao.base.models import JournalEntry
from dabiao.publicsite import published, register
from machine.invariants import Broken

TABLE = "grading_certificate"
ISSUING = "grading.announce"


@dataclass(frozen=True)
class Held:
    number: str
    issued: date
    last: date
    ended: date | None

    def on(self, day: date) -> bool:
        return self.issued <= day <= self.last and (self.ended is None or day < self.ended)


def replay() -> list[Held]:
    """Every certificate as the entries leave it; one that no announcement gave is a breach."""
    rows: dict[int, dict[str, Any]] = {}
    for act, change in _changes():
        if change["how"] == "create" and act.partition("@")[0] != ISSUING:
            raise Broken("certificates_hold_as_the_journal_says", f"{change['key']} 由 {act} 产生")
        rows.setdefault(change["key"], {}).update(change["values"])
    return [_held(row) for row in rows.values()]


def _changes() -> Iterator[tuple[str, dict[str, Any]]]:
    for entry in JournalEntry.objects.filter(body__contains=TABLE).order_by("id"):
        for change in json.loads(entry.body)["changes"]:
            if change["table"] == TABLE:
                yield entry.act, change


def _held(row: dict[str, Any]) -> Held:
    ended = row.get("ended_on")
    days = (date.fromisoformat(row["issued_on"]), date.fromisoformat(row["last_on"]))
    return Held(row["number"], *days, date.fromisoformat(ended) if ended else None)


def check_certificates() -> None:
    """On the days around each end, what the public is told is what the journal says."""
    held = replay()
    for each in held:
        for day in _days(each):
            row = published.certificate(each.number, day)
            told = row is not None and register.shown(row, day).good
            if told != each.on(day):
                words = f"{each.number} {day}: 公众看到 {told}，留痕 {each.on(day)}"
                raise Broken("certificates_hold_as_the_journal_says", words)
    known = set(register.PublicRecord.objects.filter(kind="certificate").values_list("number", flat=True))
    if known != {each.number for each in held}:
        raise Broken("certificates_hold_as_the_journal_says", f"公布 {known}")


def _days(held: Held) -> set[date]:
    near = {held.issued, held.last} | ({held.ended} if held.ended else set())
    return {day + timedelta(days=n) for day in near for n in (-1, 0, 1)}
