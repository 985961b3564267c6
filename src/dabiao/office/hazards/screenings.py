"""Pages of screenings, and which risk point a finding belongs to (uplift/13)."""

from django.core.paginator import Paginator
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.hazards import permissions, queries
from dabiao.hazards.models import Hazard, Screening
from dabiao.hazards.services import register as linking
from dabiao.hazards.services import screenings as services
from dabiao.kernel.roles import UNIT_ROLES
from dabiao.look.addresses import Request, address
from dabiao.look.export import XLSX, workbook
from dabiao.office import acting, frame
from dabiao.office.creation.own import own_unit
from dabiao.office.hazards import risk_forms

PER_PAGE = 30
HEADINGS = ("排查日期", "排查人员", "所用检查表", "排查范围", "总体情况", "发现隐患（条）")


@address("查看和登记隐患排查", UNIT_ROLES, ("GET", "POST"))
def page(request: Request) -> HttpResponse:
    """Who screened is filled in; what was seen becomes hazards in the same step."""
    unit, day = own_unit(request), clock.today()
    known = {"screened_on": day, "people": request.actor.name}
    risks = queries.risks(unit.pk)
    form = risk_forms.ScreeningForm(acting.posted(request), initial=known, risks=risks)

    def act() -> Screening:
        return services.screen(
            unit=unit, told=form.screened(), seen=form.seen(), by=request.actor, at=clock.now()
        )

    if request.method == "POST" and acting.tried(form, act):
        found = len(form.seen())
        words = f"已登记，发现的 {found} 条隐患进入整改。" if found else "已登记，没有发现隐患。"
        return acting.done(request, words, "office:screenings", draft="screening")
    rows = Paginator(queries.screenings(unit.pk), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": rows}
    crumbs = [("隐患整改", "/office/hazards/"), ("隐患排查", "")]
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/hazards/screenings.html", context, crumbs=crumbs, status=status)


@address("导出隐患排查记录", UNIT_ROLES)
def export(request: Request) -> HttpResponse:
    rows = queries.screenings(own_unit(request).pk)
    told = rows.values_list("screened_on", "people", "checklist", "places", "words", "found")
    content = workbook("隐患排查", HEADINGS, told.iterator(chunk_size=500))
    headers = {"Content-Disposition": 'attachment; filename="screenings.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@address("把隐患对应到风险点", UNIT_ROLES, ("POST",))
def link(request: Request, key: int) -> HttpResponse:
    hazard = queries.visible(request.actor, key)
    permissions.may_screen(request.actor, hazard.unit_id).or_refuse()
    form = risk_forms.LinkForm(request.POST, risks=queries.risks(hazard.unit_id))

    def act() -> Hazard:
        point = form.cleaned_data["risk"]
        return linking.link(hazard=hazard, point=point, by=request.actor, at=clock.now())

    if acting.tried(form, act):
        return acting.done(request, "已对应风险点。", "office:hazard", key)
    return acting.done(request, "没有保存：请选择本企业清单里的风险点。", "office:hazard", key)
