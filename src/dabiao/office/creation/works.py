"""Pages of what is organised: training of all staff, comparison, self-correction (uplift/17)."""

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse

from dabiao.base import clock
from dabiao.creation.models import Work
from dabiao.creation.models.groups import WorkKind
from dabiao.creation.permissions.groups import may_lead
from dabiao.creation.queries import groups as queries
from dabiao.creation.services import groups as services
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import UNIT_ROLES
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame
from dabiao.office.creation import forms
from dabiao.office.creation.group import HOME
from dabiao.office.creation.own import attachment, own_unit

PER_PAGE = 30


@address("查看和记录全员培训、对标、自查自纠", UNIT_ROLES, ("GET", "POST"))
def page(request: Request) -> HttpResponse:
    unit, day = own_unit(request), clock.today()
    may = may_lead(request.actor, unit.pk)
    known = forms.dated(day, kind=WorkKind.TRAINING, people=unit.head_count or None)
    files = request.FILES if request.method == "POST" else None
    form = forms.WorkForm(acting.posted(request), files, initial=known)

    def act() -> Work:
        told = dict(form.cleaned_data)
        taken, kind = acting.take_one(told.pop("file")), WorkKind(told.pop("kind"))
        at = clock.now()
        return services.record_work(unit=unit, kind=kind, **told, taken=taken, by=request.actor, at=at)

    if request.method == "POST":
        may.or_refuse()
        if acting.tried(form, act):
            return acting.done(request, "已记录。", "office:works", draft="work")
    rows = Paginator(queries.works(unit.pk), PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": rows, "may": may, "unit": unit}
    crumbs = [HOME, ("培训与自查", "")]
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/creation/works.html", context, crumbs=crumbs, status=status)


@address("下载工作记录附件", UNIT_ROLES)
def file(request: Request, key: int) -> FileResponse:
    row = queries.works_of(request.actor.units).filter(pk=key).first()
    if row is None:
        raise Absent
    return attachment(row.file, f"{row.get_kind_display()}{row.done_on:%Y%m%d}")
