"""Which department answers for which industry and special area, and why; assigning one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from dabiao.base import clock
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.look.forms import PlainForm, offer, offer_rows
from dabiao.office import acting, frame
from dabiao.office.bodies import ending
from dabiao.organisations import permissions
from dabiao.organisations.data import reading
from dabiao.organisations.models import AreaDuty, Body, Industry, IndustryDuty
from dabiao.organisations.queries.ground import ground, running
from dabiao.organisations.rules.departments import WAYS, Ground, Way, answering
from dabiao.organisations.services import duties
from dabiao.organisations.services.duties import ANSWERING, Charge

DIVISION = 2
ASSIGNING = frozenset({Role.COMMITTEE_CITY, Role.COMMITTEE_DISTRICT, Role.SYSTEM_ADMIN})


class AssignForm(PlainForm):
    subject = forms.ChoiceField(label=_("行业或特殊领域"))
    department = forms.ModelChoiceField(Body.objects.none(), label=_("主管部门"), empty_label=_("请选择"))
    nearest = forms.BooleanField(label=_("按职能相近指定"), required=False)
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=200,
        help_text=_("按职能相近指定的必须写明相近在哪里；企业页面会显示。"),
    )

    def __init__(self, *args: Any, subjects: list[tuple[str, str]], departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "subject", subjects)
        offer_rows(self, "department", departments)


@dataclass(frozen=True, slots=True)
class Row:
    """An industry or area: who answers in the city, how it came about, why."""

    title: str
    departments: str
    way: str
    reason: str
    missing: bool = False


@address("查看行业归口，安委会办公室指定主管部门", frame.READING | ASSIGNING, ("GET", "POST"))
def page(request: Request) -> HttpResponse:
    if request.method != "POST":
        return shown(request)
    permissions.may_realign(request.actor).or_refuse()
    form = _form(request, request.POST)
    if acting.tried(form, lambda: _assign(request, form)):
        return acting.done(request, "已指定，相关企业已随之归口。", "office:duties")
    return shown(request, form=form)


@address("安委会办公室终止行业归口", ASSIGNING, ("POST",))
def end(request: Request) -> HttpResponse:
    """From today on; units go to whoever answers for them then."""
    form = ending.EndForm(request.POST, duties=ending.running_duties(request.actor))
    if acting.tried(form, lambda: _end(request, form)):
        return acting.done(request, "归口已终止，相关企业已改由现任部门负责。", "office:duties")
    return shown(request, end_form=form)


def shown(request: Request, **bound: forms.Form) -> HttpResponse:
    """A refused form comes back with what was typed."""
    day, may = clock.today(), request.actor.holds(*ASSIGNING)
    there, areas = ground(day), {each.id: each.name for each in reading.areas()}
    industries = Industry.objects.order_by("code")
    context = {
        "form": _form(request) if may and not bound.get("form") else bound.get("form"),
        "end_form": ending.EndForm(duties=ending.running_duties(request.actor)) if may else None,
        "industries": [_row(each, there) for each in industries if len(each.code) == DIVISION],
        "areas": _areas(areas),
        **bound,
    }
    crumbs = [("机构", "/office/bodies/"), ("行业归口", "")]
    status = 422 if bound else 200
    return frame.page(request, "office/bodies/duties.html", context, crumbs=crumbs, status=status)


def _form(request: Request, posted: QueryDict | None = None) -> AssignForm:
    subjects = [("", "请选择"), *((each.code, str(each)) for each in Industry.objects.order_by("code"))]
    subjects += [(f"area:{each.id}", f"特殊领域：{each.name}") for each in reading.areas()]
    return AssignForm(posted, subjects=subjects, departments=_departments(request))


def _departments(request: Request) -> Any:
    rows = Body.objects.filter(running(clock.today()), kind__in=ANSWERING)
    if not request.actor.holds(Role.COMMITTEE_CITY, Role.SYSTEM_ADMIN):
        rows = rows.filter(jurisdiction__in=request.actor.jurisdictions(Role.COMMITTEE_DISTRICT))
    return rows.order_by("jurisdiction__place", "pk")


def _assign(request: Request, form: AssignForm) -> None:
    said, by, at = form.cleaned_data, request.actor, clock.now()
    day = clock.day_of(at)
    charge = Charge(said["department"], day, said["nearest"], said["reason"])
    if said["subject"].startswith("area:"):
        duties.assign_area(area=said["subject"].removeprefix("area:"), charge=charge, by=by, at=at)
        return
    industry = Industry.objects.get(code=said["subject"])
    duties.assign(industry=industry, charge=charge, by=by, at=at)
    below = frozenset(_below(industry))
    duties.realign(industries=below, by=by, at=at, day=day)


def _end(request: Request, form: ending.EndForm) -> None:
    duty, by, at = form.duty(), request.actor, clock.now()
    day = clock.day_of(at)
    duties.end_duty(duty=duty, until=day, reason=form.cleaned_data["reason"], by=by, at=at)
    if isinstance(duty, IndustryDuty):
        duties.realign(industries=frozenset(_below(duty.industry)), by=by, at=at, day=day)


def _below(industry: Industry) -> set[int]:
    """The industry and all within it, four steps at most."""
    found = {industry.pk}
    for _step in range(4):
        found |= set(Industry.objects.filter(parent__in=found).values_list("pk", flat=True))
    return found


def _row(industry: Industry, there: Ground) -> Row:
    held = [each for each in there.of(industry.code) if each.department in there.departments]
    if held:
        names = "、".join(there.departments[each.department].name for each in held)
        reasons = "；".join(dict.fromkeys(each.reason for each in held if each.reason))
        way = Way.TAKEN_ON if all(each.nearest for each in held) else Way.OWN
        return Row(str(industry), names, WAYS[way], reasons)
    found = answering(industry.code, 0, there)
    name = there.departments[found.department].name
    return Row(str(industry), name, WAYS[found.way], found.reason, missing=True)


def _areas(names: dict[str, str]) -> list[Row]:
    held: dict[str, list[AreaDuty]] = {}
    for duty in AreaDuty.objects.filter(running(clock.today())).select_related("department").order_by("pk"):
        held.setdefault(duty.area, []).append(duty)
    return [
        Row(
            name,
            "、".join(each.department.name for each in held.get(key, ())),
            "",
            "；".join(each.reason for each in held.get(key, ()) if each.reason),
            missing=key not in held,
        )
        for key, name in names.items()
    ]
