"""Follow-ups on their page: what one may do, how what is owed and each visit are shown."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from dabiao.base import clock
from dabiao.creation.rules.findings import findings
from dabiao.hazards import permissions as hazard_permissions
from dabiao.hazards import services as hazards
from dabiao.hazards.models import Hazard
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.look.shapes import Light, LimitShown, Step, StepState
from dabiao.office.limits import shown as limit_shown
from dabiao.office.reviews import follow_forms as forms
from dabiao.office.reviews import team_forms
from dabiao.office.reviews.offered import Offer
from dabiao.people.models import Account
from dabiao.reviews.models import FollowUp, Review, Revisit
from dabiao.reviews.permissions import followups as permissions
from dabiao.reviews.permissions.rectifications import LEADING
from dabiao.reviews.queries import checks, rectifications
from dabiao.reviews.queries import followups as queries
from dabiao.reviews.services import revisiting
from dabiao.reviews.services.revisiting import Going
from dabiao.reviews.states.followups import TITLES, FollowUpState, RevisitState
from dabiao.sheets import queries as sheets
from dabiao.sheets.services import closing
from dabiao.sheets.states import SheetState


def light(row: FollowUp, day: date, calendar: Calendar) -> LimitShown:
    """While it is owed as any limit; afterwards whether it was met in its time."""
    running, due = queries.clock(row, day, calendar), queries.due(row, calendar)
    if running is not None:
        return limit_shown(running.state, running.clause)
    if row.state == FollowUpState.RELEASED:
        return LimitShown(Light.NONE, _("不再要求"))
    late = row.ended_on is not None and row.ended_on > due
    return LimitShown(Light.MET, _("逾期完成") if late else _("按期完成"), due)


def step(row: FollowUp, day: date, calendar: Calendar) -> Step:
    """The last step of the journey of a review, and of its case."""
    state = {FollowUpState.MET: StepState.DONE, FollowUpState.OWED: StepState.NOW}
    found = state.get(FollowUpState(row.state), StepState.TODO)
    late = found is StepState.NOW and light(row, day, calendar).state is Light.RED
    note = "" if found is StepState.NOW else TITLES[FollowUpState(row.state)]
    return Step(_("达标后回访"), StepState.LATE if late else found, row.ended_on, "", note)


def offers(actor: Actor, review: Review) -> Iterator[Offer]:
    visit = queries.open_one(review)
    if permissions.may_arrange(actor, review, queries.of(review), under_way=visit is not None):
        people = queries.candidates(review, clock.today())
        yield Offer(
            "arrange", _("安排回访"), _("安排回访"), forms.RevisitForm,
            partial(_arranged, review),
            more={"people": people, "initial": {"day": clock.today()}},
        )  # fmt: skip
    if visit is not None:
        yield from _under_way(actor, visit)
    for row in queries.hazards_of(review):
        if hazard_permissions.may_confirm(actor, row) and row.confirmer_id in actor.bodies:
            yield Offer(
                "confirm", _("确认回访发现的问题已整改"), _("确认销号或者退回"), forms.ConfirmForm,
                partial(_confirmed, row),
                row.pk, f"{row.number} {row.text}",
            )  # fmt: skip


def _arranged(review: Review, form: Any, by: Actor, at: datetime) -> Revisit:
    told = form.cleaned_data
    people = Account.objects.in_bulk([told["lead"], *told["others"]])
    others = [people[key] for key in told["others"]]
    going = Going(told["day"], people[told["lead"]], others)
    return revisiting.arrange(review=review, told=going, by=by, at=at)


def _under_way(actor: Actor, visit: Revisit) -> Iterator[Offer]:
    about = f"第 {visit.turn} 次，{visit.visit_on:%Y-%m-%d}，{visit.lead.name}牵头"
    closed = visit.sheet.state == SheetState.CLOSED
    if not closed and permissions.may_close(actor, visit):
        yield Offer(
            "close", _("签字关闭回访表"), _("签字关闭"), team_forms.SignForm,
            lambda form, by, at: revisiting.close(visit=visit, by=by, at=at, **form.cleaned_data),
            visit.pk, about,
        )  # fmt: skip
    if closed:
        yield from _signing(actor, visit, about)
    if closed and permissions.may_conclude(actor, visit):
        missing = checks.unsigned(visit.sheet)
        yield Offer(
            "conclude", _("作出回访结论"), _("作出结论"), forms.ConclusionForm,
            partial(_concluded, visit),
            visit.pk, f"{about}。{_('还缺签字：')}{missing}" if missing else about,
            {"found": _found(visit)},
        )  # fmt: skip
    if permissions.may_call_off(actor, visit):
        yield Offer(
            "off", _("取消回访"), _("确认取消"), team_forms.ReasonForm,
            lambda form, by, at: revisiting.call_off(visit=visit, by=by, at=at, **form.cleaned_data),
            visit.pk, about,
        )  # fmt: skip


def _found(visit: Revisit) -> list[tuple[str, str]]:
    """What loses points and is no veto, which is major by itself."""
    seen = findings(sheets.rulebook(visit.sheet), sheets.answers(visit.sheet))
    return [(each.line, each.text) for each in seen if not each.vetoed]


def _concluded(visit: Revisit, form: Any, by: Actor, at: datetime) -> Revisit:
    told = form.cleaned_data
    majors = told.get("majors", ())
    return revisiting.conclude(visit=visit, words=told["words"], majors=majors, by=by, at=at)


def _confirmed(row: Hazard, form: Any, by: Actor, at: datetime) -> Hazard:
    if form.cleaned_data["back"]:
        return hazards.send_back(hazard=row, reason=form.cleaned_data["reason"], by=by, at=at)
    return hazards.confirm(hazard=row, by=by, at=at)


def _signing(actor: Actor, visit: Revisit, about: str) -> Iterator[Offer]:
    """The unit's principal or officer, and those who went along; each once."""
    unit = actor.at_unit(visit.review.unit_id, *LEADING)
    went = any(each["account"] == actor.account for each in visit.visitors)
    side = rectifications.UNIT if unit else rectifications.TEAM
    mine = any(each.account_id == actor.account for each in visit.sheet.signatures.all())
    if (unit or went) and not mine:
        yield Offer(
            "sign", _("签字确认回访表"), _("签字"), team_forms.SignForm,
            lambda form, by, at: closing.sign_sheet(
                sheet=visit.sheet_id, side=side, by=by, at=at, **form.cleaned_data
            ),
            visit.pk, about,
        )  # fmt: skip


def waiting(visit: Revisit) -> str:
    """What an open visit waits for, in words."""
    if visit.state != RevisitState.OPEN:
        return ""
    if visit.sheet.state != SheetState.CLOSED:
        return _("待现场填写回访表并签字")
    missing = checks.unsigned(visit.sheet)
    return _("还缺签字：") + missing if missing else _("待作出结论")
