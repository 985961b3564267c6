"""Amounts that no form would send do no harm in the scorer either."""

from dabiao.sheets.rules.items import preset, score_item
from dabiao.sheets.rules.values import Deduction
from dabiao.standards.rules.book import Effect
from sheets.rules.inventing import RATE, deducted, item, rule, rulebook

LINE = rulebook(item("1", "10", rule("1"), rule("2", Effect.FREE, "0"))).line("1")


def test_a_negative_amount_gives_nothing_back():
    used = (("1", 2), Deduction("2", points=-1500), ("1", -1))
    assert score_item(RATE, LINE, deducted(*used)).lost == 2000


def test_a_hand_set_amount_is_bounded_by_the_item_in_the_sentence_too():
    score = score_item(RATE, LINE, deducted(Deduction("2", points=30_000)))
    assert score.lost == 10_000
    assert score.reasons == ("按“示例条款2”，由评分人员核定扣 10 分",)


def test_a_rule_the_item_does_not_have_does_nothing():
    assert score_item(RATE, LINE, deducted("9", ("1", 3))).lost == 3000


def test_a_preset_line_leaves_the_denominator():
    score = preset(LINE)
    assert (score.points, score.applies, score.obtained) == (10_000, False, 0)
