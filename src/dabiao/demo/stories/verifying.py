"""Verification after attaining: drawn with words of two parties, arranged, pledged, seen, concluded."""

from datetime import datetime

from dabiao.base.clock import day_of
from dabiao.demo.stories.surveying import survey
from dabiao.demo.stories.walk import Walk
from dabiao.demo.words.reading import grading as words
from dabiao.grading.models import Certificate
from dabiao.kernel.roles import Role
from dabiao.people.models import Account
from dabiao.reviews.queries import rectifications
from dabiao.reviews.rules.recusal import Declared
from dabiao.sheets.models import Sheet
from dabiao.sheets.services import closing
from dabiao.supervision.models import Verification, VerificationDraw, VerifyingVisit
from dabiao.supervision.queries import verifications as queries
from dabiao.supervision.queries.lots import Lot
from dabiao.supervision.services import arranging, concluding, drawing
from dabiao.supervision.services.arranging import Going

AHEAD = 2  # working days
CITY, DISTRICT = f"{Role.INDUSTRY_CITY}_deputy", f"{Role.INDUSTRY_DISTRICT}_deputy"


def freeze(walk: Walk, at: datetime) -> None:
    """The department puts the list down and gives its word; another party's is awaited."""
    rows = Certificate.objects.filter(grading=walk.grading).select_related("jurisdiction")
    found, by = rows.get(), walk.department[0]
    lot = Lot(walk.grading.department, found.jurisdiction, found.issued_on.year, found.level)
    row = drawing.freeze(lot=lot, by=by, at=at)
    drawing.seed(row=row, word=words()["draw"][0], by=by, at=at)


def draw(walk: Walk, at: datetime) -> None:
    freeze(walk, at)
    row = VerificationDraw.objects.latest("id")
    by = walk.act(str(Role.BUREAU_DISTRICT))
    drawing.seed(row=row, word=words()["draw"][1], by=by, at=at)


def arrange(walk: Walk, at: datetime) -> None:
    """Officers who gave no opinion on it: level 2 by the city with the district."""
    day = day_of(walk.home.story.later(at, AHEAD, 9, 30))
    lead, *others = _people(walk)
    going = Going(day, lead, others)
    arranging.arrange(verification=_row(walk), told=going, by=walk.department[0], at=at)


def begin(walk: Walk, at: datetime) -> None:
    """Everybody pledges, the lead opens the sheet."""
    for row in _visit(walk).verifiers.select_related("account"):
        row.visit = _visit(walk)
        by = walk.act(row.account.login)
        arranging.pledge(verifier=row, declared=Declared(), by=by, at=at)
    arranging.open_visit(visit=_visit(walk), by=walk.act(_people(walk)[0].login), at=at)


def look(walk: Walk, at: datetime) -> None:
    """One thing is not as it was; both sides sign on the spot."""
    sheet, by = _sheet(walk), walk.act(_people(walk)[0].login)
    survey(walk, sheet, by, at, find=1)
    concluding.close(visit=_visit(walk), remark="", by=by, at=at)
    closing.sign_sheet(sheet=sheet.pk, side=rectifications.UNIT, by=walk.officer, at=at)


def conclude(walk: Walk, at: datetime) -> None:
    by = walk.act(_people(walk)[0].login)
    concluding.conclude(visit=_visit(walk), words=words()["verified"], majors=(), by=by, at=at)


def _people(walk: Walk) -> list[Account]:
    """The lead first."""
    logins = [CITY, DISTRICT] if walk.home.level == "level_2" else [DISTRICT]
    return [walk.home.cast.accounts[each] for each in logins]


def _row(walk: Walk) -> Verification:
    return queries.read().get(certificate__grading=walk.grading)


def _visit(walk: Walk) -> VerifyingVisit:
    return queries.visits(_row(walk))[-1]


def _sheet(walk: Walk) -> Sheet:
    return _visit(walk).opened
