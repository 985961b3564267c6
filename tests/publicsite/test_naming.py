"""Certificates by any part of the name in them, as a plain look at every name finds them."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dabiao.base import naming, records
from dabiao.base.models import PublicRecord
from dabiao.organisations.models import Unit
from dabiao.organisations.rules.words import fold
from dabiao.organisations.services import cards
from dabiao.publicsite import register
from dabiao.publicsite.register import Asked
from publicsite.test_register import DAY
from world import World

pytestmark = pytest.mark.django_db

LETTERS = st.sampled_from("示例精密机械厂有限公司（） ·&a1A")
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=8)


def entered(*names: str) -> list[PublicRecord]:
    told = [{"unit": name, "uscc": f"CODE{number}"} for number, name in enumerate(names)]
    drafts = [records.draft("certificate", f"证{number}", DAY, each) for number, each in enumerate(told)]
    return PublicRecord.objects.bulk_create(drafts)


def found(text: str, **asked: str) -> set[str]:
    rows = register.found("certificate", Asked(q=text, **asked), DAY)
    return {str(row.payload["unit"]) for row in rows}


def looked_through(text: str, names: list[str]) -> set[str]:
    """A text with two Chinese characters side by side anywhere in a name; another is a whole name."""
    folded = fold(text)
    if naming.pairs(folded):
        return {name for name in names if folded in fold(name)}
    return {name for name in names if name == text}


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(names=NAMES, place=st.integers(0, 7), cut=st.tuples(st.integers(0, 11), st.integers(1, 12)))
def test_any_part_of_any_name_finds_what_a_plain_look_finds(
    world: World, names: list[str], place: int, cut: tuple[int, int]
) -> None:
    name = names[place % len(names)]
    text = (name[cut[0] : cut[0] + cut[1]] or name).strip()
    with transaction.atomic():
        entered(*names)
        if text:
            assert found(text) == looked_through(text, names), (text, names)
        transaction.set_rollback(True)


def test_signs_and_spaces_do_not_matter_nor_does_the_width_of_letters(world: World) -> None:
    entered("示例（北京）精密 仪器厂", "示例ＡＢＣ食品厂", "示例北京·密云厂")
    assert found("北京精密仪器") == {"示例（北京）精密 仪器厂"}
    assert found("（北京）精密") == {"示例（北京）精密 仪器厂"}
    assert found("abc食品") == {"示例ＡＢＣ食品厂"}
    assert found("北京密云") == {"示例北京·密云厂"}
    assert found("密云北京") == set(), "pairs alone do not make a name"


def test_pairs_that_do_not_stand_together_are_not_the_name(world: World) -> None:
    entered("示例精密精机密机厂", "示例精密机厂")
    assert found("精密机") == {"示例精密机厂"}


def test_a_certificate_with_other_conditions(world: World) -> None:
    first, _ = entered("示例精密甲厂", "示例精密乙厂")
    said = {
        "level": "level_2",
        "jurisdiction_code": "east",
        "review_unit": "示例评审",
        "industry_code": "34",
    }
    PublicRecord.objects.filter(pk=first.pk).update(payload={**first.payload, **said})
    told = {"level": "level_2", "jurisdiction": "east", "review_unit": "示例评审", "industry": "34"}
    assert found("示例精密", **told) == {"示例精密甲厂"}
    for name in told:
        assert found("示例精密", **{**told, name: "x"}) == set(), name
    assert found("示例精密", level="level_2") == {"示例精密甲厂"}
    assert found("示例精密", level="level_3") == set()


def test_what_every_firm_is_called_narrows_nothing_down_beside_what_tells_it_apart() -> None:
    assert naming.pairs("精密机械有限公司") == ["精密", "密机", "机械", "械有"]
    assert naming.pairs("有限公司") == ["有限", "限公", "公司"]
    assert len(naming.pairs("示例精密机械仪器仪表制造厂")) == naming.MOST_PAIRS
    assert naming.pairs("A厂1号") == []


def test_long_names_that_differ_at_the_end_are_told_apart(world: World) -> None:
    names = [f"示例精密机械仪器仪表制造{which}厂" for which in ("甲", "乙")]
    entered(*names)
    assert found(names[0]) == {names[0]}
    assert found("仪表制造乙") == {names[1]}


def test_the_index_follows_every_change_of_a_record(world: World) -> None:
    row, other = entered("示例精密甲厂", "示例精密乙厂")
    PublicRecord.objects.filter(pk=row.pk).update(payload={"unit": "示例铸造甲厂"})
    assert (found("精密"), found("铸造")) == ({"示例精密乙厂"}, {"示例铸造甲厂"})
    PublicRecord.objects.filter(pk=row.pk).update(payload={"title": "没有企业"})
    other.delete()
    assert (found("精密"), found("铸造")) == (set(), set())


def test_where_no_certificate_says_so_the_names_units_have_now_are_looked_at(world: World) -> None:
    """A unit renamed since is found by either name; who else is called so hides nobody by the old one."""
    unit = world.units["unit"]
    records.draft("certificate", "证旧", DAY, {"unit": "示例旧名厂", "uscc": unit.uscc}).save()
    Unit.objects.filter(pk=unit.pk).update(name="示例崭新名称厂")
    cards.renew(Unit.objects.filter(pk=unit.pk))
    assert found("崭新名称") == {"示例旧名厂"}
    assert found("示例旧名") == {"示例旧名厂"}


def test_names_of_too_many_are_not_gone_through_one_by_one(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "MOST_NAMED", 3)
    entered(*(f"示例精密{number}厂" for number in range(4)))
    assert register.page("certificate", Asked(q="示例精密"), DAY, {}).count.most == 30
    assert len(found("示例精密")) == 4
    assert register.page("certificate", Asked(q="精密1厂"), DAY, {}).count.number == 1


def test_records_that_were_there_before_the_index_are_in_it(world: World) -> None:
    entered("示例精密甲厂")
    migration = import_module("dabiao.base.migrations.0009_public_records_by_parts_of_names")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    editor = SimpleNamespace(connection=connection)
    migration.drop(None, editor)
    migration.create(None, editor)
    assert found("精密甲") == {"示例精密甲厂"}


def test_names_are_read_by_the_index(world: World) -> None:
    """No row is opened to see whether it has the text, whatever the planner knows of their number."""
    entered(*(f"示例{number}厂" for number in range(100)))
    sqlite = connection.vendor == "sqlite"
    explain, wanted = ("EXPLAIN QUERY PLAN", '"n精密"') if sqlite else ("EXPLAIN", ["精密"])
    with connection.cursor() as cursor:
        if not sqlite:
            cursor.execute("ANALYZE base_public_record")  # by itself it may have found the table empty
        cursor.execute(f"{explain} {naming.statement()}", [wanted, "certificate", DAY, 9])
        plan = str(cursor.fetchall())
    assert "base_public_record_words" in plan or "VIRTUAL TABLE INDEX" in plan
    assert "Seq Scan" not in plan
