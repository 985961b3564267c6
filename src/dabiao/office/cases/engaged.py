"""What the page of an accepted case says of its review: who is engaged, or how long there is to engage."""

from datetime import date
from typing import Any

from dabiao.creation.models import Case
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.roles import Role
from dabiao.look.forms import PlainForm
from dabiao.office.limits import shown
from dabiao.office.reviews import following
from dabiao.office.reviews.forms import LapseForm
from dabiao.reviews.models import Review
from dabiao.reviews.permissions import contracts as permissions
from dabiao.reviews.queries import followups, reviews


def context(actor: Actor, case: Case, day: date, calendar: Calendar) -> dict[str, Any]:
    """Nothing for a case that never was accepted; of one that has ended who reviewed it."""
    if case.accepted_on is None:
        return {}
    if case.state != CaseState.ACCEPTED:
        return _reviewed(actor, case, day, calendar)
    clock = reviews.contract_clock(case, day, calendar)
    passed = clock is not None and clock.state.may_close
    form: PlainForm = LapseForm()
    found: dict[str, Any] = {
        "engaged": reviews.of_case(case.pk),
        "sees_review": Review.objects.visible_to(actor).filter(case=case).exists(),
        "may_engage": actor.at_unit(case.unit_id, Role.UNIT_OFFICER),
        "may_lapse": permissions.may_lapse(actor, case, passed=passed),
        "lapse_form": form,
    }
    return {**found, "limit": shown(clock.state, clock.clause)} if clock else found


def _reviewed(actor: Actor, case: Case, day: date, calendar: Calendar) -> dict[str, Any]:
    last = Review.objects.visible_to(actor).filter(case=case).order_by("id").last()
    owed = followups.of(last) if last is not None else None
    after = [following.step(owed, day, calendar)] if owed else []
    return {"engaged": last, "sees_review": last is not None, "follow_up": owed, "after": after}
