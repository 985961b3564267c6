"""One qualification: its file; suspending, resuming and withdrawing it (uplift/20, quality-2015/6)."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.base.journal.entries import chain_of
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame, history
from dabiao.office.qualifications import forms
from dabiao.office.qualifications.shown import shown
from dabiao.office.standing.shown import grouped
from dabiao.people import permissions
from dabiao.people.models import ORGANIZERS, Qualification
from dabiao.people.services import qualifications as services
from dabiao.standing import queries as standing

LEAD = frozenset({Role.ORGANIZER_LEAD})


@address("评审组织单位查看一份资格", ORGANIZERS)
def page(request: Request, key: int) -> HttpResponse:
    return _page(request, _visible(request, key))


@address("评审组织单位负责人暂停资格", LEAD, ("POST",))
def suspend(request: Request, key: int) -> HttpResponse:
    form = forms.SuspendForm(request.POST)
    if _decided(request, key, form, services.suspend):
        return acting.done(request, "资格已暂停。此前的评审不受影响。", "office:qualification", key)
    return _page(request, _visible(request, key), suspend_form=form)


@address("评审组织单位负责人恢复资格", LEAD, ("POST",))
def resume(request: Request, key: int) -> HttpResponse:
    form = forms.ReasonForm(request.POST)
    if _decided(request, key, form, services.resume):
        return acting.done(request, "资格已恢复，自今天起有效。", "office:qualification", key)
    return _page(request, _visible(request, key), resume_form=form)


@address("评审组织单位负责人撤销资格", LEAD, ("POST",))
def withdraw(request: Request, key: int) -> HttpResponse:
    form = forms.WithdrawForm(request.POST, number=_visible(request, key).number)
    if _decided(request, key, form, services.withdraw):
        return acting.done(request, "资格已撤销。撤销日期以前的评审不受影响。", "office:qualification", key)
    return _page(request, _visible(request, key), withdraw_form=form)


def _decided(request: Request, key: int, form: Form, act: Callable[..., Any]) -> bool:
    row = _visible(request, key)
    return acting.tried(form, lambda: act(row=row, by=request.actor, at=clock.now(), **_told(form)))


def _told(form: Form) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "typed_name"}


def _visible(request: Request, key: int) -> Qualification:
    seen = Qualification.objects.visible_to(request.actor).select_related("account", "filed_by")
    row = seen.prefetch_related("suspensions").filter(pk=key).first()
    if row is None:
        raise Absent
    return row


def _page(request: Request, row: Qualification, **bound: Any) -> HttpResponse:
    """A refused form comes back with what was typed."""
    now = {"version": row.version, "since": clock.today()}
    known = standing.of_person(request.actor, row.account_id)
    context = {
        "shown": shown(row, clock.today()),
        "known": grouped(known, clock.today()),
        "pauses": row.suspensions.order_by("since", "pk"),
        "may": permissions.may_sanction(request.actor, row),
        "stands": not row.withdrawn and row.until > clock.today(),
        "paused": any(each.until is None or each.until > clock.today() for each in row.suspensions.all()),
        "suspend_form": forms.SuspendForm(initial=now),
        "resume_form": forms.ReasonForm(initial=now),
        "withdraw_form": forms.WithdrawForm(initial=now, number=row.number),
        "history": history.of_chains([chain_of(row)]),
        **bound,
    }
    crumbs = [("评审人员", "/office/qualifications/"), (row.number, "")]
    status = 422 if bound else 200
    return frame.page(request, "office/qualifications/page.html", context, crumbs=crumbs, status=status)
