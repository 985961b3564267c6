"""One canonical form of values, the same on both databases: what the journal records and digests cover."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson
from django.conf import settings
from django.db import models


def dumps(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, UTF-8 text."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def loads(text: str) -> Any:
    """Read canonical JSON; accepts whatever the standard library would."""
    return json.loads(text)


def moment(value: datetime) -> str:
    """2026-03-16T01:02:03.000004Z: always UTC, always six decimals."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def value(field: "models.Field[Any, Any]", raw: Any) -> Any:
    """The JSON value that stands for a model field's value."""
    if raw is None:
        return None
    if isinstance(raw, datetime):
        return moment(raw)
    if isinstance(raw, date):
        return raw.isoformat()
    if isinstance(raw, bytes | memoryview):
        return bytes(raw).hex()
    return plain(raw) if isinstance(field, models.JSONField) else field.get_prep_value(raw)


def plain(raw: Any) -> Any:
    """JSON in, JSON out: tuples become lists, so that replay compares equal."""
    return json.loads(dumps(raw))


def row(instance: models.Model, names: frozenset[str] | None = None) -> dict[str, Any]:
    """Column -> canonical value of a row, or of some of its columns; secret ones as keyed digests."""
    return {
        field.column: cell(type(instance), field, getattr(instance, field.attname))
        for field in instance._meta.concrete_fields
        if names is None or field.name in names or field.attname in names
    }


def cell(model: type[models.Model], field: "models.Field[Any, Any]", raw: Any) -> Any:
    """Canonical value, hidden behind a keyed digest where the model says it is secret."""
    canonical = value(field, raw)
    hidden = getattr(model, "journal_secret", ())
    return keyed(canonical) if field.name in hidden and canonical is not None else canonical


def keyed(secret: Any) -> str:
    """Keyed digest: equal values compare equal, and nobody without the key can guess them."""
    return "hmac:" + hmac.new(_key(), dumps(secret).encode(), hashlib.sha256).hexdigest()


def _key() -> bytes:
    return hashlib.sha256(b"dabiao journal secrets\0" + settings.SECRET_KEY.encode()).digest()


def digest(text: str, algorithm: str) -> str:
    """Hex digest of text by sha256 or sm3."""
    return hashlib.new(algorithm, text.encode()).hexdigest()


def covers(values: Mapping[str, Any]) -> str:
    """Canonical JSON of a mapping, for hashing."""
    return dumps(dict(values))
