"""Recognitions of review and organizing units: read by those concerned, granted and ended by the city."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from dabiao.base import clock
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.look.forms import PlainForm, offer_rows
from dabiao.office import acting, frame
from dabiao.organisations import permissions
from dabiao.organisations.models import Body, Industry, Recognition
from dabiao.organisations.queries.ground import running
from dabiao.organisations.services import recognitions
from dabiao.organisations.services.recognitions import RECOGNISED, Recognising
from dabiao.standards.rules.choice import LEVELS

GRANTING = frozenset({Role.INDUSTRY_CITY, Role.BUREAU_CITY})
READERS = frame.WATCHING | {Role.REVIEW_ADMIN, Role.REVIEWER} | GRANTING
PER_PAGE = 50
DAY = {"type": "date"}


class GrantForm(PlainForm):
    body = forms.ModelChoiceField(Body.objects.none(), label=_("被认定的机构"), empty_label=_("请选择"))
    industry = forms.ModelChoiceField(
        Industry.objects.filter(code__regex="^([A-Z]|[0-9]{2})$"),
        label=_("行业"),
        required=False,
        empty_label=_("全部行业"),
    )
    level = forms.ChoiceField(label=_("等级"), choices=list(LEVELS.items()))
    since = forms.DateField(label=_("起始日期"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    basis = forms.CharField(label=_("认定文件"), max_length=200, help_text=_("文号或者公告名称。"))

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "body", bodies)


class EndForm(PlainForm):
    until = forms.DateField(label=_("自该日起失效"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


@address("查看评审单位认定，市级部门认定", READERS, ("GET", "POST"))
def listing(request: Request) -> HttpResponse:
    day, form = clock.today(), None
    if request.actor.holds(*GRANTING):
        bodies = Body.objects.filter(running(day), kind__in=RECOGNISED)
        form = GrantForm(acting.posted(request), initial={"since": day}, bodies=bodies)
        if request.method == "POST" and acting.tried(form, lambda: _grant(request, form)):
            return acting.done(request, "已认定。", "office:recognitions")
    elif request.method == "POST":
        permissions.may_recognise(request.actor).or_refuse()
    rows = Recognition.objects.select_related("body", "industry")
    if request.GET.get("show") != "all":
        rows = rows.filter(running(day))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "levels": LEVELS, "day": day}
    status = 422 if form is not None and form.is_bound else 200
    crumbs = [("机构", "/office/bodies/"), ("评审单位认定", "")]
    return frame.page(request, "office/bodies/recognitions.html", context, crumbs=crumbs, status=status)


def _grant(request: Request, form: GrantForm | None) -> None:
    if form is not None:
        said = Recognising(**form.cleaned_data)
        recognitions.grant(recognising=said, by=request.actor, at=clock.now())


@address("市级部门终止认定", GRANTING, ("GET", "POST"))
def end(request: Request, key: int) -> HttpResponse:
    row = Recognition.objects.select_related("body", "industry").filter(pk=key).first()
    if row is None:
        raise Absent
    form = EndForm(acting.posted(request), initial={"until": clock.today()})

    def act() -> Recognition:
        said = form.cleaned_data
        return recognitions.lapse(recognition=row, **said, by=request.actor, at=clock.now())

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "认定已终止。", "office:recognitions")
    crumbs = [("机构", "/office/bodies/"), ("评审单位认定", "/office/bodies/recognitions/"), ("终止", "")]
    context = {"form": form, "row": row, "level": LEVELS.get(row.level, row.level)}
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/bodies/recognition_end.html", context, crumbs=crumbs, status=status)
