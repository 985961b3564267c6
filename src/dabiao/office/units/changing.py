"""Pages on which a unit's facts and sites are changed."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from dabiao.base import clock
from dabiao.kernel.errors import Absent
from dabiao.look.addresses import Request, address
from dabiao.look.forms import PlainForm
from dabiao.office import acting, frame
from dabiao.office.units.views import READERS
from dabiao.organisations import permissions
from dabiao.organisations.models import Body, BodyKind, Industry, Jurisdiction, Site, Size, Unit
from dabiao.organisations.services import changing
from dabiao.organisations.services.changing import Facts

OWN = ("size", "head_count", "address", "principal")


class FactsForm(PlainForm):
    name = forms.CharField(label=_("企业名称"), max_length=120)
    industry = forms.ModelChoiceField(Industry.objects.order_by("code"), label=_("行业"))
    jurisdiction = forms.ModelChoiceField(Jurisdiction.objects.all(), label=_("管辖区"))
    locality = forms.ModelChoiceField(
        Body.objects.filter(kind=BodyKind.LOCALITY).order_by("jurisdiction__place", "pk"), label=_("属地")
    )
    size = forms.ChoiceField(label=_("规模"), choices=Size.choices)
    head_count = forms.IntegerField(label=_("从业人数"), min_value=0, max_value=10_000_000)
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    principal = forms.CharField(label=_("主要负责人"), max_length=40, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def keep_to(self, names: tuple[str, ...]) -> None:
        """Leave out what this person may not change."""
        for name in set(self.fields) - {*names, "version"}:
            del self.fields[name]


class SiteForm(PlainForm):
    name = forms.CharField(label=_("场所名称"), max_length=80)
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    close = forms.IntegerField(required=False, widget=forms.HiddenInput)
    correct = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = "close" not in self.data  # a site that closes is known by its key


def _unit(request: Request, key: int) -> Unit:
    rows = Unit.objects.visible_to(request.actor).select_related("jurisdiction", "locality", "industry")
    unit = rows.filter(pk=key).first()
    if unit is None:
        raise Absent
    permissions.may_change(request.actor, unit).or_refuse()
    return unit


@address("主管部门或企业更正企业信息", READERS, ("GET", "POST"))
def facts(request: Request, key: int) -> HttpResponse:
    unit = _unit(request, key)
    names = ("name", "size", "head_count", "address", "principal", "industry", "jurisdiction", "locality")
    now = {name: getattr(unit, name) for name in names}
    form = FactsForm(acting.posted(request), initial={**now, "version": unit.version})
    if not permissions.may_place(request.actor, unit):
        form.keep_to(OWN)

    def act() -> Unit:
        said = {**now, **form.cleaned_data}
        version = said.pop("version")
        return changing.change_unit(
            unit=unit, facts=Facts(**said), version=version, by=request.actor, at=clock.now()
        )

    if request.method == "POST" and acting.tried(form, act):
        return acting.done(request, "企业信息已保存。", "office:unit", key)
    return _page(request, unit, form, "facts")


@address("主管部门或企业登记、更正、停用场所", READERS, ("GET", "POST"))
def sites(request: Request, key: int) -> HttpResponse:
    unit = _unit(request, key)
    form = SiteForm(acting.posted(request))
    if request.method == "POST" and acting.tried(form, lambda: _site(request, unit, form)):
        return acting.done(request, "场所已保存。", "office:unit_sites", key)
    rows = [(site, _correcting(site, form)) for site in unit.sites.order_by("pk")]
    new = SiteForm() if any(form is own for _site, own in rows) else form
    return _page(request, unit, form, "sites", rows=rows, new=new)


def _correcting(site: Site, sent: SiteForm) -> SiteForm:
    """The form in a site's row; what was sent about it stays there."""
    if str(site.pk) == sent.data.get("correct"):
        return sent
    return SiteForm(initial={"name": site.name, "address": site.address}, auto_id=f"site-{site.pk}-%s")


def _site(request: Request, unit: Unit, form: SiteForm) -> None:
    said, by, at = form.cleaned_data, request.actor, clock.now()
    told = {"name": said["name"], "address": said["address"], "by": by, "at": at}
    if said["close"] is not None:
        changing.close_site(site=_own(unit, said["close"]), on=clock.day_of(at), by=by, at=at)
    elif said["correct"] is not None:
        changing.change_site(site=_own(unit, said["correct"]), **told)
    else:
        changing.add_site(unit=unit, **told)


def _own(unit: Unit, key: int) -> Site:
    site = unit.sites.filter(pk=key).first()
    if site is None:
        raise Absent
    return site


def _page(request: Request, unit: Unit, form: forms.Form, name: str, **more: Any) -> HttpResponse:
    title = {"facts": "更正企业信息", "sites": "场所"}[name]
    crumbs = [("企业", "/office/units/"), (unit.name, "../"), (title, "")]
    context = {"unit": unit, "form": form, **more}
    status = 422 if form.is_bound else 200
    return frame.page(request, f"office/units/{name}.html", context, crumbs=crumbs, status=status)
