"""An opinion as those who are asked see it: give it, name who takes part."""

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.base.journal.entries import chain_of
from dabiao.grading.models.opinions import About
from dabiao.grading.permissions import opinions as permissions
from dabiao.grading.queries import opinions as queries
from dabiao.grading.services import opinions
from dabiao.grading.services.opinions import Said
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame, history
from dabiao.office.grading import forms, shown
from dabiao.office.grading.certified import LEVELS

GIVERS = frozenset({Role.LOCALITY, Role.INDUSTRY_DISTRICT, Role.INDUSTRY_CITY, Role.BUREAU_CITY})


@address("属地、区行业主管部门提出意见", GIVERS, ("GET", "POST"))
def page(request: Request, key: int) -> HttpResponse:
    opinion, at = queries.visible(request.actor, key), clock.now()
    initial = {"version": opinion.version, "joined": opinion.joined}
    joining = "join" in request.POST
    posted = acting.posted(request)
    form = forms.OpinionForm(None if joining else posted, initial=initial)
    join_form = forms.JoinForm(posted if joining else None, initial=initial, auto_id="join_%s")

    def give() -> None:
        told = dict(form.cleaned_data)
        version = told.pop("version")
        opinions.give(opinion=opinion, said=Said(**told), version=version, by=request.actor, at=at)

    def join() -> None:
        opinions.join(opinion=opinion, by=request.actor, at=at, **join_form.cleaned_data)

    bound, act = (join_form, join) if joining else (form, give)
    if posted is not None and acting.tried(bound, act):
        words = "已登记参加人员。" if joining else "意见已提出。"
        return acting.done(request, words, "office:opinion", key)
    context = {
        "opinion": opinion,
        "grading": opinion.grading,
        "state": shown.state_of(opinion.grading),
        "level": LEVELS.get(opinion.grading.level),
        "form": form,
        "join_form": join_form,
        "joins": opinion.about == About.RECHECK,
        "may_give": permissions.may_give(request.actor, opinion),
        "facts": queries.supervised(opinion, clock.today()),
        "refused": bound if posted is not None else None,
        "history": history.of_chains([chain_of(opinion.grading)]),
    }
    crumbs = [("定级", "/office/gradings/"), (opinion.grading.spoken, ""), ("意见", "")]
    status = 200 if posted is None else 422
    return frame.page(request, "office/grading/opinion.html", context, crumbs=crumbs, status=status)
