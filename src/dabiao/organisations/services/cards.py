"""Cards by which units are found: whoever registers or changes units enters and renews them.

No act and no journal entry: a card says nothing that the unit does not say, and can be made anew.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from operator import attrgetter
from typing import Final

from django.db import transaction

from dabiao.base import words
from dabiao.base.journal import loading
from dabiao.organisations.models import Unit, UnitCard
from dabiao.organisations.queries import cards
from dabiao.organisations.rules.words import written

INDEX: Final = UnitCard.word_index
COLUMNS: Final = tuple(str(field.column) for field in UnitCard._meta.concrete_fields)
_cells: Final = attrgetter(*(field.attname for field in UnitCard._meta.concrete_fields))
CHUNK: Final = 5000


def enter(units: Sequence[Unit]) -> None:
    """Cards of units that have none yet; any number at once."""
    above = cards.trades()
    for start in range(0, len(units), CHUNK):
        _write([cards.drawn(unit, above) for unit in units[start : start + CHUNK]])


def enter_imported(keys: Iterable[int]) -> int:
    """After a bulk act is published: cards of its units, some thousand a transaction; how many were made.

    Safe to run again: units that have a card are passed over.
    """
    coming, count = iter(keys), 0
    while block := list(islice(coming, CHUNK)):
        with transaction.atomic():
            units = list(Unit.objects.filter(pk__in=block, card=None))
            enter(units)
        count += len(units)
    return count


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
        count, last = 0, 0
        while chunk := list(Unit.objects.filter(pk__gt=last).order_by("pk")[:CHUNK]):
            enter(chunk)
            count, last = count + len(chunk), chunk[-1].pk
    return count


def _write(made: list[UnitCard]) -> None:
    made.sort(key=lambda card: card.place)
    loading.insert(UnitCard._meta.db_table, COLUMNS, map(_cells, made))
    words.enter(INDEX, [(card.place, written(card.said())) for card in made])


def _take_away(old: list[UnitCard]) -> None:
    words.take_away(INDEX, [(card.place, written(card.said())) for card in old])
    gone = UnitCard.objects.filter(pk__in=[card.place for card in old])
    gone._raw_delete(gone.db)
