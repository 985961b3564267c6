"""What one answer cannot say."""

import pytest

from dabiao.sheets.rules.faults import MOST, faults
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.standards.rules.book import Effect
from dabiao.standards.rules.rulebook import Veto
from sheets.rules.inventing import ABSENT, CONFORMS, deducted, item, rule, rulebook

BOOK = rulebook(
    item(
        "1", "10", rule("1"), rule("2", Effect.ONCE), rule("3", Effect.FREE, "0"), rule("4", Effect.ZERO, "0")
    ),
    item("2"),
    vetoes=(Veto("f", "列入名单", "", "uplift/2"),),
)


@pytest.mark.parametrize(
    "answer",
    [
        CONFORMS,
        ABSENT,
        deducted(("1", 1)),
        deducted(("1", MOST)),
        deducted("2", "4"),
        deducted(Deduction("3", points=1)),
        deducted(Deduction("3", points=10_000)),
    ],
)
def test_an_answer_within_its_rules_is_right(answer):
    assert faults(BOOK.line("1"), answer) == []


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (deducted("9"), "不在本项的考评办法中"),
        (deducted(("1", 0)), "1 至 9999"),
        (deducted(("1", -1)), "1 至 9999"),
        (deducted(("1", MOST + 1)), "1 至 9999"),
        (deducted(("2", 2)), "不按处数扣分"),
        (deducted(Deduction("1", points=1)), "不能另填分值"),
        (deducted(Deduction("3", points=0)), "大于 0、不超过本项 10 分，现为 0 分"),
        (deducted(Deduction("3", points=-1)), "大于 0"),
        (deducted(Deduction("3", points=10_001)), "现为 10.001 分"),
        (deducted(), "没有选用扣分条款"),
        (Answer(Verdict.CONFORMS, (Deduction("1"),)), "只有选择“扣分”"),
        (Answer(Verdict.NOT_APPLICABLE, (Deduction("1"),)), "只有选择“扣分”"),
    ],
)
def test_an_answer_beyond_its_rules_is_named(answer, word):
    (said,) = faults(BOOK.line("1"), answer)
    assert word in said


@pytest.mark.parametrize("key", ["2", "f"])
def test_a_line_without_rules_is_simply_not_satisfied(key):
    assert faults(BOOK.line(key), deducted()) == []


def test_every_fault_of_an_answer_is_named():
    assert len(faults(BOOK.line("1"), deducted("8", ("1", 0), "2"))) == 2
