"""What a person did lately, with the thing each act was done on: one line for what was done over and over."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse

from dabiao.base.clock import day_of
from dabiao.base.models import JournalEntry
from dabiao.creation.models import Case, SelfAssessment
from dabiao.grading.models import Grading
from dabiao.hazards.models import Hazard
from dabiao.kernel.actor import Actor
from dabiao.look.shapes import Told
from dabiao.office import history
from dabiao.organisations.models import Unit
from dabiao.reviews.models import Review, ServiceContract
from dabiao.sheets.models import Sheet
from dabiao.supervision.models import Verification, VerificationDraw

MOST: Final = 200
Said = Callable[[Any], str]
# Things that have a page of their own: how they are called, and the address of the page.
THINGS: Final[tuple[tuple[Any, str, Said], ...]] = (
    (Case, "office:case", lambda row: f"申报件 {row.spoken}"),
    (SelfAssessment, "office:self_assessment", lambda row: f"自评 {row.number}"),
    (Sheet, "office:sheet", lambda row: f"{row.get_occasion_display()}评分表"),
    (Hazard, "office:hazard", lambda row: f"{row.get_kind_display()} {row.number}"),
    (Review, "office:review", lambda row: f"评审 {row.spoken}"),
    (ServiceContract, "office:contract", lambda row: f"服务合同 {row.spoken}"),
    (Grading, "office:grading", lambda row: f"定级 {row.spoken}"),
    (VerificationDraw, "office:verification_draw", lambda row: f"{row.year} 年度核查抽取"),
    (Verification, "office:verification", lambda row: f"核查 {row.spoken}"),
    (Unit, "office:unit", lambda row: ""),
)


def by(actor: Actor) -> list[Told]:
    """Newest first; one query, and one more for each kind of thing among them."""
    rows = JournalEntry.objects.filter(actor=actor.account or 0).exclude(act__startswith="people.sign_in")
    found = list(rows.order_by("-received_at", "-id")[:MOST])
    known = _things(actor, {row.chain for row in found})
    return list(history.summed(_item_by_item(found, known)))


def _item_by_item(rows: Iterable[JournalEntry], known: Mapping[str, tuple[str, str]]) -> Iterator[Told]:
    """Work on the items of a sheet is told once a day, where it was done last, with its number."""
    often: dict[tuple[str, str, date], list[Told]] = {}
    lines: list[list[Told]] = []
    for row in rows:
        told, key = _about(row, known), (row.act, row.chain, day_of(row.received_at))
        if row.act in history.OFTEN and key in often:
            often[key].append(told)
            continue
        lines.append([told])
        if row.act in history.OFTEN:
            often[key] = lines[-1]
    for last, *before in lines:
        yield replace(last, note=f"共 {len(before) + 1} 次") if before else last


def _about(row: JournalEntry, known: Mapping[str, tuple[str, str]]) -> Told:
    about, url = known.get(row.chain, ("", ""))
    return replace(history.told(row), about=about, url=url)


def _things(actor: Actor, chains: Iterable[str]) -> dict[str, tuple[str, str]]:
    """What these chains are called and where they are shown; nothing of what is out of sight by now."""
    keys: dict[str, list[int]] = defaultdict(list)
    for chain in chains:
        table, _, key = chain.partition(":")
        keys[table].append(int(key))
    found = {}
    for model, address, said in THINGS:
        table = model._meta.db_table
        for row in _seen(model, actor, keys[table]) if keys[table] else ():
            words = (said(row), row.name if isinstance(row, Unit) else row.unit.name)
            found[f"{table}:{row.pk}"] = (" · ".join(filter(None, words)), reverse(address, args=[row.pk]))
    return found


def _seen(model: Any, actor: Actor, keys: list[int]) -> Iterable[Any]:
    rows: QuerySet[Any] = model.objects.visible_to(actor).filter(pk__in=keys)
    return rows if model is Unit else rows.select_related("unit")
