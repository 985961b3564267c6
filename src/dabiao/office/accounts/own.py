"""One's own password."""

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.look import admission
from dabiao.look.addresses import SIGNED_IN, Request, address
from dabiao.look.rates import Rate, spend
from dabiao.office import acting, frame
from dabiao.office.accounts import forms
from dabiao.people import services
from dabiao.people.models import Account

TRYING = Rate("password", 10, 10 * 60)


@address("本人修改密码", SIGNED_IN, ("GET", "POST"))
def password(request: Request) -> HttpResponse:
    """This session goes on; the others of the account end."""
    account = Account.objects.get(pk=request.actor.account or 0)
    form = forms.PasswordForm(acting.posted(request))

    def act() -> Account:
        told = form.cleaned_data
        at = clock.now()
        return services.change_password(
            account=account, old=told["old"], new=told["new"], by=request.actor, at=at
        )

    if request.method == "POST":
        spend(TRYING, request, "尝试次数过多，请稍后再试。")
        if acting.tried(form, act):
            admission.renew(request, account)
            return acting.done(request, "密码已修改，其他设备需要重新登录。", "office:home")
    status = 422 if form.is_bound else 200
    return frame.page(
        request, "office/accounts/password.html", {"form": form}, crumbs=[("修改密码", "")], status=status
    )
