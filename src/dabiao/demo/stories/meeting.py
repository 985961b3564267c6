"""On site: the opening meeting, the sheet, the closing meeting, both sides' signatures, the findings."""

from datetime import datetime

from dabiao.demo.stories.surveying import survey
from dabiao.demo.stories.walk import Walk
from dabiao.demo.words.reading import reviews as words
from dabiao.reviews.queries import plans as queries
from dabiao.reviews.queries import rectifications
from dabiao.reviews.services import meetings
from dabiao.reviews.services.meetings import Held
from dabiao.sheets.models import Sheet
from dabiao.sheets.services import closing

FOUND = 3  # things that are not as they should be


def begin(walk: Walk, at: datetime) -> None:
    told, review = _held(walk, "opening"), walk.review
    meetings.begin(review=review, told=told, version=review.version, by=walk.act(walk.lead.login), at=at)


def half(walk: Walk, at: datetime) -> None:
    survey(walk, _sheet(walk), walk.act(walk.lead.login), at, find=FOUND, share=0.55)


def score(walk: Walk, at: datetime) -> None:
    survey(walk, _sheet(walk), walk.act(walk.lead.login), at, find=FOUND)


def conclude(walk: Walk, at: datetime) -> None:
    """The leader closes and signs; then the others of the team, and the unit's officer."""
    told, by = _held(walk, "closing"), walk.act(walk.lead.login)
    sheet = meetings.conclude(review=walk.review, told=told, by=by, at=at)
    for member in queries.team(walk.plan):
        if member.account_id != walk.lead.pk:
            by = walk.act(member.account.login)
            closing.sign_sheet(sheet=sheet.pk, side=rectifications.TEAM, by=by, at=at)
    closing.sign_sheet(sheet=sheet.pk, side=rectifications.UNIT, by=walk.officer, at=at)


def deliver(walk: Walk, at: datetime) -> None:
    review, by = walk.review, walk.act(walk.lead.login)
    meetings.deliver(review=review, version=review.version, by=by, at=at)


def _held(walk: Walk, kind: str) -> Held:
    """Everybody of the team, and the unit's principal and officer."""
    team = [(each.account.name, "team", each.get_place_display()) for each in queries.team(walk.plan)]
    unit = [(walk.home.unit.principal, "unit", "主要负责人"), (walk.officer.name, "unit", "安全管理员")]
    people = [{"name": name, "side": side, "duty": duty} for name, side, duty in (*team, *unit)]
    return Held(people, words()["meetings"][kind])


def _sheet(walk: Walk) -> Sheet:
    sheet = walk.plan.sheet
    assert sheet is not None  # noqa: S101  opened with the meeting
    return Sheet.objects.select_related("rulebook").get(pk=sheet.pk)
