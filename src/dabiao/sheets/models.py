"""The sheet 评分表: rulebook + who may write + answers. One thing for all eight occasions."""

from typing import ClassVar, Self

from django.db import models

from dabiao.base.models import StoredFile
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import CITY_ROLES, DISTRICT_ROLES, Role
from dabiao.organisations.models import Body, Jurisdiction, Unit
from dabiao.people.models import Account
from dabiao.sheets.states import ENDED, SheetState
from dabiao.standards.models import Rulebook


class Occasion(models.TextChoices):
    SELF_ASSESSMENT = "self_assessment", "自评"
    INITIAL_VISIT = "initial_visit", "初访现场核验"
    ONSITE_REVIEW = "onsite_review", "现场评审"
    RECTIFICATION_CHECK = "rectification_check", "整改确认"
    RECHECK = "recheck", "现场复核"
    FOLLOW_UP_VISIT = "follow_up_visit", "回访"
    VERIFICATION = "verification", "核查"


OFFICERS = (Role.INDUSTRY_CITY, Role.INDUSTRY_DISTRICT)  # who verify
# Who may write on the sheet of a unit not their own.
OUTSIDE = (Role.REVIEWER, Role.EXPERT, Role.ORGANIZER, *OFFICERS)

ORGANIZING = (Role.ORGANIZER, Role.ORGANIZER_LEAD)


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, actor: Actor) -> Self:
        """The unit's own people and writers from outside see it; the rest of the city only once closed.

        Who has left the unit wrote on it once, and sees it no more.
        """
        mine = models.Q(unit__in=actor.units)
        if actor.holds(*OUTSIDE):
            written = Writer.objects.filter(account=actor.account).values("sheet")
            mine |= models.Q(pk__in=written) & ~models.Q(occasion=Occasion.SELF_ASSESSMENT)
        return self.filter(mine | (models.Q(state=SheetState.CLOSED) & _watched_by(actor)))


def _watched_by(actor: Actor) -> models.Q:
    if actor.holds(*CITY_ROLES, Role.ORGANIZER, Role.ORGANIZER_LEAD):
        return models.Q()
    return models.Q(jurisdiction__in=actor.jurisdictions(*DISTRICT_ROLES)) | models.Q(
        unit__locality__in=actor.localities(Role.LOCALITY)
    )


class Sheet(models.Model):
    """Keys that decide visibility are stamped at opening. `version` counts closings: a correction is a
    new sheet that names the old one in `corrects`."""

    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    unit = models.ForeignKey(Unit, models.PROTECT)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    rulebook = models.ForeignKey(Rulebook, models.PROTECT)
    state = models.CharField(max_length=20)  # states.py
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=80, blank=True, default="")  # Merkle root, once closed
    covered = models.JSONField(default=list)  # element digests the root covers, once closed
    result = models.JSONField(null=True)  # frozen when closed
    corrects = models.ForeignKey("self", models.PROTECT, null=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        db_table = "sheets_sheet"


class SheetTotal(models.Model):
    """Raw sums of one outermost element, kept incrementally (`rules.values.Sums`)."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="totals")
    element = models.CharField(max_length=40, blank=True)  # empty: the lines of free conditions
    answered = models.PositiveIntegerField(default=0)
    answered_points = models.BigIntegerField(default=0)
    not_applicable = models.BigIntegerField(default=0)
    lost = models.BigIntegerField(default=0)
    extra = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    vetoed = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "sheets_total"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "element"], name="sheet_total_once")
        ]


class Answer(models.Model):
    """An answer exists from when it is given. `line` is an item key or a free condition's key."""

    sheet = models.ForeignKey(
        Sheet, models.PROTECT, related_name="answers", db_index=False
    )  # `once` begins so
    line = models.CharField(max_length=40)
    verdict = models.CharField(max_length=20)
    deductions = models.JSONField(default=list)
    words = models.TextField(blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    copied = models.BooleanField(default=False)  # taken over from an earlier sheet, not yet gone through
    recorded_by = models.ForeignKey(Account, models.PROTECT)
    done_at = models.DateTimeField()
    received_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "sheets_answer"
        constraints: ClassVar = [models.UniqueConstraint(fields=["sheet", "line"], name="sheet_answer_once")]


class Picture(models.Model):
    """A picture, video or paper on a line. `taken_at` and `place` are as the content itself says."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="pictures")
    line = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT)
    caption = models.CharField(max_length=200, blank=True, default="")
    recorded_by = models.ForeignKey(Account, models.PROTECT)
    received_at = models.DateTimeField()

    class Meta:
        db_table = "sheets_picture"


class Writer(models.Model):
    """Who may write on a sheet. The one who leads splits the work and closes."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="writers")
    account = models.ForeignKey(Account, models.PROTECT)
    leads = models.BooleanField(default=False)

    class Meta:
        db_table = "sheets_writer"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "account"], name="sheet_writer_once")
        ]


class Assignment(models.Model):
    """Who fills which outermost element; elements without one are open to the whole team."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="assignments")
    element = models.CharField(max_length=40)
    account = models.ForeignKey(Account, models.PROTECT)

    class Meta:
        db_table = "sheets_assignment"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "element", "account"], name="sheet_assignment_once")
        ]


class Presence(models.Model):
    """Who is at which line now, for colleagues to see."""

    journal_exempt = "在场提示，过时即失效"

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="presences")
    account = models.ForeignKey(Account, models.CASCADE)
    line = models.CharField(max_length=40)
    seen_at = models.DateTimeField()

    class Meta:
        db_table = "sheets_presence"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "account"], name="sheet_presence_once")
        ]


class Signature(models.Model):
    """A signature over a digest and the list of what it covers: the sheet's own, or, given on the spot,
    the elements the signer saw. `attested_by`: signed on the device of somebody else, who answers for it."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=20)  # unit, team
    account = models.ForeignKey(Account, models.PROTECT)
    name = models.CharField(max_length=40)
    digest = models.CharField(max_length=80)
    covered = models.JSONField(default=list)  # what the digest covers; empty: the sheet's own list
    signed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)  # where it was signed without a signal
    image = models.ForeignKey(StoredFile, models.PROTECT, null=True)
    attested_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    remark = models.TextField(blank=True, default="")  # disagreement, in the signer's words

    class Meta:
        db_table = "sheets_signature"


class ContestKind(models.TextChoices):
    ANSWER = "answer", "答复冲突"
    CLOSING = "closing", "已签字但内容不一致"
    LOST = "lost", "设备已坏，移交的内容没有送达"


class Decision(models.TextChoices):
    KEPT = "kept", "维持系统中的内容"
    TAKEN = "taken", "采用带回的内容"


class ContestQuerySet(models.QuerySet["Contest"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who write on the sheet, and the organizing unit whose case it is."""
        if not actor.holds(*OUTSIDE, Role.ORGANIZER_LEAD):
            return self.none()
        organizing = [each.body for each in actor.posts if each.role in ORGANIZING and each.body is not None]
        written = Writer.objects.filter(account=actor.account).values("sheet")
        return self.filter(models.Q(organizing__in=organizing) | models.Q(sheet__in=written))

    def for_decision(self, actor: Actor) -> Self:
        """Those this person decides: of a sheet they lead, or as the organizing unit."""
        led = Writer.objects.filter(account=actor.account, leads=True).values("sheet")
        organizing = [each.body for each in actor.posts if each.role in ORGANIZING and each.body is not None]
        return self.visible_to(actor).filter(models.Q(organizing__in=organizing) | models.Q(sheet__in=led))

    def told_settled(self) -> Self:
        """With `settled`: who brought it in has answered again since, or the sheet has ended by now."""
        again = Answer.objects.filter(
            sheet=models.OuterRef("sheet"),
            line=models.OuterRef("line"),
            recorded_by=models.OuterRef("account"),
            received_at__gt=models.OuterRef("received_at"),
        )
        return self.annotate(settled=models.Exists(again) | models.Q(sheet__state__in=ENDED))

    def given_up(self) -> frozenset[str]:
        """Ids of the acts that are waited for no more, their device being gone."""
        told = self.filter(kind=ContestKind.LOST).values_list("ours", flat=True)
        return frozenset(each for ours in told for each in ours["acts"])

    def waiting(self) -> Self:
        return self.told_settled().filter(decided_at=None, settled=False)


class Contest(models.Model):
    """Brought in from the spot and not taken over: both sides are kept, a person decides by a new act.

    `organizing` decides visibility and is stamped when it comes in.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="contests")
    kind = models.CharField(max_length=20, choices=ContestKind.choices)
    act = models.CharField(max_length=80, blank=True, default="")  # name@version, as it was brought in
    device = models.CharField(max_length=80, blank=True, default="")  # as its user calls it
    organizing = models.ForeignKey(Body, models.PROTECT, null=True, related_name="+")
    line = models.CharField(max_length=40, blank=True, default="")
    ours = models.JSONField()  # as it was brought in
    theirs = models.JSONField(default=dict)  # what stood when it came in
    differs = models.JSONField(default=list)  # keys of the elements that are not the same
    words = models.TextField(blank=True, default="")  # why it was not taken over
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    done_at = models.DateTimeField()
    received_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = ContestQuerySet.as_manager()

    class Meta:
        db_table = "sheets_contest"
        ordering: ClassVar = ["id"]
