"""Many values of one column at once: as the journal spells them, and as the database takes them."""

from collections.abc import Hashable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import orjson
from django.db import connection, models

from dabiao.base import canonical, statements, storing

Field: TypeAlias = "models.Field[Any, Any]"
Cells = Sequence[Any]

_TEXTS = (models.CharField, models.TextField)
_NUMBERS = (models.IntegerField, models.ForeignKey)  # keys are numbers here
_AS_THEY_ARE: tuple[tuple[tuple[type, ...], type], ...] = ((_TEXTS, str), (_NUMBERS, int))
_FLAT = frozenset({str, int, bool, type(None)})
_EMPTY = (list, dict)  # defaults that are new each time, and always the same


def fields_of(model: type[models.Model], names: Sequence[str]) -> list[Field]:
    """The model's fields by name or attname; ValueError for a name it has not."""
    known = {name: one for one in model._meta.concrete_fields for name in (one.name, one.attname)}
    if missing := [name for name in names if name not in known]:
        raise ValueError(f"{model._meta.label} has no {missing}")
    return [known[name] for name in names]


def spelled(field: Field, values: Cells) -> tuple[Cells, Cells]:
    """(as in the journal, as for the database); secret ones are keyed digests in the journal."""
    if canonical.secret(field.model, field):
        return [canonical.cell(field.model, field, each) for each in values], _for_database(field, values)
    if _plain(field, values):
        return values, values
    if isinstance(field, models.JSONField):
        return _contents(field, values)
    if isinstance(field, models.DateTimeField) and _are_moments(values):
        return _moments(values)
    known: dict[Hashable, tuple[Any, Any]] = {}
    pairs = [_cell(field, each, known) for each in values]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def stored(field: Field, values: Cells) -> Cells:
    """Journal's spelling -> what the database takes."""
    if _plain(field, values):
        return values
    return _for_database(field, [field.to_python(each) for each in values])


def default(field: Field, count: int) -> tuple[Cells, Cells]:
    """The same default for all."""
    if field.has_default() and callable(field.default) and field.default not in _EMPTY:
        raise ValueError(f"{field}: its default differs from row to row, give the values")
    plain, kept = spelled(field, [field.get_default()])
    return [plain[0]] * count, [kept[0]] * count


def _plain(field: Field, values: Cells) -> bool:
    """Texts and numbers that are spelled the same everywhere."""
    if isinstance(field, models.ForeignKey) and not isinstance(field.target_field, models.IntegerField):
        return False
    kinds = set(map(type, values)) - {type(None)}
    return any(isinstance(field, fields) and kinds <= {kind} for fields, kind in _AS_THEY_ARE)


def _for_database(field: Field, values: Cells) -> Cells:
    return [field.get_db_prep_save(each, connection) for each in values]


def _contents(field: Field, values: Cells) -> tuple[Cells, Cells]:
    """In the journal their canonical text as it stands, spelled once and neither read nor written again."""
    here = statements.own()
    each = {id(raw): raw for raw in values}  # many rows say the very same
    spelled = {key: None if raw is None else canonical.dumps(raw) for key, raw in each.items()}
    texts = [spelled[id(raw)] for raw in values]
    flat = all(raw is None or _flat(raw) for raw in each.values())
    known = {text: _content(field, text, here, flat=flat) for text in set(texts)}
    return [known[text][0] for text in texts], [known[text][1] for text in texts]


def _flat(raw: Any) -> bool:
    """An object of texts, numbers that are no floats, yes and no: nothing to be found in its text."""
    return type(raw) is dict and _FLAT.issuperset(map(type, raw.values()))


def _content(field: Field, text: str | None, here: Any, *, flat: bool) -> tuple[Any, Any]:
    if text is None:
        return None, field.get_db_prep_save(None, here)
    as_text = here.vendor == "postgresql"  # which takes the text of a jsonb without a wrapping
    floating = not flat and canonical.floating(text)
    plain = canonical.read(text) if floating or not as_text else None
    if floating:
        text = canonical.dumps(plain)  # a float may be spelled otherwise now
    return orjson.Fragment(text), text if as_text else field.get_db_prep_save(plain, here)


def _are_moments(values: Cells) -> bool:
    return set(map(type, values)) == {datetime} and None not in {each.tzinfo for each in values}


def _moments(values: Sequence[datetime]) -> tuple[Cells, Cells]:
    """PostgreSQL reads them as the journal spells them; SQLite keeps what Django makes of them there."""
    known = {raw: canonical.moment(raw) for raw in set(values)}
    told = [known[raw] for raw in values]
    if connection.vendor == "postgresql":
        return told, told
    spelled = {each: storing.spelled(each) for each in known.values()}
    return told, [spelled[each] for each in told]


def _cell(field: Field, raw: Any, known: dict[Hashable, tuple[Any, Any]]) -> tuple[Any, Any]:
    """Days repeat."""
    key = (type(raw), raw)
    if (found := known.get(key)) is None:
        found = known[key] = (canonical.value(field, raw), field.get_db_prep_save(raw, connection))
    return found
