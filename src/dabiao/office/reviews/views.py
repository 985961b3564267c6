"""Pages of reviews: the list, and the page of one with what is to be done about its contract."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.base.journal.entries import chain_of
from dabiao.kernel.errors import OutOfTurn
from dabiao.kernel.roles import UNIT_ROLES, Role
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.office import acting, frame, history
from dabiao.office.reviews import forms, shown
from dabiao.reviews.models import Notice, Review
from dabiao.reviews.permissions import contracts as permissions
from dabiao.reviews.queries import reviews as queries
from dabiao.reviews.services import ending, engaging
from dabiao.reviews.states.reviews import TITLES, ReviewState
from dabiao.standards.rules.choice import LEVELS

REVIEWING = frozenset({Role.REVIEW_ADMIN, Role.REVIEWER})
READERS = UNIT_ROLES | frame.WATCHING | REVIEWING
TOLD = permissions.ACKNOWLEDGE.roles
PER_PAGE = 30
MOST = 20_000
HEADINGS = ("评审编号", "企业", "管辖区", "等级", "评审单位", "状态", "签约日期")


@address("查看评审名单", READERS)
def listing(request: Request) -> HttpResponse:
    page_ = Paginator(_filtered(request), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page_,
        "rows": [(row, *shown.state_of(row)) for row in page_],
        "states": TITLES.items(),
        "levels": LEVELS,
        "may_see_contracts": request.actor.holds(*(READERS - {Role.REVIEWER})),
    }
    return frame.page(request, "office/reviews/list.html", context, crumbs=[("评审", "")])


@address("导出评审名单", READERS)
def export(request: Request) -> HttpResponse:
    content = workbook("评审", HEADINGS, (_exported(row) for row in _filtered(request)[:MOST]))
    headers = {"Content-Disposition": 'attachment; filename="reviews.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _exported(row: Review) -> tuple[Any, ...]:
    who = (row.spoken, row.unit.name, row.jurisdiction.name, LEVELS.get(row.level, row.level))
    return (*who, row.body.name, shown.state_of(row)[0], row.contracted_on)


def _filtered(request: Request) -> "QuerySet[Review]":
    rows = Review.objects.visible_to(request.actor).select_related("unit", "body", "jurisdiction")
    if (state := request.GET.get("state", "")) in set(ReviewState):
        rows = rows.filter(state=state)
    if text := request.GET.get("q", "").strip()[:40]:
        rows = rows.filter(Q(unit__name__contains=text) | Q(number__contains=text.replace(" ", "").upper()))
    return rows


@address("查看一件评审", READERS)
def page(request: Request, key: int) -> HttpResponse:
    return review_page(request, queries.visible(request.actor, key))


def review_page(request: Request, review: Review, **bound: Any) -> HttpResponse:
    """The page of one; a refused form comes back with what was typed."""
    told = history.turned(chain_of(review), request.GET.get("history", ""))
    refused = next(iter(bound.values()), None)
    context = {**shown.context(request.actor, review), **told, **bound, "refused": refused}
    crumbs = [("评审", "/office/reviews/"), (review.spoken, "")]
    status = 422 if bound else 200
    return frame.page(request, "office/reviews/page.html", context, crumbs=crumbs, status=status)


@address("评审单位通报签约", frozenset({Role.REVIEW_ADMIN}), ("POST",))
def notify(request: Request, key: int) -> HttpResponse:
    review = queries.visible(request.actor, key)
    form = forms.RemarkForm(request.POST)
    if acting.tried(form, lambda: engaging.notify(review=review, by=request.actor, at=clock.now())):
        return acting.done(request, "已通报区行业主管部门和属地。", "office:review", key)
    return review_page(request, review, notify_form=form)


@address("部门、属地签收签约通报", TOLD, ("POST",))
def acknowledge(request: Request, key: int) -> HttpResponse:
    review = queries.visible(request.actor, key)
    mine = Notice.objects.filter(review=review, to__in=request.actor.bodies).order_by("acknowledged_at", "id")
    notice = mine.select_related("review").first()
    form = forms.RemarkForm(request.POST)

    def act() -> Notice:
        if notice is None:
            raise OutOfTurn("没有发给您单位的通报。", clause="uplift/8")
        remark = form.cleaned_data["remark"]
        return engaging.acknowledge(notice=notice, remark=remark, by=request.actor, at=clock.now())

    if acting.tried(form, act):
        return acting.done(request, "已签收。", "office:review", key)
    return review_page(request, review, remark_form=form)


@address("评审组织单位负责人终止有冲突的评审", frozenset({Role.ORGANIZER_LEAD}), ("POST",))
def end(request: Request, key: int) -> HttpResponse:
    review = queries.visible(request.actor, key)
    form = forms.EndForm(request.POST)

    def act() -> Review:
        return ending.end(review=review, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "评审已终止，企业可以另行委托评审单位。", "office:review", key)
    return review_page(request, queries.visible(request.actor, key), end_form=form)
