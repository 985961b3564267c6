"""The re-check: papers, the spot with the district's department, what it comes to, the leader's decision."""

from datetime import datetime

from dabiao.base.clock import day_of
from dabiao.demo.stories.surveying import survey
from dabiao.demo.stories.walk import Do, Walk
from dabiao.demo.words.reading import grading as words
from dabiao.grading.models import Opinion, Recheck
from dabiao.grading.models.opinions import About
from dabiao.grading.rules import outcomes, papers
from dabiao.grading.rules.papers import Checked
from dabiao.grading.services import judging, opinions, rechecks
from dabiao.grading.services.rechecks import Visit
from dabiao.kernel.roles import Role
from dabiao.sheets.models import Sheet
from dabiao.sheets.services import closing

DESK, LEADER = str(Role.ORGANIZER), str(Role.ORGANIZER_LEAD)


def audit(walk: Walk, at: datetime) -> None:
    """The papers are in order."""
    told = {point.id: Checked(met=True) for point in papers.checklist()}
    grading, by, said = walk.grading, walk.act(DESK), words()["papers"]
    rechecks.audit_papers(grading=grading, checked=told, words=said, version=grading.version, by=by, at=at)


def arrange(walk: Walk, at: datetime) -> None:
    grading, accounts = walk.grading, walk.home.cast.accounts
    visit = Visit(day_of(at), accounts[DESK], [accounts[str(Role.EXPERT)]])
    rechecks.arrange(grading=grading, visit=visit, version=grading.version, by=walk.act(DESK), at=at)


def half(walk: Walk, at: datetime) -> None:
    survey(walk, _sheet_of(walk), walk.act(DESK), at, share=0.5)


def visit(walk: Walk, at: datetime) -> None:
    """All seen, one thing differently than the review; the district's department was there."""
    by = walk.act(DESK)
    survey(walk, _sheet_of(walk), by, at, find=1)
    for extra in _recheck(walk).extras:
        row, said = _recheck(walk), words()["extra"]
        told = {"item": extra["id"], "met": True, "words": said, "version": row.version}
        rechecks.answer_extra(recheck=row, **told, by=by, at=at)
    closing.close_sheet(sheet=_sheet_of(walk).pk, by=by, at=at, side="team")
    _district(walk, at, joins=True)


def finish(walk: Walk, at: datetime) -> None:
    grading = walk.grading
    rechecks.finish(grading=grading, majors=(), version=grading.version, by=walk.act(DESK), at=at)


def district(walk: Walk, at: datetime) -> None:
    """What the district's department says of the re-check."""
    _district(walk, at, joins=False)


def _district(walk: Walk, at: datetime, *, joins: bool) -> None:
    row = Opinion.objects.filter(grading=walk.grading, about=About.RECHECK).first()
    if row is None:
        return
    row.grading, by = walk.grading, walk.act(str(Role.INDUSTRY_DISTRICT))
    if joins:
        opinions.join(opinion=row, people=words()["joined"], version=row.version, by=by, at=at)
    else:
        said = opinions.Said(agrees=True, words=words()["recheck"], supervision=words()["supervision"])
        opinions.give(opinion=row, said=said, version=row.version, by=by, at=at)


def judge(outcome: str) -> Do:
    """The desk proposes this."""

    def propose(walk: Walk, at: datetime) -> None:
        grading, said = walk.grading, judging.Opinion(outcome, words()["judged"][outcome])
        by = walk.act(DESK)
        judging.judge(grading=grading, opinion=said, version=grading.version, by=by, at=at)

    return propose


def decide(walk: Walk, at: datetime) -> None:
    """The organizing unit's leader agrees."""
    grading = walk.grading
    judging.decide(grading=grading, version=grading.version, by=walk.act(LEADER), at=at)


passes = judge(outcomes.PASS)


def _sheet_of(walk: Walk) -> Sheet:
    sheet = _recheck(walk).sheet
    assert sheet is not None  # noqa: S101  opened with it
    return sheet


def _recheck(walk: Walk) -> Recheck:
    rows = Recheck.objects.select_related("grading__review", "grading__case__cycle", "sheet__rulebook")
    return rows.get(grading=walk.grading)
