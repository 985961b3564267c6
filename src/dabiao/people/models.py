"""Accounts and postings. What a person sees and may do follows from the postings in force."""

from functools import lru_cache
from typing import ClassVar, Final, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.db import models

from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import TITLES, Role
from dabiao.organisations.models import Body, Unit

SESSIONS: Final = 1024  # passwords, hashed, of which the hash in sessions is kept in memory
ORGANIZERS = frozenset({Role.ORGANIZER, Role.ORGANIZER_LEAD})


class Account(AbstractBaseUser):
    """A person who can sign in. Never deleted; locked instead, with the reason in the journal."""

    journal_secret = ("password",)
    journal_unwatched = {"last_login": "登录时刻由登录框架写入，登录本身另有记录"}

    login = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    must_change = models.BooleanField(default=False)  # signed in with a password somebody else knows
    second_factor = models.BooleanField(default=False)  # 两步验证 enrolled; the secret is the library's
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar = ["name"]

    class Meta:
        db_table = "people_account"

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """As it stands: the framework's own check would renew an old hash past the journal."""
        return check_password(raw_password, self.password)

    def get_session_auth_hash(self) -> str:
        """What a session must hold to be one of this password: reckoned once for a password under a key."""
        return _session_hash(self.password, settings.SECRET_KEY)


@lru_cache(maxsize=SESSIONS)
def _session_hash(password: str, key: str | bytes) -> str:
    """`key` is what the framework hashes under just now."""
    return AbstractBaseUser.get_session_auth_hash(Account(password=password))


class Visit(models.Model):
    """登录设备: one sign-in as its owner sees it. It is open while its session is."""

    journal_exempt = "登录会话的去处，供本人查看和退出；登录本身已在台账"

    account = models.ForeignKey(Account, models.PROTECT, related_name="visits")
    session = models.CharField(max_length=40, db_index=True)
    began_at = models.DateTimeField()
    address = models.CharField(max_length=45)
    device = models.CharField(max_length=40)
    known = models.BooleanField()

    class Meta:
        db_table = "people_visit"
        indexes: ClassVar = [models.Index(fields=["account", "-began_at"], name="visit_latest")]


class PostingQuerySet(models.QuerySet["Posting"]):
    def in_force(self, day: object) -> Self:
        ended = models.Q(until__isnull=True) | models.Q(until__gt=day)
        return self.filter(ended, since__lte=day)


class Posting(models.Model):
    """任职: a role at a unit or a body, from a day, until the first day no longer."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="postings")
    role = models.CharField(max_length=20, choices=[(role.value, TITLES[role]) for role in Role])
    unit = models.ForeignKey(Unit, models.PROTECT, null=True)
    body = models.ForeignKey(Body, models.PROTECT, null=True)
    since = models.DateField()
    until = models.DateField(null=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        db_table = "people_posting"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=False, body__isnull=True)
                | models.Q(unit__isnull=True, body__isnull=False),
                name="posting_unit_or_body",
            )
        ]


class QualificationQuerySet(models.QuerySet["Qualification"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those one's organizing unit filed, and one's own."""
        filed = models.Q(filed_by__in=actor.bodies) if actor.holds(*ORGANIZERS) else models.Q(pk__in=[])
        return self.filter(filed | models.Q(account=actor.account)) if actor.signed_in else self.none()


class Qualification(models.Model):
    """资格: what somebody may review as, filed by the organizing unit; withdrawn, it ends earlier."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="qualifications")
    kind = models.CharField(max_length=20)  # rules.qualifications.KINDS
    number = models.CharField(max_length=60, unique=True)
    specialties = models.CharField(max_length=200)  # 机械、电气
    filed_by = models.ForeignKey(Body, models.PROTECT)
    since = models.DateField()
    until = models.DateField()
    withdrawn = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = QualificationQuerySet.as_manager()

    class Meta:
        db_table = "people_qualification"

    def __str__(self) -> str:
        return self.number


class Suspension(models.Model):
    """暂停: from a day, until the first day no longer."""

    qualification = models.ForeignKey(Qualification, models.PROTECT, related_name="suspensions")
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=200)

    class Meta:
        db_table = "people_suspension"
