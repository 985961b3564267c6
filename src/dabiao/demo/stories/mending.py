"""Findings of a review: guided, planned, done, confirmed; extended; left overdue; then the report."""

from datetime import datetime
from itertools import cycle

from dabiao.base.clock import day_of
from dabiao.demo.stories.walk import Walk
from dabiao.demo.words.reading import Finding as Words
from dabiao.demo.words.reading import reviews as words
from dabiao.demo.words.reading import telling
from dabiao.grading import tasks as grading
from dabiao.hazards import services as hazards
from dabiao.hazards.states import HazardState
from dabiao.kernel.roles import Role
from dabiao.reviews.models import CheckKind, Extension, Finding
from dabiao.reviews.queries import rectifications as queries
from dabiao.reviews.services import rectifications, reporting
from dabiao.reviews.services.rectifications import Measures


def plan(walk: Walk, at: datetime) -> None:
    """The team guides, the unit plans: every finding that has no plan yet."""
    for row in queries.findings(walk.review):
        if row.hazard.state == HazardState.FOUND:
            by = walk.act(walk.lead.login)
            rectifications.guide(finding=row, words=words()["guidance"], by=by, at=at)
            told = _measures(walk, row, at)
            rectifications.plan(finding=row, told=told, version=row.hazard.version, by=walk.officer, at=at)


def _measures(walk: Walk, row: Finding, at: datetime) -> Measures:
    said, dice = _said(walk, row), walk.home.story.dice(f"mending/{row.hazard.number}")
    who, money = dice.choice(telling()["responsible"]), dice.choice(words()["money"])
    due = row.hazard.limit or day_of(at)
    return Measures(said.cause, said.corrective, said.preventive, who, money, words()["interim"], due)


def _said(walk: Walk, row: Finding) -> Words:
    """As it was meant when it was found; what a re-check added has general words."""
    line = row.hazard.standard_item.partition("#")[2]
    told = [each.finding for (_, key), each in walk.home.written.items() if key == line and each.finding]
    return told[-1] if line and told else Words("", 1, row.hazard.text, **telling()["causes"][0])


def extend(walk: Walk, at: datetime) -> None:
    by = walk.officer
    rectifications.ask_extension(review=walk.review, days=10, reason=words()["extension"], by=by, at=at)


def grant(walk: Walk, at: datetime) -> None:
    row = Extension.objects.select_related("review__case", "review__unit").get(
        review=walk.review, granted=None
    )
    by = walk.act(str(Role.ORGANIZER))
    rectifications.decide_extension(row=row, granted=True, words=words()["granted"], by=by, at=at)


def finish(walk: Walk, at: datetime) -> None:
    """Everything is done; the unit says so."""
    taken = [walk.home.take(words()["mended"], at, f"mended/{at:%Y%m%d}")]
    done = cycle(telling()["done"])  # not by the key of a row: equal seeds tell equal cities
    for row, said in zip(queries.findings(walk.review), done, strict=False):
        if row.hazard.state == HazardState.PLANNED:
            hazards.report_done(hazard=row.hazard, words=said, taken=taken, by=walk.officer, at=at)
    review, by = walk.review, walk.officer
    rectifications.report_rectified(review=review, version=review.version, by=by, at=at)


def confirm(walk: Walk, at: datetime) -> None:
    by = walk.act(walk.lead.login)
    for row in queries.findings(walk.review):
        if row.hazard.state == HazardState.DONE:
            said = words()["checked"]
            rectifications.confirm(finding=row, kind=CheckKind.PAPER, words=said, by=by, at=at)


def send_back(walk: Walk, at: datetime) -> None:
    """One of them is not put right yet."""
    row = next(each for each in queries.findings(walk.review) if each.hazard.state == HazardState.DONE)
    by = walk.act(walk.lead.login)
    rectifications.send_back(finding=row, reason=telling()["returned"], by=by, at=at)


def close_overdue(walk: Walk, at: datetime) -> None:
    review, by = walk.review, walk.act(str(Role.ORGANIZER_LEAD))
    rectifications.close_overdue(
        review=review, words=words()["overdue"], version=review.version, by=by, at=at
    )


def report(walk: Walk, at: datetime) -> None:
    """Handed in; time opens its grading."""
    review, by = walk.review, walk.act(walk.lead.login)
    made = reporting.submit(review=review, opinion=words()["opinion"], version=review.version, by=by, at=at)
    grading.open_for(made.pk, at)
