"""Our own editions hold what they promise: sums, coverage, phrases, refusals (spec/scoring.md, uplift/2)."""

import re
from collections import Counter
from datetime import date

import pytest

from dabiao import law
from dabiao.demo.editions.reading import GENERAL, SMALL, edition, refusals
from dabiao.sheets.rules.scoring import score
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.standards.rules.book import Book, Effect, Group, Item, Rule, SchemeKind, VetoLevel
from dabiao.standards.rules.phrases import read_method
from dabiao.standards.rules.rulebook import Rulebook, Veto

ON = date(2026, 11, 22)
DAY = ON.isoformat()
AREAS = {
    "dust_explosion",
    "ammonia",
    "liquor",
    "hazardous_chemical_use",
    "chemical_graded_supervision",
    "confined_space",
    "sewage_biogas",
    "grain_dust",
    "cold_store",
    "hydrogen_station",
    "energy_storage",
    "charging_site",
}
KINDS = {
    "不得分": r"的，不得分$",
    "每处": r"每处扣",
    "每项": r"每项扣",
    "每次": r"每次扣",
    "每人次": r"每人次扣",
    "每台": r"每台扣",
    "每个": r"每个扣",
    "每缺一项": r"每缺一项扣",
    "一次扣": r"的，扣[\d.]+分$",
    "扣满追加": r"^扣满[\d.]+分的，追加扣除",
    "不得分并追加": r"不得分，并追加扣除",
    "除不得分外追加": r"除不得分外，追加扣除",
    "扣完后追加": r"除本分值扣完后外，追加扣除",
    "总分倒扣": r"除不得分外，在总分中倒扣20分$",
    "否决": r"^※",
}
BOTH = pytest.mark.parametrize("name", [GENERAL, SMALL])


def _rules(book: Book) -> list[tuple[Item, Rule]]:
    return [(item, rule) for item in book.items for rule in item.rules]


def _rulebook(name: str, *areas: str) -> Rulebook:
    vetoes = tuple(each.veto for each in refusals(name))
    return Rulebook(edition(name), name, DAY, vetoes, areas)


def test_the_general_edition_has_1000_points_in_two_groups() -> None:
    book = edition(GENERAL)
    sums = Counter(dict.fromkeys((Group.BASIC, Group.ONSITE), 0))
    for element in book.elements:
        if not element.parent:
            sums[element.group] += element.points or 0
    assert book.full == 1_000_000
    assert sums == {Group.BASIC: 460_000, Group.ONSITE: 540_000}
    assert len(book.items) >= 120


def test_the_small_edition_has_500_points() -> None:
    assert edition(SMALL).full == 500_000
    assert len(edition(SMALL).items) == 45


@BOTH
def test_stated_points_of_every_element_are_the_sum_of_what_lies_in_it(name: str) -> None:
    book = edition(name)
    for element in book.elements:
        items = sum(item.points for item in book.items if item.element == element.key)
        inner = sum(each.points or 0 for each in book.elements if each.parent == element.key)
        assert element.points == items + inner, element.number


@BOTH
def test_keys_are_unique_and_items_lie_in_their_element(name: str) -> None:
    book = edition(name)
    assert max(Counter(item.key for item in book.items).values()) == 1
    assert max(Counter(element.key for element in book.elements).values()) == 1
    assert all(item.number.rpartition(".")[0] == item.element for item in book.items)


def test_basic_management_keeps_the_28_parts_of_the_2016_structure() -> None:
    book = edition(GENERAL)
    basic = {each.key for each in book.elements if each.group is Group.BASIC}
    assert len(basic) == 8
    assert sum(each.parent in basic for each in book.elements) == 28
    assert any("GB/T 33000—2025" in note and "仍采用" in note for note in book.notes)


def test_thresholds_are_ours_and_unconfirmed() -> None:
    scheme = edition(GENERAL).scheme
    assert scheme.kind is SchemeKind.RATE
    assert [(each.level, each.at_least) for each in scheme.thresholds] == [
        ("level_2", 80_000),
        ("level_3", 60_000),
    ]
    assert [each.level for each in edition(SMALL).scheme.thresholds] == ["small_micro"]
    assert "系统自定" in scheme.basis
    assert not scheme.confirmed


def test_every_special_area_has_items_that_say_when_they_apply() -> None:
    marked = [item for item in edition(GENERAL).items if item.areas]
    assert {area for item in marked for area in item.areas} == AREAS
    assert [item.number for item in marked if not item.applies_when] == []


def test_every_kind_of_phrase_is_there() -> None:
    texts = [rule.text for _, rule in _rules(edition(GENERAL))]
    assert [kind for kind, shape in KINDS.items() if not any(re.search(shape, text) for text in texts)] == []


@BOTH
def test_reading_the_printed_method_gives_the_same_rules(name: str) -> None:
    for item in edition(name).items:
        reading = read_method(item.method, item.points)
        assert reading.rules == item.rules, item.number
        assert (reading.unread, reading.doubtful) == ((), ()), item.number


@BOTH
def test_no_deduction_is_larger_than_its_item(name: str) -> None:
    assert [item.number for item, rule in _rules(edition(name)) if rule.points > item.points] == []
    assert [item.number for item, rule in _rules(edition(name)) if rule.effect is Effect.FREE] == []
    assert [item.number for item in edition(name).items if not item.rules] == []


@BOTH
def test_veto_clauses_lie_on_veto_items_and_these_hold_nothing_else(name: str) -> None:
    for item in edition(name).items:
        vetoes = {rule.veto for rule in item.rules}
        assert vetoes == {item.veto is VetoLevel.VETO}, item.number


@BOTH
def test_veto_items_ask_for_pictures_always_and_rest_on_mandatory_law(name: str) -> None:
    vetoes = [item for item in edition(name).items if item.veto]
    assert all(item.picture_always and item.pictures and item.mandatory for item in vetoes)


@BOTH
def test_whoever_rests_on_mandatory_law_names_it(name: str) -> None:
    assert [item.number for item in edition(name).items if item.mandatory and not item.citation] == []
    assert sum(item.mandatory for item in edition(name).items) * 2 > len(edition(name).items)


@BOTH
def test_requirements_and_checks_are_concrete(name: str) -> None:
    for item in edition(name).items:
        assert re.match("查文件|查现场|询问|测试", item.check), item.number
        assert len(item.requirement) >= 30, item.number
        assert item.requirement.endswith("。"), item.number
    assert max(Counter(item.requirement for item in edition(name).items).values()) == 1


@BOTH
def test_every_hard_refusal_and_campaign_of_the_law_is_laid_over(name: str) -> None:
    hard, campaigns = (law.on(ON)[each] for each in ("refusals.hard", "refusals.campaigns"))
    found = refusals(name)
    assert {each.refusal for each in found} == {each["id"] for each in hard.value}
    assert {each.campaign for each in found} - {""} == {each["id"] for each in campaigns.value}
    assert {each.veto.since for each in found} == {hard.since.isoformat()}
    assert {each.veto.clause for each in found} == {hard.clause}
    assert [each.refusal for each in found if not each.veto.item] == ["joint_punishment"]


@BOTH
def test_refusals_hang_on_veto_items_of_the_edition(name: str) -> None:
    vetoes = {item.key for item in edition(name).items if item.veto}
    assert {each.veto.item for each in refusals(name)} - {""} == vetoes


@BOTH
def test_a_sheet_that_conforms_throughout_scores_100(name: str) -> None:
    rulebook = _rulebook(name, *AREAS)
    answers = {line.key: Answer(Verdict.CONFORMS) for line in rulebook.lines()}
    result = score(rulebook, answers)
    assert str(result.score) == "100.0"
    assert result.level == edition(name).scheme.thresholds[0].level


def test_a_veto_fails_a_sheet_that_is_otherwise_perfect() -> None:
    rulebook = _rulebook(GENERAL, *AREAS)
    answers = {line.key: Answer(Verdict.CONFORMS) for line in rulebook.lines()}
    answers["13.1.1"] = Answer(Verdict.DEDUCTED, (Deduction("2", words="火灾隐患逾期未整改"),), "未整改")
    result = score(rulebook, answers)
    assert result.level == "failed"
    assert {veto.item for veto in result.vetoes} == {"13.1.1"}
    assert isinstance(result.vetoes[0], Veto)


@BOTH
def test_a_book_survives_being_written_as_json_values(name: str) -> None:
    assert Book.read(edition(name).plain()) == edition(name)
