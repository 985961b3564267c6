"""Who takes part: jurisdictions, bodies (authorities, review and organizing units), industries, units."""

from dataclasses import dataclass
from typing import ClassVar, Self

from django.db import models

from dabiao.base.batches import Shown
from dabiao.base.models import Batch
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import CITY_ROLES, DISTRICT_ROLES, Role
from dabiao.organisations.rules.words import Card


class Jurisdiction(models.Model):
    """管辖区: the 16 districts and 北京经济技术开发区; not the same as geography."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    short = models.CharField(max_length=20)
    region_code = models.CharField(max_length=6, blank=True, default="")
    place = models.PositiveSmallIntegerField(default=0)  # order on screens

    class Meta:
        db_table = "organisations_jurisdiction"
        ordering: ClassVar = ["place", "id"]

    def __str__(self) -> str:
        return self.name


class BodyKind(models.TextChoices):
    COMMITTEE = "committee", "安委会办公室"
    BUREAU = "emergency_bureau", "应急管理局"
    INDUSTRY = "industry_dept", "行业主管部门"
    LOCALITY = "locality", "属地"
    ENFORCEMENT = "enforcement", "执法机构"
    REVIEW = "review_unit", "评审单位"
    ORGANIZING = "organizing_unit", "评审组织单位"
    OPERATOR = "operator", "系统运行单位"


class Body(models.Model):
    """A body other than a unit. Authorities form a tree; departments hang on city and district."""

    kind = models.CharField(max_length=20, choices=BodyKind.choices)
    name = models.CharField(max_length=80)
    short = models.CharField(max_length=40, blank=True, default="")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, null=True)  # None: the whole city
    parent = models.ForeignKey("self", models.PROTECT, null=True)
    code = models.CharField(max_length=60, unique=True)
    since = models.DateField()
    until = models.DateField(null=True)  # first day no longer

    class Meta:
        db_table = "organisations_body"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name


class Industry(models.Model):
    """GB/T 4754—2017: sections (A…T) and divisions (01…97); classes can be imported below them."""

    code = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True)

    class Meta:
        db_table = "organisations_industry"
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class IndustryDuty(models.Model):
    """Which department answers for an industry, from when; `nearest` where it took on an orphan."""

    industry = models.ForeignKey(Industry, models.PROTECT, related_name="duties")
    department = models.ForeignKey(Body, models.PROTECT, related_name="duties")
    nearest = models.BooleanField(default=False)
    confirmed = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "organisations_industry_duty"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["industry", "department", "since"], name="industry_duty_once")
        ]


class AreaDuty(models.Model):
    """Which department answers for a special area besides each unit's own department (uplift/7)."""

    area = models.CharField(max_length=40)
    department = models.ForeignKey(Body, models.PROTECT, related_name="area_duties")
    nearest = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True, default="")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        db_table = "organisations_area_duty"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "department", "since"], name="area_duty_once")
        ]


class Recognition(models.Model):
    """认定: a review or organizing unit may work for an industry (None: all) and a level, since..until."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="recognitions")
    industry = models.ForeignKey(Industry, models.PROTECT, null=True)
    level = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True)  # first day no longer
    basis = models.CharField(max_length=200)
    law = models.JSONField(default=list)  # what `until` follows from, as it stood on the first day
    ended_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        db_table = "organisations_recognition"
        ordering: ClassVar = ["body_id", "level", "id"]


class Size(models.TextChoices):
    LARGE = "large", "大型"
    MEDIUM = "medium", "中型"
    SMALL = "small", "小型"
    MICRO = "micro", "微型"


@dataclass(frozen=True, slots=True)
class Scope:
    """The units somebody sees: the whole city, or own units, districts and localities."""

    city: bool
    units: tuple[int, ...] = ()
    jurisdictions: tuple[int, ...] = ()
    localities: tuple[int, ...] = ()


def scope(actor: Actor) -> Scope:
    if actor.holds(*CITY_ROLES, Role.ORGANIZER, Role.ORGANIZER_LEAD):
        return Scope(city=True)
    return Scope(
        city=False,
        units=actor.units,
        jurisdictions=actor.jurisdictions(*DISTRICT_ROLES),
        localities=actor.localities(Role.LOCALITY),
    )


class UnitQuerySet(models.QuerySet["Unit"]):
    def visible_to(self, actor: Actor) -> Self:
        """Own unit, own district, own locality, or the whole city; nothing for anybody else."""
        seen = scope(actor)
        if seen.city:
            return self
        return self.filter(
            models.Q(pk__in=seen.units)
            | models.Q(jurisdiction__in=seen.jurisdictions)
            | models.Q(locality__in=seen.localities)
        )


class Unit(models.Model):
    """企业 / 单位. Identified by its credit code, or by a reasoned exception."""

    name = models.CharField(max_length=120)
    uscc = models.CharField(max_length=18, null=True, unique=True)
    uscc_exception = models.CharField(max_length=200, blank=True, default="")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT)
    locality = models.ForeignKey(Body, models.PROTECT, related_name="units_here")
    department = models.ForeignKey(Body, models.PROTECT, related_name="units_answered_for")
    department_reason = models.CharField(max_length=300, blank=True, default="")  # why this one (uplift/7)
    industry = models.ForeignKey(Industry, models.PROTECT)
    size = models.CharField(max_length=10, choices=Size.choices)
    head_count = models.PositiveIntegerField(default=0)
    address = models.CharField(max_length=200, blank=True, default="")
    principal = models.CharField(max_length=40, blank=True, default="")
    start_by = models.DateField(null=True)  # the day by which creation must have started
    areas = models.JSONField(default=list)  # special-area identifiers, sorted
    version = models.PositiveIntegerField(default=1)
    batch = models.ForeignKey(  # the import it came from; unseen until that is published
        Batch, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )

    objects = Shown.from_queryset(UnitQuerySet)()

    class Meta:
        db_table = "organisations_unit"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(uscc__isnull=False) | ~models.Q(uscc_exception=""),
                name="unit_code_or_exception",
            )
        ]

    def __str__(self) -> str:
        return self.name


class UnitCard(models.Model):
    """What a unit is found and listed by; its words stand beside it in `word_index`. Kept by services.cards.

    `place` is the unit's key scattered, so that walking in its order is as good as drawing at random:
    whatever arrived together (a district's file, a trade) does not lie together.
    """

    journal_exempt = "供检索和排列，全部由企业登记信息推出，可随时重建（dabiao reindex）"
    word_index = "organisations_unit_words"

    place = models.BigIntegerField(primary_key=True)
    unit = models.OneToOneField(Unit, models.DO_NOTHING, related_name="card", db_constraint=False)
    name = models.TextField()
    initials = models.TextField()
    code = models.TextField(default="")
    jurisdiction = models.BigIntegerField()
    locality = models.BigIntegerField()
    department = models.BigIntegerField()
    industry = models.TextField()  # /C/34/
    size = models.CharField(max_length=10)
    areas = models.TextField(default="")  # /ammonia/cold_store/

    class Meta:
        db_table = "organisations_unit_card"
        ordering: ClassVar = ["initials", "place"]
        indexes: ClassVar = [
            models.Index(fields=["initials", "place"], name="unit_card_spelled"),
            models.Index(fields=["jurisdiction", "initials", "place"], name="unit_card_of_district"),
            models.Index(fields=["jurisdiction", "size", "initials", "place"], name="unit_card_of_size"),
            models.Index(fields=["locality", "initials", "place"], name="unit_card_of_locality"),
        ]

    def said(self) -> Card:
        """As the plain value that its words follow from."""
        return Card._make(getattr(self, name) for name in Card._fields)


class Site(models.Model):
    """A place where the unit works; a case covers some of them."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="sites")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=200)
    closed_on = models.DateField(null=True)  # first day the unit works there no more

    class Meta:
        db_table = "organisations_site"


class UnitImportQuerySet(models.QuerySet["UnitImport"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own."""
        return self.filter(account=actor.account) if actor.account is not None else self.none()


class UnitImport(models.Model):
    """A file of units handed in: checked as a whole, then entered as a whole."""

    journal_unwatched: ClassVar = {
        "progress": "办理进度，每千行更新一次，完成后不再有意义",
        "touched_at": "办理进度，用来看出中断的办理",
    }

    file = models.ForeignKey("base.StoredFile", models.PROTECT)
    name = models.CharField(max_length=120)
    account = models.BigIntegerField()
    submitted_at = models.DateTimeField()
    state = models.CharField(max_length=12)
    corrected = models.JSONField(default=dict)  # column, from 0 -> field, or empty for none
    told = models.JSONField(default=dict)  # what came of it, in the shape of the public contract
    version = models.PositiveIntegerField(default=1)
    progress = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField(null=True)

    objects = UnitImportQuerySet.as_manager()

    class Meta:
        db_table = "organisations_unit_import"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["account", "-id"], name="unit_import_of_account")]

    def __str__(self) -> str:
        return self.name
