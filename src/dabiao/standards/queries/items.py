"""Search over the items of published editions, and the choice of items for a check list (uplift/4, /12)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from dabiao.standards.models import Edition, EditionItem
from dabiao.standards.rules.book import Book, Item
from dabiao.standards.states import EditionState


@dataclass(frozen=True, slots=True)
class Filters:
    """`text`: all its words must occur in an item; empty ones ask nothing."""

    text: str = ""
    area: str = ""
    mandatory: bool = False
    vetoes: bool = False
    edition: int | None = None


def search_items(filters: Filters, day: date) -> QuerySet[EditionItem]:
    """Matching items of the editions in force on a day, in printed order."""
    editions = Edition.objects.on(day).filter(state=EditionState.PUBLISHED).order_by().values("pk")
    rows = EditionItem.objects.filter(*_conditions(filters), edition__in=editions)
    if filters.area:
        rows = rows.annotate(flags=Cast("areas", TextField())).filter(flags__contains=f'"{filters.area}"')
    return rows.select_related("edition__standard").order_by("edition__standard__number", "-edition", "place")


def words_of(item: Item, book: Book) -> str:
    """Everything a search looks at: number, headings, requirement, method, citation."""
    parents = {element.key: element for element in book.elements}
    headings, key = [], item.element
    while key in parents:
        headings.append(parents[key].title)
        key = parents[key].parent
    found = (item.number, *reversed(headings), item.requirement, item.method, item.check, item.citation)
    return "\n".join(each for each in found if each).lower()


def _conditions(filters: Filters) -> list[Q]:
    found = [Q(words__contains=word) for word in filters.text.lower().split()]
    found += [Q(mandatory=True)] if filters.mandatory else []
    found += [~Q(veto="")] if filters.vetoes else []
    return found + ([Q(edition=filters.edition)] if filters.edition else [])
