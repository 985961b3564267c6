"""Correcting a fact by a later one, and giving it its end."""

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame
from dabiao.office.standing import forms
from dabiao.office.standing.views import fact_page, up
from dabiao.standing import permissions, queries, services
from dabiao.standing.models import Fact


@address("写明资格状况的终止日期", permissions.BY_HAND, ("POST",))
def lift(request: Request, key: int) -> HttpResponse:
    fact = queries.visible(request.actor, key)
    form = forms.LiftForm(request.POST)

    def act() -> Fact:
        return services.lift(fact=fact, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "已写明终止日期。", "office:fact", key)
    return fact_page(request, queries.visible(request.actor, key), lift_form=form)


@address("更正资格状况", permissions.BY_HAND, ("GET", "POST"))
def correct(request: Request, key: int) -> HttpResponse:
    """The earlier one stays to be read; the later takes its place."""
    fact = queries.visible(request.actor, key)
    permissions.may_correct(request.actor, fact).or_refuse()
    posted = acting.posted(request)
    files = request.FILES if posted is not None else None
    form = forms.FactForm(
        posted, files, kind=fact.declared, asks_file=False, initial=dict(forms.initial(fact))
    )
    form.fields["reason"] = forms.reason()
    made: list[Fact] = []

    def act() -> None:
        sent = form.cleaned_data["file"]
        taken = acting.take_in([sent])[0] if sent else None
        told, reason, at = form.told(), form.cleaned_data["reason"], clock.now()
        made.append(
            services.correct(fact=fact, told=told, reason=reason, taken=taken, by=request.actor, at=at)
        )

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "已更正，原记录保留备查。", "office:fact", made[0].pk)
    crumbs = [("资格状况", up(request, fact.unit_id)), (fact.title, "../"), ("更正", "")]
    context = {"form": form, "unit": fact.unit, "kind": fact.declared, "fact": fact}
    status = 422 if form.is_bound else 200
    return frame.page(request, "office/standing/new.html", context, crumbs=crumbs, status=status)
