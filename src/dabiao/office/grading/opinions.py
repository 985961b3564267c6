"""An opinion as those who are asked see it: give it, name who takes part, appoint where it is late."""

from typing import Any

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.base.journal.entries import chain_of
from dabiao.grading.models import Opinion
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
from dabiao.people.models import Account

GIVERS = frozenset({Role.LOCALITY, Role.INDUSTRY_DISTRICT, Role.INDUSTRY_CITY, Role.BUREAU_CITY})


@address("上一级指定人员提出逾期的意见", GIVERS, ("POST",))
def appoint(request: Request, key: int) -> HttpResponse:
    """Of the department asked, or of the level above."""
    opinion, at = queries.visible(request.actor, key), clock.now()
    form = forms.AppointForm(request.POST, people=queries.appointable(opinion, clock.today()))

    def act() -> None:
        person = Account.objects.get(pk=form.cleaned_data["person"])
        version = form.cleaned_data["version"]
        opinions.appoint(opinion=opinion, person=person, version=version, by=request.actor, at=at)

    if acting.tried(form, act):
        return acting.done(request, "已指定人员提出意见。", "office:opinion", key)
    return _page(request, queries.visible(request.actor, key), appoint_form=form)


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
    return _page(
        request, opinion, form=form, join_form=join_form, refused=bound if posted is not None else None
    )


def _page(request: Request, opinion: Opinion, **bound: Any) -> HttpResponse:
    """What is asked, what is known, what was said; a refused form comes back with what was typed."""
    day, version = clock.today(), {"version": opinion.version}
    may_appoint = permissions.may_appoint(request.actor, opinion)
    context = {
        "opinion": opinion,
        "grading": opinion.grading,
        "state": shown.state_of(opinion.grading),
        "level": LEVELS.get(opinion.grading.level),
        "form": forms.OpinionForm(initial={**version, "joined": opinion.joined}),
        "join_form": forms.JoinForm(initial=version, auto_id="join_%s"),
        "appoint_form": forms.AppointForm(
            initial=version,
            people=queries.appointable(opinion, day) if may_appoint else (),
            auto_id="appoint_%s",
        ),
        "joins": opinion.about == About.RECHECK,
        "may_give": permissions.may_give(request.actor, opinion),
        "may_appoint": may_appoint,
        "facts": queries.supervised(opinion, day),
        "history": history.of_chains([chain_of(opinion.grading)]),
        "refused": bound.get("appoint_form"),
        **bound,
    }
    crumbs = [("定级", "/office/gradings/"), (opinion.grading.spoken, ""), ("意见", "")]
    status = 422 if context["refused"] else 200
    return frame.page(request, "office/grading/opinion.html", context, crumbs=crumbs, status=status)
