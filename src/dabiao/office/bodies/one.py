"""One body: what it is, what it was called before; renamed and ended by the system administrator."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from dabiao.base import clock
from dabiao.base.journal.entries import chain_of
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.look.forms import PlainForm
from dabiao.office import acting, frame, history
from dabiao.office.standing.shown import grouped
from dabiao.organisations import permissions
from dabiao.organisations.models import Body, BodyKind
from dabiao.organisations.services import bodies as services
from dabiao.standing import queries as standing

KEEPERS = frozenset({Role.SYSTEM_ADMIN})
READERS = frame.READING | KEEPERS
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RenameForm(PlainForm):
    name = forms.CharField(label=_("新的名称"), max_length=80)
    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class EndForm(PlainForm):
    until = forms.DateField(label=_("自哪一日起终止"), widget=DAY, help_text=_("最早为今天。"))
    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


@address("查看一个机构", READERS)
def page(request: Request, key: int) -> HttpResponse:
    return _page(request, _visible(request, key))


@address("系统管理员更名机构", KEEPERS, ("POST",))
def rename(request: Request, key: int) -> HttpResponse:
    body, form = _visible(request, key), RenameForm(request.POST)

    def act() -> Body:
        return services.rename(body=body, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "机构已更名，此前的文书仍用原来的名称。", "office:body", key)
    return _page(request, _visible(request, key), rename_form=form)


@address("系统管理员终止机构", KEEPERS, ("POST",))
def end(request: Request, key: int) -> HttpResponse:
    body, form = _visible(request, key), EndForm(request.POST)

    def act() -> Body:
        return services.end(body=body, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "机构已终止。", "office:body", key)
    return _page(request, _visible(request, key), end_form=form)


def _visible(request: Request, key: int) -> Body:
    """Who takes part is no secret among those who take part; who runs the system is the administrators'."""
    rows = Body.objects.select_related("jurisdiction", "parent")
    if not request.actor.holds(*KEEPERS):
        rows = rows.exclude(kind=BodyKind.OPERATOR)
    found = rows.filter(pk=key).first()
    if found is None:
        raise Absent
    return found


def _page(request: Request, body: Body, **bound: Any) -> HttpResponse:
    may = permissions.may_keep(request.actor)
    context = {
        "body": body,
        "may": may and body.until is None,
        "rename_form": RenameForm(initial={"name": body.name}),
        "end_form": EndForm(initial={"until": clock.today()}),
        "history": history.of_chains([chain_of(body)]) if may else [],
        "known": grouped(standing.of_body(request.actor, body.pk), clock.today()),
        **bound,
        "refused": next(iter(bound.values()), None),
    }
    crumbs = [("机构", "/office/bodies/"), (body.name, "")]
    status = 422 if bound else 200
    return frame.page(request, "office/bodies/page.html", context, crumbs=crumbs, status=status)
