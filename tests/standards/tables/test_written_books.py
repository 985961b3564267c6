"""Importing a table written from any book gives the same items, points and elements."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao.standards.rules.book import Book, Element, Item, Scheme
from dabiao.standards.tables.understanding import understand
from standards.tables.writing_tables import HEADING, Row, delimited, xlsx

WORDS = st.text("安全生产管理制度建立健全设备检查记录培训", min_size=4, max_size=12)
CLAUSES = st.sampled_from(
    ["的，不得分", "的，每处扣1分", "的，扣2分", "的，不得分，并追加扣除5分", "的，每缺一项扣0.5分"]
)
METHODS = st.lists(st.tuples(WORDS, CLAUSES).map("未".__add__("{0[0]}{0[1]}").format), min_size=1, max_size=3)
POINTS = st.integers(1, 40).map(lambda halves: halves * 500)


@st.composite
def books(draw: st.DrawFn) -> Book:
    elements: list[Element] = []
    items: list[Item] = []
    for outer in range(1, draw(st.integers(1, 4)) + 1):
        elements.append(Element(str(outer), draw(WORDS), str(outer)))
        for inner in range(1, draw(st.integers(1, 3)) + 1):
            key = f"{outer}.{inner}"
            elements.append(Element(key, draw(WORDS), key, str(outer)))
            for place in range(1, draw(st.integers(1, 3)) + 1):
                method = "；".join(draw(METHODS)) + "。"
                number = f"{key}.{place}"
                items.append(Item(number, key, number, f"应{draw(WORDS)}{number}。", method, draw(POINTS)))
    return Book("示例评定标准", "", Scheme(), tuple(elements), tuple(items))


def rows(book: Book, *, repeated: bool) -> list[Row]:
    """As printed: levels in every row or only where they begin, a sum below each outermost element."""
    titles = {each.key: f"{each.number}{each.title}" for each in book.elements}
    outermost = book.outermost()
    printed: list[Row] = []
    above: tuple[str, str] = ("", "")
    for item in book.items:
        levels = (titles[outermost[item.element]], titles[item.element])
        if above[0] and above[0] != levels[0]:
            printed.append(("小计",))
        shown = (
            levels
            if repeated
            else tuple("" if old == new else new for old, new in zip(above, levels, strict=True))
        )
        printed.append((*shown, item.requirement, item.points / 1000, item.method))
        above = levels
    return [HEADING, *printed, ("总计", None, None, book.full / 1000)]


@settings(max_examples=40, derandomize=True, deadline=None)
@given(books(), st.booleans(), st.booleans())
def test_a_written_book_reads_the_same(book: Book, repeated: bool, as_csv: bool) -> None:
    written = rows(book, repeated=repeated)
    found = understand(delimited(written, "gbk") if as_csv else xlsx(written), "示例")
    assert not found.errors
    assert all(each.agrees for each in found.sums)
    assert [
        (each.key, each.element, each.requirement, each.method, each.points) for each in found.book.items
    ] == [(each.key, each.element, each.requirement, each.method, each.points) for each in book.items]
    assert [(each.key, each.title, each.parent) for each in found.book.elements] == [
        (each.key, each.title, each.parent) for each in book.elements
    ]
    assert Book.read(found.book.plain()) == found.book
