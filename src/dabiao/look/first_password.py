"""The first password: what an administrator gave is good for one sign-in."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from dabiao.base import clock
from dabiao.kernel.errors import Invalid
from dabiao.look import admission
from dabiao.look.addresses import EVERYBODY, Request, address
from dabiao.look.forms import PlainForm
from dabiao.people import queries, services
from dabiao.people.models import Account


class FirstPasswordForm(PlainForm):
    new = forms.CharField(
        label=_("新密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "autofocus": True}),
        strip=False,
        help_text=_("至少 10 位，不要用常见的密码。"),
    )
    again = forms.CharField(
        label=_("再输一遍新密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("new") and told.get("again") and told["new"] != told["again"]:
            self.add_error("again", _("两次输入的新密码不一样，请重新输入。"))
        return told


@never_cache
@address("本人首次登录后更换密码", EVERYBODY, ("GET", "POST"))
def first_password(request: Request) -> HttpResponse:
    """For whoever is signed in with a password that somebody else gave."""
    account = admission.account_of(request)
    if account is None:
        return admission.again(request)
    if not account.must_change:
        return redirect("office:home")
    form = FirstPasswordForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _changed(request, account, form):
        return redirect("office:home")
    return render(request, "look/first_password.html", {"form": form}, status=422 if form.is_bound else 200)


def _changed(request: Request, account: Account, form: FirstPasswordForm) -> bool:
    at = clock.now()
    by = queries.actor(account, clock.day_of(at))
    try:
        services.change_first_password(account=account, new=form.cleaned_data["new"], by=by, at=at)
    except Invalid as error:
        form.add_error("new", error.fields["new"])
        return False
    admission.renew(request, account)
    return True
