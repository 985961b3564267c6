"""The explained result on the page: parts sum to the whole in each column."""

import re

import pytest
from django.template.loader import render_to_string

from dabiao.office.sheets.result import explained
from dabiao.sheets.rules.filled import score_filled
from dabiao.sheets.rules.values import Result
from dabiao.standards.rules.book import Element
from dabiao.standards.rules.rulebook import Rulebook
from dabiao.standards.tables.values import FilledAnswer, FilledTable
from sheets.rules.inventing import book, item

ELEMENTS = (Element("a", "一"), Element("b", "二"))
BOOK = book(item("1", element="a"), item("2", element="b"), item("3", element="b"), elements=ELEMENTS)


def cells(found: Result) -> list[str]:
    """What the row of sums says, from left to right."""
    shown = explained(Rulebook(BOOK, BOOK.number, "2026-03-02"), found)
    drawn = render_to_string("office/sheets/elements_table.html", {"result": shown})
    whole = drawn.partition("<tfoot>")[2].rpartition("<tr>")[2]
    return re.findall(r"<td[^>]*>(?:<b>)?([^<]*)", whole)


@pytest.mark.parametrize(("actual", "extra", "obtained"), [(-4000, "−4", "16"), (10_000, "—", "30")])
def test_the_row_of_sums_adds_up_what_was_taken_off_besides(actual: int, extra: str, obtained: str) -> None:
    answers = {
        "1": FilledAnswer(False, "", 10_000, "", 3),
        "2": FilledAnswer(False, "", actual, "", 4),
        "3": FilledAnswer(False, "", 10_000, "", 5),
    }
    sums = cells(score_filled(BOOK, FilledTable(answers, (), ())))
    assert sums[2:4] == [extra, obtained]
