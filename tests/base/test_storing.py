"""Rows made and stored without the ORM's detours are those that it makes and stores."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import models

from dabiao.base import storing
from dabiao.base.journal import covered
from dabiao.base.models import PublicRecord

AT = datetime(2026, 3, 2, 1, 2, 3, tzinfo=UTC)


def told(row: models.Model) -> dict[str, Any]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_a_fresh_row_of_every_covered_table_is_the_one_the_model_makes() -> None:
    for model in covered._models():
        mine, theirs = storing.fresh(model), model()
        assert told(mine).keys() == told(theirs).keys(), model
        fixed = {each.attname for each in model._meta.concrete_fields if not callable(each.default)}
        assert {k: told(mine)[k] for k in fixed} == {k: told(theirs)[k] for k in fixed}, model
        assert (mine._state.adding, mine._state.db) == (theirs._state.adding, theirs._state.db)


def test_a_fresh_row_has_the_values_given_and_its_own_defaults() -> None:
    first, second = storing.fresh(PublicRecord, kind="x"), storing.fresh(PublicRecord, kind="y")
    assert (first.kind, second.kind) == ("x", "y")
    assert told(first) == told(PublicRecord(kind="x"))


def test_a_name_that_is_no_column_is_refused() -> None:
    with pytest.raises(ValueError, match="PublicRecord"):
        storing.fresh(PublicRecord, kin="x")


@pytest.mark.django_db
def test_a_fresh_row_is_stored_as_any_other(world: Any) -> None:
    row = storing.fresh(PublicRecord, kind="x", number="1", since=AT.date(), payload={"a": 1})
    storing.insert(row)
    assert told(PublicRecord.objects.get(pk=row.pk)) == told(row)
