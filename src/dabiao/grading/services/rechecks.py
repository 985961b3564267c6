"""The re-check: papers of every report, then the spot, then the comparison with the review."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.grading.models import Grading, Opinion, PaperAudit, Recheck
from dabiao.grading.models.opinions import About
from dabiao.grading.permissions import rechecks as permissions
from dabiao.grading.queries import found, recusal
from dabiao.grading.rules import extras, papers
from dabiao.grading.rules.papers import Checked
from dabiao.grading.services import handing, opinions
from dabiao.grading.services.measuring import compared, measures
from dabiao.grading.states import gradings as states
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.kernel.roles import Role
from dabiao.people.models import Account, Posting
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Occasion
from dabiao.sheets.services.opening import open_sheet
from dabiao.sheets.states import SheetState

TEAM = (Role.ORGANIZER, Role.EXPERT)


@dataclass(frozen=True, slots=True)
class Visit:
    """When, led by whom, with whom."""

    day: date
    leader: Account
    others: Sequence[Account] = ()


def audit_papers(
    *, grading: Grading, checked: Mapping[str, Checked], words: str, version: int, by: Actor, at: datetime
) -> Grading:
    """Every point of the check list, whatever the level. What does not hold is settled by the opinion."""
    permissions.may_audit(by, grading).or_refuse()
    if wrong := papers.faults(checked):
        raise Invalid(f"还有 {len(wrong)} 项没有核对清楚。", wrong)
    audit = PaperAudit(
        grading=grading,
        points=papers.plain(checked),
        met=all(each.met for each in checked.values()),
        words=words.strip(),
        audited_by_id=by.account or 0,
        audited_at=at,
    )
    with journal.writing(permissions.AUDIT, by=by, at=at, on=grading) as w:
        w.move(grading, states.AUDIT)
        w.change(grading, version=version)
        w.create(audit)
    return grading


def arrange(*, grading: Grading, visit: Visit, version: int, by: Actor, at: datetime) -> Recheck:
    """Open the sheet on the review's own rulebook; tell the district where the unit is industrial."""
    permissions.may_arrange(by, grading).or_refuse()
    _check_visit(grading, visit, at)
    recheck = Recheck(
        grading=grading,
        leader=visit.leader,
        visit_on=visit.day,
        extras=extras.extras(grading.areas),
        arranged_at=at,
    )
    with transaction.atomic():
        recheck.sheet = open_sheet(
            occasion=Occasion.RECHECK,
            unit=grading.unit,
            rulebook=grading.report.sheet.rulebook,
            lead=visit.leader,
            writers=visit.others,
            by=by,
            at=at,
        )
        with journal.writing(permissions.ARRANGE, by=by, at=at, on=grading) as w:
            w.move(grading, states.ARRANGE)
            w.change(grading, version=version)
            w.create(recheck)
            if grading.industrial:
                w.create(opinions.asked(grading, About.RECHECK, "industry_district", at))
    return recheck


def _check_visit(grading: Grading, visit: Visit, at: datetime) -> None:
    """Nothing is dated back; the team are people of the organizing unit with nothing to do with it."""
    if not grading.onsite:
        raise OutOfTurn("按比例没有抽中现场复核。")
    if visit.day < day_of(at):
        raise Invalid("复核日期不能早于今天。", {"day": "请填写今天或者以后的日期。"})
    team = {visit.leader.pk, *(each.pk for each in visit.others)}
    rows = Posting.objects.in_force(day_of(at)).filter(account__in=team, body=grading.organizing_id)
    posted = set(rows.filter(role__in=TEAM).values_list("account", flat=True))
    concerned = [key for key in sorted(team) if recusal.concerned(key, grading)]
    if team - posted or concerned:
        raise Invalid(
            "复核人员应当是评审组织单位的经办人或者专家，且没有应当回避的情形。",
            {"leader": "请另选复核人员。"},
        )


def answer_extra(
    *, recheck: Recheck, item: str, met: bool, words: str, version: int, by: Actor, at: datetime
) -> Recheck:
    """One of the intensified items; every one is answered in words (quality-2015/2)."""
    permissions.may_recheck(by, recheck.grading).or_refuse()
    if item not in {each["id"] for each in recheck.extras}:
        raise Invalid("没有这个加大复核项目，请刷新后再看。")
    if not words.strip():
        raise Invalid("请写明现场所见。", {"words": "请写明现场看到了什么。"})
    told = {"met": met, "words": words.strip(), "by": by.name}
    title = next(each["title"] for each in recheck.extras if each["id"] == item)
    answered = [{**each, **told} if each["id"] == item else each for each in recheck.extras]
    with journal.writing(permissions.EXTRA, by=by, at=at, on=recheck.grading, note={"line": title}) as w:
        return w.change(recheck, version=version, extras=answered)


def finish(*, grading: Grading, majors: Sequence[str], version: int, by: Actor, at: datetime) -> Recheck:
    """Sheet closed, extras answered, the district was there: compare, and measure the reviewers."""
    permissions.may_recheck(by, grading).or_refuse()
    recheck = found.recheck_of(grading)
    assert recheck is not None  # noqa: S101  the state says so
    assert recheck.sheet is not None  # noqa: S101  opened with it
    _check_finished(grading, recheck, majors)
    lines = compared(grading, recheck, majors)
    told: dict[str, Any] = {"comparison": lines.plain, "majors": list(majors), "finished_at": at}
    with transaction.atomic():
        with journal.writing(permissions.FINISH, by=by, at=at, on=grading) as w:
            w.move(grading, states.FINISH)
            w.change(grading, version=version)
            w.change(recheck, version=recheck.version, **told)
            w.create_all(measures(grading, recheck, lines, at))
        handing.hand_over(grading=grading, recheck=recheck, majors=majors, by=by, at=at)
    return recheck


def _check_finished(grading: Grading, recheck: Recheck, majors: Sequence[str]) -> None:
    sheet = recheck.sheet
    if sheet is None or sheet.state != SheetState.CLOSED:
        raise OutOfTurn("复核评分表还没有签字关闭，请逐项复核并签字。", clause="quality-2015/2")
    if waiting := extras.unanswered(recheck.extras):
        raise OutOfTurn(f"还有 {len(waiting)} 个加大复核项目没有记录。", clause="quality-2015/2")
    opinion = Opinion.objects.filter(grading=grading, about=About.RECHECK).first()
    if opinion is not None and not opinion.joined:
        raise OutOfTurn("区行业主管部门还没有登记派员参加现场复核。", clause="quality-2015/2")
    known = set(sheets.rulebook(sheet).by_key)
    if set(majors) - known:
        raise Invalid("重大隐患所在的项目不在评分表中，请重新选择。", {"majors": "请从列表中选择。"})


def waive(*, grading: Grading, version: int, by: Actor, at: datetime) -> Grading:
    """Left out by the share of its level; the share is data, and says so with its clause."""
    permissions.may_arrange(by, grading).or_refuse()
    if grading.onsite:
        raise OutOfTurn("按规定应当现场复核，不能省略。", clause="quality-2015/2")
    with journal.writing(permissions.WAIVE, by=by, at=at, on=grading) as w:
        w.move(grading, states.WAIVE)
        w.change(grading, version=version)
    return grading
