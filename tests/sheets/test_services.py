"""Acts on a sheet: what each changes, what each refuses, and that a refusal changes nothing."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabiao.base.models import JournalEntry
from dabiao.kernel.errors import Absent, Conflict, Invalid, OutOfTurn, Refused
from dabiao.kernel.points import points
from dabiao.kernel.roles import Role
from dabiao.people import services as people
from dabiao.people.models import Posting
from dabiao.sheets import queries
from dabiao.sheets.models import Answer, Assignment, Sheet, Writer
from dabiao.sheets.rules.scoring import score
from dabiao.sheets.rules.values import Answer as Value
from dabiao.sheets.rules.values import Deduction, Verdict
from dabiao.sheets.services import answering, closing, copying, opening
from sheets.filling import ABSENT, CONFORMS, book, deducted, open_sheet
from world import AT, DAY, World

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@pytest.fixture
def sheet(world: World) -> Sheet:
    return open_sheet(world)


def save(world, sheet, line, answer, version=0, *, who="officer"):
    return answering.record_answer(
        sheet=sheet.pk, line=line, answer=answer, version=version, by=world.actor(who), at=AT
    )


def entries(sheet: Sheet) -> int:
    return JournalEntry.objects.filter(chain=f"sheets_sheet:{sheet.pk}").count()


def test_totals_kept_equal_a_recount_whatever_is_saved_changed_and_taken_back(world, sheet):
    save(world, sheet, "1.1", CONFORMS)
    save(world, sheet, "1.2", deducted(3))
    save(world, sheet, "1.2", deducted(2), version=1)
    save(world, sheet, "1.3", Value(Verdict.DEDUCTED, (Deduction("2"),), "没有制度"))
    save(world, sheet, "2.1", ABSENT)
    answering.retract_answer(sheet=sheet.pk, line="1.1", version=1, by=world.actor("officer"), at=AT)
    running, counted = queries.running(sheet), score(queries.rulebook(sheet), queries.answers(sheet))
    assert (running.obtained, running.answered, running.not_applicable) == (
        counted.obtained,
        3,
        points("10"),
    )
    assert running.obtained == points("3")  # 10 - 2, 0, less the extra 5


@pytest.mark.parametrize("items", [12, 60, 345])
def test_saving_takes_the_same_few_statements_in_a_sheet_of_any_size(world, items):
    sheet = open_sheet(world, book(items))
    officer = world.actor("officer")
    queries.rulebook(sheet)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answering.record_answer(sheet=sheet.pk, line="1.2", answer=deducted(), version=0, by=officer, at=AT)
    assert len([each for each in seen if not each["sql"].startswith(CONTROL)]) == 8


def test_saving_on_an_older_answer_is_a_conflict_that_carries_what_stands(world, sheet):
    save(world, sheet, "1.2", deducted(1))
    before = entries(sheet)
    with pytest.raises(Conflict) as told:
        save(world, sheet, "1.2", deducted(5, "另一处"), who="assessor")
    assert told.value.version == 1
    assert told.value.theirs["words"] == "缺少三月的检查记录"
    assert (entries(sheet), Answer.objects.get(sheet=sheet).deductions[0]["count"]) == (before, 1)


def test_asking_again_for_what_was_saved_is_no_conflict_and_leaves_no_trace(world, sheet):
    """The reply was lost on the way; the device asks again with the version it knows."""
    save(world, sheet, "1.2", deducted(1))
    before = entries(sheet)
    again = save(world, sheet, "1.2", deducted(1))
    assert again.answer is not None
    assert (again.answer.version, entries(sheet)) == (1, before)


def test_the_same_words_of_a_colleague_are_still_a_conflict(world, sheet):
    save(world, sheet, "1.2", deducted(1))
    with pytest.raises(Conflict):
        save(world, sheet, "1.2", deducted(1), who="assessor")


def test_taking_back_twice_is_taking_back_once(world, sheet):
    officer = world.actor("officer")
    save(world, sheet, "1.2", CONFORMS)
    answering.retract_answer(sheet=sheet.pk, line="1.2", version=1, by=officer, at=AT)
    before = entries(sheet)
    again = answering.retract_answer(sheet=sheet.pk, line="1.2", version=1, by=officer, at=AT)
    assert again.answer is None
    assert entries(sheet) == before


@pytest.mark.parametrize("who", ["stranger_officer", "reviewer", "locality", "bureau_city"])
def test_a_sheet_out_of_sight_is_absent_not_refused(world, sheet, who):
    with pytest.raises(Absent):
        save(world, sheet, "1.2", CONFORMS, who=who)
    assert not Answer.objects.filter(sheet=sheet).exists()


def test_the_units_principal_sees_the_sheet_and_is_told_why_not_to_write(world, sheet):
    with pytest.raises(Refused, match="不在这份评分表的评分人员中"):
        save(world, sheet, "1.2", CONFORMS, who="principal")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Value(Verdict.DEDUCTED), "没有选用扣分条款"),
        (Value(Verdict.CONFORMS, words="长" * 4001), "最多 4000 字"),
        (replace(ABSENT, reason="长" * 301), "最多 300 字"),
        (Value(Verdict.DEDUCTED, (Deduction("3", points=points("11")),)), "不超过本项 10 分"),
    ],
)
def test_what_cannot_be_is_refused_with_words_and_changes_nothing(world, sheet, answer, words):
    with pytest.raises(Invalid, match=words):
        save(world, sheet, "1.2", answer)
    assert queries.running(sheet).answered == 0


def test_an_assigned_element_is_for_those_it_was_given_to_and_the_lead(world, sheet):
    colleague = world.accounts["colleague"].pk
    opening.assign(sheet=sheet, element="1", accounts=[colleague], by=world.actor("officer"), at=AT)
    with pytest.raises(Refused, match="已分派给其他自评员"):
        save(world, sheet, "1.2", CONFORMS, who="assessor")
    save(world, sheet, "1.2", CONFORMS, who="colleague")
    save(world, sheet, "1.3", CONFORMS, who="officer")
    save(world, sheet, "2.1", CONFORMS, who="assessor")


def test_only_the_lead_splits_the_work_and_only_among_writers(world, sheet):
    mine = {"sheet": sheet, "element": "1", "at": AT}
    with pytest.raises(Refused):
        opening.assign(**mine, accounts=[world.accounts["assessor"].pk], by=world.actor("assessor"))
    with pytest.raises(Absent):
        opening.assign(**mine, accounts=[], by=world.actor("stranger_officer"))
    with pytest.raises(Invalid, match="只能分派给评分人员"):
        opening.assign(**mine, accounts=[world.accounts["principal"].pk], by=world.actor("officer"))
    assert not Assignment.objects.exists()


def test_taking_somebody_off_takes_the_parts_along_and_keeps_what_was_written(world, sheet):
    officer, assessor = world.actor("officer"), world.accounts["assessor"]
    opening.assign(sheet=sheet, element="1", accounts=[assessor.pk], by=officer, at=AT)
    save(world, sheet, "1.1", CONFORMS, who="assessor")
    opening.set_writers(sheet=sheet, writers=[world.accounts["colleague"]], by=officer, at=AT)
    assert set(Writer.objects.filter(sheet=sheet).values_list("account__login", flat=True)) == {
        "officer",
        "colleague",
    }
    assert not Assignment.objects.filter(sheet=sheet).exists()
    assert Answer.objects.get(sheet=sheet).recorded_by == assessor


def fill(world: World, sheet: Sheet) -> None:
    for line in queries.rulebook(sheet).lines():
        answer = CONFORMS if line.outermost else ABSENT
        save(world, sheet, line.key, answer)


def test_closing_waits_for_the_last_answer_and_then_seals_the_content(world, sheet):
    officer = world.actor("officer")
    with pytest.raises(Invalid, match=r"还有 \d+ 处没有完成"):
        closing.close_sheet(sheet=sheet.pk, by=officer, at=AT, side="unit")
    fill(world, sheet)
    closed = closing.close_sheet(sheet=sheet.pk, by=officer, at=AT, side="unit")
    assert closed.result["score"] == "100.0"
    assert closing.altered(Sheet.objects.get(pk=sheet.pk)) == ()
    with pytest.raises(OutOfTurn):
        save(world, sheet, "1.1", deducted(), version=1)


def test_a_closed_sheet_is_signed_by_its_people_once_and_by_nobody_else(world, sheet):
    fill(world, sheet)
    with pytest.raises(OutOfTurn):
        closing.sign_sheet(sheet=sheet.pk, side="unit", by=world.actor("principal"), at=AT)
    closing.close_sheet(sheet=sheet.pk, by=world.actor("officer"), at=AT, side="unit")
    closing.sign_sheet(sheet=sheet.pk, side="unit", by=world.actor("principal"), at=AT)
    with pytest.raises(Invalid, match="已经签过字"):
        closing.sign_sheet(sheet=sheet.pk, side="unit", by=world.actor("principal"), at=AT)
    with pytest.raises(Refused):
        closing.sign_sheet(sheet=sheet.pk, side="unit", by=world.actor("bureau_city"), at=AT)
    with pytest.raises(Absent):
        closing.sign_sheet(sheet=sheet.pk, side="unit", by=world.actor("stranger_officer"), at=AT)


@pytest.mark.obligation("U13-less-typing")
def test_answers_taken_over_wait_for_somebody_to_go_through_them(world):
    first = open_sheet(world)
    save(world, first, "1.1", CONFORMS)
    save(world, first, "1.2", deducted(2))
    second = opening.open_sheet(
        occasion=first.occasion,
        unit=first.unit,
        rulebook=first.rulebook,
        lead=world.accounts["officer"],
        by=world.actor("officer"),
        at=AT,
    )
    officer = world.actor("officer")
    assert copying.copy_answers(source=first, into=second.pk, by=officer, at=AT) == 2
    assert queries.running(second).obtained == points("18")
    assert [gap.line for gap in closing.gaps(second) if "沿用" in gap.text] == ["1.1", "1.2"]
    assert copying.confirm_copied(sheet=second.pk, lines=["1.1", "1.2"], by=officer, at=AT) == 2
    assert not [gap for gap in closing.gaps(second) if "沿用" in gap.text]


def test_who_has_left_the_unit_sees_the_sheet_no_more(world, sheet):
    assessor = world.accounts["assessor"]
    for posting in Posting.objects.filter(account=assessor):
        people.end_posting(posting=posting, until=DAY, by=world.actor("security_admin"), at=AT)
    people.give_posting(
        account=assessor,
        role=Role.SELF_ASSESSOR,
        since=DAY,
        unit=world.units["other_unit"],
        by=world.actor("security_admin"),
        at=AT,
    )
    with pytest.raises(Absent):
        save(world, sheet, "1.2", CONFORMS, who="assessor")
