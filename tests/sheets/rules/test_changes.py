"""A new rulebook on an open sheet: what changed is shown, answers stay."""

from dataclasses import replace

import pytest

from dabiao.sheets.rules.changes import Kind, changes
from dabiao.sheets.rules.scoring import score
from dabiao.standards.rules.rulebook import Veto
from sheets.rules.inventing import CONFORMS, deducted, item, rule, rulebook

FREE = Veto("f", "列入联合惩戒名单", "2024-07-01", "uplift/2")
LAID = Veto("v", "重点工作", "2025-01-01", "uplift/2", item="6.3")
OLD = rulebook(item("6.3", "10", rule()), item("6.4", "90", areas=("dust",)), areas=("dust",))


def test_nothing_changes_between_equal_rulebooks():
    assert changes(OLD, replace(OLD, day="2026-04-01")) == []


def test_a_veto_laid_on_an_item_is_shown_with_its_day_and_clause():
    (change,) = changes(OLD, replace(OLD, vetoes=(LAID,)))
    assert (change.line, change.kind, change.clause, change.since) == (
        "6.3",
        Kind.VETO,
        "uplift/2",
        "2025-01-01",
    )
    assert change.text == "6.3 项自2025年1月1日起列为达标否决项，原答复保留。"


@pytest.mark.parametrize(
    ("old", "new", "line", "kind", "word"),
    [
        ((), (FREE,), "f", Kind.ADDED, "自2024年7月1日起新增否决条件“列入联合惩戒名单”，请作答"),
        ((FREE,), (), "f", Kind.REMOVED, "不再计分"),
        ((LAID,), (), "6.3", Kind.LIFTED, "不再是达标否决项"),
        ((LAID,), (replace(LAID, clause="uplift/3"),), "6.3", Kind.REWORDED, "有修改"),
        ((FREE,), (replace(FREE, text="列入失信名单"),), "f", Kind.REWORDED, "“列入失信名单”"),
    ],
)
def test_each_change_of_vetoes_is_one_line(old, new, line, kind, word):
    (change,) = changes(replace(OLD, vetoes=old), replace(OLD, vetoes=new))
    assert (change.line, change.kind) == (line, kind)
    assert word in change.text


@pytest.mark.parametrize(("before", "after", "kind"), [("dust", "", Kind.PRESET), ("", "dust", Kind.ENTERED)])
def test_a_change_of_scope_is_shown(before, after, kind):
    (change,) = changes(replace(OLD, areas=(before,)), replace(OLD, areas=(after,)))
    assert (change.line, change.kind) == ("6.4", kind)


def test_a_changed_item_is_shown():
    new = rulebook(item("6.3", "20", rule()), item("6.4", "90", areas=("dust",)), areas=("dust",))
    assert [(each.line, each.kind) for each in changes(OLD, new)] == [("6.3", Kind.ITEM)]


def test_answers_kept_are_scored_by_the_new_rulebook():
    answers = {"6.3": deducted(("1", 1)), "6.4": CONFORMS}
    assert score(OLD, answers).level == "level_1"
    assert score(replace(OLD, vetoes=(LAID,)), answers).level == "failed"
    assert score(replace(OLD, vetoes=(FREE,)), answers).missing == ("f",)
    both = {**answers, "f": CONFORMS}
    assert score(OLD, both).score == score(replace(OLD, vetoes=(FREE,)), both).score
