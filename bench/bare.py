"""The floor of acts on a sheet: the rows the product reads and writes, by hand."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from bench.raw import Raw

ACTOR = """SELECT p.*, u.name, u.jurisdiction_id FROM people_posting p
LEFT JOIN organisations_unit u ON u.id = p.unit_id WHERE p.account_id = %s"""
SHEET = """SELECT s.*, r.digest FROM sheets_sheet s JOIN standards_rulebook r ON r.id = s.rulebook_id
WHERE s.id = %s"""
WRITER = "SELECT * FROM sheets_writer WHERE sheet_id = %s AND account_id = %s"
ANSWER = "SELECT * FROM sheets_answer WHERE sheet_id = %s AND line = %s"
TOTALS = "SELECT * FROM sheets_total WHERE sheet_id = %s"
END = "SELECT seq, digest FROM base_journal_entry WHERE chain = %s ORDER BY seq DESC LIMIT 1"
ENTRY_COLUMNS = "id, chain, seq, previous, algorithm, act, actor, received_at, body, digest"
ENTRY = f"""INSERT INTO base_journal_entry ({ENTRY_COLUMNS})
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
GIVE = """INSERT INTO sheets_answer (sheet_id, line, verdict, deductions, words, reason, copied,
recorded_by_id, done_at, received_at, version) VALUES (%s, %s, %s, %s, %s, '', false, %s, %s, %s, 1)"""
GIVE_AGAIN = "UPDATE sheets_answer SET deductions = %s, received_at = %s, version = version + 1 WHERE id = %s"
ADD = "UPDATE sheets_total SET answered = answered + 1, lost = lost + 1000 WHERE id = %s"
MOMENT = "2026-03-02 02:00:00.000001"
_KEYS = count(10_000_000)  # far from those the product has given


@dataclass(slots=True)
class Bare:
    """`body` is that of a real entry, so that as many bytes are hashed and written."""

    raw: Raw
    account: int
    body: str

    def save(self, sheet: int, line: str) -> None:
        """One answer: held, read, written, entered into the journal."""
        raw = self.raw
        raw.begin()
        raw.one(SHEET + (" FOR NO KEY UPDATE OF s" if raw.hold else ""), sheet)
        raw.one(WRITER, sheet, self.account)
        old = raw.one(ANSWER, sheet, line)
        totals = raw.all(TOTALS, sheet)
        if old is None:
            raw.run(GIVE, sheet, line, "deducted", DEDUCTIONS, WORDS, self.account, MOMENT, MOMENT)
        else:
            raw.run(GIVE_AGAIN, DEDUCTIONS, MOMENT, old[0])
        raw.run(ADD, totals[0][0])
        self.enter(f"sheets_sheet:{sheet}")
        raw.commit()

    def enter(self, chain: str) -> None:
        """One journal entry at the end of its chain; the digest hashed bare."""
        seq, previous = self.raw.one(END, chain) or (0, "0" * 64)
        self.raw.run(ENTRY, *self._entry(chain, seq + 1, previous, self.body))

    def enter_all(self, chain: str, bodies: Sequence[str]) -> None:
        """Several entries after one look at the end of their chain, written at once."""
        seq, previous = self.raw.one(END, chain) or (0, "0" * 64)
        rows: list[tuple[Any, ...]] = []
        for number, body in enumerate(bodies, seq + 1):
            rows.append(self._entry(chain, number, previous, body))
            previous = rows[-1][-1]
        self.raw.fill("base_journal_entry", ENTRY_COLUMNS, rows)

    def _entry(self, chain: str, seq: int, previous: str, body: str) -> tuple[Any, ...]:
        key = next(_KEYS)
        head = f"sha256\n{previous}\n{chain}\n{seq}\n{key}\nbench@1\n{self.account}\n{MOMENT}\n"
        digest = hashlib.sha256((head + body).encode()).hexdigest()
        return (key, chain, seq, previous, "sha256", "bench@1", self.account, MOMENT, body, digest)

    def know(self, session: str) -> None:
        """What every request reads: session, account, postings."""
        self.raw.one("SELECT * FROM django_session WHERE session_key = %s", session)
        self.raw.one("SELECT * FROM people_account WHERE id = %s", self.account)
        self.raw.all(ACTOR, self.account)


WORDS = "缺少三月的检查记录"
DEDUCTIONS = '[{"count": 1, "points": 0, "rule": "1", "words": ""}]'
