"""Pages of service contracts: those of a unit or firm, entering one, confirming it, judging a training."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpResponse

from dabiao.base import clock
from dabiao.base.files.store import place
from dabiao.base.journal.entries import chain_of
from dabiao.creation.queries import cases
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import UNIT_ROLES, Role
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.office import acting, frame, history
from dabiao.office.reviews import forms
from dabiao.organisations.models import Body, BodyKind, Unit
from dabiao.organisations.queries.ground import running
from dabiao.reviews.models import ContractKind, Namesake, ServiceContract
from dabiao.reviews.permissions import contracts as permissions
from dabiao.reviews.permissions import namesakes
from dabiao.reviews.queries import contracts as queries
from dabiao.reviews.queries import namesakes as namesake_queries
from dabiao.reviews.queries import recognitions
from dabiao.reviews.services import contracts as services
from dabiao.reviews.services import engaging
from dabiao.reviews.services.namesakes import judge as judge_namesake
from dabiao.reviews.states.contracts import TITLES, ContractState

READERS = UNIT_ROLES | frame.WATCHING | {Role.REVIEW_ADMIN}
PER_PAGE = 30
MOST = 20_000
HEADINGS = ("合同编号", "种类", "企业", "服务机构", "签订日期", "价款（元）", "状态")
BADGES = {ContractState.IN_FORCE: "badge-good", ContractState.DECLINED: "badge-outline"}


@address("查看服务合同名单", READERS)
def listing(request: Request) -> HttpResponse:
    page_ = Paginator(_filtered(request), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page_,
        "rows": [(row, *_state(row)) for row in page_],
        "kinds": ContractKind.choices,
        "may_enter": request.actor.holds(Role.UNIT_OFFICER),
    }
    crumbs = [("评审", "/office/reviews/"), ("服务合同", "")]
    return frame.page(request, "office/reviews/contracts.html", context, crumbs=crumbs)


@address("导出服务合同名单", READERS)
def export(request: Request) -> HttpResponse:
    content = workbook("服务合同", HEADINGS, (_exported(row) for row in _filtered(request)[:MOST]))
    headers = {"Content-Disposition": 'attachment; filename="contracts.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _exported(row: ServiceContract) -> tuple[Any, ...]:
    who = (row.spoken, row.get_kind_display(), row.unit.name, row.firm)
    return (*who, row.signed_on, row.fee, _state(row)[0])


def _filtered(request: Request) -> "QuerySet[ServiceContract]":
    rows = ServiceContract.objects.visible_to(request.actor).select_related("unit")
    if (kind := request.GET.get("kind", "")) in ContractKind.values:
        rows = rows.filter(kind=kind)
    if text := request.GET.get("q", "").strip()[:40]:
        rows = rows.filter(Q(unit__name__contains=text) | Q(firm__contains=text))
    return rows


def _state(row: ServiceContract) -> tuple[str, str]:
    state = ContractState(row.state)
    return TITLES[state], BADGES.get(state, "badge-warn")


@address("企业登记服务合同", frozenset({Role.UNIT_OFFICER}), ("GET", "POST"))
def new(request: Request) -> HttpResponse:
    unit, day = _own(request), clock.today()
    case = cases.open_one(unit.pk)
    kinds = (BodyKind.REVIEW, BodyKind.ORGANIZING)
    bodies = Body.objects.filter(running(day), kind__in=kinds).order_by("kind", "name")
    initial: dict[str, Any] = {
        "kind": request.GET.get("kind", ContractKind.REVIEW),
        "unit_signer": unit.principal,
    }
    initial |= {"signed_on": day, "begins_on": day, "fee": 0}
    files = request.FILES if request.method == "POST" else None
    form = forms.ContractForm(acting.posted(request), files, initial=initial, bodies=bodies)
    made: list[ServiceContract] = []

    def act() -> None:
        taken = acting.take_one(form.cleaned_data["file"])
        told, at = form.told(), clock.now()
        made.append(services.enter(unit=unit, told=told, taken=taken, by=request.actor, at=at))

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "合同已登记。", "office:contract", made[0].pk, draft="contract")
    recognised = recognitions.choosable(unit, case.level, day) if case else []
    context = {"form": form, "case": case, "recognised": recognised}
    crumbs = [("评审", "/office/reviews/"), ("服务合同", "/office/reviews/contracts/"), ("登记", "")]
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/reviews/contract_new.html", context, crumbs=crumbs, status=status)


def _own(request: Request) -> Unit:
    unit = Unit.objects.filter(pk__in=request.actor.units).order_by("pk").first()
    if unit is None:
        raise Absent
    return unit


@address("查看一份服务合同", READERS)
def page(request: Request, key: int) -> HttpResponse:
    return _page(request, queries.visible(request.actor, key))


def _page(request: Request, contract: ServiceContract, **bound: Any) -> HttpResponse:
    title, badge = _state(contract)
    version = {"version": contract.version}
    context = {
        "contract": contract,
        "state_title": title,
        "badge": badge,
        "review": contract.case.reviews.filter(body=contract.body).first() if contract.case else None,
        "may_confirm": permissions.may_confirm(request.actor, contract),
        "may_judge": permissions.may_judge(request.actor, contract),
        "confirm_form": forms.ConfirmForm(initial=version),
        "judge_form": forms.JudgeForm(initial=version),
        "namesakes": _namesakes(contract),
        "may_tell_apart": namesakes.may_judge(request.actor, contract),
        "history": history.of_chains([chain_of(contract)]),
        **bound,
        "refused": next(iter(bound.values()), None),
    }
    where = [("评审", "/office/reviews/"), ("服务合同", "/office/reviews/contracts/")]
    status = 422 if bound else 200
    crumbs = [*where, (contract.spoken, "")]
    return frame.page(request, "office/reviews/contract.html", context, crumbs=crumbs, status=status)


@address("查看合同文件", READERS)
def file(request: Request, key: int) -> FileResponse:
    """As an attachment, never inline."""
    contract = queries.visible(request.actor, key)
    return FileResponse(place(contract.file.digest).open("rb"), as_attachment=True, filename=contract.number)


@address("服务机构确认或者不予确认合同", frozenset(permissions.FIRMS), ("POST",))
def confirm(request: Request, key: int) -> HttpResponse:
    contract = queries.visible(request.actor, key)
    form, no = forms.ConfirmForm(request.POST), "decline" in request.POST

    def act() -> ServiceContract:
        said, by, at = form.cleaned_data, request.actor, clock.now()
        if no:
            return services.decline(contract=contract, by=by, at=at, **said)
        return engaging.confirm(contract=contract, version=said["version"], by=by, at=at)

    if acting.tried(form, act):
        words = "已答复企业。" if no else "合同已生效。"
        return acting.done(request, words, "office:contract", key)
    return _page(request, queries.visible(request.actor, key), confirm_form=form)


@address("评审组织单位判断培训是否属于咨询", frozenset({Role.ORGANIZER}), ("POST",))
def judge(request: Request, key: int) -> HttpResponse:
    contract = queries.visible(request.actor, key)
    form = forms.JudgeForm(request.POST)

    def act() -> ServiceContract:
        return services.judge(contract=contract, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "判断已记录。", "office:contract", key)
    return _page(request, queries.visible(request.actor, key), judge_form=form)


def _namesakes(contract: ServiceContract) -> list[tuple[Namesake, forms.NamesakeForm]]:
    """Each with a form of its own to say whether it is one person."""
    return [
        (row, forms.NamesakeForm(initial=_asked(row), auto_id=f"n{n}_%s"))
        for n, row in enumerate(namesake_queries.of_contract(contract))
    ]


def _asked(row: Namesake) -> dict[str, Any]:
    return {"advice": row.advice_id, "name": row.name, "account": row.account_id}


@address("评审组织单位认定重名的是否同一人", frozenset({Role.ORGANIZER}), ("POST",))
def tell_apart(request: Request, key: int) -> HttpResponse:
    contract = queries.visible(request.actor, key)
    form = forms.NamesakeForm(request.POST)

    def act() -> Namesake:
        return judge_namesake(contract=contract, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "认定已记录。", "office:contract", key)
    return _page(request, queries.visible(request.actor, key), namesake_form=form)
