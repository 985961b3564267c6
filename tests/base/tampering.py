"""Changing cells behind the system's back, by raw SQL, one small change at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection, models, transaction


@dataclass(frozen=True)
class Cell:
    table: str
    key_column: str
    key: Any
    column: str
    field: Any

    def change(self, expression: str) -> bool:
        """Change this cell; False where a constraint refuses or it stays the same."""
        before = self.read()
        sql = (
            f"UPDATE {self.table} SET {_name(self.column)} = {expression} WHERE {_name(self.key_column)} = %s"
        )
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql, [self.key])
        except IntegrityError:
            return False
        return self.read() != before

    def read(self) -> Any:
        """The cell as text, and its type; None when the row has another key now."""
        kind = "typeof" if connection.vendor == "sqlite" else "pg_typeof"
        column, key = _name(self.column), _name(self.key_column)
        wanted = f"{self._text(column)}, CAST({kind}({column}) AS text)"
        sql = f"SELECT {wanted} FROM {self.table} WHERE {key} = %s"
        with connection.cursor() as cursor:
            cursor.execute(sql, [self.key])
            return cursor.fetchone()

    def _text(self, column: str) -> str:
        if not isinstance(self.field, models.BinaryField):
            return f"CAST({column} AS text)"
        return f"hex({column})" if connection.vendor == "sqlite" else f"encode({column}, 'hex')"


def cells_of(row: models.Model) -> list[Cell]:
    meta = row._meta
    return [
        Cell(meta.db_table, str(meta.pk.column), row.pk, str(field.column), field)
        for field in meta.concrete_fields
    ]


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _name(name: str) -> str:
    return connection.ops.quote_name(name)


def expressions(field: Any) -> list[str]:
    """SQL of small changes to a column, gentlest first; {c} is the column."""
    return [
        text.format(c=connection.ops.quote_name(field.column)).replace("%", "%%") for text in _texts(field)
    ]


def _texts(field: Any) -> tuple[str, ...]:
    if connection.vendor == "sqlite":
        return _on_sqlite(field)
    return _on_postgresql(field)


def _on_sqlite(field: Any) -> tuple[str, ...]:
    """NULL becomes something, numbers grow, one character of a text changes, and types change."""
    if isinstance(field, models.BinaryField):
        return "X'00'", "CAST({c} AS text)", "zeroblob(length({c}))"
    flipped = "substr({c}, 1, length({c}) - 1) || char(unicode(substr({c}, -1)) + 1)"
    whole = "WHEN typeof({c}) IN ('integer', 'real') THEN {c} + 1 WHEN {c} = '' THEN 'x'"
    first = f"CASE WHEN {{c}} IS NULL THEN 1 {whole} ELSE {flipped} END"
    return first, "CASE WHEN {c} IS NULL THEN '' ELSE {c} + 1000 END", "CAST({c} || 'x' AS blob)", "'不可能'"


def _on_postgresql(field: Any) -> tuple[str, ...]:
    target = field.target_field if field.is_relation else field
    if isinstance(target, models.JSONField):
        longer = "replace(CAST({c} AS text), '2.5', '2.50')::jsonb"
        return "CASE WHEN {c} IS NULL THEN '1' ELSE " + longer + " END", "'[1]'"
    if isinstance(target, models.BooleanField):
        return ("NOT {c}",)
    if isinstance(target, models.DateTimeField):
        return "COALESCE({c}, now()) + interval '1 microsecond'", "'infinity'"
    if isinstance(target, models.DateField):
        return "COALESCE({c}, current_date) + 1", "'infinity'"
    if isinstance(target, models.IntegerField):
        return "COALESCE({c}, 0) + 1", "COALESCE({c}, 0) + 1000"
    return _of_bytes(target) or _of_text()


def _of_bytes(target: Any) -> tuple[str, ...]:
    binary = isinstance(target, models.BinaryField)
    return ("'\\x00'::bytea", "set_byte({c}, 5, get_byte({c}, 5) # 1)") if binary else ()


def _of_text() -> tuple[str, ...]:
    return "COALESCE({c}, '') || ' '", "left({c}, length({c}) - 1)", "chr(ascii({c}) + 1) || right({c}, -1)"


def one_character(column: str, place: int) -> str:
    """SQL of a text with the character at `place` (from 1) replaced by the next one."""
    name, char = _name(column), "char" if connection.vendor == "sqlite" else "chr"
    code = "unicode" if connection.vendor == "sqlite" else "ascii"
    one = f"{char}({code}(substr({name}, {place}, 1)) + 1)"
    return f"substr({name}, 1, {place - 1}) || {one} || substr({name}, {place + 1})"


def one_byte(content: bytes, place: int) -> str:
    """SQL of bytes with the lowest bit at `place` (from 0) turned over."""
    changed = bytearray(content)
    changed[place] ^= 1
    return f"X'{changed.hex()}'" if connection.vendor == "sqlite" else f"'\\x{changed.hex()}'::bytea"
