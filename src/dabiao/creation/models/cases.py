"""The case 申报件: an application for a level, its papers, its audit, what was decided and on which facts."""

from typing import ClassVar, Self

from django.db import models

from dabiao.base.models import StoredFile
from dabiao.creation.models.assessments import SelfAssessment
from dabiao.creation.models.commitments import Commitment
from dabiao.creation.models.cycles import Cycle
from dabiao.creation.states.cases import DRAFTS, RUNNING
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import CITY_ROLES, DISTRICT_ROLES, Role
from dabiao.organisations.models import Body, Jurisdiction, Site, Unit
from dabiao.people.models import Account
from dabiao.standards.models import Edition

DIGITS = 5  # of the running number, said apart from the year on the phone


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: Actor) -> Self:
        """The unit's own; officials those of their territory from submission on."""
        mine = models.Q(unit__in=actor.units)
        return self.filter(mine | (~models.Q(state__in=sorted(DRAFTS)) & _watched_by(actor)))


def _watched_by(actor: Actor) -> models.Q:
    """By the keys stamped on the case."""
    if actor.holds(*CITY_ROLES):
        return models.Q(pk__isnull=False)
    return (
        models.Q(organizing__in=_bodies(actor, Role.ORGANIZER, Role.ORGANIZER_LEAD))
        | models.Q(jurisdiction__in=actor.jurisdictions(*DISTRICT_ROLES))
        | models.Q(locality__in=actor.localities(Role.LOCALITY))
    )


def _bodies(actor: Actor, *roles: Role) -> list[int]:
    return [post.body for post in actor.posts if post.role in roles and post.body is not None]


class Case(models.Model):
    """Keys that decide visibility and who acts are stamped at submission; closed cases keep theirs."""

    number = models.CharField(max_length=20, unique=True)
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="cases")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    locality = models.ForeignKey(Body, models.PROTECT, related_name="+")
    department = models.ForeignKey(Body, models.PROTECT, related_name="+")  # answers for the level
    organizing = models.ForeignKey(Body, models.PROTECT, related_name="+")
    level = models.CharField(max_length=20)
    edition = models.ForeignKey(Edition, models.PROTECT)
    edition_reason = models.JSONField(default=dict)
    assessment = models.ForeignKey(SelfAssessment, models.PROTECT, null=True)  # carried from submission on
    commitment = models.ForeignKey(Commitment, models.PROTECT, null=True)
    statements = models.JSONField(default=dict)  # condition -> the unit's own words
    state = models.CharField(max_length=20)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    submitted_on = models.DateField(null=True)
    submitted_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    received_on = models.DateField(null=True)
    receipt = models.CharField(max_length=20, blank=True, default="")  # express, deemed, completed, lapsed
    overdue_on = models.DateField(null=True)  # the day its audit was reported as overdue
    decided_at = models.DateTimeField(null=True)
    accepted_on = models.DateField(null=True)  # the rulebook's day; the contract's limit runs from it
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        db_table = "creation_case"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["organizing", "state"], name="case_organizing_state"),
            models.Index(fields=["jurisdiction", "state"], name="case_jurisdiction_state"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit"],
                condition=models.Q(state__in=sorted(state.value for state in RUNNING)),
                name="one_open_case_a_unit",
            )
        ]

    def __str__(self) -> str:
        return self.spoken

    @property
    def spoken(self) -> str:
        """DB2026 00012."""
        return f"{self.number[:-DIGITS]} {self.number[-DIGITS:]}"


class CaseSite(models.Model):
    """A site the case covers."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="covered")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")

    class Meta:
        db_table = "creation_case_site"
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "site"], name="case_site_once")]


class Correction(models.Model):
    """The one notice of what is missing: there is no second."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="correction")
    items = models.JSONField()  # [{paper, words}]
    asked_at = models.DateTimeField()
    asked_on = models.DateField()
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    audit_begun = models.BooleanField()  # asked while the audit ran: it stands still meanwhile
    due = models.DateField()
    due_provisional = models.BooleanField(default=False)
    completed_on = models.DateField(null=True)
    completed_words = models.TextField(blank=True, default="")
    lapsed = models.BooleanField(default=False)

    class Meta:
        db_table = "creation_case_correction"


class CaseFinding(models.Model):
    """What the auditor found on one condition, in words: where the facts do not decide, or are wrong."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="findings")
    condition = models.CharField(max_length=80)
    met = models.BooleanField()
    words = models.CharField(max_length=300)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    found_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "creation_case_finding"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "condition"], name="case_finding_once")
        ]


class Decision(models.Model):
    """Proposed by one person, decided by another. Keeps facts, rules and answers: it recomputes for ever."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=20)  # accepted, refused
    grounds = models.JSONField(default=list)  # conditions not met, or formality / low_quality
    words = models.TextField()
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True)  # evidence of formality
    proposed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    day = models.DateField(null=True)  # on which conditions were asked for the decision
    facts = models.JSONField(default=dict)
    rules = models.JSONField(default=list)
    answers = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    sent_back = models.CharField(max_length=300, blank=True, default="")  # why, where it was

    class Meta:
        db_table = "creation_case_decision"
        ordering: ClassVar = ["id"]
