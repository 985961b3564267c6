"""Conflicts brought in from the spot: a list, one of them with both sides, and the decision."""

from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.utils.translation import gettext_lazy as _

from dabiao.base import clock
from dabiao.base.files import copies
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role
from dabiao.look import pictures
from dabiao.look.addresses import Request, address
from dabiao.look.forms import PlainForm
from dabiao.office import acting, frame
from dabiao.office.sheets import contested
from dabiao.office.sheets.pictures import KEPT
from dabiao.sheets import permissions, queries
from dabiao.sheets.models import OUTSIDE, Contest, Decision
from dabiao.sheets.services import contesting
from dabiao.sheets.states import SheetState

READERS: Final = frozenset({*OUTSIDE, Role.ORGANIZER_LEAD})
PER_PAGE: Final = 30
TITLE: Final = "现场冲突"
INK: Final = 320  # width of a drawing


class DecisionForm(PlainForm):
    """Where nothing can be taken over, there is one choice, made already."""

    def __init__(self, *args: Any, takes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [each for each in Decision.choices if takes or each[0] == Decision.KEPT]
        self.fields["decision"] = forms.ChoiceField(
            label=_("处理方式"),
            choices=choices,
            widget=forms.RadioSelect,
            initial="" if takes else Decision.KEPT,
        )
        self.fields["reason"] = forms.CharField(
            label=_("处理理由"),
            max_length=contesting.MOST_REASON,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("写明向谁核实过、以什么为准。"),
        )


@address("查看现场带回而未采用的内容", READERS)
def listing(request: Request) -> HttpResponse:
    found, shows_all = Contest.objects.visible_to(request.actor), request.GET.get("show") == "all"
    rows = found.told_settled() if shows_all else found.waiting()
    rows = rows.select_related("sheet__unit", "sheet__rulebook", "account").order_by("-id")
    page_ = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = [_listed(row) for row in page_]
    context = {"page": page_, "rows": shown, "all": shows_all}
    return frame.page(
        request, "office/sheets/contests.html", context, crumbs=[("待办", "/office/"), (TITLE, "")]
    )


def _listed(row: Contest) -> dict[str, Any]:
    book = queries.rulebook(row.sheet)
    state = contested.state(row, settled=vars(row)["settled"])
    return {"row": row, "about": contested.about(row, book), "state": state}


@address("查看一处现场冲突的两边内容；处理", READERS, ("GET", "POST"))
def page(request: Request, contest: int) -> HttpResponse:
    row = _row(request, contest)
    share = queries.share(request.actor, row.sheet)
    take = permissions.may_take(request.actor, row, row.sheet, share)
    form = DecisionForm(acting.posted(request), takes=take.granted)

    def decide() -> Contest:
        said = form.cleaned_data
        return contesting.decide_contest(contest=row.pk, **said, by=request.actor, at=clock.now())

    if request.method == "POST" and acting.tried(form, decide):
        return acting.done(request, "已处理，两边的内容都保留在台账中。", "office:contest", contest)
    settled = bool(vars(row)["settled"])
    context = {
        "row": row,
        "form": form,
        "state": contested.state(row, settled=settled),
        "permit": permissions.may_decide(request.actor, row, share),
        "take": take,
        "settled": settled,
        "opens": share.writes or row.sheet.state == SheetState.CLOSED,
        **contested.described(row),
    }
    crumbs = [("待办", "/office/"), (TITLE, "/office/contests/"), (row.sheet.unit.name, "")]
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/sheets/contest.html", context, crumbs=crumbs, status=status)


@address("查看现场签字图样的安全副本", READERS)
def signature(request: Request, contest: int, place: int) -> FileResponse:
    """Drawn anew from its pixels, as pictures are: what a device sent is never shown as it came."""
    drawing = contested.drawing(_row(request, contest), place)
    if drawing is None:
        raise Absent
    return pictures.shown(copies.copy_of(drawing, INK), kept=KEPT)


def _row(request: Request, key: int) -> Contest:
    """Absent where it is not theirs."""
    rows = Contest.objects.visible_to(request.actor).told_settled().filter(pk=key)
    found = rows.select_related("sheet__unit", "sheet__rulebook", "account", "decided_by").first()
    if found is None:
        raise Absent
    return found
