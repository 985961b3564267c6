"""Units are found by any part of name, code or initials, as a plain look through all of them finds them."""

from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dabiao.base.journal import bulk
from dabiao.organisations import permissions, tasks
from dabiao.organisations.models import Scope, Unit, UnitCard
from dabiao.organisations.queries import cards as drawn
from dabiao.organisations.queries import directory
from dabiao.organisations.queries.directory import Cursor, Wanted
from dabiao.organisations.rules.letters import initials
from dabiao.organisations.rules.words import fold, key_of, means, scattered, sought
from dabiao.organisations.services import cards
from world import AT, World

pytestmark = pytest.mark.django_db

CITY = Scope(city=True)
NAMES = (
    "示例精密机械有限公司",
    "示例(北京)精密 仪器厂",
    "示例重庆长城音乐行业中心",
    "示例ＡＢＣ食品２厂",
    "示例abc食品",
    "𠮷野家示例餐饮",
    "示例'; DROP TABLE organisations_unit; --",
    '示例" OR "1"="1',
    "示例100%_纯棉\\纺织",
    "示例:*&|!()<->公司",
    "示例NEAR(a b, 2) AND NOT OR",
    "示例",
    "厂",
    "Ω示例ß",
)
_keys = count(1)


def add(world: World, name: str, code: str | None = None, **other: object) -> Unit:
    like = world.units["unit"]
    fields = {each.attname: getattr(like, each.attname) for each in Unit._meta.concrete_fields}
    made = {"id": None, "name": name, "uscc": code, "uscc_exception": "" if code else "示例", **other}
    unit = Unit.objects.create(**{**fields, **made})
    cards.enter([unit])
    return unit


@pytest.fixture
def town(world: World) -> World:
    for name in NAMES:
        add(world, name)
    return world


def found(text: str, **filters: object) -> set[int]:
    wish = directory.asked(CITY, Wanted(text=text, **filters))
    places = directory.few(wish)
    assert places is not None
    listed = directory.page(wish, 500)
    assert sorted(row[2] for row in listed) == sorted(places)
    return set(UnitCard.objects.filter(place__in=places).values_list("unit", flat=True))


def looked_through(text: str) -> set[int]:
    return {unit.pk for unit in Unit.objects.all() if means(text, unit.name, unit.uscc or "")}


FINDS: tuple[tuple[str, set[int]], ...] = (
    ("精密", {0, 1}),
    ("北京精密", {1}),
    ("（北京）精密仪器", {1}),
    ("abc", {3, 4}),
    ("ＡＢＣ食品", {3, 4}),
    ("2厂", {3}),
    ("𠮷", {5}),
    ("𠮷野", {5}),
    ("厂", {1, 3, 12}),
    ("SLJM", {0}),
    ("sljmjx", {0}),
    ("slcqccyyhy", {2}),
    ("jm", {0, 1}),
    ("gs", {0, 9}),
    ("xg", {0}),
    ("jmj", {0}),
    ("jmyqc", {1}),
    ("drop table", {6}),
    ("'", set()),
    ('"', set()),
    ("%", set()),
    ("100%", {8}),
    ("0_纯", {8}),
    ("' OR 1=1", {7}),
    ("公司机密", set()),
    ("\x00精密", {0, 1}),
    ("ω示例ss", {13}),
    ("司", {0, 9}),
)


def test_what_a_text_finds(town: World) -> None:
    for text, expected in FINDS:
        names = {NAMES[place] for place in expected}
        hits = Unit.objects.filter(pk__in=found(text), name__in=NAMES)
        assert set(hits.values_list("name", flat=True)) == names, text
        assert found(text) == looked_through(text), text


def test_codes_are_found_by_any_four_characters(town: World) -> None:
    unit = town.units["unit"]
    code = unit.uscc or ""
    for start in range(len(code) - 3):
        for end in range(start + 4, len(code) + 1):
            assert unit.pk in found(code[start:end]), code[start:end]
            assert unit.pk in found(code[start:end].lower())
    assert found(code) == {unit.pk}
    assert unit.pk not in found(code[5:8])


@pytest.mark.parametrize("name", ["text", "industry", "size", "area"])
@pytest.mark.parametrize("value", ["9", "长", "'", "\x00a", "a b"])
def test_whatever_is_asked_for_at_any_length_finds_nothing_and_breaks_nothing(
    town: World, name: str, value: str
) -> None:
    for times in (180 // len(value), 3000, 60_000):
        wish = directory.asked(CITY, Wanted(**{name: value * times}))
        assert directory.few(wish) == []
        assert directory.page(wish, 5) == []
        assert directory.counted(wish).number in {0, directory.FEW + 1}


LETTERS = st.sampled_from("示例精密机械厂有限公司𠮷𪚥重庆行abAB12ａ２ (（'\"%_\\:*&|-ß㈱é\u0301ﬁ\u200b")
TEXTS = st.text(LETTERS, min_size=1, max_size=12)
CODES = st.none() | st.text(st.sampled_from("0123456789ABCXY"), min_size=4, max_size=18)


def _code(pair: tuple[str, str | None]) -> object:
    return pair[1] or object()


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    named=st.lists(
        st.tuples(TEXTS, CODES), min_size=1, max_size=6, unique_by=lambda pair: pair[1] or object()
    ),
    texts=st.lists(TEXTS, min_size=1, max_size=6),
    data=st.data(),
)
def test_search_equals_looking_through_all(
    world: World, named: list[tuple[str, str | None]], texts: list[str], data: st.DataObject
) -> None:
    with transaction.atomic():
        for name, code in named:
            add(world, name, code)
        whole = [part for pair in named for part in pair if part]
        pieces = [
            each[data.draw(st.integers(0, len(each) - 1)) :][: data.draw(st.integers(1, 8))] for each in whole
        ]
        for text in (*texts, *pieces, *(piece.lower() for piece in pieces)):
            if text.strip():
                assert found(text) == looked_through(text), text
        transaction.set_rollback(True)


@given(st.text())
def test_folding_twice_changes_nothing_and_leaves_no_sign(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert not set(folded) & set(" '\"\\%_:*&|!()<>/\x00")


@given(st.sets(st.integers(1, 1 << 40), max_size=50))
def test_every_key_has_a_place_of_its_own(keys: set[int]) -> None:
    places = {key: scattered(key) for key in keys}
    assert len(set(places.values())) == len(keys)
    assert {key_of(place) for place in places.values()} == keys


@given(st.text(st.sampled_from("示例重庆长城音乐行业中心银行会计Ａab1") | st.characters(), max_size=12))
def test_names_without_signs_are_folded_no_other_way_than_all(text: str) -> None:
    assert fold(text) == fold(f"（{text}）"), "a sign makes it go the long way round"
    assert len(initials(fold(text))) == len(fold(text))


def test_an_import_cut_short_after_publication_is_taken_up_where_it_stood(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    like = world.units["unit"]
    names = (
        "name",
        "uscc_exception",
        "jurisdiction_id",
        "locality_id",
        "department_id",
        "industry_id",
        "size",
    )
    rows = [(f"示例冷链{n}", "示例", *(getattr(like, name) for name in names[2:])) for n in range(9)]
    with bulk.begin(permissions.IMPORT_UNITS, by=world.actor("system_admin"), at=AT) as batch:
        keys = batch.create(Unit, names, rows)
        batch.publish(at=AT)
    late = add(world, "示例冷链后来登记的")
    monkeypatch.setattr(cards, "CHUNK", 4)
    with monkeypatch.context() as dying:
        dying.setattr(cards.words, "settle", _die)
        with pytest.raises(KeyboardInterrupt):
            cards.enter_imported(keys)
    assert len(found("冷链")) == len(keys), "all but the first one, and the one that came later"
    assert drawn.unfinished() == [batch.key]
    assert tasks.complete_cards(AT) == 1
    assert found("冷链") == {*keys, late.pk}
    assert drawn.unfinished() == []
    assert tasks.complete_cards(AT) == 0
    cards._take_away(list(UnitCard.objects.all()))
    assert tasks.complete_cards(AT) == Unit.objects.count(), "as after an upgrade that makes cards anew"
    assert list(drawn.wrong()) == []


def _die(_: str) -> None:
    raise KeyboardInterrupt


def test_nothing_is_sought_where_nothing_is_left_of_the_text() -> None:
    assert sought(" （、） ") is None
    assert sought("精密") is not None


def scopes(world: World) -> list[Scope]:
    east, west = (world.jurisdictions[each].pk for each in ("east", "west"))
    here, unit = world.units["unit"], world.units["other_unit"].pk
    return [
        CITY,
        Scope(city=False),
        Scope(city=False, jurisdictions=(east,)),
        Scope(city=False, jurisdictions=(east, west)),
        Scope(city=False, localities=(here.locality_id,)),
        Scope(city=False, jurisdictions=(west,), localities=(here.locality_id,)),
        Scope(city=False, units=(unit,)),
        Scope(city=False, units=(unit,), jurisdictions=(east,)),
    ]


def wishes(world: World) -> list[Wanted]:
    row = world.units["unit"]
    industry = row.industry
    above = industry.parent.code if industry.parent else industry.code
    return [
        Wanted(),
        Wanted(text="示例"),
        Wanted(text="精密"),
        Wanted(text="厂", size="large"),
        Wanted(text="、"),
        Wanted(jurisdiction=row.jurisdiction_id, industry=above),
        Wanted(locality=row.locality_id, text="sl"),
        Wanted(department=row.department_id, industry=industry.code),
        Wanted(size="micro"),
        Wanted(area="grain_dust"),
        Wanted(area="dust_explosion", text="重庆"),
        Wanted(industry="%", text="示例"),
        Wanted(jurisdiction=10**17),
    ]


def plain(seen: Scope, wanted: Wanted) -> set[int]:
    """The same by looking at every unit."""
    return {unit.pk for unit in Unit.objects.select_related("industry__parent") if _fits(unit, seen, wanted)}


def _fits(unit: Unit, seen: Scope, wanted: Wanted) -> bool:
    codes = {unit.industry.code, unit.industry.parent.code if unit.industry.parent else ""}
    inside = unit.jurisdiction_id in seen.jurisdictions or unit.locality_id in seen.localities
    return (
        (seen.city or inside or unit.pk in seen.units)
        and (not wanted.text or means(wanted.text, unit.name, unit.uscc or ""))
        and wanted.jurisdiction in {None, unit.jurisdiction_id}
        and wanted.locality in {None, unit.locality_id}
        and wanted.department in {None, unit.department_id}
        and (not wanted.industry or wanted.industry in codes)
        and wanted.size in {"", unit.size}
        and (not wanted.area or wanted.area in unit.areas)
    )


@pytest.fixture
def crowd(town: World) -> World:
    other = town.units["other_unit"]
    there = {"jurisdiction": other.jurisdiction, "locality": other.locality, "industry": other.industry}
    for number, name in enumerate(NAMES):
        add(town, f"{name}西{number}", size="micro" if number % 2 else "large", **there)
        add(town, f"重庆{name}", areas=["dust_explosion", "grain_dust"][: number % 3])
    return town


@pytest.mark.parametrize(("few", "box"), [(1000, 6000), (1, 4), (1, 6000)])
def test_lists_hold_what_looking_through_all_finds(
    crowd: World, monkeypatch: pytest.MonkeyPatch, few: int, box: int
) -> None:
    """Whichever way is taken: hits known one by one, walking, or words."""
    monkeypatch.setattr(directory, "FEW", few)
    monkeypatch.setattr(directory, "BOX", box)
    for seen in scopes(crowd):
        for wanted in wishes(crowd):
            wish = directory.asked(seen, wanted)
            expected = plain(seen, wanted)
            assert (directory.few(wish) is None) == (len(expected) > few), (seen, wanted)
            if len(expected) > few:
                count = directory.counted(wish)
                assert count.number == len(expected) or count.most == few, (seen, wanted)
            onward = pages(wish, back=False)
            assert len(onward) == len(expected), (seen, wanted)
            assert {row[0] for row in onward} == expected, (seen, wanted)
            assert [row[2] for row in onward] == sorted(row[2] for row in onward) or not wish.texted
            assert [row[1:] for row in onward] == sorted(row[1:] for row in onward) or wish.texted
            assert pages(wish, back=True) == onward[::-1], (seen, wanted)


def pages(wish: directory.Asked, *, back: bool) -> list[tuple[int, str, int]]:
    """All pages in turn, three rows each."""
    cursor = Cursor("\U0010ffff", 1 << 62, back=True) if back else None
    found: list[tuple[int, str, int]] = []
    while rows := directory.page(wish, 3, cursor):
        found += rows[:3]
        if len(rows) <= 3:
            break
        cursor = Cursor(rows[2][1], rows[2][2], back)
    return found


def test_cards_follow_their_units_and_can_be_made_anew(town: World) -> None:
    unit = add(town, "示例冷链仓储", areas=["cold_store"])
    assert unit.pk in found("冷链", area="cold_store")
    Unit.objects.filter(pk=unit.pk).update(name="示例热力供应", areas=[])
    assert list(drawn.wrong()) == [unit.pk]
    unit.refresh_from_db()
    cards.renew([unit])
    assert list(drawn.wrong()) == []
    assert unit.pk not in found("冷链")
    assert unit.pk not in found("热力", area="cold_store")
    assert unit.pk in found("热力")
    UnitCard.objects.filter(unit=unit.pk).delete()
    assert list(drawn.wrong()) == [unit.pk]
    assert cards.rebuild() == Unit.objects.count()
    assert list(drawn.wrong()) == []
    assert unit.pk in found("热力")
    assert unit.pk not in found("冷链")


def test_whatever_came_last_without_a_card_gets_one(town: World) -> None:
    unit = add(town, "示例冷链仓储")
    assert tasks.complete_cards(AT) == 0
    cards._take_away(list(UnitCard.objects.filter(unit=unit.pk)))
    assert found("冷链") == set()
    assert tasks.complete_cards(AT) == 1
    assert found("冷链") == {unit.pk}


def test_units_changed_in_bulk_are_found_by_what_they_are_now(town: World) -> None:
    unit = add(town, "示例冷链仓储")
    Unit.objects.filter(pk=unit.pk).update(name="示例热力供应")
    cards.renew_imported([unit.pk])
    assert found("热力") == {unit.pk}
    assert found("冷链") == set()


def test_hits_are_surely_many_where_they_lie_close_together(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        add(world, f"{'示例粗' if number % 3 else '示例精'}{number}厂")
    everybody, third = (directory.asked(CITY, Wanted(text=text)) for text in ("示例", "精"))
    assert not directory.dense(everybody), "sixty are few"
    monkeypatch.setattr(directory, "FEW", 40)
    assert not directory.dense(everybody), "more than forty, but not surely"
    monkeypatch.setattr(directory, "FEW", 12)
    assert directory.dense(everybody)
    assert not directory.dense(third), "twenty are too few to tell by"
    assert not directory.dense(directory.asked(CITY, Wanted(text="没有")))
