"""What an initial visit looks at: vetoes, areas of law by tag or heading, the unit's own special areas."""

from dataclasses import replace

import pytest

from dabiao import law
from dabiao.reviews.rules.focus import focused
from dabiao.standards.rules.book import Element
from dabiao.standards.rules.rulebook import Rulebook
from editions import small_book
from world import DAY

LAW = [str(each) for each in law.on(DAY)["initial_visit.areas"].items]


def whole() -> Rulebook:
    """Items: dust by tag, fire by the heading of the chapter above, a cold store by the unit's own flag."""
    book = small_book()
    fire = Element("2", "消防与设备", "2", points=book.elements[3].points)
    items = [replace(each, areas=("dust_explosion",)) if each.key == "1.1.2" else each for each in book.items]
    items = [replace(each, areas=("cold_store",)) if each.key == "1.2.1" else each for each in items]
    elements = (*book.elements[:3], fire, book.elements[4])
    return Rulebook(replace(book, elements=elements, items=tuple(items)), "示例", DAY.isoformat())


@pytest.mark.obligation("U10-initial-visit")
def test_the_areas_of_law_and_the_units_own_are_looked_at() -> None:
    assert focused(whole(), LAW) == ("1.1.2", "2.1.1", "2.1.2", "2.1.3")
    assert focused(replace(whole(), areas=("cold_store",)), LAW)[1] == "1.2.1"
    assert focused(whole(), []) == ()


@pytest.mark.obligation("U10-initial-visit")
def test_a_limited_rulebook_keeps_its_vetoes_and_nothing_else() -> None:
    limited = replace(whole(), only=("1.1.2",))
    assert [each.key for each in limited.lines()] == ["1.1.2", "2.1.2"]
    assert limited.extents["2"].lines == 1
    assert Rulebook.read(limited.plain(), limited.book) == limited
    assert limited.digest() != whole().digest()
    assert "only" not in whole().plain(), "rulebooks made before keep their digest"
