"""One canonical form of values, the same on both databases: what the journal records and digests cover."""

import hashlib
import hmac
import json
import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final

import orjson
from django.conf import settings
from django.db import models

from dabiao.kernel.digests import HASHES

MOMENTS_KEPT: Final = 2048
SHAPES: Final = 1024  # sets of columns that acts tell of
Column = tuple[str, str, Any, type | None, bool]
FLOAT_LIMIT = 1e15  # beyond it jsonb gives back an integer where SQLite gives back a float


def dumps(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, UTF-8 text."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def packed(value: Any) -> bytes:
    """The same as bytes."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def loads(text: str) -> Any:
    """Read canonical JSON; accepts whatever the standard library would."""
    return json.loads(text)


def moment(value: datetime) -> str:
    """2026-03-16T01:02:03.000004Z: always UTC, always six decimals."""
    return _moment(value if value.tzinfo is UTC else value.astimezone(UTC))


@lru_cache(maxsize=MOMENTS_KEPT)
def _moment(there: datetime) -> str:
    """An act brought in says when it was done in its row, in its receipt and in what is told of it."""
    return there.isoformat(timespec="microseconds")[: -len("+00:00")] + "Z"


def value(field: "models.Field[Any, Any]", raw: Any) -> Any:
    """The JSON value that stands for a model field's value, whatever spelling of it was assigned."""
    if raw is None or as_it_is(field, raw):
        return raw
    if momentary(field, raw):
        return moment(raw)
    if isinstance(field, models.JSONField):
        return plain(raw)
    prepared = field.get_prep_value(raw)
    if isinstance(prepared, datetime):
        return moment(prepared)
    if isinstance(prepared, date):
        return prepared.isoformat()
    return bytes(prepared).hex() if isinstance(prepared, bytes | memoryview) else prepared


_AS_IT_IS: Final[dict[type, type]] = {
    models.CharField: str,
    models.TextField: str,
    models.BooleanField: bool,
    models.IntegerField: int,
    models.BigIntegerField: int,
    models.PositiveIntegerField: int,
}


def itself(field: "models.Field[Any, Any]") -> type | None:
    """The kind of value that is the same in this column and in the journal; of another row its number."""
    if type(field) is models.ForeignKey and isinstance(field.target_field, models.IntegerField):
        return int
    return _AS_IT_IS.get(type(field))


def as_it_is(field: "models.Field[Any, Any]", raw: Any) -> bool:
    """Texts, numbers, yes and no, of the very kind of their column: the same here and in the journal."""
    return type(raw) is _AS_IT_IS.get(type(field))


def momentary(field: "models.Field[Any, Any]", raw: Any) -> bool:
    """A moment that says of which zone it is, in a column of moments."""
    return type(raw) is datetime and raw.tzinfo is not None and type(field) is models.DateTimeField


def plain(raw: Any) -> Any:
    """JSON in, JSON out, keys sorted: what is stored is then the same text again when read and written."""
    return read(dumps(raw))


def read(text: str) -> Any:
    """The values of canonical text, as `plain` gives them; slowly only where a number may be a float."""
    return _READER.decode(text) if floating(text) else orjson.loads(text)


def floating(text: str) -> bool:
    """Whether a number of this canonical text may be a float; else the text stands for itself."""
    return text[:1] in _NUMERIC or _FLOAT.search(text) is not None


def _number(text: str) -> float:
    number = float(text)
    if abs(number) >= FLOAT_LIMIT:
        raise ValueError(f"a float of this size changes its type in jsonb: {text}; use an integer or text")
    return number or 0.0  # PostgreSQL knows no minus zero


_NUMERIC: Final = frozenset("-0123456789")
_FLOAT: Final = re.compile(r'[:\[,](?<![^"]:)[-0-9][0-9]*[.eE]')  # or a text that merely looks like one
_READER: Final = json.JSONDecoder(parse_float=_number)  # made once: making one costs more than reading


def row(
    instance: models.Model, names: frozenset[str] | None = None, *, settled: bool = False
) -> dict[str, Any]:
    """Column -> canonical value of a row, or of some of its columns; secret ones as keyed digests. `settled`:
    its JSON is `plain` already."""
    model = type(instance)
    told: dict[str, Any] = {}
    for column, attname, field, kind, timed in _columns(model, names):
        raw = getattr(instance, attname)
        if type(raw) is kind or (settled and kind is _Json):
            told[column] = raw
        elif timed and momentary(field, raw):
            told[column] = moment(raw)
        else:
            told[column] = cell(model, field, raw)
    return told


@lru_cache(maxsize=SHAPES)
def _columns(model: type[models.Model], names: frozenset[str] | None) -> tuple[Column, ...]:
    """What is told of these fields, with the kind of value that is told as it is, and whether moments are."""
    return tuple(
        (
            str(field.column),
            field.attname,
            field,
            None if secret(model, field) else _kind(field),
            type(field) is models.DateTimeField and not secret(model, field),
        )
        for field in model._meta.concrete_fields
        if names is None or field.name in names or field.attname in names
    )


class _Json:
    """Stands for the kind of what a column of JSON holds."""


def _kind(field: "models.Field[Any, Any]") -> type | None:
    return _Json if type(field) is models.JSONField else itself(field)


def cell(model: type[models.Model], field: "models.Field[Any, Any]", raw: Any) -> Any:
    """Canonical value, hidden behind a keyed digest where the model says it is secret."""
    canonical = value(field, raw)
    return keyed(canonical) if secret(model, field) and canonical is not None else canonical


def secret(model: type[models.Model], field: "models.Field[Any, Any]") -> bool:
    return field.name in getattr(model, "journal_secret", ())


def keyed(value: Any) -> str:
    """Keyed digest: equal values compare equal, and nobody without the key can guess them."""
    return "hmac:" + hmac.new(_key(), dumps(value).encode(), hashlib.sha256).hexdigest()


def _key() -> bytes:
    return hashlib.sha256(b"dabiao journal secrets\0" + settings.SECRET_KEY.encode()).digest()


def digest(text: str | bytes, algorithm: str) -> str:
    """Hex digest of text by sha256 or sm3; KeyError for another algorithm."""
    return str(HASHES[algorithm](text if isinstance(text, bytes) else text.encode()).hexdigest())
