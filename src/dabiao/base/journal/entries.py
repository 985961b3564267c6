"""Writing the journal: the only way rows of covered tables come to be, change or go.

    with journal.writing(ACT, by=actor, at=at, on=sheet) as w:
        w.create(answer)
        w.change(sheet, answered=3)

Everything inside is one transaction and one entry; the entry's chain is that of the row in `on`.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, models, transaction

from dabiao.base import canonical
from dabiao.base.models import JournalEntry
from dabiao.kernel.acts import Act
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Conflict, OutOfTurn
from dabiao.kernel.moves import Move

Row = TypeVar("Row", bound=models.Model)
GENESIS = "0" * 64
CHUNK = 500


def chain_of(row: models.Model) -> str:
    """Name of a row's chain: table and key."""
    return f"{row._meta.db_table}:{row.pk}"


@dataclass(slots=True)
class Writing:
    """Collects changes while it makes them."""

    changes: list[dict[str, Any]] = field(default_factory=list)
    note: dict[str, Any] = field(default_factory=dict)

    def create(self, row: Row) -> Row:
        row.save(force_insert=True)
        self._record("create", row, canonical.row(row))
        return row

    def create_all(self, rows: Iterable[Row]) -> list[Row]:
        """Many rows of one table in few statements."""
        pending = list(rows)
        if not pending:
            return []
        made = type(pending[0])._base_manager.bulk_create(pending, batch_size=CHUNK)
        for row in made:
            self._record("create", row, canonical.row(row))
        return made

    def change(self, row: Row, *, version: int | None = None, **values: Any) -> Row:
        """Change some fields; with `version`, only if nobody else has changed the row since."""
        if version is not None:
            values["version"] = version + 1
        held = {} if version is None else {"version": version}
        if not self._update(row, held, values):
            theirs = type(row)._base_manager.filter(pk=row.pk).first()
            seen = canonical.row(theirs) if theirs is not None else {}
            raise Conflict("这里刚被他人修改过，您的内容没有丢失，请核对后再保存。", theirs=seen)
        return row

    def move(self, row: Row, move: Move, **values: Any) -> Row:
        """Make one move: a conditional update that must hit one row, else it is not the time."""
        if not self._update(row, {"state__in": sorted(move.from_)}, {"state": move.to, **values}):
            raise OutOfTurn(f"当前状态不能{move.title}，可能他人已先一步办理，请刷新后再看。", clause=move.clause)
        self.note.setdefault("moves", []).append(move.name)
        return row

    def remove(self, row: models.Model) -> None:
        self._record("remove", row, {})
        row.delete()

    def _update(self, row: models.Model, held: dict[str, Any], values: dict[str, Any]) -> bool:
        if not type(row)._base_manager.filter(pk=row.pk, **held).update(**values):
            return False
        for name, value in values.items():
            setattr(row, name, value)
        self._record("change", row, canonical.row(row, frozenset(values)))
        return True

    def _record(self, how: str, row: models.Model, values: dict[str, Any]) -> None:
        self.changes.append({"table": row._meta.db_table, "key": row.pk, "how": how, "values": values})


@contextmanager
def writing(
    act: Act,
    *,
    by: Actor,
    at: datetime,
    on: models.Model,
    done_at: datetime | None = None,
    note: dict[str, Any] | None = None,
    held: bool = False,
) -> Iterator[Writing]:
    """One act's changes and its entry, all or nothing. `on` may get its key by `create` inside.

    The chain's subject row is held for the act; `held` says the caller already holds it.
    """
    with transaction.atomic():
        if on.pk and not held:
            hold(on)
        work = Writing(note=dict(note or {}))
        yield work
        append(act, by=by, at=at, chain=chain_of(on), done_at=done_at, work=work)


def hold(row: models.Model) -> None:
    """Keep other writers off this row until the transaction ends (SQLite has one writer anyway)."""
    if connection.features.has_select_for_update:
        type(row)._base_manager.select_for_update().filter(pk=row.pk).values_list("pk").first()


def append(
    act: Act, *, by: Actor, at: datetime, chain: str, work: Writing, done_at: datetime | None = None
) -> JournalEntry:
    """Add the entry at the end of its chain. The caller holds the chain's subject row."""
    last = JournalEntry.objects.filter(chain=chain).order_by("-seq").values_list("seq", "digest").first()
    seq, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
    body = canonical.dumps(_body(act, by, at, done_at, work))
    entry = JournalEntry(
        chain=chain,
        seq=seq,
        previous=previous,
        algorithm=settings.DABIAO_JOURNAL_ALGORITHM,
        act=act.id,
        actor=by.account,
        received_at=at,
        body=body,
    )
    entry.digest = entry.reckon()
    entry.save(force_insert=True)
    return entry


def _body(act: Act, by: Actor, at: datetime, done_at: datetime | None, work: Writing) -> dict[str, Any]:
    return {
        "sentence": act.sentence,
        "clause": act.clause,
        "by": {"account": by.account, "name": by.name, "posts": [_post(post) for post in by.posts]},
        "done": canonical.moment(done_at or at),
        "changes": work.changes,
        "note": canonical.plain(work.note),
    }


def _post(post: Any) -> dict[str, Any]:
    return {"role": str(post.role), "unit": post.unit, "body": post.body, "title": post.title}
