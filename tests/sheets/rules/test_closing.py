"""A sheet is closed when nothing is missing; each gap says where and what to do."""

import pytest

from dabiao.sheets.rules.closing import Gap, Kind, gaps, misused
from dabiao.sheets.rules.occasions import Occasion, evidence
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.standards.rules.book import Element, VetoLevel
from dabiao.standards.rules.rulebook import Veto
from sheets.rules.inventing import ABSENT, CONFORMS, deducted, item, rule, rulebook

OWN, REVIEW = Occasion.SELF_ASSESSMENT, Occasion.ONSITE_REVIEW
SEEN = Answer(Verdict.CONFORMS, words="查看了制度文件")
TAKEN = {"1": ("sha256:1",)}


def kinds(found):
    return [(gap.line, gap.kind) for gap in found]


@pytest.mark.parametrize("occasion", Occasion)
def test_an_unanswered_line_keeps_every_sheet_open(occasion):
    book = rulebook(item("1"), item("2"), vetoes=(Veto("f", "列入名单", "", "uplift/2"),))
    found = gaps(book, {"1": SEEN}, TAKEN, occasion)
    assert kinds(found)[:2] == [("2", Kind.UNANSWERED), ("f", Kind.UNANSWERED)]
    assert found[0].text == "2 项还没有作答。"


def test_a_line_out_of_scope_needs_no_answer():
    book = rulebook(item("1"), item("2", areas=("dust",)), areas=())
    assert gaps(book, {"1": CONFORMS}, {}, OWN) == []


@pytest.mark.parametrize("occasion", Occasion)
@pytest.mark.parametrize(
    ("answer", "complete"),
    [
        (deducted("1", words=""), False),
        (deducted("1", words=" \n"), False),
        (deducted("1"), True),
        (deducted(Deduction("1", words="缺两处"), words=""), True),
        (deducted(Deduction("1", words="缺两处"), "2", words=""), False),
        (deducted(Deduction("1", words="缺两处"), "2", words="另见记录"), True),
    ],
)
def test_a_deduction_without_words_is_refused(occasion, answer, complete):
    book = rulebook(item("1", "10", rule("1"), rule("2")))
    found = gaps(book, {"1": answer}, TAKEN, occasion)
    assert (Gap("1", "1 项有扣分，请写明发现的问题。", Kind.WORDS) not in found) is complete


@pytest.mark.parametrize(("reason", "complete"), [("", False), ("  ", False), ("没有锅炉", True)])
def test_not_applicable_needs_a_reason(reason, complete):
    book = rulebook(item("1"), item("2"))
    found = gaps(book, {"1": Answer(Verdict.NOT_APPLICABLE, reason=reason), "2": CONFORMS}, {}, OWN)
    assert kinds(found) == ([] if complete else [("1", Kind.REASON)])


@pytest.mark.parametrize("occasion", Occasion)
@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"pictures": "全景"}, {deducted("1"): True, SEEN: False}),
        ({"pictures": "全景", "picture_always": True}, {deducted("1"): True, SEEN: True, ABSENT: False}),
        ({"picture_always": True}, {SEEN: True}),
        ({}, {deducted("1"): False, SEEN: False}),
    ],
)
def test_the_pictures_an_edition_asks_for_are_asked_on_every_occasion(occasion, given, asked):
    book = rulebook(item("1", "10", rule(), **given), item("2"))
    for answer, wanted in asked.items():
        found = gaps(book, {"1": answer, "2": SEEN}, {"2": ("sha256:2",)}, occasion)
        asked_anyway = evidence(occasion).lines and answer.applies  # what is put right is shown
        assert kinds(found) == ([("1", Kind.PICTURE)] if wanted or asked_anyway else [])
        assert gaps(book, {"1": answer, "2": SEEN}, {**TAKEN, "2": ("sha256:2",)}, occasion) == []


def test_the_gap_names_the_pictures_asked_for():
    found = gaps(rulebook(item("1", "10", rule(), pictures="罐区全景")), {"1": deducted("1")}, {}, OWN)
    assert found[0].text == "1 项有扣分，按标准要求应附图片：罐区全景。"


def test_on_others_visits_every_element_carries_words_and_a_picture():
    elements = (Element("a", "目标"), Element("a1", "制度", parent="a"), Element("a2", "职责", parent="a"))
    book = rulebook(
        item("1", element="a1"), item("2", element="a2"), item("3", element="a2"), elements=elements
    )
    answers = {"1": CONFORMS, "2": CONFORMS, "3": CONFORMS}
    both = [("1", Kind.WORDS), ("1", Kind.PICTURE), ("2", Kind.WORDS), ("2", Kind.PICTURE)]
    assert kinds(gaps(book, answers, {}, REVIEW)) == both
    answered = {**answers, "1": SEEN, "3": SEEN}
    assert kinds(gaps(book, answered, TAKEN, REVIEW)) == [("2", Kind.PICTURE)]
    assert gaps(book, answered, {**TAKEN, "3": ("sha256:3",)}, REVIEW) == []
    assert gaps(book, answers, {}, OWN) == []


def test_an_element_in_which_nothing_applies_asks_for_nothing():
    book = rulebook(item("1"), item("2", element="b"))
    assert gaps(book, {"1": SEEN, "2": ABSENT}, TAKEN, REVIEW) == []


@pytest.mark.parametrize("laid", [False, True])
def test_veto_items_always_carry_words_and_a_picture_on_others_visits(laid):
    vetoes = (Veto("v", "重点", "", "uplift/2", item="2"),) if laid else ()
    book = rulebook(item("1"), item("2", veto=VetoLevel.NONE if laid else VetoLevel.VETO), vetoes=vetoes)
    found = gaps(book, {"1": SEEN, "2": CONFORMS}, TAKEN, REVIEW)
    assert kinds(found) == [("2", Kind.WORDS), ("2", Kind.PICTURE)]
    assert gaps(book, {"1": SEEN, "2": SEEN}, {**TAKEN, "2": ("sha256:2",)}, REVIEW) == []
    assert gaps(book, {"1": SEEN, "2": ABSENT}, TAKEN, REVIEW) == []
    assert gaps(book, {"1": SEEN, "2": CONFORMS}, {}, OWN) == []


def test_a_sheet_on_which_nothing_applies_is_not_closed():
    found = gaps(rulebook(item("1")), {"1": ABSENT}, {}, OWN)
    assert kinds(found) == [("", Kind.NOTHING)]


def test_what_an_answer_cannot_say_is_a_gap_and_refused_when_saving():
    book = rulebook(item("1", "10", rule()))
    assert misused(book.line("1"), CONFORMS) == []
    wrong = misused(book.line("1"), deducted("9"))
    assert wrong == [Gap("1", "1 项：扣分条款“9”不在本项的考评办法中，请重新选择。", Kind.FAULT)]
    assert gaps(book, {"1": deducted("9")}, {}, OWN) == wrong


def test_answers_to_lines_that_are_gone_keep_nothing_open():
    assert gaps(rulebook(item("1")), {"1": CONFORMS, "gone": deducted("7", words="")}, {}, OWN) == []


def test_an_occasion_that_does_not_exist_is_an_error():
    with pytest.raises(ValueError, match="party"):
        gaps(rulebook(item("1")), {"1": CONFORMS}, {}, "party")
