"""What is found in a book before it is published."""

from dataclasses import replace

import pytest

from dabiao.standards.rules.book import (
    Book,
    Effect,
    Element,
    Group,
    Item,
    Rule,
    Scheme,
    SchemeKind,
    Threshold,
    VetoLevel,
)
from dabiao.standards.rules.checks import Finding, Severity, findings
from editions import publishable

RULES = (
    Rule("1", "未制定的，不得分", Effect.ZERO),
    Rule("2", "不全的，每处扣1分", Effect.EACH, points=1000, unit="处"),
    Rule("3", "扣满4分的，追加扣除3分", Effect.NONE, extra=3000, exhausted=True),
)
ITEM = Item("1.1.1", "1.1", "1.1.1", "制定目标。", "……", 4000, RULES)
ELEMENTS = (Element("1", "目标", "1", points=4000), Element("1.1", "制定", "1.1", "1"))
SCHEME = Scheme(thresholds=(Threshold("level_2", 75_000), Threshold("level_3", 60_000)))
BOOK = Book("示例标准", "DB99/T 1—2024", SCHEME, ELEMENTS, (ITEM,))


def found(book: Book) -> list[Finding]:
    return list(findings(book))


def with_item(**changes: object) -> Book:
    return replace(BOOK, items=(replace(ITEM, **changes),))


def with_rule(**changes: object) -> Book:
    rule = replace(RULES[1], **changes)
    return with_item(rules=(RULES[0], rule))


def test_a_sound_book_has_no_findings() -> None:
    assert found(BOOK) == []
    assert publishable(BOOK)


def test_stated_points_must_be_the_sum() -> None:
    book = replace(BOOK, elements=(replace(ELEMENTS[0], points=5000), ELEMENTS[1]))
    assert found(book) == [Finding(Severity.ERROR, "1 目标", "写明 5 分，条目合计 4 分，请核对。", "1")]
    assert not publishable(book)


@pytest.mark.parametrize(
    ("book", "severity", "words"),
    [
        (replace(BOOK, title=" "), "error", "没有名称"),
        (replace(BOOK, number=""), "warning", "没有标准编号"),
        (replace(BOOK, items=()), "error", "没有条目"),
        (replace(BOOK, scheme=Scheme()), "warning", "没有定级分数线"),
        (replace(BOOK, scheme=Scheme(thresholds=SCHEME.thresholds[::-1])), "error", "从高到低"),
        (replace(BOOK, items=(ITEM, ITEM)), "error", "标识 1.1.1 用了 2 次"),
        (replace(BOOK, items=(ITEM, replace(ITEM, key="x"))), "error", "编号 1.1.1 用了 2 次"),
        (replace(BOOK, elements=(*ELEMENTS, ELEMENTS[1])), "error", "标识 1.1 用了 2 次"),
        (replace(BOOK, elements=(*ELEMENTS, Element("2", "空的"))), "warning", "没有条目"),
        (replace(BOOK, elements=(*ELEMENTS, Element("2", ""))), "error", "没有名称"),
        (replace(BOOK, elements=(*ELEMENTS, Element("2", "乙", parent="9"))), "error", "上级要素不存在"),
        (with_item(element="9"), "error", "所属要素不存在"),
        (with_item(requirement="  "), "error", "没有考评内容"),
        (with_item(points=-1), "error", "小于零"),
        (with_item(points=0), "warning", "不是否决项"),
        (with_item(rules=()), "warning", "没有扣分条款"),
        (with_item(mandatory=True), "warning", "没有写依据"),
        (with_item(rules=(RULES[0], RULES[0])), "error", "序号有重复"),
        (with_rule(effect=Effect.FREE), "warning", "没有读出扣分方式"),
        (with_rule(points=0), "error", "没有写明扣多少分"),
        (with_rule(points=5000), "warning", "超过本条分值 4"),
        (with_rule(effect=Effect.ONCE, points=5000), "warning", "超过本条分值 4"),
        (with_rule(unit=""), "error", "没有计数单位"),
        (with_rule(extra=-1), "error", "小于零"),
        (with_rule(effect=Effect.NONE, points=0), "warning", "只作说明"),
        (with_rule(extra=9000), "warning", "超过所在类目的 4 分"),
        (with_item(rules=(RULES[1], replace(RULES[2], extra=0))), "error", "没有写明追加扣除多少分"),
        (with_item(rules=(RULES[0], RULES[2])), "warning", "扣不满"),
    ],
)
def test_each_fault_is_found(book: Book, severity: str, words: str) -> None:
    assert any(each.severity == severity and words in each.text for each in found(book))


def test_a_circle_of_elements_is_found_and_does_not_hang() -> None:
    circle = (Element("1", "甲", parent="1.1"), Element("1.1", "乙", parent="1"))
    assert any("树形" in each.text for each in found(replace(BOOK, elements=circle)))


def test_two_groups_need_every_outermost_element_in_one() -> None:
    scheme = replace(SCHEME, kind=SchemeKind.TWO_GROUPS)
    texts = [each.text for each in found(replace(BOOK, scheme=scheme))]
    assert [text[:4] for text in texts] == ["没有归入", "两类得分"]
    onsite = Element("2", "现场", group=Group.ONSITE)
    both = replace(
        BOOK, scheme=scheme, elements=(replace(ELEMENTS[0], group=Group.BASIC), ELEMENTS[1], onsite)
    )
    assert publishable(both)


def test_a_veto_item_may_carry_no_points() -> None:
    book = with_item(points=0, veto=VetoLevel.VETO, rules=(RULES[0],))
    assert [
        each.text for each in found(replace(book, elements=(replace(ELEMENTS[0], points=None), ELEMENTS[1])))
    ] == []


def test_errors_come_first() -> None:
    severities = [each.severity for each in found(replace(with_item(requirement=""), number=""))]
    assert severities == [Severity.ERROR, Severity.WARNING]
