"""The leader closes an accepted case that has engaged no review unit in time."""

from django.http import HttpResponse

from dabiao.base import clock
from dabiao.creation.models import Case
from dabiao.creation.queries import cases as queries
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request, address
from dabiao.office import acting
from dabiao.office.cases.views import case_page
from dabiao.office.reviews.forms import LapseForm
from dabiao.reviews.services import engaging


@address("评审组织单位负责人终止逾期未签约的申报", frozenset({Role.ORGANIZER_LEAD}), ("POST",))
def lapse(request: Request, key: int) -> HttpResponse:
    case = queries.visible(request.actor, key)
    form = LapseForm(request.POST)

    def act() -> Case:
        return engaging.lapse(case=case, by=request.actor, at=clock.now(), **form.cleaned_data)

    if acting.tried(form, act):
        return acting.done(request, "申报已终止，不计申请间隔。", "office:case", key)
    return case_page(request, queries.visible(request.actor, key), lapse_form=form)
