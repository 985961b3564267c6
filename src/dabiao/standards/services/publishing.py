"""Publishing freezes an edition for good; withdrawing ends its use. Reviews go on naming it for ever."""

from datetime import date, datetime
from typing import Any

from dabiao.base import outbox, records
from dabiao.base.journal import entries as journal
from dabiao.base.journal.entries import Writing
from dabiao.base.models import PublicRecord
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import spelled
from dabiao.kernel.errors import Invalid
from dabiao.standards import permissions, queries, states
from dabiao.standards.models import Edition, Standard
from dabiao.standards.rules.book import Book
from dabiao.standards.rules.rulebook import book_digest
from dabiao.standards.services.news import EditionPublished, EditionWithdrawn

RECORD = "standard"  # kind of the public record
SHOWN = 5


def publish(*, edition: Edition, in_force: date, by: Actor, at: datetime) -> Edition:
    """Freeze a draft and put it into use from `in_force`; the edition before it ends that day (uplift/1).

    Invalid while a phrase is unconfirmed, a sum differs without a reason, the scheme is not set or the book
    has errors.
    """
    with journal.writing(permissions.PUBLISH, by=by, at=at, on=edition) as w:
        now = Edition.objects.select_related("standard__owner").get(pk=edition.pk)
        permissions.may_edit(by, now).or_refuse()
        _refuse_obstacles(now)
        _refuse_day(now, in_force)
        book = queries.book(now)
        w.move(now, states.PUBLISH, digest=book_digest(book), published_at=at, in_force=in_force)
        _end_earlier(w, now, in_force)
        _date_standard(w, now.standard, in_force)
        w.create(records.draft(RECORD, now.public_id, in_force, _payload(now, book)))
        outbox.announce(EditionPublished(now.pk, now.standard_id, in_force.isoformat()), at)
    return now


def withdraw(*, edition: Edition, until: date, reason: str, by: Actor, at: datetime) -> Edition:
    """End the use of a published edition; `until` is the first day no longer. Sheets opened go on."""
    with journal.writing(permissions.WITHDRAW, by=by, at=at, on=edition, note={"reason": reason}) as w:
        now = Edition.objects.select_related("standard__owner").get(pk=edition.pk)
        permissions.may_withdraw(by, now).or_refuse()
        _refuse_withdrawal(now, until, reason)
        w.move(now, states.WITHDRAW, until=until)
        end_record(w, now, until)
        outbox.announce(EditionWithdrawn(now.pk, now.standard_id, until.isoformat()), at)
    return now


def end_record(w: Writing, edition: Edition, until: date) -> None:
    """The public site stops showing it as in force."""
    for row in PublicRecord.objects.filter(kind=RECORD, number=edition.public_id):
        w.change(row, until=until)


def _refuse_obstacles(edition: Edition) -> None:
    found = queries.obstacles(edition)
    if found:
        first = "；".join(str(each) for each in found[:SHOWN])
        raise Invalid(f"还不能发布，有{len(found)}处需要先处理。{first}", {"": first})


def _refuse_day(edition: Edition, in_force: date) -> None:
    others = edition.standard.editions.filter(state=states.EditionState.PUBLISHED)
    newest = others.order_by("-in_force").values_list("in_force", flat=True).first()
    if newest is not None and in_force <= newest:
        text = f"已发布的一版自{spelled(newest)}起施行，新版的施行日期应晚于这一天。"
        raise Invalid("施行日期需要改正。", {"in_force": text})


def _refuse_withdrawal(edition: Edition, until: date, reason: str) -> None:
    wrong = {
        "reason": "" if reason.strip() else "请写明废止的理由和依据。",
        "until": "废止日期不能早于施行日期。" if edition.in_force and until < edition.in_force else "",
    }
    if found := {name: text for name, text in wrong.items() if text}:
        raise Invalid("有内容需要改正，请按提示修改。", found)


def _end_earlier(w: Writing, edition: Edition, in_force: date) -> None:
    """One edition a day: those before it end where it begins."""
    earlier = edition.standard.editions.filter(state=states.EditionState.PUBLISHED).exclude(pk=edition.pk)
    for row in earlier.exclude(until__lte=in_force).select_related("standard"):
        w.change(row, until=in_force)
        end_record(w, row, in_force)


def _date_standard(w: Writing, standard: Standard, in_force: date) -> None:
    """The first edition starts the five-year clock, a later one starts it again (revised)."""
    if standard.in_force is None:
        w.change(standard, in_force=in_force, version=standard.version)
    elif standard.editions.filter(state__in=states.PUBLIC).count() > 1:
        w.change(standard, reviewed=in_force, version=standard.version)


def _payload(edition: Edition, book: Book) -> dict[str, Any]:
    """What the public may read of it."""
    standard = edition.standard
    return {
        "title": standard.title,
        "number": standard.number,
        "label": edition.label,
        "edition": edition.pk,
        "owner": standard.owner.name,
        "kind": standard.get_kind_display(),
        "levels": standard.levels,
        "areas": standard.areas,
        "items": len(book.items),
        "points": book.full,
        "digest": edition.digest,
    }
