"""The two real tables of ../shared/data/standards, by hand-checked facts."""

from collections import Counter

from dabiao.standards.rules.book import Book, Effect
from dabiao.standards.tables.understanding import understand
from standards.tables.writing_tables import real


def test_the_small_enterprise_table_is_understood_whole() -> None:
    found = understand(real("small-enterprise-67.xlsx"))
    assert (found.counts.items, found.counts.points, found.counts.elements) == (67, 600_000, 6)
    assert found.fits
    assert found.book.title == "江苏省工贸行业小微企业安全生产标准化评分表"
    assert not found.unread
    assert [each.text for each in found.doubtful] == ["漏检1人，扣1分"]


def test_the_small_enterprise_table_states_sums_that_agree() -> None:
    sums = understand(real("small-enterprise-67.xlsx")).sums
    assert len(sums) == 20
    assert sums[-1].stated == sums[-1].found == 600_000  # a SUM formula without a stored value
    assert [each.stated for each in sums if each.where.startswith("2.1")] == [42_000]  # （42） without 分


def test_its_two_deductions_from_the_total_are_read() -> None:
    rules = _rules(understand(real("small-enterprise-67.xlsx")).book)
    assert [(each.effect, each.total) for each in rules if each.total] == [
        (Effect.ZERO, 20_000),
        (Effect.ZERO, 30_000),
    ]


def test_the_warehouse_table_is_understood_whole() -> None:
    found = understand(real("warehouse-164.xlsx"))
    assert (found.counts.items, found.counts.points, found.counts.elements) == (164, 1_000_000, 13)
    assert found.fits
    assert len(found.sums) == 14
    assert [(each.row, each.item_key) for each in found.unread] == [(91, "6.3.2")]


def test_four_of_its_eleven_extras_hang_on_exhaustion() -> None:
    rules = _rules(understand(real("warehouse-164.xlsx")).book)
    extras = [(each.exhausted, each.effect) for each in rules if each.extra]
    assert Counter(extras) == {(True, Effect.NONE): 4, (False, Effect.ZERO): 7}


def test_the_csv_of_the_warehouse_table_says_the_same() -> None:
    book = understand(real("warehouse-164.xlsx")).book
    other = understand(real("warehouse-164.csv")).book
    assert [(each.key, each.points, each.rules) for each in other.items] == [
        (each.key, each.points, each.rules) for each in book.items
    ]
    assert [each.title for each in other.elements] == [each.title for each in book.elements]


def _rules(book: Book) -> list:
    return [rule for item in book.items for rule in item.rules]
