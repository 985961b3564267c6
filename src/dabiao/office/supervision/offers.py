"""What one may do about a verification on its page."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from dabiao.base import clock
from dabiao.creation.rules.findings import findings
from dabiao.hazards import permissions as hazard_permissions
from dabiao.hazards import services as hazards
from dabiao.hazards.models import Hazard
from dabiao.kernel.actor import Actor
from dabiao.office.reviews import follow_forms, team_forms
from dabiao.office.reviews.offered import Offer
from dabiao.office.supervision import forms
from dabiao.people.models import Account
from dabiao.reviews.permissions.rectifications import LEADING
from dabiao.reviews.queries import checks
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Sheet
from dabiao.sheets.services import closing
from dabiao.sheets.states import SheetState
from dabiao.supervision.models import Verification, Verifier, VerifyingVisit
from dabiao.supervision.permissions import verifications as permissions
from dabiao.supervision.queries import recusal
from dabiao.supervision.queries import verifications as queries
from dabiao.supervision.services import arranging, concluding
from dabiao.supervision.services.arranging import PLEDGE, Going
from dabiao.supervision.states.verifications import UNDER_WAY


def offers(actor: Actor, verification: Verification, visits: list[VerifyingVisit]) -> Iterator[Offer]:
    visit = next((each for each in visits if each.state in UNDER_WAY), None)
    if permissions.may_arrange(actor, verification, under_way=visit is not None):
        yield _arranging(verification)
    if visit is not None:
        yield from _before(actor, visit)
        if visit.sheet is not None:
            yield from _sheet(actor, visit, visit.sheet)
        if permissions.may_call_off(actor, visit):
            yield Offer(
                "off", _("取消这次安排"), _("确认取消"), team_forms.ReasonForm,
                lambda form, by, at: arranging.call_off(visit=visit, by=by, at=at, **form.cleaned_data),
                visit.pk, about(visit),
            )  # fmt: skip
    for row in queries.hazards_of(verification):
        if hazard_permissions.may_confirm(actor, row) and row.confirmer_id in actor.bodies:
            yield Offer(
                "confirm", _("确认核查发现的问题已整改"), _("确认销号或者退回"), follow_forms.ConfirmForm,
                partial(_confirmed, row),
                row.pk, f"{row.number} {row.text}",
            )  # fmt: skip


def about(visit: VerifyingVisit) -> str:
    return f"第 {visit.turn} 次，{visit.visit_on:%Y-%m-%d}，{visit.lead.name}牵头"


def _arranging(verification: Verification) -> Offer:
    day = clock.today()
    people, aside = queries.candidates(verification, day)
    posted = recusal.officers(verification, day)
    names = {each.pk: each.name for each in (verification.department, verification.district)}
    where = [(each, names[posted[each.pk][0].body_id or 0]) for each in people]
    return Offer(
        "arrange", _("安排核查"), _("安排核查"), forms.ArrangeForm,
        partial(_arranged, verification),
        about="".join(aside),
        more={"people": where, "initial": {"day": day}},
    )  # fmt: skip


def _arranged(verification: Verification, form: Any, by: Actor, at: datetime) -> VerifyingVisit:
    told = form.cleaned_data
    people = Account.objects.in_bulk([told["lead"], *told["others"]])
    going = Going(told["day"], people[told["lead"]], [people[key] for key in told["others"]])
    return arranging.arrange(verification=verification, told=going, by=by, at=at)


def _before(actor: Actor, visit: VerifyingVisit) -> Iterator[Offer]:
    for row in visit.verifiers.all():
        row.visit = visit
        if permissions.may_pledge(actor, row):
            yield Offer(
                "pledge", _("作出廉洁承诺"), _("承诺"), forms.PledgeForm,
                partial(_pledged, row),
                row.pk, PLEDGE,
            )  # fmt: skip
    ready = all(each.pledged_at is not None for each in visit.verifiers.all())
    if ready and permissions.may_open(actor, visit):
        yield Offer(
            "open", _("打开核查表"), _("打开核查表"), team_forms.NothingForm,
            lambda form, by, at: arranging.open_visit(visit=visit, by=by, at=at),
            visit.pk, about(visit),
        )  # fmt: skip


def _pledged(row: Verifier, form: Any, by: Actor, at: datetime) -> Verifier:
    return arranging.pledge(verifier=row, declared=form.declared(), by=by, at=at)


def _sheet(actor: Actor, visit: VerifyingVisit, sheet: Sheet) -> Iterator[Offer]:
    closed = sheet.state == SheetState.CLOSED
    if not closed and permissions.may_close(actor, visit):
        yield Offer(
            "close", _("签字关闭核查表"), _("签字关闭"), team_forms.SignForm,
            lambda form, by, at: concluding.close(visit=visit, by=by, at=at, **form.cleaned_data),
            visit.pk, about(visit),
        )  # fmt: skip
    if closed:
        yield from _signing(actor, visit, sheet)
    if closed and permissions.may_conclude(actor, visit):
        missing, words = checks.unsigned(sheet), about(visit)
        yield Offer(
            "conclude", _("作出核查结论"), _("作出结论"), forms.ConclusionForm,
            partial(_concluded, visit),
            visit.pk, f"{words}。{_('还缺签字：')}{missing}" if missing else words,
            {"asked": _asked(), "found": _found(sheet)},
        )  # fmt: skip


def _asked() -> list[tuple[str, str]]:
    return [(each, concluding.TITLES[each]) for each in queries.content(clock.today())]


def _found(sheet: Sheet) -> list[tuple[str, str]]:
    """What loses points and is no veto, which is major by itself."""
    seen = findings(sheets.rulebook(sheet), sheets.answers(sheet))
    return [(each.line, each.text) for each in seen if not each.vetoed]


def _concluded(visit: VerifyingVisit, form: Any, by: Actor, at: datetime) -> VerifyingVisit:
    told = dict(form.cleaned_data)
    majors = told.pop("majors", ())
    return concluding.conclude(visit=visit, words=told, majors=majors, by=by, at=at)


def _confirmed(row: Hazard, form: Any, by: Actor, at: datetime) -> Hazard:
    if form.cleaned_data["back"]:
        return hazards.send_back(hazard=row, reason=form.cleaned_data["reason"], by=by, at=at)
    return hazards.confirm(hazard=row, by=by, at=at)


def _signing(actor: Actor, visit: VerifyingVisit, sheet: Sheet) -> Iterator[Offer]:
    """The unit's principal or officer, and those who went along; each once."""
    unit = actor.at_unit(visit.verification.unit_id, *LEADING)
    went = any(each.account_id == actor.account for each in visit.verifiers.all())
    mine = any(each.account_id == actor.account for each in sheet.signatures.all())
    if (unit or went) and not mine:
        side = "unit" if unit else "team"
        yield Offer(
            "sign", _("签字确认核查表"), _("签字"), team_forms.SignForm,
            lambda form, by, at: closing.sign_sheet(
                sheet=sheet.pk, side=side, by=by, at=at, **form.cleaned_data
            ),
            visit.pk, about(visit),
        )  # fmt: skip
