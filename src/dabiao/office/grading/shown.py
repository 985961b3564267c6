"""What the pages of a grading show, from the models."""

from datetime import date
from typing import Any

from dabiao.base import calendars, clock
from dabiao.base.clock import day_of
from dabiao.creation.rules.settling import asking, unmet
from dabiao.grading.models import Certificate, Grading, Objection, Opinion, Recheck, Ruling
from dabiao.grading.models.rulings import Matter
from dabiao.grading.permissions import publicity, rechecks
from dabiao.grading.queries import found
from dabiao.grading.queries import gradings as queries
from dabiao.grading.queries.opinions import GIVING
from dabiao.grading.rules import outcomes
from dabiao.grading.states.gradings import AT_DEPARTMENT, AT_ORGANIZER, ENDED, TITLES, GradingState
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.limits import LimitState
from dabiao.kernel.permit import Permit
from dabiao.kernel.roles import UNIT_ROLES, Role
from dabiao.look.shapes import Light, LimitShown, Step, StepState
from dabiao.look.short import short
from dabiao.office.frame import REVIEWING
from dabiao.office.grading import forms
from dabiao.office.grading.certified import LEVELS, certificate_of, plaque_of
from dabiao.office.limits import shown as limit_shown
from dabiao.office.supervision.shown import badge
from dabiao.people.models import Posting
from dabiao.sheets import queries as sheets
from dabiao.supervision.models import Verification

S = GradingState
BADGES = {
    S.ANNOUNCED: "badge-good",
    S.REFUSED: "badge-veto",
    S.SENT_BACK: "badge-warn",
    S.CLOSED: "badge-outline",
}
PLACES = {
    **dict.fromkeys((S.RECEIVED,), 1),
    **dict.fromkeys((S.AUDITED, S.RECHECKING), 2),
    **dict.fromkeys((S.RECHECKED, S.JUDGED, S.SENT_BACK, S.CLOSED), 3),
    **dict.fromkeys((S.CONSULTING,), 4),
    **dict.fromkeys((S.PROPOSED, S.PUBLICISED, S.REFUSING, S.REFUSED), 5),
    S.ANNOUNCED: 7,
}
JOURNEY = ("收到报告", "资料审核", "现场复核", "复核意见", "征求意见", "公示", "公告发证")


def state_of(grading: Grading) -> dict[str, str]:
    state = GradingState(grading.state)
    return {"title": TITLES[state], "badge": BADGES.get(state, "badge-brand")}


def limit_of(grading: Grading, day: date, calendar: Calendar) -> LimitShown | None:
    """The limit that runs, as a light with words; no query."""
    running = queries.clock(grading, day, calendar)
    if running is not None and running.name == queries.PUBLICITY:
        return _publicity(running.state)
    return limit_shown(running.state, running.clause) if running else None


def _publicity(state: LimitState) -> LimitShown:
    """It runs for the public: its end is no overdue."""
    if state.passed:
        return LimitShown(Light.AMBER, "公示期满", state.due)
    return LimitShown(Light.GREEN, f"公示还有 {state.remaining} 个工作日", state.due, state.provisional)


def steps(grading: Grading, rulings: list[Ruling], certificate: Certificate | None) -> list[Step]:
    place = PLACES[GradingState(grading.state)]
    judged = (each.decided_at for each in rulings if each.matter == Matter.RECHECK and each.decided_at)
    papers, recheck = getattr(grading, "papers", None), getattr(grading, "recheck", None)
    moments = {
        1: papers.audited_at if papers else None,
        2: recheck.finished_at if recheck else None,
        3: max(judged, default=None),
    }
    days = {0: grading.received_on, 5: grading.publicised_on} | {
        at: day_of(moment) for at, moment in moments.items() if moment
    }
    if certificate is not None:
        days[6] = certificate.issued_on
    return [Step(title, _step(grading, at, place), days.get(at)) for at, title in enumerate(JOURNEY)]


def _step(grading: Grading, at: int, place: int) -> StepState:
    if at < place:
        return StepState.DONE
    if at > place:
        return StepState.TODO
    return StepState.FAILED if grading.state in ENDED else StepState.NOW


def inside(actor: Actor) -> bool:
    """The unit and the review unit see how it stands, and not what officials say among themselves."""
    return not actor.holds(*UNIT_ROLES, *REVIEWING)


def reviewed(actor: Actor, grading: Grading) -> bool:
    """The review unit reads how its work compared, once the outcome of the re-check is decided."""
    return actor.holds(*REVIEWING) and grading.state not in AT_ORGANIZER


def context(actor: Actor, grading: Grading) -> dict[str, Any]:
    """Everything for the page; a constant number of queries."""
    day, calendar = clock.today(), calendars.calendar()
    rulings = queries.rulings(grading)
    certificate = certificate_of(grading)
    told: dict[str, Any] = {
        "grading": grading,
        "state": state_of(grading),
        "level": LEVELS.get(grading.level, grading.level),
        "limit": limit_of(grading, day, calendar),
        "steps": steps(grading, rulings, certificate),
        "certificate": certificate,
        "plaque": plaque_of(certificate),
        "refusal": refusal_of(grading, rulings),
        "titles": outcomes.TITLES,
        "inside": inside(actor),
        "verification": _verification(actor, certificate),
    }
    if not inside(actor):
        recheck = getattr(grading, "recheck", None) if reviewed(actor, grading) else None
        return {**told, "compared": recheck}
    return {**told, **_inside(actor, grading, rulings, day)}


def _verification(actor: Actor, certificate: Certificate | None) -> tuple[Verification, str, str] | None:
    """Where it was drawn since: how that stands."""
    rows = Verification.objects.visible_to(actor).filter(certificate=certificate)
    row = rows.first() if certificate is not None else None
    return (row, *badge(row)) if row is not None else None


def refusal_of(grading: Grading, rulings: list[Ruling]) -> Ruling | None:
    """The decision by which it ended without a certificate."""
    ended = grading.state in {S.REFUSED, S.SENT_BACK}
    return next((each for each in rulings if ended and each.decided_at), None)


def _inside(actor: Actor, grading: Grading, rulings: list[Ruling], day: date) -> dict[str, Any]:
    asked = None if grading.state in ENDED else found.asked(grading, day)
    recheck = getattr(grading, "recheck", None)
    opinions = Opinion.objects.filter(grading=grading).select_related("body", "above", "given_by")
    objections = Objection.objects.visible_to(actor).filter(grading=grading).order_by("id")
    standing = outcomes.obstacles(found.of_recheck(grading, asked)) if asked and _early(grading) else ()
    unfilled = bound(grading)
    unfilled["judge_form"].offer(standing)
    return {
        "rulings": rulings,
        "pending": next((each for each in rulings if not each.decided_at and not each.sent_back), None),
        "papers": getattr(grading, "papers", None),
        "recheck": recheck,
        "may_close": recheck is not None and _may_close(actor, recheck),
        "opinions": list(opinions.order_by("id")),
        "opens_opinions": actor.holds(*GIVING),  # others read them here
        "objections": list(objections),
        "obstacles": standing,
        "unmet": unmet(asked.settled) if asked and grading.state in AT_DEPARTMENT else [],
        "asking": asking(asked.settled) if asked and grading.state in AT_DEPARTMENT else [],
        **permits(actor, grading, rulings),
        **unfilled,
    }


def _may_close(actor: Actor, recheck: Recheck) -> bool:
    """Who leads the re-check, while its sheet is open."""
    sheet = recheck.sheet
    return sheet is not None and not sheet.digest and recheck.leader_id == actor.account


def _early(grading: Grading) -> bool:
    return grading.state in {S.AUDITED, S.RECHECKED, S.JUDGED}


def permits(actor: Actor, grading: Grading, rulings: list[Ruling]) -> dict[str, Permit]:
    pending = next((each for each in rulings if not each.decided_at and not each.sent_back), None)
    deciding = {
        S.JUDGED: rechecks.may_decide,
        S.PROPOSED: publicity.may_publish,
        S.REFUSING: publicity.may_refuse,
    }.get(GradingState(grading.state), rechecks.may_decide)
    return {
        "may_audit": rechecks.may_audit(actor, grading),
        "may_arrange": rechecks.may_arrange(actor, grading),
        "may_recheck": rechecks.may_recheck(actor, grading),
        "may_judge": rechecks.may_judge(actor, grading),
        "may_propose": publicity.may_propose(actor, grading),
        "may_find": publicity.may_find(actor, grading),
        "may_doubt": publicity.may_doubt(actor, grading),
        "may_decide": deciding(actor, grading, pending),
    }


def bound(grading: Grading) -> dict[str, Any]:
    """Forms as they are before anybody has filled them."""
    version = {"version": grading.version}
    told: dict[str, Any] = {
        "judge_form": forms.JudgeForm(initial=version),
        "words_form": forms.WordsForm(initial=version, auto_id="propose_%s"),
        "doubt_form": forms.DoubtForm(initial=version, auto_id="doubt_%s"),
        "decide_form": forms.DecideForm(initial=version, auto_id="decide_%s"),
    }
    if grading.state == S.RECEIVED:
        told["papers_form"] = forms.PapersForm(initial=version)
    if grading.state == S.AUDITED:
        initial = {**version, "day": clock.today()}
        told["arrange_form"] = forms.ArrangeForm(initial=initial, team=team(grading))
    if grading.state == S.RECHECKING:
        told["finish_form"] = forms.FinishForm(initial=version, lines=lines(grading))
        told["extras"] = extra_forms(grading)
    return told


def team(grading: Grading) -> list[tuple[int, str]]:
    """People of the organizing unit who may re-check."""
    rows = Posting.objects.in_force(clock.today()).filter(body=grading.organizing_id)
    rows = rows.filter(role__in=[Role.ORGANIZER, Role.EXPERT]).select_related("account").order_by("id")
    return list({row.account_id: row.account.name for row in rows}.items())


def lines(grading: Grading) -> list[tuple[str, str]]:
    book = sheets.rulebook(grading.report.sheet)
    return [
        (line.key, f"{line.item.number} {short(line.item.requirement, 40)}".strip()) for line in book.lines()
    ]


def extra_forms(grading: Grading) -> list[tuple[dict[str, Any], forms.ExtraForm]]:
    """Each intensified item with its form; answered ones can be answered anew until it is finished."""
    recheck = getattr(grading, "recheck", None)
    if recheck is None:
        return []
    return [
        (
            each,
            forms.ExtraForm(
                initial={
                    "version": recheck.version,
                    "item": each["id"],
                    "words": each["words"],
                    "met": {True: "yes", False: "no", None: ""}[each["met"]],
                },
                auto_id=f"{each['id']}_%s",
            ),
        )
        for each in recheck.extras
    ]
