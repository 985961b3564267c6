"""Who reads the journal reads words: no table, column or choice of ours is shown under its name in code."""

import re

from django.apps import apps
from django.db.models import Field

from dabiao.base.journal.covered import tables
from dabiao.office.journal import names
from dabiao.office.journal.told import _shown
from dabiao.office.journal.values import VALUES, value

CODE = re.compile(r"[a-z_0-9]+")


def test_every_table_and_column_has_a_name() -> None:
    covered = tables()
    assert {each.name for each in covered} <= set(names.TABLES)
    columns = {(each.name, column.field.attname) for each in covered for column in each.columns}
    left = {f"{table}.{column}" for table, column in columns if CODE.fullmatch(names.column(column, table))}
    assert left == set()


def test_no_name_is_of_what_is_not_there() -> None:
    models = [model for model in apps.get_models() if model.__module__.startswith("dabiao.")]
    there = {model._meta.db_table: {each.attname for each in model._meta.concrete_fields} for model in models}
    own = [name.split(".") for name in names.COLUMNS if "." in name]
    assert [each for each in own if each[1] not in there.get(each[0], set())] == []
    assert set(names.TABLES) <= set(there)


def test_choices_and_states_read_as_words() -> None:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if model.__module__.startswith("dabiao.") and field.choices:
                _reads(model._meta.db_table, field)
    states = [name.split(".") for name in VALUES if name.endswith(".state")]
    assert all(value(table, column, "nonsense") == "nonsense" for table, column in states)
    assert value("reviews_review", "state", "engaged") == "已签合同，待初访"
    assert value("grading_ruling", "matter", "recheck") == "复核意见"
    assert _shown(value("people_posting", "role", "reviewer")) == "评审员"


def _reads(table: str, field: "Field[object, object]") -> None:
    for stored, title in field.flatchoices:
        if CODE.fullmatch(str(stored)):
            assert value(table, field.attname, str(stored)) == str(title) != str(stored)
