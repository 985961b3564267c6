"""The form by which a department's duty is ended: which, and why."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.base import clock
from dabiao.kernel.actor import Actor
from dabiao.look.forms import PlainForm, offer
from dabiao.organisations import permissions
from dabiao.organisations.data import reading
from dabiao.organisations.models import AreaDuty, IndustryDuty
from dabiao.organisations.queries.ground import running

Duties = Mapping[str, tuple[str, IndustryDuty | AreaDuty]]  # key -> title, duty


class EndForm(PlainForm):
    which = forms.ChoiceField(label=_("终止哪一项归口"))
    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, duties: Duties, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duties = duties
        choices = [("", _("请选择")), *((key, title) for key, (title, _duty) in duties.items())]
        offer(self, "which", choices)

    def duty(self) -> IndustryDuty | AreaDuty:
        return self.duties[self.cleaned_data["which"]][1]


def running_duties(actor: Actor) -> Duties:
    """Those the person may end."""
    there = running(clock.today())
    industries = IndustryDuty.objects.filter(there).select_related("industry", "department")
    areas = AreaDuty.objects.filter(there).select_related("department").order_by("area", "pk")
    names = {each.id: each.name for each in reading.areas()}
    found: dict[str, tuple[str, IndustryDuty | AreaDuty]] = {
        f"industry:{duty.pk}": (f"{duty.industry} · {duty.department}", duty)
        for duty in industries.order_by("industry__code", "pk")
    }
    found |= {
        f"area:{duty.pk}": (f"{names.get(duty.area, duty.area)} · {duty.department}", duty) for duty in areas
    }
    return {key: row for key, row in found.items() if permissions.may_assign(actor, row[1].department)}
