"""The shape of an edition."""

from dataclasses import replace

from hypothesis import given

from dabiao.standards.rules.book import Book, Element, Rule, Scheme
from sheets.rules.inventing import QUICK, RATE, book, item, rule, rulebooks


@QUICK
@given(rulebooks())
def test_a_book_reads_back_as_written(rulebook):
    assert Book.read(rulebook.book.plain()) == rulebook.book


def test_defaults_are_left_out_so_that_a_new_field_moves_no_digest():
    plain = book(item("1", "4", rule("1")), scheme=Scheme()).plain()
    assert plain["scheme"] == {}
    assert "notes" not in plain
    assert plain["items"][0]["rules"] == [{"key": "1", "text": "示例条款1", "effect": "each", "points": 1000}]
    assert set(plain["items"][0]) == {"key", "element", "number", "requirement", "method", "points", "rules"}


def test_every_value_that_differs_from_its_default_is_kept():
    one = Rule("1", "扣满", rule().effect, 1, "处", 2, exhausted=True, total=3, veto=True)
    whole = book(item("1", "4", one, areas=("dust",), mandatory=True, pictures="全景", picture_always=True))
    assert Book.read(whole.plain()).items[0] == whole.items[0]
    stated = replace(whole, elements=(Element("a", "目标", "1", points=0),), notes=("注",), scheme=RATE)
    assert Book.read(stated.plain()) == stated


def test_every_element_knows_the_outermost_one_it_lies_in():
    elements = (Element("a", "一"), Element("a1", "二", parent="a"), Element("a11", "三", parent="a1"))
    assert book(item(element="a11"), elements=elements).outermost() == dict.fromkeys(("a", "a1", "a11"), "a")


def test_full_points_are_those_of_the_items_not_those_stated():
    elements = (Element("a", "一", points=99_000),)
    assert book(item("1", "4"), item("2", "2.5"), elements=elements).full == 6500
