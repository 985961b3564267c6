"""From plain values to rows of a draft and back: columns of an item, frame of a book, source of a table."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from dabiao.base import canonical
from dabiao.kernel.actor import Actor
from dabiao.standards.models import Edition, EditionItem
from dabiao.standards.queries.items import words_of
from dabiao.standards.rules.book import Book, Item, Scheme
from dabiao.standards.rules.drafting import Phrase, PhraseKind, Settled, Source, Sum
from dabiao.standards.rules.phrases import Reading
from dabiao.standards.tables.values import Understanding, Unread

CONFIRM = "请确认"  # a remark that says so is a guess
WHOLE_TABLE = "关系到整张表。读错的请作废草案，在导入时写明各列或工作表后重新导入。"


def settled(by: Actor, at: datetime, words: str = "", was: dict[str, Any] | None = None) -> Settled:
    """A person's confirmation."""
    return Settled(by.account, by.name, canonical.moment(at), words.strip(), was)


def frame_of(book: Book) -> dict[str, Any]:
    """The book's plain form without its items."""
    return {name: value for name, value in book.plain().items() if name != "items"}


def item_rows(edition: Edition, book: Book) -> list[EditionItem]:
    """Rows of every item, ready to be created once the edition has its key."""
    plains = book.plain()["items"]
    return [
        EditionItem(edition=edition, place=place, **_columns(item, plain, book))
        for place, (item, plain) in enumerate(zip(book.items, plains, strict=True), start=1)
    ]


def columns(item: Item, book: Book) -> dict[str, Any]:
    """What a row says of an item: its plain form, and what lists and search need."""
    return _columns(item, plain_item(item), book)


def plain_item(item: Item) -> dict[str, Any]:
    """The item's plain form, as `Book.plain` writes it."""
    found: dict[str, Any] = Book("", "", Scheme(), (), (item,)).plain()["items"][0]
    return found


def read_item(plain: dict[str, Any]) -> Item:
    """The inverse of `plain_item`."""
    return Book.read({"title": "", "number": "", "elements": (), "items": (plain,)}).items[0]


def source_of(understood: Understanding, file_name: str, file: str) -> Source:
    """What the importer made of a table, nothing confirmed yet."""
    return Source(
        file=file,
        file_name=file_name,
        sheets=tuple(asdict(each) for each in understood.sheets),
        columns=tuple(asdict(each) for each in understood.columns),
        remarks=understood.remarks,
        rows={key: spot.row for key, spot in understood.rows.items()},
        sums=tuple(Sum(each.where, each.stated, each.found, of=each.of) for each in understood.sums),
        phrases=tuple(_phrases(understood)),
    )


def phrases_of(item: str, reading: Reading, source: Source) -> list[Phrase]:
    """What of an item's rules waits for a person, numbered on from the phrases there are."""
    highest = max((int(each.id) for each in source.phrases), default=0)
    kinds = [(PhraseKind.UNREAD, each) for each in reading.unread]
    kinds += [(PhraseKind.DOUBTFUL, each) for each in reading.doubtful]
    return [
        Phrase(str(highest + number), kind, item, each.rule, each.text, each.why)
        for number, (kind, each) in enumerate(kinds, start=1)
    ]


def _columns(item: Item, plain: dict[str, Any], book: Book) -> dict[str, Any]:
    return {
        "key": item.key,
        "number": item.number,
        "requirement": item.requirement,
        "mandatory": item.mandatory,
        "veto": str(item.veto),
        "areas": list(item.areas),
        "words": words_of(item, book),
        "content": plain,
    }


def _phrases(understood: Understanding) -> Iterable[Phrase]:
    """What waits for a person: guesses about the whole table first, since they bear on all its items."""
    guesses = [Unread(0, "", each, WHOLE_TABLE) for each in understood.remarks if CONFIRM in each]
    kinds = [(PhraseKind.DOUBTFUL, each) for each in guesses]
    kinds += [(PhraseKind.UNREAD, each) for each in understood.unread]
    kinds += [(PhraseKind.DOUBTFUL, each) for each in understood.doubtful]
    return (_phrase(str(number), kind, each) for number, (kind, each) in enumerate(kinds, start=1))


def _phrase(key: str, kind: PhraseKind, found: Unread) -> Phrase:
    return Phrase(
        id=key,
        kind=kind,
        item=found.item_key,
        rule=found.rule,
        text=found.text,
        why=found.why,
        row=found.row,
        sheet=found.sheet,
    )
