"""Recording a fact: first about whom and what, then what one knows."""

from typing import Any

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.kernel.errors import Absent, Invalid
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting, frame
from dabiao.office.asked import whole
from dabiao.office.standing import forms
from dabiao.office.standing.views import up
from dabiao.organisations.models import Unit
from dabiao.standing import permissions, queries, services
from dabiao.standing.models import Fact
from dabiao.standing.rules.kinds import Kind, kinds


@address("登记资格状况", permissions.BY_HAND, ("GET", "POST"))
def new(request: Request) -> HttpResponse:
    """Without a unit and a kind it asks for them; with them, for the fact."""
    unit = _unit(request)
    kind = kinds().get(request.GET.get("kind", ""))
    if unit is None or kind is None or not kind.by_hand:
        return _choose(request, unit)
    return _tell(request, unit, kind)


def _unit(request: Request) -> Unit | None:
    """Named by its number on the unit's page, by its code, or one's own."""
    asked, actor = request.GET, request.actor
    if (key := whole(asked.get("unit", ""))) is not None:
        found = Unit.objects.visible_to(actor).filter(pk=key).first()
        if found is None:
            raise Absent
        return found
    if actor.holds(Role.UNIT_OFFICER):
        return Unit.objects.filter(pk__in=actor.units).order_by("pk").first()
    return queries.recordable(actor, asked.get("code", ""))


def _choose(request: Request, unit: Unit | None) -> HttpResponse:
    """A form that only asks, so that it can be gone back to."""
    actor, asked = request.actor, request.GET
    mine = permissions.recordable(actor, unit) if unit else permissions.held(actor)
    bound = asked if "code" in asked or "kind" in asked or request.method == "POST" else None
    form = forms.ChooseForm(bound, kinds=mine, asks_unit=unit is None)
    if form.is_bound and form.is_valid() and unit is None:
        form.add_error("code", "没有找到这家企业，或者不在您的管辖范围内；请核对名称或者代码。")
    context = {"form": form, "unit": unit}
    status = 422 if request.method == "POST" else 200
    return frame.page(
        request, "office/standing/choose.html", context, crumbs=_crumbs(request, unit), status=status
    )


def _crumbs(request: Request, unit: Unit | None) -> list[tuple[str, str]]:
    return [("资格状况", up(request, unit.pk if unit else None)), ("登记", "")]


def _tell(request: Request, unit: Unit, kind: Kind) -> HttpResponse:
    permissions.may_record(request.actor, kind, unit).or_refuse()
    own = unit.pk in request.actor.units
    posted = acting.posted(request)
    form = forms.FactForm(posted, request.FILES if posted is not None else None, kind=kind, asks_file=own)
    made: list[Fact] = []

    def act() -> None:
        made.append(recorded(request, form, unit))

    if request.method == "POST" and acting.tried(form, act):
        draft = f"fact-{kind.id}-{unit.pk}"
        return acting.done(request, "已登记。", "office:fact", made[0].pk, draft=draft)
    context: dict[str, Any] = {"form": form, "unit": unit, "kind": kind}
    status = 422 if form.is_bound else 200
    return frame.page(
        request, "office/standing/new.html", context, crumbs=_crumbs(request, unit), status=status
    )


def recorded(request: Request, form: forms.FactForm, unit: Unit) -> Fact:
    sent = form.cleaned_data["file"]
    taken = acting.take_in([sent])[0] if sent else None
    if not form.kind.by_hand:
        raise Invalid("这类事实由办理过程自动登记。")
    return services.record(told=form.told(), unit=unit, taken=taken, by=request.actor, at=clock.now())
