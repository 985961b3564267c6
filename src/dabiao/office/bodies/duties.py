"""Which department answers for which industry and special area, and why; assigning one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from dabiao.base import clock
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame
from dabiao.organisations import permissions
from dabiao.organisations.data import reading
from dabiao.organisations.models import AreaDuty, Body, Industry
from dabiao.organisations.queries.ground import ground, running
from dabiao.organisations.rules.departments import WAYS, Ground, Way, answering
from dabiao.organisations.services import duties
from dabiao.organisations.services.duties import ANSWERING, Charge

DIVISION = 2
ASSIGNING = frozenset({Role.COMMITTEE_CITY, Role.COMMITTEE_DISTRICT, Role.SYSTEM_ADMIN})


class AssignForm(forms.Form):
    subject = forms.ChoiceField(label=_("行业或特殊领域"))
    department = forms.ModelChoiceField(Body.objects.none(), label=_("主管部门"))
    nearest = forms.BooleanField(label=_("按职能相近指定"), required=False)
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=200,
        help_text=_("按职能相近指定的必须写明相近在哪里；企业页面会显示。"),
    )

    def __init__(self, *args: Any, subjects: list[tuple[str, str]], departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = subjects  # type: ignore[attr-defined]
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]


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
    day, may = clock.today(), request.actor.holds(*ASSIGNING)
    if request.method == "POST":
        permissions.may_realign(request.actor).or_refuse()
    industries = list(Industry.objects.order_by("code"))
    areas = {each.id: each.name for each in reading.areas()}
    form = None
    if may:
        subjects = [(each.code, str(each)) for each in industries]
        subjects += [(f"area:{key}", f"特殊领域：{name}") for key, name in areas.items()]
        form = AssignForm(acting.posted(request), subjects=subjects, departments=_departments(request))
        if request.method == "POST" and acting.tried(form, lambda: _assign(request, form)):
            return acting.done(request, "已指定，相关企业已随之归口。", "office:duties")
    there = ground(day)
    context = {
        "form": form,
        "industries": [_row(each, there) for each in industries if len(each.code) == DIVISION],
        "areas": _areas(areas),
    }
    status = 422 if form is not None and form.is_bound else 200
    crumbs = [("机构", "/office/bodies/"), ("行业归口", "")]
    return frame.page(request, "office/bodies/duties.html", context, crumbs=crumbs, status=status)


def _departments(request: Request) -> Any:
    rows = Body.objects.filter(running(clock.today()), kind__in=ANSWERING)
    if not request.actor.holds(Role.COMMITTEE_CITY, Role.SYSTEM_ADMIN):
        rows = rows.filter(jurisdiction__in=request.actor.jurisdictions(Role.COMMITTEE_DISTRICT))
    return rows.order_by("jurisdiction__place", "pk")


def _assign(request: Request, form: AssignForm | None) -> None:
    if form is None:
        return
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
