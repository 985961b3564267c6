"""A draft edition: opened from a book or from a table somebody read, discarded if it was a mistake."""

from dataclasses import dataclass
from datetime import datetime

from dabiao.base.files import store
from dabiao.base.files.store import Taken
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid
from dabiao.standards import permissions, states
from dabiao.standards.models import Edition, Standard
from dabiao.standards.rules.book import Book
from dabiao.standards.rules.drafting import Source
from dabiao.standards.services import rows
from dabiao.standards.tables.values import Understanding

SHOWN = 3  # faults told in one sentence; the page lists them all


@dataclass(frozen=True, slots=True)
class FromFile:
    """The file a draft was read from: its name as given, its content digest, its bytes if they are kept."""

    name: str
    digest: str = ""
    taken: Taken | None = None


def open_draft(
    *, standard: Standard, label: str, book: Book, by: Actor, at: datetime, source: Source | None = None
) -> Edition:
    """Open a draft from a book somebody wrote; its scheme counts as set. One journal entry."""
    told = source or Source(scheme=rows.settled(by, at))
    return _open(standard, label, book, told, FromFile(""), by=by, at=at)


def open_draft_from_table(
    *, standard: Standard, label: str, understood: Understanding, file: FromFile, by: Actor, at: datetime
) -> Edition:
    """Open a draft from a table as it was understood: its phrases, sums and scheme wait for a person.

    Invalid where the table has errors; it is to be corrected and read again.
    """
    if understood.errors:
        first = "；".join(str(each) for each in understood.errors[:SHOWN])
        text = f"表格有{len(understood.errors)}处错误，请改正后重新导入。{first}"
        raise Invalid(text, {"file": text})
    told = rows.source_of(understood, file.name, file.digest)
    return _open(standard, label, understood.book, told, file, by=by, at=at)


def discard(*, edition: Edition, by: Actor, at: datetime) -> Edition:
    """Discard a draft; its label may be used again (uplift/1)."""
    with journal.writing(permissions.DISCARD, by=by, at=at, on=edition) as w:
        edition.refresh_from_db(fields=["state"])
        permissions.may_edit(by, edition).or_refuse()
        return w.move(edition, states.DISCARD)


def free_label(standard: Standard, wanted: str) -> str:
    """The wanted label, with a number behind it where it is taken."""
    taken = set(
        standard.editions.exclude(state=states.EditionState.DISCARDED).values_list("label", flat=True)
    )
    tries = (wanted if number == 1 else f"{wanted}（{number}）" for number in range(1, len(taken) + 2))
    return next(each for each in tries if each not in taken)


def _open(
    standard: Standard, label: str, book: Book, source: Source, file: FromFile, *, by: Actor, at: datetime
) -> Edition:
    permissions.may_keep(by, standard).or_refuse()
    _check_label(standard, label.strip())
    edition = Edition(standard=standard, label=label.strip(), state=states.EditionState.DRAFT)
    edition.frame, edition.source = rows.frame_of(book), source.plain()
    with journal.writing(permissions.OPEN_DRAFT, by=by, at=at, on=edition) as w:
        if file.taken is not None:
            store.row(w, file.taken, at)
        w.create(edition)
        w.create_all(rows.item_rows(edition, book))
    return edition


def _check_label(standard: Standard, label: str) -> None:
    message = "" if label else "请填写版次，如“2017版”。"
    if label and free_label(standard, label) != label:
        message = f"{standard.number}已有版次“{label}”，请换一个名称，或先作废原草案。"
    if message:
        raise Invalid("版次需要改正。", {"label": message})
