"""Reading cases: one, those waiting, how their limits stand, and who is responsible for a new one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models

from dabiao import law
from dabiao.base import calendars, statements
from dabiao.creation.models.cases import Case, CaseFinding, Correction, Decision
from dabiao.creation.queries import circumstances
from dabiao.creation.rules import settling
from dabiao.creation.rules.completeness import Carried, Paper, papers
from dabiao.creation.rules.conditions import Answer, Circumstances, Outcome, Rules, ask, in_force
from dabiao.creation.rules.settling import Finding, Settled
from dabiao.creation.states.cases import OPEN, RUNNING, CaseState
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import Calendar
from dabiao.kernel.errors import Absent
from dabiao.kernel.limits import LimitState, Suspension, running
from dabiao.kernel.roles import Role
from dabiao.people.models import Posting
from dabiao.standing.models import Fact

SHOWN = ("unit", "edition__standard", "jurisdiction", "department", "organizing", "locality")
NOTICE, COMPLETION, AUDIT = "correction.notice.limit", "correction.completion.limit", "audit.limit"


def visible(actor: Actor, key: int) -> Case:
    """The case, if it exists for this person."""
    rows = Case.objects.visible_to(actor).select_related(
        *SHOWN, "correction", "assessment__sheet", "commitment", "submitted_by", "cycle"
    )
    found = statements.by_key(rows, key)
    if found is None:
        raise Absent
    return found


def open_one(unit: int) -> Case | None:
    """The case a unit has under way, from the draft to its end."""
    return Case.objects.filter(unit=unit, state__in=sorted(RUNNING)).first()


def open_of(units: Sequence[int]) -> "models.QuerySet[Case]":
    rows = Case.objects.filter(unit__in=units, state__in=sorted(OPEN))
    return rows.select_related("unit", "correction").order_by("id")


def waiting_at(bodies: Sequence[int], *states: CaseState) -> "models.QuerySet[Case]":
    """Cases in these states at these organizing units, the oldest first."""
    rows = Case.objects.filter(organizing__in=bodies, state__in=states)
    return rows.select_related("unit", "correction").order_by("submitted_at", "id")


def for_another(account: int) -> models.Exists:
    """Whether what a case waits for was proposed by this person: another decides (house/two-people)."""
    rows = Decision.objects.filter(case=models.OuterRef("pk"), proposed_by=account)
    return models.Exists(rows.filter(decided_at=None, sent_back=""))


def overdue(actor: Actor) -> "models.QuerySet[Case]":
    """Audits reported as overdue, to those told of them: the leader, the level's department, the bureau."""
    rows = Case.objects.filter(state__in=[CaseState.RECEIVED, CaseState.PROPOSED]).exclude(overdue_on=None)
    told = models.Q(organizing__in=posted(actor, Role.ORGANIZER_LEAD))
    told |= models.Q(department__in=posted(actor, Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT))
    told |= models.Q(jurisdiction__in=actor.jurisdictions(Role.BUREAU_DISTRICT))
    rows = rows if actor.holds(Role.BUREAU_CITY) else rows.filter(told)
    return rows.select_related("unit", "correction").order_by("overdue_on", "id")


def posted(actor: Actor, *roles: Role) -> list[int]:
    """The bodies where somebody holds one of the roles."""
    return [post.body for post in actor.posts if post.role in roles and post.body is not None]


def correction_of(case: Case) -> Correction | None:
    """The one notice, if it was given; free where the case was read with it."""
    return getattr(case, "correction", None)


REPORT, LETTER, BARS = "conditions.self_assessment", "conditions.commitment", "conditions.bars"


@dataclass(frozen=True, slots=True)
class Clock:
    """The limit that runs now: whose, by which rule."""

    state: LimitState
    name: str
    clause: str
    whose: str


def clock(case: Case, day: date, calendar: Calendar | None = None) -> Clock | None:
    """The limit that counts in the case's state; None where none runs. No query with a calendar given."""
    calendar = calendar or calendars.calendar()
    if case.state == CaseState.SUBMITTED and case.submitted_on:
        return _clock(NOTICE, case.submitted_on, (), day, calendar)
    if case.state == CaseState.CORRECTING and (asked := correction_of(case)):
        return _clock(COMPLETION, asked.asked_on, (), day, calendar)
    if case.state in {CaseState.RECEIVED, CaseState.PROPOSED} and case.received_on:
        return _clock(AUDIT, case.received_on, suspensions(case), day, calendar)
    return None


def suspensions(case: Case) -> tuple[Suspension, ...]:
    """Completing papers suspends an audit that had begun."""
    asked = correction_of(case)
    if asked is None or not asked.audit_begun:
        return ()
    return ((asked.asked_on, asked.completed_on),)


def _clock(name: str, started: date, spans: tuple[Suspension, ...], day: date, calendar: Calendar) -> Clock:
    cited = law.on(started)[name]
    amber = law.on(day).amber(cited.limit.unit)
    runs = cited.parameter.running
    whose = runs.clock if runs else ""
    return Clock(running(cited.limit, started, spans, calendar, day, amber=amber), name, cited.clause, whose)


@dataclass(frozen=True, slots=True)
class Asked:
    """The conditions of a case as they stand on a day, with what auditors found."""

    day: date
    about: Circumstances
    rules: Rules
    answers: tuple[Answer, ...]
    findings: tuple[Finding, ...]

    @property
    def settled(self) -> tuple[Settled, ...]:
        return settling.settle(self.answers, self.findings)


def asked(case: Case, day: date) -> Asked:
    """Everything asked anew: an earlier answer opens no gate."""
    about = circumstances.of_unit(case.unit, case.level, day, case.submitted_on)
    rules = in_force(day)
    return Asked(day, about, rules, ask(about, rules, day), findings(case))


def barring(asked_: Asked) -> list[Answer]:
    """What keeps an application from being submitted: a running bar, no report to carry, no letter where the
    level asks for one. Every other condition is for the audit."""
    names = {BARS, REPORT}
    if asked_.about.level in law.on(asked_.day)["commitment.levels"].items:
        names.add(LETTER)
    return [each for each in asked_.answers if each.condition in names and each.outcome is Outcome.UNMET]


def findings(case: Case) -> tuple[Finding, ...]:
    rows = CaseFinding.objects.filter(case=case).select_related("found_by").order_by("id")
    return tuple(Finding(row.condition, row.met, row.words, row.found_by.name) for row in rows)


def completeness(case: Case, asked_: Asked) -> tuple[Paper, ...]:
    """The papers of a case, one by one."""
    carried = Carried(
        level=case.level,
        sites=case.covered.count(),
        report=asked_.about.work.report,
        commitment=asked_.about.work.commitment,
        statements=case.statements,
    )
    committed = [str(level) for level in law.on(asked_.day)["commitment.levels"].items]
    keys = [key for answer in asked_.answers for key in answer.keys]
    files = Fact.objects.filter(pk__in=keys).exclude(file=None, recorded_for=None)
    return papers(carried, asked_.answers, committed, set(files.values_list("pk", flat=True)))


def belonged(account: int | None, unit: int) -> bool:
    """Whether somebody is or ever was posted at the unit: they do not decide on it."""
    return Posting.objects.filter(account=account, unit=unit).exists()
