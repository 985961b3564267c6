"""Drafts: opened in one entry, corrected row by row, nothing guessed silently."""

from dataclasses import replace

import pytest

from dabiao.kernel.errors import Absent, Conflict, Invalid, Refused
from dabiao.standards import queries
from dabiao.standards.models import Edition
from dabiao.standards.rules.book import Effect, Rule, Threshold, VetoLevel
from dabiao.standards.services import arranging, corrections, drafts
from dabiao.standards.services.drafts import FromFile
from dabiao.standards.services.rows import read_item
from dabiao.standards.tables.values import Fault, Spot
from standards.desk import BOOK, SCHEME, Desk, item, understanding
from standards.telling import acts, refused
from world import AT


def test_a_draft_comes_in_one_journal_entry_and_says_the_same_book(desk: Desk) -> None:
    edition = desk.draft()
    assert edition.state == "draft"
    assert acts()[-2:] == ["standards.register", "standards.open_draft"]
    assert queries.book(Edition.objects.get(pk=edition.pk)) == BOOK


def test_only_the_owner_opens_a_draft(desk: Desk) -> None:
    standard = desk.register()
    for who in ("other_industry_city", "bureau_city", "industry_district", "officer"):
        by = desk.world.actor(who)
        with refused(Refused, "由该部门办理"):
            drafts.open_draft(standard=standard, label="2027版", book=BOOK, by=by, at=AT)


def test_a_label_is_used_once_but_may_be_used_again_after_discarding(desk: Desk) -> None:
    edition = desk.draft()
    with refused(Invalid, "已有版次"):
        desk.draft(edition.standard)
    drafts.discard(edition=edition, by=desk.actor, at=AT)
    assert Edition.objects.get(pk=edition.pk).state == "discarded"
    assert desk.draft(edition.standard).label == edition.label


def test_a_table_with_errors_opens_no_draft(desk: Desk) -> None:
    standard = desk.register()
    fault = Fault(Spot("评分表", 7, "D"), "分值不是数字。", "请改正后再导入。")
    read = replace(understanding(), errors=(fault,))
    with refused(Invalid, "第7行D列"):
        drafts.open_draft_from_table(
            standard=standard, label="2026版", understood=read, file=FromFile("a.xlsx"), by=desk.actor, at=AT
        )


def test_what_a_table_left_open_waits_for_a_person(desk: Desk) -> None:
    waiting = queries.obstacles(desk.imported())
    assert [str(each) for each in waiting][:2] == [
        "评分表 第5行：扣分条款“酌情扣分”尚未由人确认。",
        "评分办法：尚未确定评分办法和等级界限。",
    ]


def test_confirming_a_phrase_keeps_who_when_and_what_it_was(desk: Desk) -> None:
    edition = desk.imported()
    rule = Rule("2", "", Effect.ONCE, 500)
    corrections.settle_phrase(edition=edition, phrase="1", rule=rule, by=desk.actor, at=AT)
    fresh = Edition.objects.get(pk=edition.pk)
    [phrase] = queries.source(fresh).phrases
    assert phrase.settled is not None
    assert (phrase.settled.name, phrase.settled.at[:10]) == (desk.actor.name, "2026-03-02")
    assert phrase.settled.was == {"key": "2", "text": "酌情扣分", "effect": "free"}
    assert queries.book(fresh).items[1].rules[1] == Rule("2", "酌情扣分", Effect.ONCE, 500)
    assert acts()[-1] == "standards.settle_phrase"


def test_a_rule_that_takes_more_than_the_item_has_is_refused_beside_its_field(desk: Desk) -> None:
    edition = desk.imported()
    rule = Rule("2", "", Effect.ONCE, 4001)
    with refused(Invalid, "不能超过本项标准分值4分"):
        corrections.settle_phrase(edition=edition, phrase="1", rule=rule, by=desk.actor, at=AT)


def test_a_sum_that_differs_waits_for_a_reason(desk: Desk) -> None:
    edition = desk.imported(understanding(stated=11_000))
    assert any("合计与文件载明的不一致" in str(each) for each in queries.obstacles(edition))
    with refused(Invalid, "理由"):
        corrections.settle_sum(edition=edition, place=0, reason=" ", by=desk.actor, at=AT)
    corrections.settle_sum(edition=edition, place=0, reason="原表合计有误。", by=desk.actor, at=AT)
    left = queries.obstacles(Edition.objects.get(pk=edition.pk))
    assert not any("合计" in str(each) for each in left)


def test_an_element_that_does_not_add_up_is_settled_by_correcting_points_or_by_a_reason(desk: Desk) -> None:
    elements = (replace(BOOK.elements[0], points=7000), BOOK.elements[1])
    edition = desk.draft(book=replace(BOOK, elements=elements))
    assert any("条目合计 6 分" in str(each) for each in queries.obstacles(edition))
    row = edition.items.get(key="1.1")
    content = replace(read_item(row.content), points=3000)
    corrections.correct_item(item=row, content=content, version=row.version, by=desk.actor, at=AT)
    assert not queries.obstacles(edition)


def test_an_item_is_put_right_and_found_by_its_new_words(desk: Desk) -> None:
    row = desk.draft().items.get(key="1.2")
    content = replace(
        read_item(row.content),
        requirement="特种作业人员应当持证",
        veto=VetoLevel.VETO,
        key="9.9",
        element="2",
    )
    corrections.correct_item(item=row, content=content, version=1, by=desk.actor, at=AT)
    row.refresh_from_db()
    assert (row.key, row.content["element"], row.veto, row.version) == ("1.2", "1", "veto", 2)
    assert "特种作业" in row.words


def test_the_second_of_two_correctors_is_told(desk: Desk) -> None:
    row = desk.draft().items.get(key="1.2")
    content = read_item(row.content)
    corrections.correct_item(item=row, content=content, version=1, by=desk.actor, at=AT)
    with refused(Conflict, "他人修改"):
        corrections.correct_item(item=row, content=content, version=1, by=desk.actor, at=AT)


def test_items_are_added_and_dropped_with_a_reason(desk: Desk) -> None:
    edition = desk.imported()
    added = item("2.2", "2", 1000, Rule("1", "不得分", Effect.ZERO))
    row = arranging.add_item(edition=edition, content=added, by=desk.actor, at=AT)
    assert row.place == 3 + 1000
    with refused(Invalid, "已经使用"):
        arranging.add_item(edition=edition, content=added, by=desk.actor, at=AT)
    with refused(Invalid, "理由"):
        arranging.drop_item(item=row, reason="", by=desk.actor, at=AT)
    arranging.drop_item(item=edition.items.get(key="1.2"), reason="与2.2重复", by=desk.actor, at=AT)
    assert not queries.source(Edition.objects.get(pk=edition.pk)).phrases
    assert not edition.items.filter(key="1.2").exists()


def test_an_element_gets_its_title_and_group(desk: Desk) -> None:
    edition = desk.draft()
    element = replace(BOOK.elements[1], title="现场安全技术要求", parent="1")
    corrections.correct_element(edition=edition, element=element, by=desk.actor, at=AT)
    fresh = Edition.objects.get(pk=edition.pk)
    assert queries.book(fresh).elements[1] == replace(element, parent="")
    assert "现场安全技术要求" in edition.items.get(key="2.1").words
    with refused(Absent):
        corrections.correct_element(edition=edition, element=replace(element, key="7"), by=desk.actor, at=AT)


@pytest.mark.parametrize(
    ("thresholds", "words"),
    [
        ((Threshold("level_2", 60_000), Threshold("level_3", 80_000)), "从高到低"),
        ((Threshold("level_2", 101_000),), "不超过100"),
    ],
)
def test_a_scheme_that_makes_no_sense_is_refused(
    desk: Desk, thresholds: tuple[Threshold, ...], words: str
) -> None:
    edition = desk.imported()
    with refused(Invalid, words):
        scheme = replace(SCHEME, thresholds=thresholds)
        corrections.set_scheme(edition=edition, scheme=scheme, by=desk.actor, at=AT)


def test_a_draft_of_another_department_does_not_exist(desk: Desk) -> None:
    edition = desk.imported()
    stranger = desk.world.actor("other_industry_city")
    with refused(Absent):
        corrections.set_scheme(edition=edition, scheme=SCHEME, by=stranger, at=AT)
    assert not Edition.objects.visible_to(stranger).filter(pk=edition.pk).exists()
