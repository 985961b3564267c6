"""The table is whole: every address, every member, every relation and state, and nothing besides."""

import pytest

from addresses.reading import ABSENT, CROSSED, Entry, cast, entries
from addresses.routes import routes
from addresses.stage import ANONYMOUS, Stage

pytestmark = pytest.mark.django_db  # or the test database is not made


def test_no_address_is_unknown_to_the_table() -> None:
    assert set(routes()) - set(entries()) == set()


def test_no_entry_is_without_an_address() -> None:
    assert set(entries()) - set(routes()) == set()


def test_every_member_stands_in_a_relation_to_everything(stage: Stage) -> None:
    for family, members in cast().relations.items():
        assert set(members) == set(stage.cast), family
    assert cast().groups["everybody"] == set(stage.cast)


def test_groups_name_people_who_are_there(stage: Stage) -> None:
    for name, members in cast().groups.items():
        assert members <= set(stage.cast), name
    for each in entries().values():
        assert each.serves <= set(stage.cast), each.name


@pytest.mark.parametrize("entry", entries().values(), ids=lambda each: each.name)
def test_every_state_and_relation_is_spoken_of(entry: Entry, stage: Stage) -> None:
    route = routes().get(entry.name)
    if route is None or not route.converters:
        return
    relations = _relations(entry)
    many = len(route.keys) > 1
    for method, said in entry.methods.items():
        where = f"{entry.name} {method}"
        asked = {*stage.things[entry.of], ABSENT} | ({CROSSED} if many else set())
        assert set(said.answers) == asked, where
        for state, lines in said.answers.items():
            wanted = {state} if state in {ABSENT, CROSSED} else relations
            assert set(lines) == wanted, f"{where} {state}"


def _relations(entry: Entry) -> set[str]:
    """Those in which things of this kind stand to the people served; others would be idle words."""
    family = cast().relations[cast().families[entry.of]]
    return {relation for who in entry.serves - {ANONYMOUS} for relation in family[who].values()}
