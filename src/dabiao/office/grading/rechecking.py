"""The organizing unit's desk: papers, the spot, the intensified items, the comparison, the opinion."""

from collections.abc import Callable

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.grading.models import Grading
from dabiao.grading.queries import gradings as queries
from dabiao.grading.services import judging, rechecks
from dabiao.grading.services.rechecks import Visit
from dabiao.kernel.errors import OutOfTurn
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting
from dabiao.office.grading import forms, shown
from dabiao.office.grading.views import grading_page, performed
from dabiao.people.models import Account
from dabiao.reviews.queries.rectifications import TEAM
from dabiao.sheets.services import closing

ORGANIZER = frozenset({Role.ORGANIZER})


@address("评审组织单位审核资料、现场复核、提出复核意见", ORGANIZER, ("POST",))
def recheck(request: Request, key: int) -> HttpResponse:
    """One address for the desk; `act` says what is done."""
    grading = queries.visible(request.actor, key)
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        form = forms.VersionForm({})
        form.add_error(None, "请从页面上的按钮办理。")
        return grading_page(request, grading, version_form=form)
    return act(request, grading)


def _papers(request: Request, grading: Grading) -> HttpResponse:
    form, at = forms.PapersForm(request.POST), clock.now()

    def act() -> None:
        told = {"checked": form.checked(), "words": form.cleaned_data["words"], "by": request.actor, "at": at}
        rechecks.audit_papers(grading=grading, version=form.cleaned_data["version"], **told)

    return performed(request, grading.pk, ("papers_form", form), act, "评审资料已审核。")


def _arrange(request: Request, grading: Grading) -> HttpResponse:
    form, at = forms.ArrangeForm(request.POST, team=shown.team(grading)), clock.now()

    def act() -> None:
        told = form.cleaned_data
        people = Account.objects.in_bulk([told["leader"], *told["others"]])
        others = [people[each] for each in told["others"] if each != told["leader"]]
        visit = Visit(told["day"], people[told["leader"]], others)
        rechecks.arrange(grading=grading, visit=visit, version=told["version"], by=request.actor, at=at)

    words = "复核已安排，评分表已打开；工业企业已请区行业主管部门派员参加。"
    return performed(request, grading.pk, ("arrange_form", form), act, words)


def _extra(request: Request, grading: Grading) -> HttpResponse:
    form, at = forms.ExtraForm(request.POST), clock.now()

    def act() -> None:
        row = getattr(grading, "recheck", None)
        if row is None:
            raise OutOfTurn("还没有组织现场复核。")
        rechecks.answer_extra(recheck=row, by=request.actor, at=at, **form.cleaned_data)

    return performed(request, grading.pk, ("extra_form", form), act, "已记录。")


def _close(request: Request, grading: Grading) -> HttpResponse:
    """The leader signs the sheet of the re-check; what is missing is said."""
    form, at = forms.VersionForm(request.POST), clock.now()

    def act() -> None:
        row = getattr(grading, "recheck", None)
        if row is None:
            raise OutOfTurn("还没有组织现场复核。")
        closing.close_sheet(sheet=row.sheet_id, by=request.actor, at=at, side=TEAM)

    return performed(request, grading.pk, ("version_form", form), act, "复核评分表已签字关闭。")


def _finish(request: Request, grading: Grading) -> HttpResponse:
    form, at = forms.FinishForm(request.POST, lines=shown.lines(grading)), clock.now()

    def act() -> None:
        rechecks.finish(grading=grading, by=request.actor, at=at, **form.cleaned_data)

    return performed(request, grading.pk, ("finish_form", form), act, "现场复核完成，已与评审逐项比对。")


def _waive(request: Request, grading: Grading) -> HttpResponse:
    form, at = forms.VersionForm(request.POST), clock.now()

    def act() -> None:
        rechecks.waive(grading=grading, version=form.cleaned_data["version"], by=request.actor, at=at)

    return performed(request, grading.pk, ("version_form", form), act, "按比例不作现场复核。")


def _judge(request: Request, grading: Grading) -> HttpResponse:
    form, at = forms.JudgeForm(request.POST, request.FILES), clock.now()

    def act() -> None:
        told = form.cleaned_data
        opinion = judging.Opinion(told["outcome"], told["words"], told["formal"])
        taken, version = acting.take_one(told["file"]), told["version"]
        judging.judge(grading=grading, opinion=opinion, version=version, taken=taken, by=request.actor, at=at)

    return performed(request, grading.pk, ("judge_form", form), act, "复核意见已提出，请负责人决定。")


ACTS: dict[str, Callable[[Request, Grading], HttpResponse]] = {
    "papers": _papers,
    "arrange": _arrange,
    "extra": _extra,
    "close": _close,
    "finish": _finish,
    "waive": _waive,
    "judge": _judge,
}
