"""Standards, their editions, the overlay of vetoes, and the rulebooks that sheets are filled by."""

from typing import ClassVar, Self

from django.db import models

from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Body, BodyKind, Industry
from dabiao.standards import states

KEEPERS = (Role.INDUSTRY_CITY, Role.BUREAU_CITY)  # who may own standards


def owned(actor: Actor) -> list[int]:
    """Bodies for which the actor keeps standards."""
    return sorted({post.body for post in actor.posts if post.role in KEEPERS and post.body is not None})


class StandardKind(models.TextChoices):
    LOCAL = "local", "地方标准"
    NATIONAL = "national", "国家标准"
    GROUP = "group", "团体标准"
    TABLE = "table", "评定标准"


class StandardQuerySet(models.QuerySet["Standard"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those with an edition for everybody, and one's own."""
        public = Edition.objects.filter(standard=models.OuterRef("pk"), state__in=states.PUBLIC)
        return self.filter(models.Exists(public) | models.Q(owner__in=owned(actor)))


class Standard(models.Model):
    """A standard with its owner. It is due for review five years after it came into force (uplift/1)."""

    number = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=StandardKind.choices)
    owner = models.ForeignKey(Body, models.PROTECT)
    levels = models.JSONField(default=list)  # glossary identifiers it serves
    areas = models.JSONField(default=list)  # special processes it covers
    general = models.BooleanField(default=False)  # made for every industry
    in_force = models.DateField(null=True)
    reviewed = models.DateField(null=True)  # last reaffirmed or revised
    chased = models.DateField(null=True)  # last reminded that it is due for review
    withdrawn = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = StandardQuerySet.as_manager()

    class Meta:
        db_table = "standards_standard"
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class StandardUseQuerySet(models.QuerySet["StandardUse"]):
    def on(self, day: object) -> Self:
        ended = models.Q(until__isnull=True) | models.Q(until__gt=day)
        return self.filter(ended, since__lte=day)


class StandardUse(models.Model):
    """Industry → standard. `nearest` marks a fallback, with its reason (uplift/4)."""

    industry = models.ForeignKey(Industry, models.PROTECT, related_name="uses")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="uses")
    nearest = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True)

    objects = StandardUseQuerySet.as_manager()

    class Meta:
        db_table = "standards_use"
        ordering: ClassVar = ["industry", "id"]


class Making(models.Model):
    """A tracked duty to make or revise a standard (uplift/1): whose, why, how far."""

    title = models.CharField(max_length=160)
    department = models.ForeignKey(Body, models.PROTECT)
    industry = models.ForeignKey(Industry, models.PROTECT, null=True)
    area = models.CharField(max_length=40, blank=True, default="")
    standard = models.ForeignKey(Standard, models.PROTECT, null=True)
    state = models.CharField(max_length=20)  # states.py
    opened = models.DateField(null=True)
    progress = models.TextField(blank=True, default="")
    due = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "standards_making"

    def __str__(self) -> str:
        return self.title

    @property
    def state_title(self) -> str:
        return states.MAKING_TITLES[states.MakingState(self.state)]

    @property
    def running(self) -> bool:
        return self.state in states.RUNNING


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, actor: Actor) -> Self:
        """Published and withdrawn ones for everybody, drafts for the owner alone."""
        mine = models.Q(standard__owner__in=owned(actor))
        return self.filter(models.Q(state__in=states.PUBLIC) | mine)

    def on(self, day: object) -> Self:
        """Editions one may score by on a day, newest first."""
        ended = models.Q(until__isnull=True) | models.Q(until__gt=day)
        return self.filter(ended, state__in=states.PUBLIC, in_force__lte=day).order_by("-in_force", "-pk")


class Edition(models.Model):
    """An edition: `frame` (title, scheme, elements, notes) and its items. Immutable once published."""

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="editions")
    label = models.CharField(max_length=60)
    state = models.CharField(max_length=20)  # states.py
    frame = models.JSONField()  # the book's plain form without its items
    digest = models.CharField(max_length=80, blank=True, default="")  # of the whole book, at publication
    source = models.JSONField(default=dict)  # file digest, what the importer understood, what was confirmed
    published_at = models.DateTimeField(null=True)
    in_force = models.DateField(null=True)  # first day it may be used
    until = models.DateField(null=True)  # withdrawn from: first day no longer
    version = models.PositiveIntegerField(default=1)

    objects = EditionQuerySet.as_manager()

    class Meta:
        db_table = "standards_edition"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["standard", "label"],
                condition=~models.Q(state=states.EditionState.DISCARDED),
                name="edition_label_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.standard.title} {self.label}"

    @property
    def public_id(self) -> str:
        """What rulebooks, records and people name it by."""
        return f"{self.standard.number} {self.label}"

    @property
    def state_title(self) -> str:
        return states.EDITION_TITLES[states.EditionState(self.state)]

    @property
    def draft(self) -> bool:
        return self.state == states.EditionState.DRAFT


class EditionItem(models.Model):
    """One item; `content` is its plain form (`rules.book.Item`), the other columns serve search."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="items")
    place = models.PositiveIntegerField()
    key = models.CharField(max_length=40)
    number = models.CharField(max_length=40)
    requirement = models.TextField()
    mandatory = models.BooleanField(default=False)
    veto = models.CharField(max_length=20, blank=True, default="")
    areas = models.JSONField(default=list)
    words = models.TextField(default="")  # everything a search looks at
    content = models.JSONField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "standards_edition_item"
        ordering: ClassVar = ["edition", "place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "key"], name="edition_item_key")]


class VetoOverlayQuerySet(models.QuerySet["VetoOverlay"]):
    def on(self, day: object) -> Self:
        ended = models.Q(until__isnull=True) | models.Q(until__gt=day)
        return self.filter(ended, since__lte=day)

    def bearing_on(self, standard: Standard) -> Self:
        """Those of this very standard, of all its owner's standards, and city-wide ones."""
        city = models.Q(department__kind=BodyKind.BUREAU, department__jurisdiction=None)
        mine = models.Q(department=standard.owner_id) | city
        return self.filter(models.Q(standard=standard) | (models.Q(standard=None) & mine))


class VetoOverlay(models.Model):
    """达标否决项: a veto on an item or a free condition, from..until, with legal basis (uplift/2)."""

    department = models.ForeignKey(Body, models.PROTECT)
    # None: all standards of the department; of the city bureau: every standard
    standard = models.ForeignKey(Standard, models.PROTECT, null=True)
    edition = models.ForeignKey(Edition, models.PROTECT, null=True)  # where `item` is found
    item = models.CharField(max_length=40, blank=True, default="")  # item key, empty: free condition
    text = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField(null=True)  # lifted from: first day no longer
    basis = models.CharField(max_length=200)
    source = models.CharField(max_length=30)  # an id of the law's veto.sources, or hard_refusal
    refusal = models.CharField(max_length=30, blank=True, default="")  # which hard refusal it carries
    at_once = models.BooleanField(default=False)  # coming in, it applies to open sheets too
    lifted_at_once = models.BooleanField(default=False)  # so does its lifting
    replaces = models.ForeignKey("self", models.PROTECT, null=True)  # the wording it changed
    version = models.PositiveIntegerField(default=1)

    objects = VetoOverlayQuerySet.as_manager()

    class Meta:
        db_table = "standards_veto_overlay"
        ordering: ClassVar = ["since", "id"]

    def __str__(self) -> str:
        return self.text


class Rulebook(models.Model):
    """规则册: immutable, shared, content-addressed: edition, day, vetoes, scope, digest."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rulebooks")
    day = models.DateField()
    content = models.JSONField()
    digest = models.CharField(max_length=80, unique=True)

    class Meta:
        db_table = "standards_rulebook"
