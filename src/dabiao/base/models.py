"""Plumbing tables: journal, outbox, files, calendars, serial numbers, public records."""

from typing import Any, ClassVar

from django.db import models

from dabiao.base import canonical


class JournalEntry(models.Model):
    """One act that happened. Append-only: triggers of the database refuse change and deletion."""

    journal_exempt = "它就是留痕台账"

    chain = models.CharField(max_length=120)
    seq = models.PositiveBigIntegerField()
    previous = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=10)
    act = models.CharField(max_length=80)
    actor = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()
    body = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "base_journal_entry"
        constraints: ClassVar = [models.UniqueConstraint(fields=["chain", "seq"], name="journal_chain_seq")]
        indexes: ClassVar = [models.Index(fields=["actor", "-received_at"], name="journal_actor")]

    def material(self) -> str:
        """What the digest covers: every other column, in this order, one a line."""
        return f"{self._head()}{self.body}"

    def _head(self) -> str:
        actor = "" if self.actor is None else self.actor
        received = canonical.moment(self.received_at)
        place = f"{self.algorithm}\n{self.previous}\n{self.chain}\n{self.seq}\n{self.id}"
        return f"{place}\n{self.act}\n{actor}\n{received}\n"

    def reckon(self, body: bytes | None = None) -> str:
        """`body`: its bytes, where they are at hand; a delivery's are hundreds of thousands."""
        packed = self.body.encode() if body is None else body
        return canonical.digest(self._head().encode() + packed, self.algorithm)


class JournalPosition(models.Model):
    """Global order of committed entries, given by one sequencer; `head` chains entry digests."""

    journal_exempt = "台账自身的全局次序"

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(JournalEntry, models.PROTECT, related_name="place")
    head = models.CharField(max_length=64)

    class Meta:
        db_table = "base_journal_position"


class Checkpoint(models.Model):
    """A signed statement of what the journal held: positions first..last, head, previous checkpoint."""

    journal_exempt = "台账自身的存证点"

    first = models.BigIntegerField()
    last = models.BigIntegerField(unique=True)
    made_at = models.DateTimeField()
    document = models.TextField()

    class Meta:
        db_table = "base_checkpoint"


class Batch(models.Model):
    """One bulk act. Without `entry` it is unpublished: nobody sees its rows, and it can be undone."""

    journal_exempt = "台账自身：一次整批办理，内容由台账条目和行块担保"

    act = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=64)  # digest of the file the rows came from
    algorithm = models.CharField(max_length=10)
    after = models.BigIntegerField()  # newest entry when it began
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    entry = models.OneToOneField(JournalEntry, models.PROTECT, null=True, related_name="+")
    waiting = models.PositiveIntegerField(default=0)  # chunks of updates to be made after publication

    class Meta:
        db_table = "base_batch"


class BatchChunk(models.Model):
    """Some thousand rows of a bulk act as the journal knows them. Its key is 1 000 000 × batch + number."""

    journal_exempt = "台账自身：整批办理的各行内容"

    id = models.BigIntegerField(primary_key=True)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="chunks")
    number = models.PositiveIntegerField()
    target = models.CharField(max_length=80)  # table
    how = models.CharField(max_length=10)
    rows = models.PositiveIntegerField()
    first = models.BigIntegerField()  # lowest and highest key
    last = models.BigIntegerField()
    root = models.CharField(max_length=64)
    packed = models.BinaryField()

    class Meta:
        db_table = "base_batch_chunk"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="batch_chunk_number")
        ]
        indexes: ClassVar = [models.Index(fields=["target", "first"], name="batch_chunk_keys")]


class Announcement(models.Model):
    """News for subjects above, delivered after commit by the reactions listed in config."""

    journal_exempt = "投递状态，事实已在台账"

    name = models.CharField(max_length=80)
    payload = models.JSONField()
    made_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)  # after a failure, not before
    error = models.TextField(blank=True, default="")

    class Meta:
        db_table = "base_announcement"
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(delivered_at=None), name="announcement_waiting")
        ]


class StoredFile(models.Model):
    """Bytes kept by content. Names carry no meaning; `facts` holds what was read from the content."""

    digest = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)  # media type, by content
    facts = models.JSONField(default=dict)  # width, height, taken_at, place, device, seconds
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "base_stored_file"


class Serial(models.Model):
    """The last number given in a scope, such as a year's case numbers of one jurisdiction."""

    journal_exempt = "计数器，发出的号码本身在台账"

    scope = models.CharField(max_length=80, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        db_table = "base_serial"


class CalendarYear(models.Model):
    """A year's working-day calendar as entered by an administrator; overlays those of `law`."""

    year = models.PositiveSmallIntegerField(unique=True)
    holidays = models.JSONField(default=list)  # ISO days on weekdays that are off
    working_weekends = models.JSONField(default=list)
    source = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "base_calendar_year"


class PublicRecord(models.Model):
    """What the public site reads: a frozen payload of one kind, in force from..to."""

    word_index = "base_public_record_words"  # by the database itself (migration 0009), asked by `naming`

    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=80)
    since = models.DateField()
    until = models.DateField(null=True)  # first day no longer
    payload = models.JSONField()

    class Meta:
        db_table = "base_public_record"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "number"], name="public_record_number")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> Any:
        return self.payload.get("title", self.number)
