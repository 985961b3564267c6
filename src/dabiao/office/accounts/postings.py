"""Giving and ending postings."""

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting
from dabiao.office.accounts import forms, views
from dabiao.people import queries, services
from dabiao.people.models import Posting


@address("系统（安全）管理员授予任职", views.SECURITY, ("POST",))
def give(request: Request, key: int) -> HttpResponse:
    account = queries.visible_account(request.actor, key)
    form = forms.PostingForm(request.POST)

    def act() -> Posting:
        told = form.cleaned_data
        return services.give_posting(
            account=account,
            role=Role(told["role"]),
            since=told["since"],
            by=request.actor,
            at=clock.now(),
            **form.where(),
        )

    if acting.tried(form, act):
        return acting.done(request, "已授予任职。", "office:account", key)
    return views.shown(request, account, give_form=form)


@address("系统（安全）管理员终止任职", views.SECURITY, ("POST",))
def end(request: Request, key: int, posting: int) -> HttpResponse:
    account = queries.visible_account(request.actor, key)
    row = Posting.objects.select_related("account").filter(account=account, pk=posting).first()
    if row is None:
        raise Absent
    form = forms.EndForm(request.POST)

    def act() -> Posting:
        return services.end_posting(posting=row, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "任职已终止，自该日起不再有此权限。", "office:account", key)
    return views.shown(request, account, end_form=form)
