"""Cards by which units are found: whoever registers or changes units enters and renews them.

No act and no journal entry: a card says nothing that the unit does not say, and can be made anew.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any, Final

from django.db import IntegrityError, transaction

from dabiao.base import words
from dabiao.base.journal import bulk, loading
from dabiao.base.journal.heavy import heavy
from dabiao.organisations.models import Unit, UnitCard
from dabiao.organisations.queries import cards
from dabiao.organisations.queries.cards import Cells, Trades, drawn, facts
from dabiao.organisations.rules.words import Card, key_of, scattered, written

INDEX: Final = UnitCard.word_index
COLUMNS: Final = tuple(str(field.column) for field in UnitCard._meta.concrete_fields)
CHUNK: Final = 10_000  # a transaction; other writers wait half a second for it
TRIES: Final = 3
_place: Final = itemgetter(0)


def enter(units: Iterable[Unit]) -> None:
    """Cards of units that have none yet; any number at once."""
    _enter(map(facts, units), cards.trades())


def enter_imported(keys: Iterable[int]) -> int:
    """After a bulk act is published: cards of its units, some thousand a transaction; how many were made.

    In the order of places, in which whole pages of the tables are filled one after the other. The first unit
    comes last of all: where it has its card, all have (`queries.cards.unfinished`). Safe to run again.
    """
    told = array("q", keys)
    if not told:
        return 0
    first = min(told)
    places = array("q", sorted(map(scattered, told)))
    above, count = cards.trades(), 0
    with heavy():
        for block in _blocks(places):
            count += _enter_lacking([key for place in block if (key := key_of(place)) != first], above)
        words.settle(INDEX)
        loading.take_stock(Unit._meta.db_table, UnitCard._meta.db_table)
    return count + _enter_lacking([first], above)


def finish_imports() -> int:
    """What has come without a card, and what imports cut short have left to do; how many cards were made."""
    newer = enter_imported(cards.newer_units())
    return newer + sum(enter_imported(bulk.keys(batch, Unit)) for batch in cards.unfinished())


def _enter_lacking(keys: Sequence[int], above: Trades) -> int:
    """Again where somebody has entered one of them meanwhile."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return _enter(cards.facts_of(keys), above)
        except IntegrityError:
            if not left:
                raise
    return 0


def renew_imported(keys: Iterable[int]) -> None:
    """After a bulk act has changed units."""
    coming = iter(keys)
    while block := list(islice(coming, CHUNK)):
        with transaction.atomic():
            renew(Unit.objects.filter(pk__in=block))


def renew(units: Iterable[Unit]) -> None:
    """After a change of what they are found by; units without a card get one."""
    changed = list(units)
    _take_away(list(UnitCard.objects.filter(unit__in=[unit.pk for unit in changed])))
    enter(changed)


def rebuild() -> int:
    """All cards anew from the units, in one transaction: searches see the old ones or the new ones."""
    with transaction.atomic():
        words.clear(INDEX)
        UnitCard.objects.all()._raw_delete(UnitCard.objects.db)
        return enter_imported(Unit.objects.values_list("pk", flat=True).order_by().iterator())


def _blocks(places: "array[int]") -> Iterator["array[int]"]:
    for start in range(0, len(places), CHUNK):
        yield places[start : start + CHUNK]


def _enter(units: Iterable[Sequence[Any]], above: Trades) -> int:
    made = sorted((drawn(unit, above) for unit in units), key=_place)
    loading.insert(UnitCard._meta.db_table, COLUMNS, made)
    words.enter(INDEX, [(card[0], _written(card)) for card in made])
    return len(made)


def _written(card: Cells) -> str:
    return written(Card._make(card[2:]))


def _take_away(old: list[UnitCard]) -> None:
    words.take_away(INDEX, [(card.place, written(card.said())) for card in old])
    gone = UnitCard.objects.filter(pk__in=[card.place for card in old])
    gone._raw_delete(gone.db)
