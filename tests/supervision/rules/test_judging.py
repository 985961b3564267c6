"""The review is judged on items that still read the same; a major hazard it left out is named."""

from dataclasses import replace

import pytest

from dabiao.kernel.points import points
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.standards.rules.book import Book
from dabiao.standards.rules.rulebook import Rulebook
from dabiao.supervision.rules import judging
from dabiao.supervision.rules.judging import Reviewed
from editions import small_book

FINE = Answer(Verdict.CONFORMS, words="符合")
LESS = Answer(Verdict.DEDUCTED, (Deduction("1"),), "没有落实")


def rulebook(book: Book) -> Rulebook:
    return Rulebook(book, "SL/T 1@2026版", "2026-09-01")


def changed(book: Book, **more: object) -> Book:
    """Item 1.1.2 otherwise, all others as they are."""
    items = tuple(replace(each, **more) if each.key == "1.1.2" else each for each in book.items)
    return replace(book, items=items)


def reviewed(book: Rulebook, **more: object) -> Reviewed:
    answers = {each.key: FINE for each in book.lines()}
    told = {"answers": answers, "reviewers": dict.fromkeys(answers, 7), "known": (), "rectified": ()}
    return Reviewed(book, **{**told, **more})


@pytest.mark.obligation("Q8-content")
def test_drift_is_what_the_review_gave_more() -> None:
    book = rulebook(small_book())
    today = {each.key: FINE for each in book.lines()} | {"1.1.2": LESS}
    lines = judging.judge(reviewed(book), book, today, ())
    told = judging.plain(lines, {7: "示例评审员"})
    assert (told["compared"], told["agreed"], told["drift"]) == (6, 5, 5000)
    assert told["reviewers"][0]["name"] == "示例评审员"
    assert [each["line"] for each in told["lines"]] == ["1.1.2"]


@pytest.mark.obligation("Q8-content")
def test_a_major_hazard_the_report_left_out_is_missed_and_one_it_had_is_not() -> None:
    book = rulebook(small_book())
    today = {each.key: FINE for each in book.lines()} | {"1.1.2": LESS, "2.1.3": LESS}
    then = reviewed(book, known={"2.1.3"})
    lines = judging.judge(then, book, today, ["1.1.2", "2.1.3"])
    assert [each.line for each in lines if each.missed_major] == ["1.1.2"]


def test_an_item_that_reads_otherwise_or_gives_other_points_is_not_compared() -> None:
    book = small_book()
    for other in ({"requirement": "另一项要求。"}, {"points": points("15")}):
        today = rulebook(changed(book, **other))
        answers = {each.key: FINE for each in today.lines()}
        lines = judging.judge(reviewed(rulebook(book)), today, answers, ())
        assert "1.1.2" not in {each.line for each in lines}
        assert len(lines) == 5


def test_an_item_with_another_key_is_found_by_its_words() -> None:
    book = small_book()
    today = rulebook(changed(book, key="9.9.9"))
    answers = {each.key: FINE for each in today.lines()} | {"9.9.9": LESS}
    then = reviewed(rulebook(book), known={"1.1.2"}, rectified={"1.1.2"})
    (line,) = [each for each in judging.judge(then, today, answers, ["9.9.9"]) if not each.agrees]
    assert (line.line, line.reviewer, line.missed_major, line.rectified) == ("9.9.9", 7, False, False)
