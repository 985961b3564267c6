"""The vetoes that hold on a day: the law's hard refusals, then the overlay of the departments (uplift/2)."""

from collections.abc import Iterable
from datetime import date

from dabiao import law
from dabiao.standards.models import Edition, VetoOverlay
from dabiao.standards.queries import listed
from dabiao.standards.rules.rulebook import Veto

HARD = "hard_refusal"
HARD_LIST = "refusals.hard"
HARD_TITLE = "全市统一的不得通过情形"


def vetoes_on(edition: Edition, day: date) -> tuple[Veto, ...]:
    """What a rulebook opened for this edition on this day carries besides the edition's own vetoes."""
    return _together(list(VetoOverlay.objects.bearing_on(edition.standard).on(day)), edition, day)


def vetoes_for_open(edition: Edition, day: date, now: date) -> tuple[Veto, ...]:
    """The same for a sheet opened on `day`, with the changes up to `now` that say they apply at once."""
    rows = VetoOverlay.objects.bearing_on(edition.standard).filter(since__lte=now)
    return _together([row for row in rows if _held(row, day, now)], edition, day)


def hard_refusals(day: date) -> tuple[Veto, ...]:
    """The refusals that law sets city-wide, as free conditions; none before it did."""
    found = next((each for each in law.on(day).under("refusals") if each.name == HARD_LIST), None)
    if found is None:
        return ()
    since = found.since.isoformat()
    hard = listed.entries(HARD_LIST, day).values()
    return tuple(Veto(f"hard:{each.id}", each.title, since, found.clause, source=HARD) for each in hard)


def as_vetoes(rows: Iterable[VetoOverlay], edition: Edition) -> tuple[Veto, ...]:
    """On another edition an overlaid item becomes a free condition: numbers may differ there."""
    return tuple(
        Veto(
            key=f"veto:{row.pk}",
            text=row.text,
            since=row.since.isoformat(),
            clause=row.basis,
            item=row.item if row.edition_id == edition.pk else "",
            source=row.source,
        )
        for row in rows
    )


def sources(day: date) -> dict[str, str]:
    """Where a veto may come from: id -> Chinese."""
    return {each.id: each.title for each in listed.entries("veto.sources", day).values()} | {HARD: HARD_TITLE}


def _together(rows: list[VetoOverlay], edition: Edition, day: date) -> tuple[Veto, ...]:
    """A hard refusal that the overlay hangs on items of this edition needs no line of its own."""
    carried = {f"hard:{row.refusal}" for row in rows if row.item and row.edition_id == edition.pk}
    return (*(each for each in hard_refusals(day) if each.key not in carried), *as_vetoes(rows, edition))


def _held(row: VetoOverlay, day: date, now: date) -> bool:
    begun = row.since <= day or (row.at_once and row.since <= now)
    if row.until is None:
        return begun
    gone = row.until <= day or (row.lifted_at_once and row.until <= now)
    return begun and not gone
