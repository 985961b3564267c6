"""Editions and rulebooks as the plain values that rules take."""

from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from dabiao.base import statements
from dabiao.standards.models import Edition, EditionItem
from dabiao.standards.models import Rulebook as RulebookRow
from dabiao.standards.rules.book import Book
from dabiao.standards.rules.rulebook import Rulebook
from dabiao.standards.states import EditionState

BOOKS_KEPT = 64
RULEBOOKS_KEPT = 512


def book(edition: Edition) -> Book:
    """The edition whole. Published ones are kept in memory by digest: they never change."""
    return _published(edition.digest, edition.pk) if edition.digest else _assembled(edition)


def rulebook_content(digest: str) -> Rulebook:
    """The rulebook with that digest, kept in memory. RulebookRow.DoesNotExist if there is none."""
    return _rulebook(digest)


def rulebook_of(row: RulebookRow) -> Rulebook:
    return _rulebook(row.digest)


def named(key: int, digest: str) -> RulebookRow:
    """The row of which these are known; the rest, large as it is, is read if asked for."""
    return statements.made(RulebookRow, ["id", "digest"], [key, digest])


def on_day(standard: int, day: date) -> Edition | None:
    """The edition of a standard one scores by on a day: in force, the newest."""
    return Edition.objects.on(day).filter(standard=standard).select_related("standard").first()


def edition_named(name: str) -> Edition | None:
    """By id, by "number label", or by the standard's number: the newest published, else the newest draft."""
    editions = Edition.objects.select_related("standard").exclude(state=EditionState.DISCARDED)
    if name.isdecimal() and (found := editions.filter(pk=int(name)).first()):
        return found
    known = list(editions.filter(standard__number=name).order_by("-in_force", "-pk"))
    known = known or [each for each in _near(editions, name) if each.public_id == name]
    published = [each for each in known if each.state == EditionState.PUBLISHED]
    return next(iter(published or known), None)


def _near(editions: QuerySet[Edition], name: str) -> QuerySet[Edition]:
    return editions.filter(label=name.rpartition(" ")[2]) if " " in name else editions.none()


@lru_cache(maxsize=BOOKS_KEPT)
def _published(digest: str, key: int) -> Book:
    """Keyed by both: the same bytes under another key are another edition."""
    return _assembled(Edition.objects.get(pk=key, digest=digest))


def _assembled(edition: Edition) -> Book:
    contents = EditionItem.objects.filter(edition=edition).order_by("place").values_list("content", flat=True)
    return Book.read({**edition.frame, "items": list(contents)})


@lru_cache(maxsize=RULEBOOKS_KEPT)
def _rulebook(digest: str) -> Rulebook:
    row = RulebookRow.objects.select_related("edition").get(digest=digest)
    return Rulebook.read(row.content, book(row.edition))
