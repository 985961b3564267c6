"""A draft that was read wrongly: every act keeps the sums, the confirmed phrases and the order right."""

from dataclasses import replace

import pytest

from dabiao.kernel.errors import Absent, Conflict, Invalid
from dabiao.kernel.points import points
from dabiao.standards import queries
from dabiao.standards.models import Edition, EditionItem
from dabiao.standards.rules.arranging import Part
from dabiao.standards.rules.book import Effect, Element, Item
from dabiao.standards.services import arranging, corrections
from standards.desk import Desk, understanding
from standards.telling import acts, refused
from world import AT


def keys(edition: Edition) -> list[str]:
    return [each.key for each in queries.book(edition).items]


def fresh(edition: Edition) -> Edition:
    return Edition.objects.get(pk=edition.pk)


def row(edition: Edition, key: str) -> EditionItem:
    return edition.items.get(key=key)


def new(element: str = "1", method: str = "不符合的，扣1分。") -> Item:
    return Item("", element, "", "应当公布制度。", method, points("2"))


def test_an_added_item_comes_last_in_its_element_and_counts(desk: Desk) -> None:
    edition = desk.imported(understanding(stated=12_000))
    assert queries.checked(edition).source.differing
    made = arranging.add_item(edition=edition, content=new(), by=desk.actor, at=AT)
    assert (made.key, keys(edition)) == ("1.3", ["1.1", "1.2", "1.3", "2.1"])
    assert acts()[-1] == "standards.add_item"
    assert queries.book(edition).full == points("12")
    assert queries.book(edition).items[2].rules[0].effect is Effect.ONCE


def test_the_sum_a_row_states_follows_what_is_added(desk: Desk) -> None:
    read = understanding(stated=12_000)
    read = replace(read, sums=tuple(replace(each, of="*") for each in read.sums))
    edition = desk.imported(read)
    assert [str(each.where) for each in queries.checked(edition).source.differing] == ["第9行“合计”"]
    arranging.add_item(edition=edition, content=new(), by=desk.actor, at=AT)
    assert not queries.checked(fresh(edition)).source.differing


def test_what_is_not_read_of_an_added_item_waits_for_a_person(desk: Desk) -> None:
    edition = desk.imported()
    arranging.add_item(edition=edition, content=new(method="视情节扣1至3分"), by=desk.actor, at=AT)
    waiting = queries.source(fresh(edition)).waiting
    assert [(each.id, each.item, each.text) for each in waiting] == [
        ("1", "1.2", "酌情扣分"),
        ("2", "1.3", "视情节扣1至3分"),
    ]


def test_an_item_of_no_element_is_refused(desk: Desk) -> None:
    edition = desk.imported()
    with refused(Invalid, "请选择项目所在的要素"):
        arranging.add_item(
            edition=edition, content=replace(new(), key="7.1", element="7"), by=desk.actor, at=AT
        )


def test_what_is_taken_out_can_be_put_back_as_it_was(desk: Desk) -> None:
    edition = desk.imported()
    before, waiting = queries.book(edition), queries.source(edition).phrases
    arranging.drop_item(item=row(edition, "1.2"), reason="重复", by=desk.actor, at=AT)
    source = queries.source(fresh(edition))
    assert (keys(edition), source.phrases) == (["1.1", "2.1"], ())
    assert [(each.key, each.by.words, each.by.name) for each in source.removed] == [
        ("1.2", "重复", desk.actor.name)
    ]
    arranging.restore_item(edition=edition, key="1.2", by=desk.actor, at=AT)
    assert queries.book(edition) == before
    assert queries.source(fresh(edition)).phrases == waiting
    assert not queries.source(fresh(edition)).removed
    with refused(Absent):
        arranging.restore_item(edition=edition, key="1.2", by=desk.actor, at=AT)


def test_the_key_of_what_was_taken_out_is_not_given_again(desk: Desk) -> None:
    edition = desk.imported()
    arranging.drop_item(item=row(edition, "1.2"), reason="重复", by=desk.actor, at=AT)
    assert arranging.add_item(edition=edition, content=new(), by=desk.actor, at=AT).key == "1.3"
    with refused(Invalid, "已经使用"):
        arranging.add_item(edition=edition, content=replace(new(), key="1.2"), by=desk.actor, at=AT)


@pytest.mark.parametrize(
    ("element", "behind", "order"),
    [
        ("2", "2.1", ["1.2", "2.1", "1.1"]),
        ("2", "", ["1.2", "1.1", "2.1"]),
        ("1", "1.2", ["1.2", "1.1", "2.1"]),
        ("1", "", ["1.1", "1.2", "2.1"]),
    ],
)
def test_an_item_is_moved_with_its_points(desk: Desk, element: str, behind: str, order: list[str]) -> None:
    edition = desk.imported()
    arranging.move_item(
        item=row(edition, "1.1"), element=element, behind=behind, version=1, by=desk.actor, at=AT
    )
    book = queries.book(edition)
    assert keys(edition) == order
    assert next(each.element for each in book.items if each.key == "1.1") == element
    assert book.full == points("10")


def test_places_are_found_however_often_things_move(desk: Desk) -> None:
    edition = desk.imported()
    for turn in range(1, 24):
        first = keys(edition)[0]
        arranging.move_item(
            item=row(edition, first), element="1", behind=keys(edition)[1],
            version=row(edition, first).version, by=desk.actor, at=AT,
        )  # fmt: skip
        assert keys(edition)[:2] == (["1.2", "1.1"] if turn % 2 else ["1.1", "1.2"])


def test_the_second_of_two_movers_is_told(desk: Desk) -> None:
    edition = desk.imported()
    held = row(edition, "1.1")
    arranging.move_item(item=held, element="2", behind="", version=1, by=desk.actor, at=AT)
    with refused(Conflict, "他人修改"):
        arranging.move_item(item=held, element="1", behind="", version=1, by=desk.actor, at=AT)
    with refused(Invalid, "不能移到自己之后"):
        arranging.move_item(item=held, element="1", behind="1.1", version=2, by=desk.actor, at=AT)


def test_two_items_become_one_and_confirmed_phrases_follow_their_rule(desk: Desk) -> None:
    edition = desk.imported()
    corrections.settle_phrase(edition=edition, phrase="1", rule=None, by=desk.actor, at=AT)
    arranging.merge_items(item=row(edition, "1.2"), into="1.1", points=points("6"), by=desk.actor, at=AT)
    one = queries.book(edition).items[0]
    assert (one.key, one.points, keys(edition)) == ("1.1", 6000, ["1.1", "2.1"])
    assert [rule.text for rule in one.rules] == ["无制度的，不得分", "每缺一人扣1分", "酌情扣分"]
    [phrase] = queries.source(fresh(edition)).phrases
    assert (phrase.item, phrase.rule, phrase.settled is not None) == ("1.1", "3", True)
    with refused(Invalid, "不能与自己合并"):
        arranging.merge_items(item=row(edition, "1.1"), into="1.1", points=0, by=desk.actor, at=AT)


def test_one_item_becomes_two_with_its_rules_and_phrases_divided(desk: Desk) -> None:
    edition = desk.imported()
    made = arranging.split_item(
        item=row(edition, "1.2"),
        stays=Part("应当建立。", 3000),
        goes=Part("应当公布。", 1000, frozenset({"2"})),
        version=1,
        by=desk.actor,
        at=AT,
    )
    assert (made.key, keys(edition)) == ("1.3", ["1.1", "1.2", "1.3", "2.1"])
    left, right = queries.book(edition).items[1:3]
    assert [
        (each.requirement, each.points, [rule.text for rule in each.rules]) for each in (left, right)
    ] == [
        ("应当建立。", 3000, ["每缺一人扣1分"]),
        ("应当公布。", 1000, ["酌情扣分"]),
    ]
    [phrase] = queries.source(fresh(edition)).phrases
    assert (phrase.item, phrase.rule) == ("1.3", "1")


def test_a_part_without_words_is_refused_beside_its_field(desk: Desk) -> None:
    edition = desk.imported()
    with refused(Invalid) as _:
        arranging.split_item(
            item=row(edition, "1.2"),
            stays=Part("甲", 4000),
            goes=Part(" ", 0),
            version=1,
            by=desk.actor,
            at=AT,
        )


def test_elements_are_added_and_only_empty_ones_dropped(desk: Desk) -> None:
    edition = desk.imported()
    inner = arranging.add_element(
        edition=edition, element=Element("", "细项", parent="1"), by=desk.actor, at=AT
    )
    outer = arranging.add_element(edition=edition, element=Element("", "改进", "3"), by=desk.actor, at=AT)
    assert [each.key for each in queries.book(fresh(edition)).elements] == ["1", inner.key, "2", outer.key]
    with refused(Invalid, "还有 1 个要素、2 项"):
        arranging.drop_element(edition=edition, element="1", by=desk.actor, at=AT)
    arranging.drop_element(edition=edition, element=inner.key, by=desk.actor, at=AT)
    assert [each.key for each in queries.book(fresh(edition)).elements] == ["1", "2", outer.key]
    with refused(Invalid, "上级要素"):
        arranging.add_element(edition=edition, element=Element("", "甲", parent="9"), by=desk.actor, at=AT)
