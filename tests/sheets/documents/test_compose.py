"""From rulebook, answers and result to the lines on paper."""

from dataclasses import replace

import pytest

from dabiao.sheets.documents.compose import element_rows, item_lines, outcome
from dabiao.sheets.documents.values import DeductionLine, Picture
from dabiao.sheets.rules.scoring import score
from dabiao.sheets.rules.values import Answer, Answers, Deduction, Verdict
from dabiao.standards.rules.book import Book, Effect, Element, Item, Rule, Scheme, Threshold
from dabiao.standards.rules.rulebook import Rulebook, Veto

EACH = Rule("1", "每处扣2分", Effect.EACH, 2_000, "处")
ZERO = Rule("1", "堵塞的，不得分", Effect.ZERO, extra=3_000)
BOOK = Book(
    title="示例标准",
    number="SL-1",
    scheme=Scheme(thresholds=(Threshold("level_2", 80_000),)),
    elements=(Element("e1", "目标", "1"), Element("e11", "制度", "1.1", "e1"), Element("e2", "现场", "2")),
    items=(
        Item(
            "i1", "e11", "1.1.1", "建立制度", "", 10_000, (Rule("1", "每处扣2分", Effect.EACH, 2_000, "处"),)
        ),
        Item(
            "i2",
            "e2",
            "2.1",
            "安全出口畅通",
            "",
            5_000,
            (Rule("1", "堵塞的，不得分", Effect.ZERO, extra=3_000),),
        ),
        Item("i3", "e2", "2.2", "氨制冷", "", 5_000, areas=("ammonia",)),
    ),
)
RULEBOOK = Rulebook(BOOK, "e", "2026-03-01", (Veto("v1", "不得有重大隐患", "2026-01-01", "依据"),), areas=())
ANSWERS: Answers = {
    "i1": Answer(Verdict.DEDUCTED, (Deduction("1", 3, words="三处"),), "看到的"),
    "i2": Answer(Verdict.CONFORMS),
    "v1": Answer(Verdict.CONFORMS),
}


def test_a_deduction_tells_its_phrase_count_and_points() -> None:
    line = item_lines(RULEBOOK, ANSWERS, score(RULEBOOK, ANSWERS), {})[0]
    assert line.deductions == (DeductionLine("每处扣2分", 3, 6_000, "三处"),)
    assert (line.obtained, line.words) == (4_000, "看到的")


def test_a_line_knows_its_element_and_the_outermost_around_it() -> None:
    lines = item_lines(RULEBOOK, ANSWERS, score(RULEBOOK, ANSWERS), {})
    assert [(line.within, line.element) for line in lines] == [
        ("1 目标", "1.1 制度"),
        ("", "2 现场"),
        ("", "2 现场"),
        ("", "达标否决条件"),
    ]


def test_a_line_outside_the_scope_says_why_it_does_not_apply() -> None:
    line = item_lines(RULEBOOK, ANSWERS, score(RULEBOOK, ANSWERS), {})[2]
    assert line.verdict is Verdict.NOT_APPLICABLE
    assert "本项只适用于" in line.reason


def test_a_free_condition_is_a_veto_line_at_the_end() -> None:
    line = item_lines(RULEBOOK, ANSWERS, score(RULEBOOK, ANSWERS), {})[-1]
    assert (line.veto, line.requirement, line.points) == (True, "不得有重大隐患", 0)


def test_what_is_not_answered_stays_open() -> None:
    given = {"i1": ANSWERS["i1"]}
    result = score(RULEBOOK, given)
    assert item_lines(RULEBOOK, given, result, {})[1].verdict is None
    verdict = outcome(result)
    assert (verdict.provisional, verdict.missing) == (True, 2)
    assert verdict.score == result.provisional


def test_an_extra_stands_with_the_item_that_brought_it() -> None:
    given = {**ANSWERS, "i2": Answer(Verdict.DEDUCTED, (Deduction("1"),))}
    line = item_lines(RULEBOOK, given, score(RULEBOOK, given), {})[1]
    assert (line.extra, line.obtained, line.deductions[0].points) == (3_000, 0, 5_000)


@pytest.mark.parametrize(
    ("rule", "used", "taken"),
    [
        (Rule("1", "扣3分", Effect.ONCE, 3_000), Deduction("1", 2), 3_000),
        (Rule("1", "酌情", Effect.FREE), Deduction("1", points=1_500), 1_500),
        (Rule("1", "每处扣4分", Effect.EACH, 4_000), Deduction("1", 9), 10_000),
        (Rule("1", "注", Effect.NONE), Deduction("1"), 0),
    ],
)
def test_each_kind_of_rule_names_what_it_takes(rule: Rule, used: Deduction, taken: int) -> None:
    item = replace(BOOK.items[0], rules=(rule,))
    rulebook = replace(RULEBOOK, book=replace(BOOK, items=(item, *BOOK.items[1:])))
    given = {**ANSWERS, "i1": Answer(Verdict.DEDUCTED, (used,))}
    assert item_lines(rulebook, given, score(rulebook, given), {})[0].deductions[0].points == taken


def test_pictures_come_with_their_line() -> None:
    picture = Picture("ab", b"")
    lines = item_lines(RULEBOOK, ANSWERS, score(RULEBOOK, ANSWERS), {"i2": (picture,)})
    assert [line.pictures for line in lines] == [(), (picture,), (), ()]


def test_rows_repeat_the_sums_of_the_result() -> None:
    result = score(RULEBOOK, ANSWERS)
    rows = element_rows(BOOK, result)
    assert [(row.title, row.full, row.not_applicable, row.obtained) for row in rows] == [
        ("1 目标", 10_000, 0, 4_000),
        ("2 现场", 10_000, 5_000, 5_000),
    ]
    assert sum(row.obtained for row in rows) == result.obtained
    assert outcome(result).level == "不达标"
    some = outcome(result, whole=False)
    assert (some.level, some.failed, some.reasons, some.vetoes) == ("", False, (), outcome(result).vetoes)
