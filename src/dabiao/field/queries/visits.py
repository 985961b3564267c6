"""Visits: every occasion on site that has a sheet, under one kind of key. The kinds are known here alone."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Prefetch

from dabiao.grading.models import Recheck
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Unit
from dabiao.people.models import Account, Posting
from dabiao.people.queries import qualification_faults
from dabiao.reviews.models import Check, Checked, InitialVisit, Review, Revisit, Revisited
from dabiao.reviews.queries import checks, followups, places, plans
from dabiao.reviews.queries import visits as initial
from dabiao.reviews.states.checks import CheckState
from dabiao.reviews.states.followups import RevisitState
from dabiao.reviews.states.reviews import ReviewState
from dabiao.sheets.models import Occasion, Sheet
from dabiao.standards.models import Rulebook
from dabiao.supervision.models import VerifyingVisit
from dabiao.supervision.queries import verifications
from dabiao.supervision.states.verifications import VisitState

REVIEW: Final = "review"
INITIAL: Final = "initial"
RECHECK: Final = "recheck"
CHECK: Final = "check"
FOLLOW_UP: Final = "followup"
VERIFICATION: Final = "verification"
ON_SITE: Final = (ReviewState.PLANNED, ReviewState.REVIEWING)


@dataclass(frozen=True, slots=True)
class Visit:
    """One occasion. `subject` is the row that its state and its changes hang on."""

    key: str
    kind: str
    occasion: str
    unit: Unit
    first: date
    last: date
    state: str
    subject: Review | InitialVisit | Check | Revisit | Recheck | VerifyingVisit
    sheet: Sheet | None
    rulebook: Rulebook | None
    place: str = ""  # in the team: leader, reviewer, expert

    @property
    def title(self) -> str:
        return self.unit.name

    @property
    def organizing(self) -> int | None:
        """The organizing unit whose case it is; none at a verification, which looks at its work too."""
        subject = self.subject
        if isinstance(subject, VerifyingVisit):
            return None
        if isinstance(subject, Recheck):
            return subject.grading.organizing_id
        return subject.organizing_id if isinstance(subject, Review) else subject.review.organizing_id

    @property
    def clause(self) -> str:
        """On which it rests who may work there."""
        return "house/recusal" if self.kind == VERIFICATION else "quality-2015/5"

    @property
    def chains(self) -> tuple[str, ...]:
        """Names of the journal's chains in which its changes stand."""
        return (*_CHAINS[self.kind](self.subject), *([f"sheets_sheet:{self.sheet.pk}"] if self.sheet else []))


def _again(row: Check | Revisit) -> tuple[str, ...]:
    """What its findings say goes out with it."""
    hazards = (f"hazards_hazard:{each.finding.hazard_id}" for each in row.covers.all())
    return (f"reviews_review:{row.review_id}", *hazards)


_CHAINS: Final[Mapping[str, Callable[[Any], tuple[str, ...]]]] = {
    REVIEW: lambda row: (f"reviews_review:{row.pk}",),
    INITIAL: lambda row: (f"reviews_review:{row.review_id}",),
    CHECK: _again,
    FOLLOW_UP: _again,
    RECHECK: lambda row: (f"grading_grading:{row.grading_id}",),
    VERIFICATION: lambda row: (f"supervision_verification:{row.verification_id}",),
}


def listed(actor: Actor) -> list[Visit]:
    """What this person may take along now, the nearest first."""
    found = [each for finder in _FINDERS.values() for each in finder(actor, None)]
    return sorted((each for each in found if _open(each)), key=lambda each: (each.first, each.key))


def found(actor: Actor, key: str) -> Visit | None:
    """A visit of this person, whatever has become of it; None where it is not theirs or does not exist."""
    kind, _, number = key.partition("-")
    if kind not in _FINDERS or not (number.isascii() and number.isdecimal()) or len(number) > len(str(2**62)):
        return None
    return next(_FINDERS[kind](actor, int(number)), None)


def _open(visit: Visit) -> bool:
    if visit.kind == REVIEW:
        return visit.state in ON_SITE
    return visit.sheet is not None and visit.sheet.state == "open"


def _reviews(actor: Actor, key: int | None) -> Iterator[Visit]:
    for row in places.accepted(actor, key, ON_SITE):
        plan, review = row.plan, row.plan.review
        yield Visit(
            key=f"{REVIEW}-{review.pk}",
            kind=REVIEW,
            occasion=Occasion.ONSITE_REVIEW,
            unit=review.unit,
            first=plan.starts_on,
            last=plan.ends_on,
            state=review.state,
            subject=review,
            sheet=plan.sheet,
            rulebook=plan.sheet.rulebook if plan.sheet else review.rulebook,
            place=row.place,
        )


def _initials(actor: Actor, key: int | None) -> Iterator[Visit]:
    rows = InitialVisit.objects.filter(sheet__in=_written(actor))
    rows = rows.filter(outcome="") if key is None else rows.filter(pk=key)
    for row in rows.select_related("review__unit", "review__body", "sheet__rulebook"):
        yield _of_a_day(INITIAL, Occasion.INITIAL_VISIT, row)


def _checks(actor: Actor, key: int | None) -> Iterator[Visit]:
    rows = Check.objects.filter(sheet__in=_written(actor))
    rows = rows.filter(state=CheckState.OPEN) if key is None else rows.filter(pk=key)
    covers = Prefetch("covers", Checked.objects.select_related("finding"))
    for row in rows.select_related("review__unit", "sheet__rulebook").prefetch_related(covers):
        yield _of_a_day(CHECK, Occasion.RECTIFICATION_CHECK, row)


def _followups(actor: Actor, key: int | None) -> Iterator[Visit]:
    rows = Revisit.objects.filter(sheet__in=_written(actor))
    rows = rows.filter(state=RevisitState.OPEN) if key is None else rows.filter(pk=key)
    covers = Prefetch("covers", Revisited.objects.select_related("finding"))
    for row in rows.select_related("review__unit", "sheet__rulebook").prefetch_related(covers):
        yield _of_a_day(FOLLOW_UP, Occasion.FOLLOW_UP_VISIT, row)


def _rechecks(actor: Actor, key: int | None) -> Iterator[Visit]:
    rows = Recheck.objects.filter(sheet__in=_written(actor))
    rows = rows.filter(finished_at=None) if key is None else rows.filter(pk=key)
    for row in rows.select_related("grading__unit", "sheet__rulebook"):
        sheet = row.sheet
        yield Visit(
            key=f"{RECHECK}-{row.pk}",
            kind=RECHECK,
            occasion=Occasion.RECHECK,
            unit=row.grading.unit,
            first=row.visit_on,
            last=row.visit_on,
            state=row.grading.state,
            subject=row,
            sheet=sheet,
            rulebook=sheet.rulebook if sheet else None,
        )


def _verifications(actor: Actor, key: int | None) -> Iterator[Visit]:
    rows = VerifyingVisit.objects.filter(sheet__in=_written(actor))
    rows = rows.filter(state=VisitState.OPEN) if key is None else rows.filter(pk=key)
    above = [f"verification__{each}" for each in ("unit", *verifications.JUDGED_BY)]
    for row in rows.select_related("sheet__rulebook", *above):
        yield Visit(
            key=f"{VERIFICATION}-{row.pk}",
            kind=VERIFICATION,
            occasion=Occasion.VERIFICATION,
            unit=row.verification.unit,
            first=row.visit_on,
            last=row.visit_on,
            state=row.state,
            subject=row,
            sheet=row.sheet,
            rulebook=row.sheet.rulebook if row.sheet else None,
        )


def _of_a_day(kind: str, occasion: Occasion, row: InitialVisit | Check | Revisit) -> Visit:
    """Beside the review itself, at its unit."""
    return Visit(
        key=f"{kind}-{row.pk}",
        kind=kind,
        occasion=occasion,
        unit=row.review.unit,
        first=row.visit_on,
        last=row.visit_on,
        state=row.review.state,
        subject=row,
        sheet=row.sheet,
        rulebook=row.sheet.rulebook,
    )


_FINDERS: Final[Mapping[str, Callable[[Actor, int | None], Iterator[Visit]]]] = {
    REVIEW: _reviews,
    INITIAL: _initials,
    CHECK: _checks,
    FOLLOW_UP: _followups,
    RECHECK: _rechecks,
    VERIFICATION: _verifications,
}


def _written(actor: Actor) -> Any:
    """Sheets this person writes on and sees."""
    return Sheet.objects.visible_to(actor).filter(writers__account=actor.account).values("pk")


def fault(visit: Visit, account: int, day: date) -> str:
    """Why this person may not work at the visit on a day; empty where they may."""
    subject = visit.subject
    if isinstance(subject, InitialVisit):
        who = Account.objects.filter(pk=account)
        return "".join(initial.unqualified(subject.review.body_id, who, day))
    if isinstance(subject, Check):
        return checks.fault(subject, account, day)
    if isinstance(subject, Revisit):
        return followups.fault(subject, account, day)
    if isinstance(subject, VerifyingVisit):
        return verifications.fault(subject, account, day)
    if isinstance(subject, Recheck):
        body = subject.grading.organizing_id
        roles = (Role.ORGANIZER, Role.EXPERT)
        posts = Posting.objects.in_force(day).filter(account=account, body=body, role__in=roles)
        return "" if posts.exists() else f"{day:%Y-%m-%d} 不是评审组织单位的经办人或者专家。"
    words = qualification_faults([account], plans.KINDS[_place(visit)], day)[account]
    return f"{day:%Y-%m-%d}：{words}" if words else ""


def _place(visit: Visit) -> Any:
    return next(place for place in plans.KINDS if place.value == visit.place)
