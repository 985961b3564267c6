"""Statements spelled by hand, for what every request or every save asks.

The ORM needs several times as long to spell such a question as the database to answer it (bench/RESULTS.md).
Everything else is asked through models.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC
from functools import cache, lru_cache, partial
from operator import attrgetter, methodcaller
from threading import local
from typing import Any, Final, NamedTuple, TypeVar

import orjson
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=models.Model)
Asked = tuple[str, Sequence[Any]]  # a statement and its values
Coming = Callable[[], list[list[tuple[Any, ...]]]]  # the rows of several, once
Result = TypeVar("Result")

_DEBUG: Final = settings.DEBUG  # then the framework keeps all statements
SPELLINGS: Final = 512  # statements whose spelling is kept in memory
_MARK: Final = re.compile(r"(?<!%)%s")

LAST_KEY: Final = 2**63 - 1  # no column takes a longer number, however long the address that names it


class _Own(local):
    """What the framework looks up anew each time, in six calls; it stays the same for a thread's life."""

    connection: Any = None


_OWN: Final = _Own()


def own() -> Any:
    """This thread's connection."""
    return _OWN.connection or _found()


def _found() -> Any:
    _OWN.connection = connections[DEFAULT_DB_ALIAS]
    return _OWN.connection


def rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """All rows of one statement; values go in by %s."""
    return _asked(sql, values, _ALL)


def touched(sql: str, *values: Any) -> int:
    """How many rows a statement has written."""
    if _FLOW.get() is not None:  # the driver counts only what it waits for
        return len(_asked(f"{sql} RETURNING 1", values, _ALL))
    return int(_asked(sql, values, _COUNT))


def touching(sql: str, *values: Any) -> Callable[[], int]:
    """The same, told when it is called: within `flowing` nobody waits for it until then."""
    if _FLOW.get() is not None:
        told = coming((f"{sql} RETURNING 1", values))
        return lambda: len(told()[0])
    count = touched(sql, *values)
    return lambda: count


def written(sql: str, *values: Any) -> None:
    """A statement of which nothing is asked back: within `flowing` nobody waits for it."""
    _asked(sql, values, _nothing)


def _asked(sql: str, values: Sequence[Any], told: Callable[[Any], Result]) -> Result:
    """Straight from the driver: the framework's cursor takes longer than the database. It is in the same
    transaction, and what goes wrong is the same error; where somebody listens to statements, to count or to
    log them, the framework's cursor is asked, which lets them hear.
    """
    here = own()
    if here.execute_wrappers or here.force_debug_cursor or _DEBUG:
        with here.cursor() as heard:
            heard.execute(sql, values)
            return told(heard)
    if here.connection is None or here.health_check_enabled or here.needs_rollback:
        _open(here)
    try:
        if here.vendor == "sqlite":
            return told(here.connection.execute(_marked(sql), values))
        return told(_ask_postgresql(here, sql, values))
    except here.Database.Error:
        with here.wrap_database_errors:  # which makes the framework's error of it
            raise


def _nothing(told: Any) -> None:
    """Not even waited for."""


def _open(here: Any) -> None:
    """Before anything is asked, as the framework does."""
    here.close_if_health_check_failed()
    if here.connection is None:
        here.ensure_connection()
    here.validate_no_broken_transaction()


def _ask_postgresql(here: Any, sql: str, values: Sequence[Any]) -> Any:
    """Parsed and planned once in a connection, as SQLite's driver does by itself; the framework's cursor
    writes values into the text, which is new each time then."""
    return here.Database.Cursor(here.connection).execute(sql, values, prepare=True)


@lru_cache(maxsize=SPELLINGS)
def _marked(sql: str) -> str:
    """As SQLite's driver takes values."""
    return _MARK.sub("?", sql).replace("%%", "%")


_ALL: Final = methodcaller("fetchall")
_COUNT: Final = attrgetter("rowcount")


def together(*asked: Asked) -> list[list[tuple[Any, ...]]]:
    """All rows of each of several statements of which none needs what another tells. They are executed one
    after the other, each seeing what those before it have waited for; PostgreSQL is asked and answers once.
    """
    here = own()
    if not asked[1:] or not _flows(here):  # there is nothing to save in one
        return [rows(sql, *values) for sql, values in asked]
    with here.wrap_database_errors:
        with flowing():
            told = [_ask_postgresql(here, sql, values) for sql, values in asked]
        return [one.fetchall() for one in told]


def coming(*asked: Asked) -> Coming:
    """As `together`, but told when it is called, once: within `flowing` PostgreSQL works on it meanwhile.
    Elsewhere all is asked at once."""
    here = own()
    if not flows():
        told = together(*asked)
        return lambda: told
    with here.wrap_database_errors:
        sent = [_ask_postgresql(here, sql, values) for sql, values in asked]
    return partial(_came, here, sent)


def _came(here: Any, sent: Sequence[Any]) -> list[list[tuple[Any, ...]]]:
    with here.wrap_database_errors:
        return [one.fetchall() for one in sent]


def flows() -> bool:
    """Whether what is sent now is not waited for."""
    return _FLOW.get() is not None


def _flows(here: Any) -> bool:
    """PostgreSQL, and nobody listens to each statement's end."""
    return here.vendor == "postgresql" and not here.queries_logged and not here.execute_wrappers


@contextmanager
def flowing() -> Iterator[None]:
    """PostgreSQL is sent what is `written` here, savepoints too, without waiting until it is done: in order,
    before what is asked next. What goes wrong there is raised by what is asked next, or at the end: so the
    whole transaction has to end with this, as nothing within may catch the database's errors and go on.

    The framework's own counts (`update`, `delete` of a queryset) are not to be had within; and what may be
    undone alone is done `apart`, or `still`.
    """
    here = own()
    if _FLOW.get() is not None or not _flows(here):
        yield
        return
    _open(here)
    with here.wrap_database_errors, ExitStack() as stack:
        stack.enter_context(here.connection.pipeline())
        token = _FLOW.set(stack)
        try:
            yield
        finally:
            _FLOW.reset(token)


@contextmanager
def apart() -> Iterator[None]:
    """A savepoint within `flowing`. Where it is undone nothing flows: the driver then forgets its prepared
    statements, and would ask by the names of some it has sent word to forget.
    """
    ebb = _Ebb(_FLOW.get())
    try:
        with transaction.atomic(), ebb:
            yield
    finally:
        ebb.flow()


@dataclass(slots=True)
class _Ebb:
    stack: ExitStack | None
    left: bool = False

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is not None and self.stack is not None:
            self.left = True
            self.stack.close()

    def flow(self) -> None:
        if self.left and self.stack is not None:
            self.stack.enter_context(own().connection.pipeline())


@contextmanager
def still() -> Iterator[None]:
    """For what cannot flow (COPY): everything sent has been done before, and flows again afterwards."""
    stack = _FLOW.get()
    if stack is None:
        yield
        return
    stack.close()
    try:
        yield
    finally:
        stack.enter_context(own().connection.pipeline())


_FLOW: Final[ContextVar[ExitStack | None]] = ContextVar("flow", default=None)


def columns(model: type[models.Model], alias: str) -> str:
    """All columns of a model, in the order in which `read` takes their cells."""
    return ", ".join(f"{alias}.{each.column}" for each in model._meta.concrete_fields)


def column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(connection.ops.quote_name(field.column))


def read(model: type[Row], cells: Sequence[Any]) -> Row:
    """The row of a statement that begins with these columns; what more it has is the caller's."""
    names, converters = _shape(model)
    values = list(cells[: len(names)])
    for at, convert in converters:
        if values[at] is not None:
            values[at] = convert(values[at])
    return made(model, names, values)


def made(model: type[Row], names: Sequence[str], values: Sequence[Any]) -> Row:
    """As `from_db` makes it, which goes through every field by itself and tells listeners: we have none."""
    row = model.__new__(model)
    row.__dict__ = dict(zip(names, values, strict=True))
    row._state = state = ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    return row


def put_beside(row: models.Model, name: str, other: models.Model) -> None:
    """The row that another refers to, where its key is there already: what assigning would do beside that."""
    field: Any = row._meta.get_field(name)
    field.set_cached_value(row, other)


def read_each(cells: Sequence[Any], *kinds: type[models.Model]) -> list[Any]:
    """The rows of a statement that begins with the columns of these models; None where one joined none."""
    found: list[Any] = []
    for kind in kinds:
        count = len(kind._meta.concrete_fields)
        found.append(None if cells[0] is None else read(kind, cells))
        cells = cells[count:]
    return found


def renew(row: models.Model, names: Sequence[str], *, hold: bool = False) -> None:
    """Read some fields of a row again; `hold`: and keep other writers off it until the transaction ends."""
    sql, values = renewal(row, names, hold=hold)
    renewed(row, names, rows(sql, *values))


def renewed(row: models.Model, names: Sequence[str], found: Sequence[tuple[Any, ...]]) -> None:
    """Give the row what `renewal` found."""
    model = type(row)
    if names and not found:
        raise ObjectDoesNotExist(f"{model._meta.db_table}:{row.pk}")
    for name, cell in zip(names, found[0][1:] if found else (), strict=False):
        field: Any = model._meta.get_field(name)
        setattr(row, field.attname, _value(model, field, cell))
        if field.is_relation and field.is_cached(row):
            field.delete_cached_value(row)


def renewal(row: models.Model, names: Sequence[str], *, hold: bool = False) -> Asked:
    """The statement that `renew` asks."""
    return _renewal(type(row), tuple(names), hold=hold), [row.pk]


def _value(model: type[models.Model], field: Any, cell: Any) -> Any:
    convert = dict(_shape(model).converters).get(model._meta.concrete_fields.index(field))
    return cell if cell is None or convert is None else convert(cell)


@cache
def _renewal(model: type[models.Model], names: tuple[str, ...], *, hold: bool) -> str:
    key = column(model, model._meta.pk.name)
    asked = ", ".join(f"t.{each}" for each in (key, *(column(model, name) for name in names)))
    mine = f"SELECT {asked} FROM {model._meta.db_table} t WHERE t.{key} = %s"  # noqa: S608  columns of our model
    return mine + (held("t") if hold else "")


_framework_reads: Final[Any] = models.JSONField().from_db_value


class _Shape(NamedTuple):
    names: list[str]
    converters: list[tuple[int, Callable[[Any], Any]]]  # of cells that are not NULL, by their place


@cache
def _shape(model: type[models.Model]) -> _Shape:
    """What makes values of cells: worked out once, where the ORM's raw statements do it every time."""
    fields = model._meta.concrete_fields
    found = [(at, _converter(model, each)) for at, each in enumerate(fields)]
    return _Shape([each.attname for each in fields], [(at, turn) for at, turn in found if turn is not None])


def _converter(model: type[models.Model], field: Any) -> Callable[[Any], Any] | None:
    """The framework's, made short for what there is most of; a test compares whole rows."""
    column = field.get_col(model._meta.db_table)
    steps = [*connection.ops.get_db_converters(column), *field.get_db_converters(connection)]
    if type(field) is models.JSONField and field.decoder is None:
        return _content
    if connection.vendor == "sqlite" and type(field) in _OF_SQLITE:
        return _OF_SQLITE[type(field)]
    return partial(_converted, steps, column) if steps else None


def _converted(steps: Sequence[Callable[[Any, Any, Any], Any]], column: Any, value: Any) -> Any:
    for step in steps:
        value = step(value, column, connection)
    return value


def _content(text: Any) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:  # what the standard library alone reads, or nobody
        return _framework_reads(text, None, connection)


def _moment(there: Any) -> Any:
    """SQLite's driver has read it, and knows no zone: all are written in UTC."""
    return there.replace(tzinfo=UTC)


# What the driver gives of a column of yes and no is True or False already.
_OF_SQLITE: Final[dict[type, Callable[[Any], Any] | None]] = {
    models.DateTimeField: _moment,
    models.BooleanField: None,
}


def by_key(rows: "models.QuerySet[Row]", key: int) -> Row | None:
    """The row of this key, if it is among them. Not put in order, as `first` does: to sort one row the ORM
    compares every column of all that is read with it."""
    return next(iter(rows.filter(pk=key).order_by()), None)


@cache
def held(alias: str) -> str:
    """What keeps other writers off a row until the transaction ends; those that refer to it may still come.

    Empty on SQLite, which has one writer anyway.
    """
    features = connection.features
    if not features.has_select_for_update:
        return ""
    return f" FOR {'NO KEY ' if features.has_select_for_no_key_update else ''}UPDATE OF {alias}"
