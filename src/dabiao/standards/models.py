"""Standards, their editions, the overlay of vetoes, and the rulebooks that sheets are filled by."""

from typing import ClassVar

from django.db import models

from dabiao.organisations.models import Body, Industry


class StandardKind(models.TextChoices):
    LOCAL = "local", "地方标准"
    NATIONAL = "national", "国家标准"
    GROUP = "group", "团体标准"
    TABLE = "table", "评定标准"


class Standard(models.Model):
    """A standard with its owner. It is due for review five years after it came into force (uplift/1)."""

    number = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=StandardKind.choices)
    owner = models.ForeignKey(Body, models.PROTECT)
    levels = models.JSONField(default=list)  # glossary identifiers it serves
    areas = models.JSONField(default=list)  # special processes it covers
    in_force = models.DateField(null=True)
    reviewed = models.DateField(null=True)  # last reaffirmed or revised
    withdrawn = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "standards_standard"
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class StandardUse(models.Model):
    """Industry → standard. `nearest` marks a fallback, with its reason (uplift/4)."""

    industry = models.ForeignKey(Industry, models.PROTECT, related_name="uses")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="uses")
    nearest = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "standards_use"


class Making(models.Model):
    """A tracked duty to make or revise a standard (uplift/1): whose, why, how far."""

    title = models.CharField(max_length=160)
    department = models.ForeignKey(Body, models.PROTECT)
    industry = models.ForeignKey(Industry, models.PROTECT, null=True)
    area = models.CharField(max_length=40, blank=True, default="")
    standard = models.ForeignKey(Standard, models.PROTECT, null=True)
    state = models.CharField(max_length=20)
    progress = models.TextField(blank=True, default="")
    due = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "standards_making"


class Edition(models.Model):
    """An edition: `frame` (title, scheme, elements, notes) and its items. Immutable once published."""

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="editions")
    label = models.CharField(max_length=60)
    state = models.CharField(max_length=20)  # states.py
    frame = models.JSONField()  # the book's plain form without its items
    digest = models.CharField(max_length=80, blank=True, default="")  # of the whole book, at publication
    source = models.JSONField(default=dict)  # file digest, what the importer understood, what was confirmed
    published_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "standards_edition"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["standard", "label"], name="edition_label_once")
        ]

    def __str__(self) -> str:
        return f"{self.standard.title} {self.label}"


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
    content = models.JSONField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "standards_edition_item"
        ordering: ClassVar = ["edition", "place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "key"], name="edition_item_key")]


class VetoOverlay(models.Model):
    """达标否决项: a veto on an item or a free condition, from..until, with legal basis (uplift/2)."""

    department = models.ForeignKey(Body, models.PROTECT)
    standard = models.ForeignKey(Standard, models.PROTECT, null=True)  # None: every standard
    item = models.CharField(max_length=40, blank=True, default="")  # item key, empty: free condition
    text = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField(null=True)  # lifted from: first day no longer
    basis = models.CharField(max_length=200)
    source = models.CharField(max_length=20)  # law_penalty, key_work, hard_refusal
    at_once = models.BooleanField(default=False)  # applies to open sheets too
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "standards_veto_overlay"


class Rulebook(models.Model):
    """规则册: immutable, shared, content-addressed: edition, day, vetoes, scope, digest."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rulebooks")
    day = models.DateField()
    content = models.JSONField()
    digest = models.CharField(max_length=80, unique=True)

    class Meta:
        db_table = "standards_rulebook"
