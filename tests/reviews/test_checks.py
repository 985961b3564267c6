"""The rectification check on site: a sheet of the findings' items, and what follows from it once signed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

import snapshots
from dabiao.base.journal.replay import compare
from dabiao.base.models import JournalEntry
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import DabiaoError, Invalid, OutOfTurn, Refused
from dabiao.people.models import Qualification
from dabiao.people.services.qualifications import suspend
from dabiao.reviews.models import Check, Checked, CheckKind
from dabiao.reviews.queries import checks as reading
from dabiao.reviews.queries import rectifications as queries
from dabiao.reviews.queries import reports
from dabiao.reviews.services import checks, rectifications
from dabiao.reviews.states.checks import CheckState
from dabiao.reviews.states.reviews import ReviewState
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Sheet
from dabiao.sheets.services import closing
from dabiao.sheets.services.closing import gaps
from dabiao.sheets.services.renewing import renew_rulebook
from dabiao.sheets.states import SheetState
from reviews.checking import SET, THERE, VISIT, again, going, looked, set_up, signed
from reviews.placing import CONFIRMED, Placed, confirmed, placed, rectified, reported, with_findings
from world import build


def submitted() -> Placed:
    """Two findings, on 1.2.1 and 2.1.3, reported put right."""
    return rectified(with_findings(placed(build())))


@pytest.fixture
def done(db: None) -> Placed:
    return snapshots.laid(submitted)


def states(done: Placed) -> dict[str, str]:
    return {reading.line_of(each): each.hazard.state for each in queries.findings(done.review)}


def conclude(done: Placed, check: Check, who: str = "second") -> Check:
    return checks.conclude(check=again(check), by=done.actor(who), at=CONFIRMED)


def refused(kind: type[DabiaoError], act: Callable[[], object], words: str) -> None:
    """In words, and nothing is changed."""
    before = JournalEntry.objects.count()
    with pytest.raises(kind, match=words):
        act()
    assert JournalEntry.objects.count() == before


def test_its_sheet_has_the_items_of_the_findings_and_no_other(done: Placed) -> None:
    check = set_up(done)
    assert [line.key for line in sheets.rulebook(check.sheet).lines()] == ["1.2.1", "2.1.3"]
    assert (check.sheet.occasion, check.turn, check.state) == ("rectification_check", 1, CheckState.OPEN)
    whole = done.plan.sheet
    assert whole is not None
    assert (check.sheet.rulebook.day, check.sheet.rulebook.edition_id) == (
        whole.rulebook.day,
        whole.rulebook.edition_id,
    )
    assert renew_rulebook(sheet=check.sheet_id, by=TIME, at=THERE) == []
    assert not compare().findings.listed


@pytest.mark.obligation("Q4-words-images")
def test_every_item_carries_words_and_a_picture(done: Placed) -> None:
    check = set_up(done)
    assert {each.kind.value for each in gaps(check.sheet)} == {"unanswered"}
    looked(done, check)
    assert gaps(check.sheet) == []
    check.sheet.pictures.filter(line="1.2.1").delete()
    check.sheet.answers.filter(line="2.1.3").update(words="")
    assert [(each.line, each.kind.value) for each in gaps(check.sheet)] == [
        ("1.2.1", "picture"),
        ("2.1.3", "words"),
    ]


@pytest.mark.obligation("Q4-both-sign")
def test_what_conforms_is_confirmed_on_site_by_the_sheet_both_sides_signed(done: Placed) -> None:
    check = looked(done, set_up(done))
    refused(OutOfTurn, lambda: conclude(done, check), "还没有签字关闭")
    checks.close(check=again(check), remark="", by=done.actor("second"), at=THERE)
    refused(OutOfTurn, lambda: conclude(done, check), "还缺签字：企业")
    check = conclude(done, _by_unit(done, check))
    assert (check.state, done.review.state) == (CheckState.CONCLUDED, ReviewState.WRITING)
    assert set(states(done).values()) == {"closed"}
    for row in queries.findings(done.review):
        assert (row.check_kind, row.checked_by_id) == (CheckKind.SITE, done.second)
        assert row.check_words == f"{reading.line_of(row)} 护罩已更换并固定"
        assert row.on_site.visit == check
    told = reports.found(done.review)[0]["confirmed"]
    assert (told["sheet"], told["visited_on"]) == (check.sheet.digest, "2026-04-22")
    assert reports.intact(reported(done))
    assert not compare().findings.listed


def _by_unit(done: Placed, check: Check) -> Check:
    checks.closing.sign_sheet(sheet=check.sheet_id, side="unit", by=done.actor("officer"), at=THERE)
    return again(check)


def test_what_still_loses_points_goes_back_with_the_words_of_the_sheet(done: Placed) -> None:
    """Both of two, in one step; the unit has the rest of its time as when one is sent back."""
    check = conclude(done, signed(done, looked(done, set_up(done), "1.2.1", "2.1.3")))
    assert states(done) == {"1.2.1": "planned", "2.1.3": "planned"}
    assert {each.hazard.returned for each in queries.findings(done.review)} == {"护罩未固定"}
    review = done.review
    assert (review.state, review.rectify_due) == (ReviewState.RECTIFYING, date(2026, 5, 13))
    assert set(check.covers.values_list("outcome", "words")) == {("returned", "护罩未固定")}
    assert not compare().findings.listed


def test_one_is_confirmed_though_the_other_goes_back(done: Placed) -> None:
    conclude(done, signed(done, looked(done, set_up(done), "2.1.3")))
    assert states(done) == {"1.2.1": "closed", "2.1.3": "planned"}
    rectified(done, CONFIRMED)
    again_ = set_up(done, day=date(2026, 4, 23))
    assert (again_.turn, [each.line for each in reading.covers(again_)]) == (2, ["2.1.3"])


def test_paper_and_site_without_a_sheet_stay_open_and_what_is_settled_stays(done: Placed) -> None:
    check = signed(done, looked(done, set_up(done), "1.2.1"))
    told = {"by": done.actor("reviewer"), "at": CONFIRMED, "words": "照片可见"}
    row = next(each for each in queries.findings(done.review) if reading.line_of(each) == "1.2.1")
    rectifications.confirm(finding=row, kind=CheckKind.PAPER, **told)
    conclude(done, check)
    assert dict(Checked.objects.values_list("line", "outcome")) == {"1.2.1": "settled", "2.1.3": "confirmed"}
    assert done.review.state == ReviewState.WRITING
    assert not compare().findings.listed


def test_what_went_back_meanwhile_is_not_settled_by_an_older_sheet(done: Placed) -> None:
    check = signed(done, looked(done, set_up(done)))
    row = queries.findings(done.review)[0]
    rectifications.send_back(finding=row, reason="资料不全", by=done.actor("reviewer"), at=CONFIRMED)
    refused(OutOfTurn, lambda: conclude(done, check), "不再适用")
    rectified(done, CONFIRMED)
    refused(OutOfTurn, lambda: conclude(done, check), "不再适用")
    checks.call_off(check=again(check), reason="已重新整改", by=done.actor("reviewer"), at=CONFIRMED)
    assert again(check).state == CheckState.CALLED_OFF
    assert len(reading.coverable(done.review)) == 2
    refused(OutOfTurn, lambda: conclude(done, check), "已经办结或者取消")
    assert not compare().findings.listed


@pytest.mark.parametrize("who", ["officer", "review_admin", "organizer", "expert", "industry_district"])
def test_only_reviewers_of_the_team_set_it(done: Placed, who: str) -> None:
    told = going(done)
    refused(
        Refused, lambda: checks.begin(review=done.review, told=told, by=done.actor(who), at=SET), "由评审组"
    )


@pytest.mark.parametrize("who", ["reviewer", "officer", "review_admin"])
def test_only_its_lead_closes_and_concludes_it(done: Placed, who: str) -> None:
    check, by = looked(done, set_up(done)), done.actor(who)
    refused(Refused, lambda: checks.close(check=again(check), remark="", by=by, at=THERE), "牵头评审员")
    signed(done, check)
    refused(Refused, lambda: conclude(done, check, who), "牵头评审员")


def test_its_lead_or_the_leader_calls_it_off_with_a_reason(done: Placed) -> None:
    check = set_up(done)
    for who in ("officer", "review_admin"):
        by = done.actor(who)
        refused(
            Refused, lambda by=by: checks.call_off(check=again(check), reason="示例", by=by, at=SET), "牵头"
        )
    by = done.actor("second")
    refused(Invalid, lambda: checks.call_off(check=again(check), reason=" ", by=by, at=SET), "取消的原因")
    checks.call_off(check=again(check), reason="企业停产", by=by, at=SET)
    assert set_up(done).turn == 2


def test_the_sheet_of_one_called_off_is_written_on_no_more(done: Placed) -> None:
    """By whoever calls it off, though they were not to go; what had been written stays."""
    check = looked(done, set_up(done))
    written = sheets.answers(check.sheet)
    checks.call_off(check=again(check), reason="企业停产", by=done.actor("reviewer"), at=SET)
    sheet = Sheet.objects.get(pk=check.sheet_id)
    assert (sheet.state, sheet.closed_at, sheet.digest) == (SheetState.ABANDONED, None, "")
    refused(OutOfTurn, lambda: looked(done, check, "2.1.3"), "评分表已作废")
    lead = done.actor("second")
    for act in (closing.close_sheet, closing.sign_sheet):
        refused(OutOfTurn, partial(act, sheet=sheet.pk, by=lead, at=THERE, side="team"), "评分表已作废")
    assert sheets.answers(sheet) == written
    assert not compare().findings.listed


def test_a_signed_sheet_of_one_called_off_stays_as_signed(done: Placed) -> None:
    check = signed(done, looked(done, set_up(done)))
    checks.call_off(check=again(check), reason="重新安排", by=done.actor("second"), at=CONFIRMED)
    sheet = Sheet.objects.get(pk=check.sheet_id)
    assert sheet.state == SheetState.CLOSED
    assert not closing.altered(sheet)


def test_it_is_set_for_a_day_to_come_of_people_of_the_team_and_findings_not_at_another(done: Placed) -> None:
    def ask(**more: object) -> Callable[[], object]:
        told = going(done, **more)
        return lambda: checks.begin(review=done.review, told=told, by=done.actor("reviewer"), at=SET)

    refused(Invalid, ask(day=date(2026, 4, 20)), "核对日期")
    refused(Invalid, ask(others=[done.account("officer")]), "评审组成员")
    refused(Invalid, ask(findings=[]), "请选择")
    set_up(done, "1.2.1")
    refused(Invalid, ask(findings=queries.findings(done.review)), "不能列入")
    assert set_up(done, "2.1.3").turn == 2


def test_an_unguided_finding_waits(done: Placed) -> None:
    queries.findings(done.review)[0].__class__.objects.update(guidance="")
    refused(OutOfTurn, lambda: set_up(done), "整改指导意见")


@pytest.mark.obligation("Q5-recognition")
def test_qualification_is_asked_of_the_visit_day(done: Placed) -> None:
    """At setting, closing and concluding; the day is that of the visit, whatever holds today."""
    early = set_up(done, "1.2.1", day=date(2026, 4, 21))
    check = looked(done, set_up(done, "2.1.3"))
    row = Qualification.objects.get(account=done.second, kind="reviewer")
    told = {"since": VISIT, "until": None, "reason": "示例", "version": row.version}
    suspend(row=row, by=done.actor("organizer_lead"), at=SET, **told)
    by = done.actor("second")
    refused(Refused, lambda: checks.close(check=again(check), remark="", by=by, at=THERE), "示例second")
    checks.call_off(check=again(check), reason="资格暂停", by=by, at=THERE)
    refused(Invalid, lambda: set_up(done, "2.1.3"), "示例second")
    conclude(done, signed(done, looked(done, early)))
    assert states(done)["1.2.1"] == "closed"


def test_it_is_closed_on_the_day_or_later(done: Placed) -> None:
    check = looked(done, set_up(done, day=VISIT + timedelta(days=3)))
    early = datetime(2026, 4, 24, 3, tzinfo=UTC)
    by = done.actor("second")
    refused(OutOfTurn, lambda: checks.close(check=again(check), remark="", by=by, at=early), "到场之后")


def test_a_finding_without_an_item_is_confirmed_without_a_sheet(done: Placed) -> None:
    """What the re-check sent back is written by a person: there is no line to score."""
    row = queries.findings(done.review)[0]
    row.hazard.standard_item = ""
    row.hazard.save()
    assert [reading.line_of(each) for each in reading.coverable(done.review)] == ["2.1.3"]
    row.hazard.standard_item = "other#1.2.1"
    row.hazard.save()
    assert [reading.line_of(each) for each in reading.coverable(done.review)] == ["2.1.3"]


def test_without_a_check_all_is_as_it_was(done: Placed) -> None:
    confirmed(done)
    assert done.review.state == ReviewState.WRITING
    assert not Sheet.objects.filter(occasion="rectification_check").exists()
    assert "sheet" not in reports.found(done.review)[0]["confirmed"]
