"""Joining and parting items by pure rules: nothing is lost, nothing counted twice."""

from hypothesis import given
from hypothesis import strategies as st

from dabiao.standards.rules.arranging import (
    Part,
    after,
    apart,
    below,
    free_element,
    free_key,
    room,
    together,
)
from dabiao.standards.rules.book import Book, Effect, Element, Item, Rule, Scheme, VetoLevel

texts = st.text("未建立不全的每处扣分甲乙", min_size=1, max_size=12)
rules = st.lists(texts, max_size=5).map(
    lambda found: tuple(Rule(str(at), text, Effect.ZERO) for at, text in enumerate(found, start=1))
)


def item(key: str, found: tuple[Rule, ...] = (), points: int = 2000, element: str = "1") -> Item:
    return Item(key, element, key, f"第{key}条。", "；".join(rule.text for rule in found), points, found)


BOOK = Book(
    "示例", "1", Scheme(),
    (Element("1", "甲"), Element("1.1", "乙", parent="1"), Element("2", "丙")),
    (item("1.1.1", element="1.1"), item("1.1.2", element="1.1"), item("2.1", element="2")),
)  # fmt: skip


@given(rules, rules, st.integers(0, 90_000))
def test_what_is_joined_keeps_every_rule_in_order_with_keys_of_its_own(
    first: tuple[Rule, ...], second: tuple[Rule, ...], points: int
) -> None:
    one, moved = together(item("1.1", first), item("1.2", second), points)
    assert [rule.text for rule in one.rules] == [rule.text for rule in (*first, *second)]
    assert [rule.key for rule in one.rules] == [str(at) for at in range(1, len(one.rules) + 1)]
    assert (one.key, one.points, one.requirement) == ("1.1", points, "第1.1条。\n第1.2条。")
    assert {now for _key, now in moved.values()} == {rule.key for rule in one.rules}


@given(rules, st.data())
def test_what_is_parted_keeps_every_rule_on_one_side(found: tuple[Rule, ...], data: st.DataObject) -> None:
    goes = frozenset(rule.key for rule in found if data.draw(st.booleans()))
    left, right, moved = apart(item("1.1", found), Part("甲。", 1500), Part("乙。", 500, goes), "1.9")
    assert [rule.text for rule in right.rules] == [rule.text for rule in found if rule.key in goes]
    assert [rule.text for rule in left.rules] == [rule.text for rule in found if rule.key not in goes]
    assert (left.key, left.points, right.key, right.points) == ("1.1", 1500, "1.9", 500)
    for rule in found:
        key, now = moved["1.1", rule.key]
        there = left if key == "1.1" else right
        assert next(each.text for each in there.rules if each.key == now) == rule.text


def test_a_veto_is_never_lost_by_joining() -> None:
    veto = Item("1.2", "1", "1.2", "甲", "", 0, veto=VetoLevel.VETO)
    assert together(item("1.1"), veto, 0)[0].veto is VetoLevel.VETO


def test_keys_are_never_used_again() -> None:
    assert free_key(BOOK, "1.1") == "1.1.3"
    assert free_key(BOOK, "1.1", ["1.1.3", "1.1.4"]) == "1.1.5"
    assert free_element(BOOK, "") == "3"
    assert free_element(BOOK, "1") == "1.2"


def test_a_new_item_comes_behind_the_last_of_its_element_or_of_those_before() -> None:
    assert below(BOOK, "1") == ["1", "1.1"]
    assert after(BOOK, "1") == "1.1.2"
    assert after(BOOK, "2") == "2.1"


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_place_lies_strictly_between(before: int, behind: int) -> None:
    found = room(before, behind)
    assert found is None or before < found < behind
    assert (found is None) == (behind - before < 2)
