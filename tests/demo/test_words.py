"""The words fit the editions they are written for, and firms fit the codes they are given."""

from random import Random

import pytest
from stdnum.cn import uscc

from dabiao.demo.editions.reading import GENERAL, SMALL, edition
from dabiao.demo.firms import credit_code, people, person
from dabiao.demo.norms import CUT, SHORT, cut
from dabiao.demo.words.reading import findings, profiles, telling
from dabiao.demo.writing import Hand, written
from dabiao.organisations.data.reading import areas, industries, sizes
from dabiao.sheets.rules.faults import faults
from dabiao.sheets.rules.values import Verdict
from dabiao.standards.rules.book import Effect
from dabiao.standards.rules.rulebook import Line, Rulebook
from editions import publishable

BOTH = pytest.mark.parametrize("name", [GENERAL, SMALL])


@BOTH
def test_findings_use_rules_that_are_there(name: str) -> None:
    items = {item.key: item for item in edition(name).items}
    for key, found in findings(name).items():
        rules = {rule.key: rule for rule in items[key].rules}
        for each in found:
            assert rules[each.rule].effect in {Effect.EACH, Effect.ONCE}, (key, each.rule)
            assert each.count == 1 or rules[each.rule].effect is Effect.EACH
            assert each.cause
            assert each.corrective
            assert each.preventive


@BOTH
def test_no_finding_hangs_on_a_veto(name: str) -> None:
    assert not [item.key for item in edition(name).items if item.veto and item.key in findings(name)]


def test_reasons_for_not_applying_name_items() -> None:
    keys = {item.key for name in (GENERAL, SMALL) for item in edition(name).items}
    assert set(telling()["absent"]) <= keys


def test_kinds_of_firms_fit_the_data_of_the_city() -> None:
    known = {row.id for row in areas()}
    codes = {row.code for row in industries()}
    for profile in profiles():
        assert profile.industry in codes
        assert set(profile.areas) <= known
        assert set(profile.sizes) <= {row.id for row in sizes()}
        assert profile.places
    assert len({profile.id for profile in profiles()}) == len(profiles())


@pytest.mark.parametrize("number", [0, 1, 10, 99, 12345])
def test_credit_codes_check_and_are_nobodys(number: int) -> None:
    code = credit_code(number, "110113")
    assert uscc.is_valid(code)
    assert code[8:10] == "XX"
    assert credit_code(number + 1, "110113") != code


@BOTH
@pytest.mark.parametrize("loose", [0.0, 1.0])
def test_whatever_the_dice_say_an_answer_can_be_saved(name: str, loose: float) -> None:
    book, dice = Rulebook(edition(name), name, "2026-11-20"), Random(5)
    hand = Hand(name, ("一车间",), loose=loose, fails=frozenset({"12.1.1", "5.1"}))
    told = {line.key: written(line, hand, dice) for line in book.lines()}
    for line in book.lines():
        assert not faults(line, told[line.key].answer)
        assert "{" not in told[line.key].answer.words
        _explained(line, told[line.key].answer.verdict, told[line.key].answer.words)
    verdicts = {each.answer.verdict for each in told.values()}
    assert verdicts == set(Verdict)


def _explained(line: Line, verdict: Verdict, words: str) -> None:
    assert verdict is not Verdict.DEDUCTED or words, line.key


@pytest.mark.parametrize("name", sorted(CUT))
def test_editions_cut_from_the_general_one_are_whole(name: str) -> None:
    book = cut(name)
    assert len(book.items) >= (15 if SHORT in book.title else 90)
    assert {item.element for item in book.items} <= {element.key for element in book.elements}
    assert book.notes[0].startswith("一、本标准是随系统提供的示范文本")
    assert publishable(book)


def test_names_are_invented_from_the_lists() -> None:
    name = person(Random(1))
    assert name.startswith("示例")
    assert name[2] in telling()["surnames"]
    assert name[3:] in telling()["given"]


def test_nobody_sits_twice_at_one_table() -> None:
    for seed in range(200):
        other = person(Random(seed))
        found = people(Random(seed), 7, other)
        assert len({other, *found}) == 8
