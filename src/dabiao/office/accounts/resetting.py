"""Resetting somebody's password or second factor, as when a phone is lost."""

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.look.addresses import Request, address
from dabiao.office import acting
from dabiao.office.accounts import forms, views
from dabiao.people import queries, services
from dabiao.people.models import Account


@address("系统（安全）管理员重置密码", views.SECURITY, ("POST",))
def password(request: Request, key: int) -> HttpResponse:
    account = queries.visible_account(request.actor, key)
    form = forms.ResetPasswordForm(request.POST, prefix="password")

    def act() -> Account:
        return services.reset_password(account=account, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        words = "密码已重置，原密码和已登录的设备即时失效。请当面告知本人新的初始密码。"
        return acting.done(request, words, "office:account", key)
    return views.shown(request, queries.visible_account(request.actor, key), password_form=form)


@address("系统（安全）管理员重置两步验证", views.SECURITY, ("POST",))
def factor(request: Request, key: int) -> HttpResponse:
    account = queries.visible_account(request.actor, key)
    form = forms.ReasonForm(request.POST, prefix="factor")

    def act() -> Account:
        return services.reset_factor(account=account, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        words = "两步验证已重置，原来的手机和备用码即时失效。本人登录后重新启用。"
        return acting.done(request, words, "office:account", key)
    return views.shown(request, queries.visible_account(request.actor, key), factor_form=form)
