"""Pages of the leading group: who belongs to it, its meetings (uplift/17)."""

from datetime import date
from typing import Any

from django.http import FileResponse, HttpResponse

from dabiao.base import calendars, clock
from dabiao.base.journal.entries import chain_of
from dabiao.creation.models import GroupMember, LeadingGroup, Meeting
from dabiao.creation.models.groups import Place
from dabiao.creation.permissions.groups import may_lead
from dabiao.creation.queries import groups as queries
from dabiao.creation.queries.principals import principals
from dabiao.creation.rules.rosters import Person
from dabiao.creation.services import groups as services
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import UNIT_ROLES
from dabiao.look.addresses import Request, address
from dabiao.look.shapes import Light, LimitShown
from dabiao.office import acting, frame, history, todo
from dabiao.office.creation import forms
from dabiao.office.creation.own import LEADING, attachment, own_unit
from dabiao.organisations.models import Unit

HOME = ("创建工作", "/office/creation/")


@address("查看或成立领导小组", UNIT_ROLES, ("GET", "POST"))
def page(request: Request) -> HttpResponse:
    unit = own_unit(request)
    if request.method != "POST":
        return _page(request, unit)
    may_lead(request.actor, unit.pk).or_refuse()
    form = forms.GroupForm(request.POST, request.FILES, heads=_heads(unit, clock.today()))

    def act() -> LeadingGroup:
        told = form.cleaned_data
        at = clock.now()
        return services.form(
            unit=unit,
            document=told["document"],
            formed_on=told["formed_on"],
            joined=form.joined(),
            taken=acting.take_one(told["file"]),
            by=request.actor,
            at=at,
        )

    if acting.tried(form, act):
        return acting.done(request, "领导小组已成立。", "office:group", draft="group")
    return _page(request, unit, group_form=form)


def _heads(unit: Unit, day: date) -> list[tuple[str, str]]:
    """Who may head it, as choices: accounts first; the name on file where nobody has an account."""
    known = principals(unit, day)
    posted = [(f"{key}:{name}", name) for key, name in known.posted]
    return posted or [(f":{name}", name) for name in known.names]


def _page(request: Request, unit: Unit, **bound: Any) -> HttpResponse:
    day = clock.today()
    group = queries.of_unit(unit.pk)
    heads = _heads(unit, day)
    context: dict[str, Any] = {
        "unit": unit,
        "group": group,
        "may": may_lead(request.actor, unit.pk),
        "heads": heads,
        "today": day,
        "group_form": forms.GroupForm(initial=forms.dated(day), heads=heads),
        "join_form": forms.JoinForm(initial=forms.dated(day)),
        "meeting_form": forms.MeetingForm(initial=forms.dated(day)),
        "leave_form": forms.LeaveForm(initial=forms.dated(day)),
    }
    if group is not None:
        context |= _formed(group, unit, day)
    context |= {**bound, "refused": next(iter(bound.values()), None)}
    status = 422 if bound else 200
    crumbs = [HOME, ("领导小组", "")]
    return frame.page(request, "office/creation/group.html", context, crumbs=crumbs, status=status)


def _formed(group: LeadingGroup, unit: Unit, day: date) -> dict[str, Any]:
    members = queries.members_on(group, day)
    known = principals(unit, day)
    head = next((each for each in members if each.place == Place.HEAD), None)
    return {
        "members": members,
        "headed": head is not None and known.include(head.name, head.account_id),
        "principal": "、".join(known.names),
        "meetings": list(group.meetings.select_related("file")[:50]),
        "lights": lights(group, day),
        "history": history.of_chains([chain_of(group)]),
        "meeting_form": forms.MeetingForm(
            initial=forms.dated(day, attendance="、".join(each.name for each in members))
        ),
    }


def lights(group: LeadingGroup, day: date) -> list[tuple[str, LimitShown]]:
    """Half-years that want a meeting: red where they have passed, running where there is time."""
    found, calendar = queries.meetings_of(group, day), calendars.calendar()
    late = [(span.title, todo.due_shown(span.last, day, calendar)) for span in found.overdue]
    if found.due is None:
        return [*late, ("本半年", LimitShown(Light.MET, "已召开"))]
    return [*late, (found.due.title, todo.due_shown(found.due.last, day, calendar))]


@address("调整领导小组成员", LEADING, ("POST",))
def join(request: Request) -> HttpResponse:
    unit = own_unit(request)
    form = forms.JoinForm(request.POST)

    def act() -> GroupMember:
        told = form.cleaned_data
        place, at = Place(told["place"]), clock.now()
        person = _person(unit, place, told, clock.day_of(at))
        return services.join(
            group=_group(unit), place=place, person=person, since=told["since"], by=request.actor, at=at
        )

    if acting.tried(form, act):
        return acting.done(request, "已登记。", "office:group")
    return _page(request, unit, join_form=form)


def _person(unit: Unit, place: Place, told: dict[str, Any], day: date) -> Person:
    """A head is known by the account of that name, where there is one."""
    name = told["name"].strip()
    accounts = {known: key for key, known in principals(unit, day).posted}
    account = accounts.get(name) if place == Place.HEAD else None
    return Person(name, told["post"], told["department"], account)


def _group(unit: Unit) -> LeadingGroup:
    found = queries.of_unit(unit.pk)
    if found is None:
        raise Absent("本企业还没有成立领导小组，请先成立。")
    return found


@address("领导小组成员离任", LEADING, ("POST",))
def leave(request: Request, key: int) -> HttpResponse:
    member = queries.visible_member(request.actor, key)
    form = forms.LeaveForm(request.POST, of=key)

    def act() -> GroupMember:
        until = form.cleaned_data["until"]
        return services.leave(member=member, until=until, by=request.actor, at=clock.now())

    if acting.tried(form, act):
        return acting.done(request, f"{member.name}已不再担任。", "office:group")
    return _page(request, own_unit(request), leave_form=form)


@address("记录领导小组会议", LEADING, ("POST",))
def meet(request: Request) -> HttpResponse:
    unit = own_unit(request)
    form = forms.MeetingForm(request.POST, request.FILES)

    def act() -> Meeting:
        told = dict(form.cleaned_data)
        taken, at = acting.take_one(told.pop("file")), clock.now()
        minutes = services.Minutes(**told)
        return services.record_meeting(
            group=_group(unit), minutes=minutes, taken=taken, by=request.actor, at=at
        )

    if acting.tried(form, act):
        return acting.done(request, "会议已记录。", "office:group", draft="meeting")
    return _page(request, unit, meeting_form=form)


@address("下载领导小组成立文件", UNIT_ROLES)
def document(request: Request) -> FileResponse:
    return attachment(_group(own_unit(request)).file, "领导小组成立文件")


@address("下载会议纪要", UNIT_ROLES)
def minutes(request: Request, key: int) -> FileResponse:
    rows = Meeting.objects.filter(group__unit__in=request.actor.units, pk=key).select_related("file")
    row = rows.first()
    if row is None:
        raise Absent
    return attachment(row.file, f"会议纪要{row.held_on:%Y%m%d}")
