"""Accounts: list, open, one account with its postings, lock and unlock."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.base.journal.entries import chain_of
from dabiao.kernel.roles import TITLES, Role
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.office import acting, frame, history
from dabiao.office.accounts import forms
from dabiao.people import permissions, queries, services
from dabiao.people.models import Account, Posting

SYSTEM = frozenset({Role.SYSTEM_ADMIN})
SECURITY = frozenset({Role.SECURITY_ADMIN})
READERS = SYSTEM | SECURITY
PER_PAGE = 30
SHOWS = (("", "全部"), ("unposted", "没有任职"), ("locked", "已停用"))


@address("管理员查看账号", READERS)
def listing(request: Request) -> HttpResponse:
    page_ = Paginator(_filtered(request), PER_PAGE).get_page(request.GET.get("page"))
    may_open = permissions.may_open_account(request.actor)
    context = {"page": page_, "roles": TITLES, "shows": SHOWS, "may_open": may_open}
    return frame.page(request, "office/accounts/list.html", context)


@address("管理员导出账号", READERS)
def export(request: Request) -> HttpResponse:
    rows = _filtered(request).iterator(chunk_size=500)
    content = workbook("账号任职", ("登录名", "姓名", "任职", "状态"), (_exported(row) for row in rows))
    headers = {"Content-Disposition": 'attachment; filename="accounts.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _exported(row: Any) -> tuple[Any, ...]:
    held = "；".join(f"{_where(each)} {TITLES[Role(each.role)]}" for each in row.now)
    return (row.login, row.name, held, "正常" if row.is_active else "已停用")


def _where(posting: Posting) -> str:
    place = posting.unit or posting.body
    return place.name if place else ""


def _filtered(request: Request) -> "QuerySet[Account]":
    day = clock.today()
    rows = queries.accounts(request.actor)
    show = request.GET.get("show", "")
    if show == "unposted":
        rows = rows.filter(pk__in=queries.unposted(day).values("pk"))
    elif show == "locked":
        rows = rows.filter(is_active=False)
    if text := request.GET.get("q", "").strip()[:60]:
        rows = rows.filter(Q(login__icontains=text) | Q(name__icontains=text))
    field = {"login": "login", "-login": "-login", "name": "name", "-name": "-name"}
    return rows.prefetch_related(_postings(day)).order_by(
        field.get(request.GET.get("sort", "login"), "login"), "id"
    )


def _postings(day: date) -> "Prefetch[str, QuerySet[Posting], str]":
    held = Posting.objects.in_force(day).select_related("unit", "body").order_by("id")
    return Prefetch("postings", queryset=held, to_attr="now")


@address("系统管理员开立账号", SYSTEM, ("GET", "POST"))
def new(request: Request) -> HttpResponse:
    form = forms.AccountForm(acting.posted(request))

    def act() -> Account:
        return services.open_account(by=request.actor, at=clock.now(), **form.cleaned_data)

    if request.method == "POST" and acting.tried(form, act):
        made = Account.objects.get(login=form.cleaned_data["login"].strip())
        words = "账号已开立。授予任职后才能办事，由系统（安全）管理员办理。"
        return acting.done(request, words, "office:account", made.pk)
    crumbs = [("账号任职", "/office/accounts/"), ("开立账号", "")]
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/accounts/new.html", {"form": form}, crumbs=crumbs, status=status)


@address("管理员查看一个账号", READERS)
def page(request: Request, key: int) -> HttpResponse:
    return shown(request, queries.visible_account(request.actor, key))


def shown(request: Request, account: Account, **bound: Any) -> HttpResponse:
    """The page of one account; forms that were refused come back with what was typed."""
    actor, day = request.actor, clock.today()
    rows = account.postings.select_related("unit", "body").order_by("-since", "-id")
    context = {
        "account": account,
        "postings": [(row, TITLES[Role(row.role)], _where(row)) for row in rows],
        "day": day,
        "may_give": permissions.may_give_posting(actor, account.pk),
        "may_lock": permissions.may_lock(actor, account.pk),
        "give_form": forms.PostingForm(initial={"since": day}),
        "end_form": forms.EndForm(initial={"until": day}),
        "password_form": forms.ResetPasswordForm(initial={"version": account.version}, prefix="password"),
        "factor_form": forms.ReasonForm(initial={"version": account.version}, prefix="factor"),
        "reason_form": forms.ReasonForm(initial={"version": account.version}),
        "history": history.of_chains([chain_of(account)])[:60],
    }
    crumbs = [("账号任职", "/office/accounts/"), (account.name, "")]
    status = 422 if bound else 200
    return frame.page(
        request, "office/accounts/page.html", {**context, **bound}, crumbs=crumbs, status=status
    )


@address("系统（安全）管理员停用账号", SECURITY, ("POST",))
def lock(request: Request, key: int) -> HttpResponse:
    account = queries.visible_account(request.actor, key)
    form = forms.ReasonForm(request.POST)

    def act() -> Account:
        return services.lock(account=account, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "账号已停用，对方下一次操作起失效。", "office:account", key)
    return shown(request, queries.visible_account(request.actor, key), reason_form=form)


@address("系统（安全）管理员恢复账号", SECURITY, ("POST",))
def unlock(request: Request, key: int) -> HttpResponse:
    account = queries.visible_account(request.actor, key)
    form = forms.ReasonForm(request.POST)

    def act() -> Account:
        return services.unlock(account=account, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "账号已恢复。", "office:account", key)
    return shown(request, queries.visible_account(request.actor, key), reason_form=form)
