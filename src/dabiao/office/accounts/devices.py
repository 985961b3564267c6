"""One's own devices: where one is signed in, and signing out the others."""

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.look.addresses import SIGNED_IN, Request, address
from dabiao.office import acting, frame
from dabiao.people import queries
from dabiao.people.models import Account
from dabiao.people.services import visits

SHOWN = 20


@address("本人查看登录设备", SIGNED_IN)
def page(request: Request) -> HttpResponse:
    key = request.actor.account or 0
    context = {
        "open": queries.open_visits(key, clock.now()),
        "past": queries.visits(key)[:SHOWN],
        "here": request.session.session_key,
    }
    return frame.page(request, "office/accounts/devices.html", context, crumbs=[("登录设备", "")])


@address("本人退出其他设备", SIGNED_IN, ("POST",))
def sign_out_others(request: Request) -> HttpResponse:
    account = Account.objects.get(pk=request.actor.account or 0)
    here = request.session.session_key or ""
    count = visits.sign_out_others(account=account, session=here, by=request.actor, at=clock.now())
    words = f"已退出其他 {count} 处登录。" if count else "没有其他登录。"
    return acting.done(request, words, "office:devices")
