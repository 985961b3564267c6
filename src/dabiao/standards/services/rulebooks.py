"""Opening a rulebook: shared by everybody whose edition, day, vetoes, scope and level are the same."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import spelled
from dabiao.kernel.errors import OutOfTurn
from dabiao.standards import permissions, queries, states
from dabiao.standards.models import Edition, Rulebook
from dabiao.standards.queries.vetoes import vetoes_for_open, vetoes_on
from dabiao.standards.rules import rulebook as rules
from dabiao.standards.rules.rulebook import Veto


def open(
    *, edition: Edition, day: date, areas: Sequence[str] | None, level: str, by: Actor, at: datetime
) -> Rulebook:
    """The rulebook for a sheet: get it, or make it with its own journal entry. Safe against a race.

    OutOfTurn for a draft, or for a day on which the edition is not in force.
    """
    _refuse_edition(edition, day)
    return _kept(edition, day, areas, level, vetoes_on(edition, day), by=by, at=at)


def renew(*, rulebook: Rulebook, now: date, by: Actor, at: datetime) -> Rulebook:
    """For an open sheet: the same rulebook with the veto changes up to `now` that apply at once (uplift/2).

    Returns the same row where nothing changes.
    """
    old = queries.rulebook_content(rulebook.digest)
    vetoes = vetoes_for_open(rulebook.edition, rulebook.day, now)
    place = (rulebook.edition, rulebook.day, old.areas, old.level)
    return _kept(*place, vetoes, by=by, at=at, only=old.only, bare=old.bare)


def limit(
    *, rulebook: Rulebook, only: Sequence[str], by: Actor, at: datetime, bare: bool = False
) -> Rulebook:
    """The same rulebook for a sheet of some of its items; vetoes are among them (uplift/10) unless `bare`."""
    whole = queries.rulebook_content(rulebook.digest)
    place = (rulebook.edition, rulebook.day, whole.areas, whole.level)
    return _kept(*place, whole.vetoes, by=by, at=at, only=only, bare=bare)


def _kept(
    edition: Edition,
    day: date,
    areas: Sequence[str] | None,
    level: str,
    vetoes: tuple[Veto, ...],
    *,
    by: Actor,
    at: datetime,
    only: Sequence[str] | None = None,
    bare: bool = False,
) -> Rulebook:
    content = rules.Rulebook(
        book=queries.book(edition),
        edition=edition.public_id,
        day=day.isoformat(),
        vetoes=vetoes,
        areas=None if areas is None else tuple(areas),
        level=level,
        only=None if only is None else tuple(only),
        bare=bare,
    )
    digest = content.digest()
    known = Rulebook.objects.filter(digest=digest).order_by().first()
    if known is not None:
        known.edition = edition  # the digest covers it
        return known
    return _made(Rulebook(edition=edition, day=day, content=content.plain(), digest=digest), by, at)


def _made(row: Rulebook, by: Actor, at: datetime) -> Rulebook:
    try:
        with journal.writing(permissions.OPEN_RULEBOOK, by=by, at=at, on=row) as w:
            return w.create(row)
    except IntegrityError:  # somebody else made the same one meanwhile
        return Rulebook.objects.select_related("edition").get(digest=row.digest)


def _refuse_edition(edition: Edition, day: date) -> None:
    if edition.state not in states.PUBLIC or edition.in_force is None:
        raise OutOfTurn(f"{edition.public_id}尚未发布，不能用于评分。", clause="uplift/4")
    if day < edition.in_force or (edition.until is not None and day >= edition.until):
        ends = f"，至{spelled(edition.until)}停用" if edition.until else ""
        begins = spelled(edition.in_force)
        text = f"{edition.public_id}自{begins}起施行{ends}，{spelled(day)}不能使用。"
        raise OutOfTurn(text, clause="uplift/4")
