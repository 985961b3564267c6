"""Announcements by batch at the department's desk; copies at the desks of those they are sent to."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse

from dabiao.base import clock
from dabiao.grading.models import Bulletin, Copy, Grading
from dabiao.grading.permissions import announcing as permissions
from dabiao.grading.queries import bulletins as queries
from dabiao.grading.services import announcing, copies
from dabiao.kernel.roles import CITY_ROLES, Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame
from dabiao.office.grading import forms
from dabiao.office.grading.certified import LEVELS

DEPARTMENTS = frozenset({Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT})
READERS = DEPARTMENTS | CITY_ROLES | set(permissions.RECEIVERS)
PER_PAGE = 30


@address("查看公告和抄送", READERS)
def listing(request: Request) -> HttpResponse:
    rows = Bulletin.objects.visible_to(request.actor).select_related("department")
    page_ = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may = request.actor.holds(*DEPARTMENTS)
    return frame.page(request, "office/grading/bulletins.html", {"page": page_, "may_propose": may})


@address("行业主管部门提出公告", DEPARTMENTS, ("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Those whose publicity is over, without an open objection."""
    at, waiting = clock.now(), queries.ready(request.actor, clock.today())
    choices = [(row.pk, f"{row.unit.name}　{LEVELS.get(row.level, '')}") for row in waiting]
    initial = {"gradings": [row.pk for row in waiting], "title": title(clock.today())}
    form = forms.BulletinForm(acting.posted(request), ready=choices, initial=initial)
    made: list[Bulletin] = []

    def act() -> None:
        chosen = [row for row in waiting if row.pk in form.cleaned_data["gradings"]]
        name = form.cleaned_data["title"]
        made.append(announcing.propose(gradings=chosen, title=name, by=request.actor, at=at))

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "公告已提出，请另一位人员决定。", "office:bulletin", made[0].pk)
    crumbs = [("公告", "/office/gradings/bulletins/"), ("提出公告", "")]
    status = 422 if form.is_bound else 200
    context = {"form": form, "waiting": waiting}
    return frame.page(request, "office/grading/bulletin_new.html", context, crumbs=crumbs, status=status)


def title(day: date) -> str:
    return f"{day.year}年{day.month}月安全生产标准化定级企业公告"


@address("查看公告，决定公告", READERS, ("GET", "POST"))
def page(request: Request, key: int) -> HttpResponse:
    bulletin, at, posted = queries.visible(request.actor, key), clock.now(), acting.posted(request)
    form = forms.DecideForm(posted, initial={"version": bulletin.version})

    def act() -> None:
        told = dict(form.cleaned_data)
        reason = told.pop("reason")
        if "back" in request.POST:
            announcing.drop(bulletin=bulletin, reason=reason, by=request.actor, at=at, **told)
        else:
            announcing.announce(bulletin=bulletin, by=request.actor, at=at, **told)

    if posted is not None and acting.tried(form, act):
        words = "已退回。" if "back" in request.POST else "已公告，证书已生成，抄送已发出。"
        return acting.done(request, words, "office:bulletin", key)
    bulletin.refresh_from_db()
    units = Grading.objects.filter(pk__in=bulletin.gradings).select_related("unit", "jurisdiction")
    context = {
        "bulletin": bulletin,
        "units": [(row, LEVELS.get(row.level)) for row in units.order_by("id")],
        "copies": [
            (copy, permissions.may_acknowledge(request.actor, copy)) for copy in queries.copies(bulletin)
        ],
        "form": form,
        "may_decide": permissions.may_decide(request.actor, bulletin),
        "refused": form if posted is not None else None,
    }
    crumbs = [("公告", "/office/gradings/bulletins/"), (bulletin.number, "")]
    status = 200 if posted is None else 422
    return frame.page(request, "office/grading/bulletin.html", context, crumbs=crumbs, status=status)


@address("有关部门签收公告抄送", frozenset(permissions.RECEIVERS), ("POST",))
def acknowledge(request: Request, key: int) -> HttpResponse:
    copy: Copy = queries.visible_copy(request.actor, key)
    form = forms.VersionForm(request.POST)

    def act() -> None:
        version = form.cleaned_data["version"]
        copies.acknowledge(copy=copy, version=version, by=request.actor, at=clock.now())

    if acting.tried(form, act):
        return acting.done(request, "已签收。", "office:bulletin", copy.bulletin_id)
    context = {"page": Paginator(Bulletin.objects.none(), 1).get_page(1), "refused": form}
    return frame.page(request, "office/grading/bulletins.html", context, status=422)
