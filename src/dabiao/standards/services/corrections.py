"""Correcting a draft, row by row: items, elements, phrases, sums, scheme. Every act holds the edition."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dabiao.base.journal import entries as journal
from dabiao.base.journal.entries import Writing
from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import Act
from dabiao.kernel.errors import Absent, Invalid
from dabiao.standards import permissions, queries
from dabiao.standards.models import Edition, EditionItem
from dabiao.standards.rules.book import Book, Element, Item, Rule, Scheme
from dabiao.standards.rules.drafting import Source
from dabiao.standards.rules.entering import Faults, item_faults, rule_faults, scheme_faults
from dabiao.standards.services import rows


@dataclass(frozen=True, slots=True)
class Held:
    """A draft held for one act: its row, book and source as they are now."""

    edition: Edition
    book: Book
    source: Source
    work: Writing

    def told(self, source: Source) -> None:
        self.work.change(self.edition, source=source.plain(), version=self.edition.version)

    def framed(self, book: Book) -> None:
        self.work.change(self.edition, frame=rows.frame_of(book), version=self.edition.version)

    def row(self, key: str) -> EditionItem:
        found = EditionItem.objects.filter(edition=self.edition, key=key).first()
        if found is None:
            raise Absent
        return found


@contextmanager
def holding(act: Act, edition: Edition, *, by: Actor, at: datetime) -> Iterator[Held]:
    """Hold a draft, ask, and hand out what it says now; the only way in for every correction."""
    with journal.writing(act, by=by, at=at, on=edition) as w:
        now = Edition.objects.select_related("standard__owner").get(pk=edition.pk)
        permissions.may_edit(by, now).or_refuse()
        yield Held(now, queries.book(now), queries.source(now), w)


def correct_item(*, item: EditionItem, content: Item, version: int, by: Actor, at: datetime) -> EditionItem:
    """Put an item right: rules, points, veto, mandatory, citation, pictures, areas. Key and element stay."""
    with holding(permissions.CORRECT_ITEM, item.edition, by=by, at=at) as held:
        kept = replace(content, key=item.key, element=str(item.content["element"]))
        refuse(item_faults(kept))
        return held.work.change(item, version=version, **rows.columns(kept, held.book))


def correct_element(*, edition: Edition, element: Element, by: Actor, at: datetime) -> Edition:
    """Put an element's title, number, stated points or group right. Its place in the tree stays."""
    with holding(permissions.CORRECT_ELEMENT, edition, by=by, at=at) as held:
        known = {each.key: each for each in held.book.elements}
        if element.key not in known:
            raise Absent
        kept = replace(element, parent=known[element.key].parent)
        elements = tuple(kept if each.key == element.key else each for each in held.book.elements)
        held.framed(replace(held.book, elements=elements))
        find_by_new_title(held, replace(held.book, elements=elements))
        return held.edition


def settle_phrase(
    *, edition: Edition, phrase: str, rule: Rule | None, by: Actor, at: datetime, words: str = ""
) -> Edition:
    """Confirm what a phrase means; `rule` is how it is to be scored (None: as it was read, or a note)."""
    with holding(permissions.SETTLE_PHRASE, edition, by=by, at=at) as held:
        found = next((each for each in held.source.phrases if each.id == phrase), None)
        if found is None:
            raise Absent
        was = _apply(held, found.item, found.rule, rule) if rule and found.rule else None
        held.told(held.source.with_phrase(phrase, rows.settled(by, at, words, was)))
        return held.edition


def settle_sum(*, edition: Edition, place: int, reason: str, by: Actor, at: datetime) -> Edition:
    """Say why a stated sum differs from what was found; `place` counts the listed sums from 0."""
    if not reason.strip():
        raise Invalid("请写明不一致的理由。", {"reason": "请写明理由，如“原表合计有误，以各项分值为准”。"})
    with holding(permissions.SETTLE_SUM, edition, by=by, at=at) as held:
        if not 0 <= place < len(held.source.sums):
            raise Absent
        held.told(held.source.with_sum(place, rows.settled(by, at, reason)))
        return held.edition


def set_scheme(*, edition: Edition, scheme: Scheme, by: Actor, at: datetime) -> Edition:
    """Say how the edition is scored and from where levels begin."""
    with holding(permissions.SET_SCHEME, edition, by=by, at=at) as held:
        refuse(scheme_faults(scheme))
        source = replace(held.source, scheme=rows.settled(by, at))
        frame = rows.frame_of(replace(held.book, scheme=scheme))
        return held.work.change(
            held.edition, frame=frame, source=source.plain(), version=held.edition.version
        )


def _apply(held: Held, key: str, number: str, rule: Rule) -> dict[str, Any] | None:
    """Change one rule of an item; what it was, if it differs."""
    row = held.row(key)
    item = rows.read_item(row.content)
    was = next((each for each in item.rules if each.key == number), None)
    if was is None:
        raise Absent
    kept = replace(rule, key=number, text=was.text)
    refuse(rule_faults(kept, item.points))
    if kept == was:
        return None
    changed = replace(item, rules=tuple(kept if each.key == number else each for each in item.rules))
    held.work.change(row, version=row.version, **rows.columns(changed, held.book))
    plain: dict[str, Any] = rows.plain_item(replace(item, rules=(was,)))["rules"][0]
    return plain


def find_by_new_title(held: Held, book: Book) -> None:
    """Search looks at headings too."""
    for row in EditionItem.objects.filter(edition=held.edition):
        words = rows.columns(rows.read_item(row.content), book)["words"]
        if words != row.words:
            held.work.change(row, words=words)


def refuse(faults: Faults) -> None:
    if faults:
        raise Invalid("有内容需要改正，请按提示修改。", faults)
