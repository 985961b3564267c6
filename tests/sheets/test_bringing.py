"""Many answers at once end exactly as one by one, in as many statements for many as for few."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dabiao.base.journal import entries as journal
from dabiao.base.journal import replay
from dabiao.base.models import JournalEntry
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import Absent, Conflict, Invalid, OutOfTurn, Refused
from dabiao.office.sheets import telling
from dabiao.sheets import queries
from dabiao.sheets.models import Answer, Sheet, SheetTotal
from dabiao.sheets.permissions import RECORD
from dabiao.sheets.rules.values import Answer as Value
from dabiao.sheets.rules.values import Deduction, Verdict
from dabiao.sheets.services import answering, bringing, opening
from dabiao.sheets.services.bringing import Brought, Stands
from sheets.filling import CONFORMS, book, deducted, open_sheet
from world import AT

DONE = AT - timedelta(hours=1)
FREE = Value(Verdict.DEDUCTED, (Deduction("3", points=1500), Deduction("1", 2)), "两处")
SAID = [deducted(2), CONFORMS, Value(Verdict.NOT_APPLICABLE, reason="没有"), FREE, deducted(9)]


def brought(lines, version=0):
    return [Brought(line, SAID[n % 5], version, DONE + timedelta(seconds=n)) for n, line in enumerate(lines)]


def lines(sheet):
    return [each.key for each in queries.rulebook(sheet).lines() if each.item.rules]


def bring(world, sheet, given, who="officer"):
    return bringing.record_answers(sheet=sheet.pk, brought=given, by=world.actor(who), at=AT)


def test_all_at_once_leaves_the_same_rows_and_totals_as_one_by_one(world):
    content = book(23)
    one = open_sheet(world, content)
    many = opening.open_sheet(
        occasion=one.occasion,
        unit=one.unit,
        rulebook=one.rulebook,
        lead=world.accounts["officer"],
        by=world.actor("officer"),
        at=AT,
    )
    given = brought(lines(one))
    for each in given:
        answering.record_answer(
            sheet=one.pk,
            line=each.line,
            answer=each.answer,
            version=0,
            by=world.actor("officer"),
            at=AT,
            done_at=each.done_at,
        )
    told = bring(world, many, given)
    columns = (
        "line",
        "verdict",
        "deductions",
        "words",
        "reason",
        "done_at",
        "received_at",
        "version",
        "copied",
    )
    rows = [
        list(Answer.objects.filter(sheet=each).order_by("line").values_list(*columns)) for each in (one, many)
    ]
    assert rows[0] == rows[1]
    assert queries.totals(one) == queries.totals(many)
    assert told == [Stands(1, each.answer, "示例officer", each.done_at) for each in given]
    assert replay.compare().status.value == "ok"


def test_one_entry_and_as_many_statements_for_many_as_for_few(world):
    sheet = open_sheet(world, book(20))
    keys = lines(sheet)
    bring(world, sheet, brought([keys[1]]))  # the very first key of a table costs SQLite one statement more
    entries = JournalEntry.objects.count()
    with CaptureQueriesContext(connection) as few:
        bring(world, sheet, brought([keys[0], keys[10]]))
    with CaptureQueriesContext(connection) as many:
        bring(world, sheet, brought(keys[2:10] + keys[11:]))
    assert len(many) == len(few)
    assert JournalEntry.objects.count() == entries + 2


def test_what_is_refused_keeps_none_of_the_others_out(world):
    sheet = open_sheet(world, book(12))
    opening.assign(
        sheet=sheet, element="2", accounts=[world.accounts["colleague"].pk], by=world.actor("officer"), at=AT
    )
    given = [
        Brought("1.1", CONFORMS, 0, DONE),
        Brought("9.9", CONFORMS, 0, DONE),
        Brought("1.2", replace(FREE, deductions=(Deduction("77"),)), 0, DONE),
        Brought("1.3", CONFORMS, 4, DONE),
        Brought("2.1", CONFORMS, 0, DONE),
        Brought("1.4", CONFORMS, 0, DONE),
    ]
    told = bring(world, sheet, given, who="assessor")
    assert [type(each) for each in told] == [Stands, Absent, Invalid, Conflict, Refused, Stands]
    assert set(Answer.objects.filter(sheet=sheet).values_list("line", flat=True)) == {"1.1", "1.4"}


def test_a_line_that_has_an_answer_is_judged_as_ever(world):
    sheet = open_sheet(world, book(12))
    bring(world, sheet, brought(["1.1", "1.2", "1.3"]))
    again = brought(["1.1"])[0]
    told = bring(
        world,
        sheet,
        [
            again._replace(done_at=AT),  # the very same once more: nothing is saved
            Brought("1.2", deducted(7), 1, DONE),
            Brought("1.3", deducted(7), 0, DONE),
        ],
    )
    assert told[:2] == [
        Stands(1, again.answer, "示例officer", DONE),
        Stands(2, deducted(7), "示例officer", DONE),
    ]
    assert isinstance(told[2], Conflict)
    assert (told[2].version, told[2].theirs["reason"]) == (1, "没有")


def test_a_closed_sheet_and_a_strangers_take_nothing(world):
    sheet = open_sheet(world, book(12))
    with pytest.raises(Absent):
        bring(world, sheet, brought(["1.1"]), who="stranger_officer")
    Sheet.objects.filter(pk=sheet.pk).update(state="closed")
    assert isinstance(bring(world, sheet, brought(["1.1"]))[0], OutOfTurn)


def test_the_history_of_a_line_tells_of_that_line_alone(world):
    sheet = open_sheet(world, book(12))
    bring(world, sheet, brought(["1.1", "1.2"]))
    (told,) = telling.history(sheet, queries.rulebook(sheet).line("1.2"))
    assert told.words == "判为“符合”"


def test_numbers_of_many_rows_are_changed_at_once_and_told_to_the_journal(world):
    sheet = open_sheet(world, book(23))
    keys = list(SheetTotal.objects.filter(sheet=sheet).order_by("id").values_list("pk", flat=True))
    with journal.writing(RECORD, by=TIME, at=AT, on=sheet) as w:
        w.change_many(SheetTotal, ("lost", "extra"), {key: (n * 1000, -n) for n, key in enumerate(keys)})
    told = SheetTotal.objects.filter(sheet=sheet).order_by("id").values_list("lost", "extra")
    assert list(told) == [(n * 1000, -n) for n in range(len(keys))]
    assert replay.compare().status.value == "ok"


@pytest.mark.parametrize(
    ("model", "name"), [(SheetTotal, "element"), (Answer, "sheet"), (Answer, "deductions")]
)
def test_only_numbers_are_changed_like_that_and_only_rows_that_are_there(world, model, name):
    sheet = open_sheet(world, book(3))
    writing = partial(journal.writing, RECORD, by=TIME, at=AT, on=sheet)
    with pytest.raises(ValueError, match="only columns of numbers"), writing() as w:
        w.change_many(model, (name,), {1: (1,)})
    with pytest.raises(OutOfTurn), writing() as w:
        w.change_many(SheetTotal, ("lost",), {987654321: (1,)})
