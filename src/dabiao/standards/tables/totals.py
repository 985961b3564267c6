"""Sums the authority states, in headings and in 小计/合计/总计 rows, against the items read."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dabiao.standards.rules.book import Book
from dabiao.standards.tables import lines
from dabiao.standards.tables.numbers import printed
from dabiao.standards.tables.raw import RawItem, SheetRead, Total
from dabiao.standards.tables.values import WHOLE, Spot, SumCheck


def now(book: Book) -> dict[str, int]:
    """Points of the items in each element, and of all."""
    parents = {each.key: each.parent for each in book.elements}
    found = dict.fromkeys(parents, 0)
    for item in book.items:
        key = item.element
        while key:
            found[key] += item.points
            key = parents[key]
    return {**found, WHOLE: book.full}


def of_elements(book: Book) -> Iterator[SumCheck]:
    """Every element that states its points."""
    found = now(book)
    for each in book.elements:
        if each.points is not None:
            yield SumCheck(f"{each.number} {each.title}".strip(), each.points, found[each.key], each.key)


def of_rows(sheets: Sequence[SheetRead], book: Book, elements: Mapping[int, str]) -> Iterator[SumCheck]:
    """Every row that states a sum, by its sheet; `elements`: id of an item read -> its element."""
    sums = now(book)
    for sheet in sheets:
        ends = [total.upto for total in sheet.totals]
        for total, last, following in zip(
            sheet.totals, [0, *ends], [*ends[1:], len(sheet.items)], strict=False
        ):
            if total.stated is not None:
                checked = _checked(sheet, total, (last, following), book.full)
                yield replace(
                    checked, of=_summed(checked.found, sheet.items[: total.upto], sums, book, elements)
                )


def _summed(
    found: int, before: Sequence[RawItem], sums: Mapping[str, int], book: Book, elements: Mapping[int, str]
) -> str:
    """All items, or the outermost element around the last item whose points these are."""
    if found == book.full:
        return WHOLE
    parents = {each.key: each.parent for each in book.elements}
    key, around = elements.get(id(before[-1]), "") if before else "", list[str]()
    while key:
        around.insert(0, key)
        key = parents[key]
    return next((each for each in around if sums[each] == found), "")


def _checked(sheet: SheetRead, total: Total, around: tuple[int, int], full: int) -> SumCheck:
    """A sum may be of the rows since the last or up to the next, of an element around the last item, of
    all so far: the one that agrees is meant; where none does, the nearest is shown."""
    before = sheet.items[: total.upto]
    since, every = _points(before[around[0] :]), _points(before)
    ahead = _points(sheet.items[total.upto : around[1]])
    spans = [_points(span) for span in _elements(before)]
    grand = lines.is_grand(total.kind)
    meant = [every, full, since, *spans] if grand or not since else [since, *spans, every, full]
    if not sheet.totals[0].upto:  # here sums stand ahead of what they sum
        meant.append(ahead)
    meant = [each for each in meant if each] or [0]
    stated = total.stated or 0
    found = min(meant, key=lambda each: abs(each - stated))
    whole = grand or (found in {every, full} and found not in spans)
    return SumCheck(_where(sheet, total, before, grand=whole), stated, found)


def _elements(before: Sequence[RawItem]) -> Iterator[list[RawItem]]:
    """The items in each element, outermost first, that the last item lies in."""
    path = before[-1].levels if before else ()
    for depth in range(1, len(path) + 1):
        yield [item for item in before if item.levels[:depth] == path[:depth]]


def _where(sheet: SheetRead, total: Total, before: Sequence[RawItem], *, grand: bool) -> str:
    outer = before[-1].levels[:1] if before and not grand else ()
    named = f"（{printed(outer[0]).title}）" if outer else ""
    return f"{Spot(sheet.grid.name, total.row)}“{total.kind}”{named}"


def _points(items: Iterable[RawItem]) -> int:
    return sum(item.points for item in items)
