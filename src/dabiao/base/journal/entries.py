"""Writing the journal: the only way rows of covered tables come to be, change or go.

    with journal.writing(ACT, by=actor, at=at, on=sheet) as w:
        w.create(answer)
        w.change(sheet, answered=3)

Everything inside is one transaction and one entry; the entry's chain is that of the row in `on`.
Replaying entries by id gives every row its last state: an entry takes its id after its act has touched its
rows, and whoever touches one of them next waits for that transaction to end (docs/decisions/0004-journal.md).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any, Final, NamedTuple, TypeVar

from django.db import connection, models, transaction

from dabiao.base import canonical, statements, storing
from dabiao.base.journal import many
from dabiao.base.journal.appending import append, ending
from dabiao.base.models import JournalEntry
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import Act
from dabiao.kernel.errors import Conflict, DabiaoError, OutOfTurn
from dabiao.kernel.moves import Move

Row = TypeVar("Row", bound=models.Model)
CHUNK = 500
FEW = 8  # rows whose statement is spelled once for so many and kept


def chain_of(row: models.Model) -> str:
    """Name of a row's chain: table and key."""
    return f"{row._meta.db_table}:{row.pk}"


class Awaited(NamedTuple):
    """A change that flows: how many rows it has hit is told later; `wrong` where they are not so many."""

    told: Callable[[], int]
    rows: int
    wrong: DabiaoError


@dataclass(slots=True)
class Writing:
    """Collects changes while it makes them."""

    changes: list[dict[str, Any]] = field(default_factory=list)
    note: dict[str, Any] = field(default_factory=dict)
    bulk: dict[str, Any] | None = None  # what a bulk act says of its rows, see journal/bulk.py
    entry: JournalEntry | None = None  # once it is written
    around: "tuple[Writing, ...]" = ()
    _later: list[tuple[Sequence[models.Model], Callable[[], None]]] = field(default_factory=list)
    _end: statements.Coming | None = None  # of the chain, where it was asked early
    _touched: set[tuple[str, Any]] = field(default_factory=set)
    _awaited: list[Awaited] = field(default_factory=list)

    def create(self, row: Row) -> Row:
        _settle(row)
        storing.insert(row)
        self._record("create", type(row), row.pk, canonical.row(row, settled=True))
        return row

    def create_all(self, rows: Iterable[Row]) -> list[Row]:
        """Many rows of one table in few statements."""
        pending = [_settle(row) for row in rows]
        if not pending:
            return []
        if len(pending) <= FEW and all(each.pk is None for each in pending):
            storing.insert_all(pending)
        else:
            pending = type(pending[0])._base_manager.bulk_create(pending, batch_size=CHUNK)
        self._created(pending)
        return pending

    def create_later(self, rows: Sequence[Row]) -> None:
        """A few rows of one table whose keys nobody asks for before the act is over: then they have them."""
        pending = [_settle(row) for row in rows]
        if pending:
            self._later.append((pending, storing.inserting(pending)))
        if not statements.flows():
            self.settled()

    def _created(self, rows: Iterable[models.Model]) -> None:
        for row in rows:
            self._record("create", type(row), row.pk, canonical.row(row, settled=True))

    def create_many(
        self,
        model: type[models.Model],
        names: Sequence[str],
        rows: Sequence[Sequence[Any]],
        first: models.Model | None = None,
    ) -> list[int]:
        """Many rows given as values, without making an object of each; the other columns take their default.

        Returns their keys, in the order given. `first` stands for the first of them, is given its key, and is
        what an act is about that does nothing but make new rows.
        """
        made = many.insert(model, names, rows, partial(self._begin, first))
        table = model._meta.db_table
        for key, told in made.items():
            self._touched.add((table, key))
            self.changes.append({"table": table, "key": key, "how": "create", "values": told})
        return list(made)

    def _begin(self, first: models.Model | None, key: int) -> None:
        """Nobody can touch a new row before it is committed, so its entry may take its id before the row is
        there: the database tells it while it has the rows still to write."""
        if first is not None:
            first.pk = key
            self._end = ending(chain_of(first))

    def change_many(
        self, model: type[models.Model], names: Sequence[str], rows: Mapping[int, Sequence[int]]
    ) -> None:
        """Numbers of many rows in one statement: by key, the new values of the columns named."""
        gone = OutOfTurn("该内容已被他人移除，请刷新后再看。")
        self._await(Awaited(many.renew(model, names, rows), len(rows), gone))
        for key, values in rows.items():
            self._record("change", model, key, dict(zip(names, values, strict=True)))

    def _await(self, change: Awaited) -> None:
        self._awaited.append(change)
        if not statements.flows():
            self.settled()

    def settled(self) -> list[dict[str, Any]]:
        """All changes, once it is sure that there was what they change, and new rows have their keys."""
        for told, count, wrong in self._awaited:
            if told() != count:
                raise wrong
        self._awaited.clear()
        for rows, keyed in self._later:
            keyed()
            self._created(rows)
        self._later.clear()
        if self._end is not None and any(each["how"] != "create" for each in self.changes):
            raise RuntimeError("an entry that took its id early may tell of new rows alone")
        return self.changes

    def change(self, row: Row, *, version: int | None = None, **values: Any) -> Row:
        """Change some fields; with `version`, only if nobody else has changed the row since."""
        if version is not None:
            values["version"] = version + 1
        held = {} if version is None else {"version": [version]}
        if values and not self._update(row, held, values):
            theirs = type(row)._base_manager.filter(pk=row.pk).first()
            seen = canonical.row(theirs) if theirs is not None else {}
            raise Conflict("这里刚被他人修改过，您的内容没有丢失，请核对后再保存。", theirs=seen)
        return row

    def move(self, row: Row, move: Move, **values: Any) -> Row:
        """Make one move: a conditional update that must hit one row, else it is not the time."""
        wrong = OutOfTurn(
            f"当前状态不能{move.title}，可能他人已先一步办理，请刷新后再看。", clause=move.clause
        )
        new = self._plain(row, {"state": move.to, **values})
        told = storing.changing(row, new, {"state": sorted(move.from_)})
        self._await(Awaited(told, 1, wrong))
        self._changed(row, new)
        self.note.setdefault("moves", []).append(move.name)
        return row

    def remove(self, row: models.Model) -> None:
        """Remove one row. What hangs on it must have been removed before, each row by its own `remove`."""
        self._record("remove", type(row), row.pk, {})
        key = row.pk
        with statements.still():
            gone, by_model = row.delete()
        row.pk = key  # the chain may be this row's own
        if not gone:
            raise OutOfTurn("该内容已被他人移除，请刷新后再看。")
        if unseen := [name for name in by_model if name != row._meta.label and by_model[name]]:
            raise RuntimeError(f"removing {row._meta.label} would silently remove {unseen}")

    def _update(self, row: models.Model, held: Mapping[str, Sequence[Any]], values: dict[str, Any]) -> bool:
        if not storing.change(row, self._plain(row, values), held):
            return False
        self._changed(row, values)
        return True

    def _plain(self, row: models.Model, values: dict[str, Any]) -> dict[str, Any]:
        for name in values.keys() & _contents(type(row)):
            values[name] = canonical.plain(values[name])
        return values

    def _changed(self, row: models.Model, values: dict[str, Any]) -> None:
        for name, value in values.items():
            setattr(row, name, value)
        self._record("change", type(row), row.pk, canonical.row(row, frozenset(values), settled=True))

    def _record(self, how: str, model: type[models.Model], key: Any, values: dict[str, Any]) -> None:
        place = (model._meta.db_table, key)
        if any(place in outer._touched for outer in self.around):
            raise RuntimeError(
                f"{place}: changed by the writing around this one, whose entry would come later"
            )
        self._touched.add(place)
        self.changes.append({"table": place[0], "key": place[1], "how": how, "values": values})


_open: ContextVar[tuple[Writing, ...]] = ContextVar("open_writings", default=())


class _Same:
    """In the transaction of the caller, which can only be undone once what is done in it has failed."""

    def __enter__(self) -> None:
        if not statements.own().in_atomic_block:
            raise RuntimeError("a row is held in a transaction, and there is none")

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        if failed is not None:
            transaction.set_rollback(True)


_SAME: Final = _Same()


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

    The chain's subject row is held for the act; `held` says the caller already holds it, in a transaction
    that must not go on if this fails.
    """
    with _SAME if held else transaction.atomic():
        if on.pk and not held:
            hold(on)
        work = Writing(note=dict(note or {}), around=_open.get())
        token = _open.set((*work.around, work))
        try:
            yield work
        finally:
            _open.reset(token)
        work.entry = append(
            act,
            by=by,
            at=at,
            done_at=done_at,
            chain=chain_of(on),
            changes=work.settled,
            note=work.note,
            bulk=work.bulk,
            end=work._end,
        )


def hold(row: models.Model, *anew: str) -> None:
    """Keep other writers off this row until the transaction ends (SQLite has one writer anyway).

    Rows that merely refer to it may still be added meanwhile. `anew`: fields that decide what follows, read
    again now that nobody else can change them; what the caller has may be older than the act of another.
    """
    if anew or connection.features.has_select_for_update:
        statements.renew(row, anew, hold=True)


def _settle(row: Row) -> Row:
    """JSON as it will be read back, so that row, journal and database say the same."""
    for name in _contents(type(row)):
        if (raw := getattr(row, name)) is not None:
            setattr(row, name, canonical.plain(raw))
    return row


@cache
def _contents(model: type[models.Model]) -> frozenset[str]:
    """The names of its fields of JSON."""
    return frozenset(each.name for each in model._meta.concrete_fields if isinstance(each, models.JSONField))
