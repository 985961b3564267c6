"""Rectification checks on the work page: set, closed, signed, concluded, called off; how they are shown."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from dabiao.base import clock
from dabiao.kernel.actor import Actor
from dabiao.office.reviews import team_forms as forms
from dabiao.office.reviews.offered import Offer
from dabiao.people.models import Account
from dabiao.reviews.models import Check, Finding, Review
from dabiao.reviews.permissions import checks as permissions
from dabiao.reviews.permissions.rectifications import LEADING
from dabiao.reviews.queries import checks as queries
from dabiao.reviews.queries import plans, rectifications
from dabiao.reviews.services import checks
from dabiao.reviews.services.checks import Going
from dabiao.reviews.states.checks import TITLES, CheckState
from dabiao.sheets.models import Sheet
from dabiao.sheets.services import closing
from dabiao.sheets.states import SheetState


def offers(actor: Actor, review: Review) -> Iterator[Offer]:
    """One may be set where findings wait; of those under way, what their sheet still needs."""
    if permissions.may_begin(actor, review) and (waiting := queries.coverable(review)):
        team = queries.team(review)
        yield Offer(
            "check", _("安排整改现场确认"), _("安排现场确认"), forms.GoingForm,
            partial(_begun, review, waiting),
            more={"team": team, "findings": waiting, "initial": _proposed(actor, waiting)},
        )  # fmt: skip
    if under_way := [each for each in queries.all_of(review) if each.state == CheckState.OPEN]:
        leads = plans.leads(actor, review)
        for each in under_way:
            yield from _under_way(actor, each, leads)


def _proposed(actor: Actor, waiting: list[Finding]) -> dict[str, Any]:
    return {"day": clock.today(), "lead": actor.account, "findings": [each.pk for each in waiting]}


def _begun(review: Review, waiting: list[Finding], form: Any, by: Actor, at: datetime) -> Check:
    told = form.cleaned_data
    people = Account.objects.in_bulk([told["lead"], *told["others"]])
    others = [people[key] for key in told["others"]]
    chosen = [each for each in waiting if each.pk in told["findings"]]
    going = Going(told["day"], people[told["lead"]], others, chosen)
    return checks.begin(review=review, told=going, by=by, at=at)


def _under_way(actor: Actor, check: Check, leads: bool) -> Iterator[Offer]:
    about = f"第 {check.turn} 次，{check.visit_on:%Y-%m-%d}，{check.lead.name}牵头"
    closed = check.sheet.state == SheetState.CLOSED
    if not closed and permissions.may_close(actor, check):
        yield Offer(
            "check_close", _("签字关闭整改确认表"), _("签字关闭"), forms.SignForm,
            lambda form, by, at: checks.close(check=check, by=by, at=at, **form.cleaned_data),
            check.pk, about,
        )  # fmt: skip
    if closed:
        yield from _signing(actor, check, about)
    if closed and permissions.may_conclude(actor, check):
        missing = queries.unsigned(check.sheet)
        yield Offer(
            "check_conclude", _("作出整改现场确认结论"), _("按整改确认表逐项确认或者退回"), forms.NothingForm,
            lambda form, by, at: checks.conclude(check=check, by=by, at=at),
            check.pk, f"{about}。{_('还缺签字：')}{missing}" if missing else about,
        )  # fmt: skip
    if permissions.may_call_off(actor, check, leads=leads):
        yield Offer(
            "check_off", _("取消整改现场确认"), _("确认取消"), forms.ReasonForm,
            lambda form, by, at: checks.call_off(check=check, by=by, at=at, **form.cleaned_data),
            check.pk, about,
        )  # fmt: skip


def _signing(actor: Actor, check: Check, about: str) -> Iterator[Offer]:
    """The unit's principal or officer, and those who went along; each once."""
    unit = actor.at_unit(check.review.unit_id, *LEADING)
    went = any(each["account"] == actor.account for each in check.visitors)
    side = rectifications.UNIT if unit else rectifications.TEAM
    mine = any(each.account_id == actor.account for each in check.sheet.signatures.all())
    if (unit or went) and not mine:
        yield Offer(
            "check_sign", _("签字确认整改确认表"), _("签字"), forms.SignForm,
            lambda form, by, at: closing.sign_sheet(
                sheet=check.sheet_id, side=side, by=by, at=at, **form.cleaned_data
            ),
            check.pk, about,
        )  # fmt: skip


def shown(actor: Actor, review: Review) -> dict[str, Any]:
    """Every check with its state in words, and the sheets of them this person may open."""
    rows = queries.all_of(review)
    keys = [each.sheet_id for each in rows]
    seen = Sheet.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True) if keys else ()
    return {
        "checks": [(each, TITLES[CheckState(each.state)]) for each in rows],
        "check_sheets": set(seen),
    }
