"""Checkpoints 存证点: signed statements of what the journal held, to be handed out and kept elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from dabiao.base import canonical
from dabiao.base.journal import positions
from dabiao.base.journal.appending import GENESIS
from dabiao.base.journal.findings import Broken
from dabiao.base.journal.signing import Document, known_key
from dabiao.base.models import Checkpoint
from dabiao.kernel.errors import Invalid, OutOfTurn


@dataclass(slots=True)
class Claims:
    """Statements the positions must bear out: position -> head, each with where the statement comes from."""

    stored: dict[int, str] = field(default_factory=dict)
    given: dict[int, set[str]] = field(default_factory=dict)
    broken: list[Broken] = field(default_factory=list)
    unprovable: list[str] = field(default_factory=list)

    @property
    def covered(self) -> int:
        """Positions up to here are covered by a checkpoint of our own."""
        return max(self.stored, default=0)

    @property
    def numbers(self) -> set[int]:
        """Positions something is said of."""
        return self.stored.keys() | self.given.keys()

    def contradicted(self, number: Any, head: Any) -> bool:
        """Whether any statement gives this position another head."""
        return self.stored.get(number, head) != head or self.given.get(number, {head}) != {head}


def make(at: datetime) -> str:
    """Sequence what waits, then sign a statement over the positions since the last checkpoint; its text."""
    with transaction.atomic():
        positions.sequence(whole=True)
        last, head = positions.last()
        before = Checkpoint.objects.order_by("-last").first()
        first = before.last + 1 if before else 1
        if last < first:
            raise OutOfTurn("上一个存证点之后没有新的台账条目，无需再做。")
        algorithm = settings.DABIAO_JOURNAL_ALGORITHM
        previous = canonical.digest(before.document, algorithm) if before else GENESIS
        number = before.pk + 1 if before else 1
        text = Document(number, first, last, head, previous, canonical.moment(at), algorithm).signed()
        Checkpoint.objects.create(pk=number, first=first, last=last, made_at=at, document=text)
    return text


def claims(given: Iterable[str] = ()) -> Claims:
    """All statements: those stored here, checked against each other, and those given from elsewhere."""
    found, ours = Claims(), known_key()
    before = Document(0, 0, 0, GENESIS, "", "", settings.DABIAO_JOURNAL_ALGORITHM)
    previous = GENESIS
    for number, row in enumerate(_stored(), 1):
        document = _check_stored(number, row, before, previous, found)
        if document is not None:
            before = document
            found.stored[document.last] = document.head
            _note_key(document, ours, found)
        previous = str(row[-1]).encode("utf-8", "replace").decode()  # what is no UTF-8 must still be hashed
    for text in given:
        _take_given(text, ours, found)
    return found


def _stored() -> list[tuple[Any, ...]]:
    made = "CAST(made_at AT TIME ZONE 'UTC' AS text)" if connection.vendor == "postgresql" else "+made_at"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, first, last, {made}, document FROM base_checkpoint ORDER BY last")  # noqa: S608
        return list(cursor.fetchall())


def _check_stored(
    number: int, row: tuple[Any, ...], before: Document, previous: str, found: Claims
) -> Document | None:
    """One stored row against its own document and the one before; None where it cannot be read."""
    key, first, last, made, text = row
    try:
        document = Document.read(str(text))
    except Invalid:
        found.broken.append(_broken(key, "存证点内容被改动或签名无效"))
        return None
    named = (document.number, document.first, document.last, _spelled(document.made_at))
    if (key, first, last, made) != named or key != number or str(text) != str(text).strip():
        found.broken.append(_broken(key, "存证点各列与签名内容不一致"))
    linked = canonical.digest(previous, document.algorithm) if previous != GENESIS else GENESIS
    if (document.first, document.previous) != (before.last + 1, linked):
        found.broken.append(_broken(key, "与前一个存证点的衔接不符"))
    return document


def _spelled(moment: str) -> str:
    """A canonical moment as both databases print it."""
    whole, fraction = moment[:19].replace("T", " "), moment[20:26]
    if connection.vendor == "postgresql":
        fraction = fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction.strip("0") else whole


def _note_key(document: Document, ours: str, found: Claims) -> None:
    if document.public_key != ours:
        found.unprovable.append(f"存证点 {document.first}—{document.last} 的签名密钥不是本系统的密钥")


def _take_given(text: str, ours: str, found: Claims) -> None:
    try:
        document = Document.read(text)
    except Invalid as error:
        found.unprovable.append(error.text)
        return
    _note_key(document, ours, found)
    if document.public_key == ours:
        found.given.setdefault(document.last, set()).add(document.head)


def _broken(key: Any, what: str) -> Broken:
    return Broken(f"base_checkpoint:{key}", what, table="base_checkpoint", key=key)
