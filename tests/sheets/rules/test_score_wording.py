"""Sentences of an explanation read as a person would write them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from dabiao.sheets.rules import wording
from dabiao.sheets.rules.grades import LADDERS
from dabiao.sheets.rules.scoring import score
from dabiao.sheets.rules.values import Deduction
from dabiao.standards.rules.book import Effect, Scheme, Threshold
from dabiao.standards.rules.rulebook import Veto
from sheets.rules.inventing import CONFORMS, deducted, item, rule, rulebook

LEVEL_2 = Scheme(thresholds=(Threshold("level_2", 75_000),), basis="示例标准/4.2", confirmed=True)


def test_every_level_has_a_word():
    assert all(wording.level_word(level) != level for ladder in LADDERS for level in ladder)
    assert wording.level_word("gold") == "gold"


@pytest.mark.parametrize(
    ("value", "text"),
    [("90.50", "90.5"), ("80.00", "80.0"), ("100", "100.0"), ("69.95", "69.95"), ("0.0", "0.0")],
)
def test_numbers_are_short_and_keep_one_decimal(value, text):
    assert wording.trimmed(Decimal(value)) == text


def test_a_rate_close_to_a_limit_is_not_shown_as_the_limit():
    assert wording.percent(Fraction(7999, 10_000)) == "79.99"
    assert wording.percent(Fraction(4, 5)) == "80.0"


@pytest.mark.parametrize(("iso", "text"), [("2024-07-01", "2024年7月1日"), ("2024", "2024"), ("", "")])
def test_days_are_written_in_chinese(iso, text):
    assert wording.day(iso) == text


def test_an_item_is_named_by_its_number_else_by_how_it_begins():
    assert wording.name(item("1", number="6.3")) == "6.3 项"
    assert wording.name(item("1", number="")) == "“示例要求1”"
    assert wording.name(item("长" * 60, number="")) == "“示例要求" + "长" * 26 + "…”"


@pytest.mark.parametrize(
    ("used", "text"),
    [
        (("1", 3), "按“示例条款1”，3 人次，扣 6 分"),
        ("2", "按“示例条款2”，扣 1.5 分，另从所在类目追加扣除 10 分"),
        ("3", "按“示例条款3”，本项 20 分不得分，另在总分中倒扣 20 分"),
        (Deduction("4", points=2500, words="记录不全"), "按“示例条款4”，由评分人员核定扣 2.5 分（记录不全）"),
        ("5", "按“示例条款5”，本项不扣分，属于否决情形"),
    ],
)
def test_each_deduction_has_its_sentence(used, text):
    rules = (
        rule("1", amount="2", unit="人次"),
        rule("2", Effect.ONCE, "1.5", extra=10_000),
        rule("3", Effect.ZERO, "0", total=20_000),
        rule("4", Effect.FREE, "0"),
        rule("5", Effect.NONE, "0", veto=True),
    )
    assert score(rulebook(item("1", "20", *rules)), {"1": deducted(used)}).items["1"].reasons == (text,)


def test_several_uses_of_one_rule_are_one_sentence_with_all_words():
    uses = (Deduction("1", 2, words="东库"), Deduction("1", 1, words="西库"))
    result = score(rulebook(item("1", "20", rule())), {"1": deducted(*uses)})
    assert result.items["1"].reasons == ("按“示例条款1”，3 处，扣 3 分（东库；西库）",)


def test_a_veto_that_fails_says_what_the_score_would_have_given_and_by_which_clause():
    veto = Veto("v", "重点工作", "2024-07-01", "uplift/2", item="1")
    book = rulebook(item("1", "20", rule(), number="6.3"), item("2", "80"), scheme=LEVEL_2, vetoes=(veto,))
    first = score(book, {"1": deducted(("1", 20)), "2": CONFORMS}).reasons[0]
    assert first.text == "按得分为二级，但 6.3 项自2024年7月1日起为达标否决项，本次不予通过"
    assert (first.clause, first.since) == ("uplift/2", "2024-07-01")


def test_the_level_cites_the_edition():
    reasons = score(rulebook(item("1"), scheme=LEVEL_2), {"1": CONFORMS}).reasons
    assert [each.clause for each in reasons if "按得分" in each.text] == ["示例标准/4.2"]
