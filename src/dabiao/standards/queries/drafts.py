"""What is known about a draft: what was confirmed, and what keeps it from being published."""

from dataclasses import dataclass, replace

from dabiao.standards.models import Edition
from dabiao.standards.queries.books import book
from dabiao.standards.rules import checks, drafting
from dabiao.standards.rules.book import Book
from dabiao.standards.rules.checks import Severity
from dabiao.standards.rules.drafting import Obstacle, Source
from dabiao.standards.tables import totals


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with everything a person has to look at before publishing. `sums` are as the items are now."""

    book: Book
    source: Source
    obstacles: tuple[Obstacle, ...]
    warnings: tuple[Obstacle, ...]


def source(edition: Edition) -> Source:
    """Where the edition comes from and what persons confirmed."""
    return Source.read(edition.source)


def checked(edition: Edition) -> Checked:
    """The draft as it is now; three queries at most."""
    whole = book(edition)
    told = _with_sums_now(source(edition), whole)
    found = checks.findings(_excused(whole, told))
    faults = [_obstacle(each) for each in found if each.severity is Severity.ERROR]
    warnings = [_obstacle(each) for each in found if each.severity is not Severity.ERROR]
    return Checked(whole, told, drafting.obstacles(told, faults), tuple(warnings))


def obstacles(edition: Edition) -> tuple[Obstacle, ...]:
    """Everything that keeps the draft from being published; empty: it may be."""
    return checked(edition).obstacles


def _with_sums_now(told: Source, whole: Book) -> Source:
    """Correcting points settles a difference by itself."""
    now = totals.now(whole) | {each.where: each.found for each in totals.of_elements(whole)}
    known = (now.get(each.of or each.where, each.found) for each in told.sums)
    sums = (replace(each, found=found) for each, found in zip(told.sums, known, strict=True))
    return replace(told, sums=tuple(sums))


def _excused(whole: Book, told: Source) -> Book:
    """A difference for which somebody has stated the reason is no fault any more."""
    reasons = {each.where for each in told.sums if each.settled}
    elements = (
        replace(each, points=None) if f"{each.number} {each.title}".strip() in reasons else each
        for each in whole.elements
    )
    return replace(whole, elements=tuple(elements))


def _obstacle(finding: checks.Finding) -> Obstacle:
    return Obstacle(finding.where, finding.text, finding.key)
