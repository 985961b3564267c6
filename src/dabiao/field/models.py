"""What the server keeps of devices: a receipt of every act judged, the devices, pieces of pictures."""

from typing import ClassVar

from django.db import models

from dabiao.people.models import Account


class Outcome(models.TextChoices):
    STORED = "stored", "已保存"
    REFUSED = "refused", "未采用"
    CONFLICT = "conflict", "与他人冲突"


class Receipt(models.Model):
    """An act judged, once: the row is written by the commit of its effect, under an id made on the device.

    `content` is the digest of the act as it was sent. `input` is kept but for answers that were stored:
    those are rows of the sheet, word for word.
    """

    uuid = models.CharField(max_length=36)
    device = models.CharField(max_length=36)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    act = models.CharField(max_length=80)  # name@version
    visit = models.CharField(max_length=40, blank=True)
    content = models.CharField(max_length=80)
    input = models.JSONField(null=True)
    turn = models.BigIntegerField()  # the device's own order
    done_at = models.DateTimeField()
    uncertainty = models.BigIntegerField()  # ms
    place = models.JSONField(null=True)  # {lat, lon} in degrees as text, accuracy in m, mocked
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    told = models.JSONField()  # the rest of the answer, given again for ever

    class Meta:
        db_table = "field_receipt"
        # Not `unique` of the field, which on PostgreSQL comes with a second index, for beginnings of texts.
        constraints: ClassVar = [models.UniqueConstraint(fields=["uuid"], name="field_receipt_once")]


class Device(models.Model):
    """One store on one device, of one account. Its secret is given at enrolment and kept nowhere here."""

    uuid = models.CharField(max_length=36, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80, blank=True, default="")
    enrolled_at = models.DateTimeField()
    wipe_asked_at = models.DateTimeField(null=True)
    wipe_asked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    wiped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "field_device"

    @property
    def to_be_wiped(self) -> bool:
        return self.wipe_asked_at is not None and self.wiped_at is None


class Upload(models.Model):
    """How far somebody's picture has come. Complete: the bytes lie in the store under their digest."""

    journal_exempt = "传输进度；影像附上之后，事实在台账"

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    total = models.BigIntegerField()
    have = models.BigIntegerField(default=0)
    complete = models.BooleanField(default=False)
    kind = models.CharField(max_length=40, blank=True, default="")
    facts = models.JSONField(default=dict)
    refused = models.CharField(max_length=300, blank=True, default="")  # why the bytes are nothing we take
    touched_at = models.DateTimeField()

    class Meta:
        db_table = "field_upload"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "digest"], name="field_upload_once")
        ]


class Watermark(models.Model):
    """The highest receipt that lies in a verified backup. One row."""

    journal_exempt = "备份到哪里；随备份移动，不是业务事实"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    receipt = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField()

    class Meta:
        db_table = "field_watermark"
