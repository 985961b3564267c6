"""The second factor 两步验证: enrolling with one's phone, and giving the code at sign-in."""

from typing import Any

import segno
from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStageController
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP, clear_totp_secret
from django import forms
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from dabiao.base import clock
from dabiao.look import admission
from dabiao.look.addresses import EVERYBODY, Request, address
from dabiao.look.rates import Rate, spend
from dabiao.people import queries, services
from dabiao.people.models import Account

TRYING = Rate("factor", 10, 10 * 60)
USED_FOR = 180  # seconds: longer than a code with its neighbours is good for
GROUP = 4
DIGITS = forms.TextInput(
    attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "maxlength": 12}
)


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """The code at sign-in: six digits from the phone, or one of the recovery codes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = _("验证码")
        self.fields["code"].label, self.fields["code"].widget = label, DIGITS
        self.fields["code"].error_messages["required"] = _("请填写验证码。")

    def clean_code(self) -> str:
        """The library remembers a code for one step only, but takes it for three."""
        code: str = super().clean_code()
        if not cache.add(f"factor:used:{self.user.pk}:{code.strip()}", "1", USED_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeView(AuthenticateView):  # type: ignore[misc]
    template_name = "look/sign_in_code.html"
    form_class = CodeForm

    def render_to_response(self, context: Any, **response: Any) -> Any:
        status = 422 if context["form"].is_bound else 200
        return super().render_to_response(context, status=status, **response)


_code_page = CodeView.as_view()


@address("登录时输入两步验证码", EVERYBODY, ("GET", "POST"))
def code(request: Request) -> HttpResponse:
    """The second half of signing in; without the first it leads back to it."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if request.user.is_authenticated or stage is None:
        return admission.again(request)
    if not Authenticator.objects.filter(user=stage.login.user).exists():
        return admission.again(request)
    if request.method == "POST":
        spend(TRYING, request, "验证码输错次数过多，请稍后再试。")
    answer: HttpResponse = _code_page(request)
    return answer


@address("登录第二步之前换一个账号", EVERYBODY)
def other(request: Request) -> HttpResponse:
    """Give up a sign-in that waits for its code; the library looks for this address by its own name."""
    clear_login(request)
    return redirect("sign_in")


class EnrolForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code shows that the phone has taken the secret; the password, that it is the person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(label=_("手机上显示的 6 位数字"), widget=DIGITS)
        self.fields["password"] = forms.CharField(
            label=_("登录密码"),
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )
        for name, words in (("code", _("请填写验证码。")), ("password", _("请填写登录密码。"))):
            self.fields[name].error_messages["required"] = words

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("密码不对，请重新输入。"))
        return password


@never_cache
@address("本人启用两步验证", EVERYBODY, ("GET", "POST"))
def enrol(request: Request) -> HttpResponse:
    """For whoever is signed in, admitted or waiting here."""
    account = admission.account_of(request)
    if account is None:
        return admission.again(request)
    if account.second_factor:
        return redirect("office:home")
    if request.method == "POST":
        spend(TRYING, request, "尝试次数过多，请稍后再试。")
    form = EnrolForm(request.POST if request.method == "POST" else None, user=account)
    if form.is_bound and form.is_valid():
        return render(request, "look/factor_codes.html", {"codes": _enrolled(request, account, form.secret)})
    status = 422 if form.is_bound else 200
    return render(request, "look/factor.html", {"form": form, **_secret(account, form.secret)}, status=status)


def _secret(account: Account, secret: str) -> dict[str, object]:
    """The secret as a picture for the phone and as groups of letters for typing."""
    url = get_adapter().build_totp_url(account, secret)
    groups = [secret[at : at + GROUP] for at in range(0, len(secret), GROUP)]
    return {"picture": segno.make(url).svg_data_uri(scale=5, border=2), "groups": groups}


def _enrolled(request: HttpRequest, account: Account, secret: str) -> list[str]:
    """Store the secret and the recovery codes with their journal entry; the codes, to be shown once."""
    at = clock.now()
    with transaction.atomic():
        services.note_enrolled(account=account, by=queries.actor(account, clock.day_of(at)), at=at)
        TOTP.activate(account, secret)
        codes: list[str] = RecoveryCodes.activate(account).generate_codes()
    clear_totp_secret(request)
    request.session[admission.PROVED] = True
    return codes
