"""The list of units a person sees: filtered, sorted, and what there is to filter by."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import QueryDict

from dabiao.kernel.actor import Actor
from dabiao.office.asked import whole
from dabiao.organisations.models import Industry, Jurisdiction, Size, Unit
from dabiao.standards.queries import listed

SORTS = {
    "name": "name",
    "jurisdiction": "jurisdiction__place",
    "industry": "industry__code",
    "size": "size",
    "people": "head_count",
}
LONGEST_TEXT = 80


def filtered(actor: Actor, asked: QueryDict) -> QuerySet[Unit]:
    """What the query of the address asks for; anything it cannot mean is left aside."""
    rows = Unit.objects.visible_to(actor).select_related("jurisdiction", "industry", "locality")
    rows = rows.filter(*_conditions(asked))
    if area := asked.get("area", ""):
        rows = rows.annotate(flags=Cast("areas", TextField())).filter(flags__contains=f'"{area}"')
    sort = asked.get("sort", "name")
    field = SORTS.get(sort.lstrip("-"), "name")
    return rows.order_by(("-" if sort.startswith("-") else "") + field, "id")


def _conditions(asked: QueryDict) -> list[Q]:
    found = []
    if text := asked.get("q", "").strip()[:LONGEST_TEXT]:
        found.append(named(text))
    if (jurisdiction := whole(asked.get("jurisdiction", ""))) is not None:
        found.append(Q(jurisdiction=jurisdiction))
    if code := asked.get("industry", ""):
        found.append(Q(industry__code=code) | Q(industry__parent__code=code) | _far(code))
    if size := asked.get("size", ""):
        found.append(Q(size=size))
    return found


def named(text: str) -> Q:
    """By name or credit code."""
    return Q(name__icontains=text) | Q(uscc__icontains=text)


def _far(code: str) -> Q:
    """Classes lie two steps below their section."""
    return Q(industry__parent__parent__code=code)


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    title: str


def choices(actor: Actor, day: date) -> dict[str, Any]:
    """What one may filter by: only what occurs among the units one sees."""
    seen = Unit.objects.visible_to(actor).order_by()
    areas = Jurisdiction.objects.filter(pk__in=seen.values("jurisdiction"))
    mine = Industry.objects.filter(pk__in=seen.values("industry"))
    above = Industry.objects.filter(Q(pk__in=mine.values("parent")) | Q(pk__in=mine.values("parent__parent")))
    industries = sorted({*mine, *above}, key=lambda each: _reading(each, {*mine, *above}))
    return {
        "jurisdictions": [Choice(str(each.pk), each.name) for each in areas],
        "industries": [Choice(each.code, str(each)) for each in industries],
        "sizes": [Choice(value, title) for value, title in Size.choices],
        "areas": [Choice(each.id, each.title) for each in listed.areas(day).values()],
    }


def _reading(industry: Industry, known: set[Industry]) -> str:
    """A section's letter stands before its divisions."""
    parents = {each.pk: each for each in known}
    codes = [industry.code]
    while industry.parent_id in parents:
        industry = parents[industry.parent_id]
        codes.append(industry.code)
    return "/".join(reversed(codes))
