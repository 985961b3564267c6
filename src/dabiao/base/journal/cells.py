"""What a database cell must hold, to the byte, for a canonical value; read past the driver's conversions.

On SQLite a cell of any column can hold any type and any text; on PostgreSQL dates can be infinite. Reading
such cells in the ordinary way ends in a traceback; here they are values that differ from what they should be.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, models

from dabiao.base import canonical
from dabiao.base.journal.covered import Column


def expression(column: Column) -> str:
    """SQL that reads the cell as it is stored."""
    name = connection.ops.quote_name(column.name)
    if connection.vendor == "sqlite":
        return f"+{name}"  # an expression has no declared type, so no converter runs
    if isinstance(column.field, models.DateTimeField):
        return f"CAST({name} AT TIME ZONE 'UTC' AS text)"
    return f"CAST({name} AS text)"


def holds(column: Column, value: Any, raw: Any) -> bool:
    """Whether a raw cell is exactly what stands for the canonical value."""
    if value is None or raw is None:
        return value is None and raw is None
    if column.secret:
        return isinstance(raw, str) and canonical.keyed(raw) == value
    if connection.vendor == "sqlite":
        expected = _on_sqlite(column.field, value)
        return type(raw) is type(expected) and raw == expected
    if isinstance(column.field, models.JSONField):
        return bool(_exact(raw) == _exact(json.dumps(value)))
    return bool(raw == _on_postgresql(column.field, value))


@contextmanager
def readable() -> Iterator[None]:
    """Within it SQLite gives text that is not UTF-8 with surrogates instead of failing."""
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        yield
        return
    before = connection.connection.text_factory
    connection.connection.text_factory = _text
    try:
        yield
    finally:
        connection.connection.text_factory = before


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _on_sqlite(field: "models.Field[Any, Any]", value: Any) -> Any:
    prepared = field.get_db_prep_save(field.to_python(value), connection)
    if isinstance(prepared, bool):
        return int(prepared)
    return bytes(prepared) if isinstance(prepared, memoryview) else prepared


def _on_postgresql(field: "models.Field[Any, Any]", value: Any) -> str:
    python = field.to_python(value)
    if isinstance(python, bool):
        return "true" if python else "false"
    if isinstance(python, datetime):
        whole, _, fraction = python.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f").partition(".")
        fraction = fraction.rstrip("0")
        return f"{whole}.{fraction}" if fraction else whole
    return f"\\x{value}" if isinstance(field, models.BinaryField) else str(python)


def _exact(text: str) -> Any:
    """Parsed JSON in which 1, 1.0, 1.00 and true all differ, and the order of keys does not matter."""
    return json.loads(text, parse_int=_digits, parse_float=_digits, object_pairs_hook=_sorted)


def _digits(text: str) -> tuple[str, Any]:
    return "number", Decimal(text).as_tuple()


def _sorted(pairs: list[tuple[str, Any]]) -> tuple[str, list[tuple[str, Any]]]:
    return "object", sorted(pairs, key=lambda pair: pair[0])
