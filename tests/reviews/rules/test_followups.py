"""An item is found in the edition of today by the words of its requirement."""

from dataclasses import replace

from dabiao.reviews.rules.followups import carried
from editions import small_book

THEN = small_book()
KEYS = ("1.2.1", "2.1.3", "hard:campaigns")


def test_the_same_edition_has_the_same_items() -> None:
    assert carried(KEYS, THEN, THEN) == {"1.2.1": "1.2.1", "2.1.3": "2.1.3"}


def test_an_item_that_moved_is_found_and_another_under_its_key_is_not_taken_for_it() -> None:
    items = [
        replace(each, key={"1.2.1": "2.1.3", "2.1.3": "1.2.1"}.get(each.key, each.key)) for each in THEN.items
    ]
    today = replace(THEN, items=tuple(items))
    assert carried(KEYS, THEN, today) == {"1.2.1": "2.1.3", "2.1.3": "1.2.1"}


def test_an_item_that_reads_otherwise_today_is_left_out() -> None:
    items = [replace(each, requirement="另有要求") if each.key == "1.2.1" else each for each in THEN.items]
    assert carried(KEYS, THEN, replace(THEN, items=tuple(items))) == {"2.1.3": "2.1.3"}


def test_of_two_that_read_the_same_the_key_decides() -> None:
    items = [replace(each, requirement="同样的要求") for each in THEN.items]
    book = replace(THEN, items=tuple(items))
    assert carried(("2.1.3",), book, book) == {"2.1.3": "2.1.3"}
