"""Global search over units, cases, self-assessments, findings, standards: what the person may see."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from dabiao.base import clock
from dabiao.creation.models import Case, SelfAssessment
from dabiao.creation.states.assessments import TITLES, AssessmentState
from dabiao.creation.states.cases import TITLES as CASE_TITLES
from dabiao.creation.states.cases import CaseState
from dabiao.hazards.models import Hazard
from dabiao.hazards.states import TITLES as HAZARD_TITLES
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import Actor
from dabiao.look.addresses import SIGNED_IN, Request, address
from dabiao.look.short import short
from dabiao.office import frame
from dabiao.organisations.models import Unit, scope
from dabiao.organisations.queries import directory
from dabiao.standards import queries as standards
from dabiao.standards.models import EditionItem, Standard

LONGEST = 80
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    facts: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Hits of one kind: the first of `count`; `more` leads to the whole list where there is one."""

    title: str
    count: int
    hits: list[Hit] = field(default_factory=list)
    more: str = ""
    most: int = 0  # counted no further than this

    @property
    def capped(self) -> bool:
        return bool(self.most) and self.count > self.most


@address("搜索本人看得到的内容", SIGNED_IN)
def page(request: Request) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:LONGEST]
    groups = found(request.actor, text, clock.today()) if text else []
    context = {"text": text, "groups": groups, "count": sum(each.count for each in groups)}
    return frame.page(request, "office/search.html", context)


def found(actor: Actor, text: str, day: date) -> list[Group]:
    """Groups with hits; a constant few queries, every one through what the person may see."""
    groups = [_units(actor, text), _cases(actor, text), _assessments(actor, text), _hazards(actor, text)]
    if actor.holds(*frame.READING):
        groups += [_standards(actor, text), _items(text, day)]
    return [each for each in groups if each.count]


def _units(actor: Actor, text: str) -> Group:
    wish = directory.asked(scope(actor), directory.Wanted(text=text))
    places = directory.few(wish)
    keys = [row[0] for row in directory.page(wish, SHOWN)[:SHOWN]] if places is None else []
    wanted = Q(pk__in=keys) if places is None else Q(card__place__in=places)
    rows = Unit.objects.visible_to(actor).filter(wanted).select_related("jurisdiction")
    hits = [
        Hit(row.name, f"{row.uscc or ''} · {row.jurisdiction.name}", reverse("office:unit", args=[row.pk]))
        for row in rows.order_by("card__initials", "name", "id")[:SHOWN]
    ]
    count = directory.FEW + 1 if places is None else len(places)
    return Group("企业", count, hits, _more("office:units", text), directory.FEW)


def _cases(actor: Actor, text: str) -> Group:
    """By number as it is said, with or without its space, or by unit."""
    number = text.replace(" ", "").upper()
    rows = Case.objects.visible_to(actor).filter(Q(number__contains=number) | Q(unit__name__icontains=text))
    hits = [
        Hit(
            f"{row.spoken} {row.unit.name}",
            CASE_TITLES[CaseState(row.state)],
            reverse("office:case", args=[row.pk]),
        )
        for row in rows.select_related("unit").order_by("-id")[:SHOWN]
    ]
    return Group("申报件", rows.count(), hits, _more("office:cases", text))


def _assessments(actor: Actor, text: str) -> Group:
    wanted = Q(number__icontains=text) | Q(title__icontains=text) | Q(unit__name__icontains=text)
    rows = SelfAssessment.objects.visible_to(actor).filter(wanted).select_related("unit")
    hits = [
        Hit(
            f"{row.number} {row.title}",
            f"{row.unit.name} · {TITLES[AssessmentState(row.state)]}",
            reverse("office:self_assessment", args=[row.pk]),
        )
        for row in rows.order_by("-started_at", "-id")[:SHOWN]
    ]
    return Group("自评", rows.count(), hits, _more("office:self_assessments", text))


def _hazards(actor: Actor, text: str) -> Group:
    rows = Hazard.objects.visible_to(actor).filter(Q(number__icontains=text) | Q(text__icontains=text))
    hits = [
        Hit(
            f"{row.number} {short(row.text, 60)}",
            f"{row.unit.name} · {HAZARD_TITLES[HazardState(row.state)]}",
            reverse("office:hazard", args=[row.pk]),
        )
        for row in rows.select_related("unit").order_by("-found_at", "-id")[:SHOWN]
    ]
    return Group("隐患和不符合项", rows.count(), hits, _more("office:hazards", text))


def _standards(actor: Actor, text: str) -> Group:
    wanted = Q(number__icontains=text) | Q(title__icontains=text)
    rows: QuerySet[Standard] = Standard.objects.visible_to(actor).filter(wanted).select_related("owner")
    hits = [
        Hit(f"{row.number} {row.title}", row.owner.name, reverse("office:standard", args=[row.pk]))
        for row in rows.order_by("number")[:SHOWN]
    ]
    return Group("评定标准", rows.count(), hits)


def _items(text: str, day: date) -> Group:
    rows = standards.search_items(standards.Filters(text=text), day)
    return Group(
        "标准项目", rows.count(), [_item(row) for row in rows[:SHOWN]], _more("office:standard_items", text)
    )


def _item(row: EditionItem) -> Hit:
    facts = f"{row.edition.standard.title} {row.edition.label}"
    return Hit(
        f"{row.number} {short(row.requirement, 60)}", facts, reverse("office:edition", args=[row.edition_id])
    )


def _more(name: str, text: str) -> str:
    return f"{reverse(name)}?{urlencode({'q': text})}"
