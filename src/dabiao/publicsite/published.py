"""Reading what is published: frozen public records, by kind and day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models

from dabiao.base.models import PublicRecord
from dabiao.kernel import digests
from dabiao.kernel.errors import Absent

# kind of public record -> what the public calls it
KINDS = {
    "standard": "标准发布",
    "publicity": "公示",
    "announcement": "公告",
    "commitment": "企业承诺",
    "certificate": "证书",
    "revocation": "摘牌",
    "good_practice": "典型经验",
}
NEWS = ("standard", "publicity", "announcement", "revocation", "good_practice")
LATEST = 20


@dataclass(frozen=True, slots=True)
class Notice:
    """One dated line."""

    key: int
    day: date
    kind: str
    title: str
    number: str


def latest(day: date) -> list[Notice]:
    """What is going on, newest first; one query."""
    return [notice(row) for row in in_force(NEWS, day)[:LATEST]]


def notice(row: PublicRecord) -> Notice:
    return Notice(row.pk, row.since, KINDS.get(row.kind, row.kind), _title(row), row.number)


def _title(row: PublicRecord) -> str:
    title = str(row.payload.get("title", row.number))
    return f"{title}（{row.number}）" if row.kind == "standard" else title


def in_force(kinds: tuple[str, ...], day: date) -> "models.QuerySet[PublicRecord]":
    """Published by that day and not ended."""
    ended = models.Q(until__isnull=True) | models.Q(until__gt=day)
    rows = PublicRecord.objects.filter(ended, kind__in=kinds, since__lte=day)
    return rows.order_by("-since", "-id")


def one(kinds: tuple[str, ...], key: int, day: date) -> PublicRecord:
    """A record that has been published; ended ones stay readable."""
    found = PublicRecord.objects.filter(pk=key, kind__in=kinds, since__lte=day).first()
    if found is None:
        raise Absent("没有找到您要的内容，可能尚未公布。请从首页或栏目重新进入。")
    return found


def certificate(number: str, day: date) -> PublicRecord | None:
    """By its number, whether it still holds or not."""
    return PublicRecord.objects.filter(kind="certificate", number=number, since__lte=day).first()


def titles(kind: str, numbers: Iterable[str]) -> dict[str, str]:
    """number -> title; one query."""
    rows = PublicRecord.objects.filter(kind=kind, number__in=list(numbers))
    return {row.number: str(row.payload.get("title", "")) for row in rows}


def counted(day: date) -> dict[str, int]:
    """kind -> how many are in force; kinds without any are left out."""
    rows = in_force(tuple(KINDS), day).order_by().values("kind").annotate(n=models.Count("pk"))
    return {row["kind"]: row["n"] for row in rows}


def commitments(day: date, text: str = "") -> "models.QuerySet[PublicRecord]":
    """Newest first; those that have ended stay among them."""
    rows = PublicRecord.objects.filter(kind="commitment", since__lte=day)
    if text:
        named = models.Q(payload__owner__icontains=text) | models.Q(payload__uscc=text)
        rows = rows.filter(named | models.Q(number=text))
    return rows.order_by("-since", "-id")


def commitment(number: str, day: date) -> PublicRecord:
    """By its number, whether it still holds or not."""
    found = PublicRecord.objects.filter(kind="commitment", number=number, since__lte=day).first()
    if found is None:
        raise Absent("没有这个编号的承诺书，请核对编号。")
    return found


def unaltered(row: PublicRecord) -> bool:
    """Whether the digest of the text is the one that was signed."""
    return bool(digests.digest(str(row.payload["text"]).encode()) == row.payload["digest"])
