"""What must hold for every edition and every sheet (spec/scoring.md)."""

from dataclasses import fields, replace
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dabiao.sheets.rules.scoring import score, score_raw, score_sums
from dabiao.sheets.rules.sums import change, effect, opening, sums
from dabiao.sheets.rules.sums import given as together
from dabiao.sheets.rules.values import FAILED, Running, Sums, Verdict, answer
from dabiao.standards.rules.rulebook import FREE, Rulebook
from sheets.rules.inventing import ABSENT, QUICK, answers_to, filled, grouped, losing

LADDER = ("level_1", "A", "level_2", "B", "level_3", "C", FAILED)


@QUICK
@given(filled(whole=True))
def test_a_whole_sheet_scores_between_0_and_100_or_has_nothing_that_applies(sheet):
    result = score(*sheet)
    assert result.missing == ()
    assert (result.score is None) == (result.applicable == 0)
    assert result.score is None or 0 <= result.score <= 100
    assert result.score == result.provisional


@QUICK
@given(filled())
def test_there_is_a_score_only_when_every_line_is_answered(sheet):
    result = score(*sheet)
    assert bool(result.missing) == (result.answered < result.lines)
    if result.missing:
        assert result.score is None
        assert result.level in {None, FAILED}
        assert (result.level == FAILED) == bool(result.vetoes)


@QUICK
@given(filled(whole=True), st.data())
def test_a_further_deduction_never_raises_score_obtained_or_level(sheet, data):
    rulebook, answers = sheet
    lines = [each for each in rulebook.lines() if answers.get(each.key, ABSENT).applies and each.item.rules]
    assume(lines)
    line = data.draw(st.sampled_from(lines))
    more = data.draw(answers_to(line).filter(lambda each: each.deductions)).deductions[0]
    old = answers[line.key]
    worse = replace(old, verdict=Verdict.DEDUCTED, deductions=(*old.deductions, more))
    before, after = score(rulebook, answers), score(rulebook, {**answers, line.key: worse})
    assert after.obtained <= before.obtained
    assert after.applicable == before.applicable
    assert after.score <= before.score
    assert LADDER.index(after.level) >= LADDER.index(before.level)


@QUICK
@given(filled(), st.randoms(use_true_random=False))
def test_order_of_items_and_answers_is_nothing(sheet, random):
    rulebook, answers = sheet
    items, given_answers = list(rulebook.book.items), list(answers.items())
    random.shuffle(items)
    random.shuffle(given_answers)
    shuffled = replace(rulebook, book=replace(rulebook.book, items=tuple(items)))
    one, other = score(rulebook, answers), score(shuffled, dict(given_answers))
    for each in fields(Running):
        assert getattr(one, each.name) == getattr(other, each.name)
    assert one.items == other.items
    assert set(one.missing) == set(other.missing)


@QUICK
@given(filled())
def test_parts_sum_to_the_whole(sheet):
    rulebook, answers = sheet
    result = score(rulebook, answers)
    for name in ("full", "not_applicable", "applicable"):
        assert getattr(result, name) == sum(getattr(each, name) for each in result.elements)
    assert result.obtained == max(0, sum(each.obtained for each in result.elements) - result.total_deduction)
    for element in result.elements:
        keys = {line.key for line in rulebook.lines() if line.outermost == element.key}
        mine = [each for key, each in result.items.items() if key in keys]
        kept, extra = sum(each.obtained for each in mine), sum(each.extra for each in mine)
        assert element.obtained == max(0, kept - extra)
        assert element.rate is None or 0 <= element.rate <= 1


@QUICK
@given(filled(), st.data())
def test_making_an_item_not_applicable_changes_no_other_item(sheet, data):
    rulebook, answers = sheet
    key = data.draw(st.sampled_from([each.key for each in rulebook.lines()]))
    before, after = score(rulebook, answers), score(rulebook, {**answers, key: ABSENT})
    assert {**before.items, key: None} == {**after.items, key: None}
    assert after.items[key].obtained == 0
    assert after.items[key].extra == after.items[key].total == 0


@QUICK
@given(filled(), st.data())
def test_sums_kept_answer_by_answer_equal_sums_of_the_whole(sheet, data):
    """Replace, give and take back answers in any order: what is kept is what would be recomputed."""
    rulebook, answers = sheet
    kept, current = opening(rulebook), {}
    for key, new in data.draw(st.permutations(list(answers.items()))):
        passing = data.draw(answers_to(rulebook.line(key)))
        for each in (passing, None, new):
            element, delta = change(rulebook, key, current.get(key), each)
            kept[element] += delta
            current = {**current, key: each} if each else {k: v for k, v in current.items() if k != key}
    assert kept == sums(rulebook, answers)


@QUICK
@given(filled())
def test_answers_brought_in_together_add_what_they_add_one_by_one(sheet):
    rulebook, answers = sheet
    one_by_one = {}
    for key, new in answers.items():
        element, delta = change(rulebook, key, None, new)
        one_by_one[element] = one_by_one.get(element, Sums()) + delta
    assert together(rulebook, answers) == one_by_one


@QUICK
@given(filled(), st.sampled_from((None, "failed")))
def test_the_running_score_from_sums_equals_the_score(sheet, performance):
    rulebook, answers = sheet
    result = score(rulebook, answers, performance)
    running = score_sums(rulebook, sums(rulebook, answers), performance)
    for each in fields(Running):
        assert getattr(running, each.name) == getattr(result, each.name)
    bare = {key: each.raw() for key, each in sums(rulebook, answers).items()}
    assert score_raw(rulebook, bare, performance, parts=False) == replace(running, elements=())


@QUICK
@given(filled())
def test_recomputing_from_what_was_written_down_gives_the_same_result(sheet):
    rulebook, answers = sheet
    read = Rulebook.read(rulebook.plain(), type(rulebook.book).read(rulebook.book.plain()))
    again = {key: answer(each.plain()) for key, each in answers.items()}
    assert read == rulebook
    assert again == answers
    assert score(read, again) == score(rulebook, answers)


@QUICK
@given(filled())
def test_no_item_loses_more_than_it_has_and_lines_out_of_scope_count_as_not_applicable(sheet):
    rulebook, answers = sheet
    result = score(rulebook, answers)
    for key, each in result.items.items():
        assert 0 <= each.lost <= each.points
        assert each.applies == (answers[key].applies if key in answers else False)
    assert set(result.items) == set(answers) | {line.key for line in rulebook.lines() if line.preset}


@QUICK
@given(filled(whole=True))
def test_a_veto_hit_fails_whatever_the_score_and_nothing_else_hides_it(sheet):
    rulebook, answers = sheet
    result = score(rulebook, answers)
    unsatisfied = {key for key, each in answers.items() if each.verdict is Verdict.DEDUCTED}
    hit = {line.key for line in rulebook.lines() if line.vetoes} & unsatisfied
    assert {veto.item or veto.key for veto in result.vetoes} == hit
    assert not hit or result.level == FAILED
    assert result.vetoed == len(hit)


@QUICK
@given(filled())
def test_sums_add_and_subtract_exactly(sheet):
    rulebook, answers = sheet
    result = score(rulebook, answers)
    whole = sum((effect(each) for each in result.items.values()), Sums())
    assert whole == sum(sums(rulebook, answers).values(), Sums())
    assert whole - whole == Sums()
    assert FREE in sums(rulebook, answers)


@given(st.integers(0, 1000), st.integers(0, 1000))
@settings(QUICK, max_examples=100)
def test_grades_of_two_groups_go_by_exact_fractions(basic, onsite):
    result = score(grouped("1000", "1000"), {"1": losing(str(basic)), "2": losing(str(onsite))})
    kept = (1000 - basic, 1000 - onsite)
    expected = "A" if min(kept) >= 900 else "B" if min(kept) >= 800 else "C" if sum(kept) >= 1400 else FAILED
    assert result.level == expected
    assert list(result.groups.values()) == [Fraction(each, 1000) for each in kept]
