"""What a person enters is checked beside its field."""

from dataclasses import replace

from dabiao.standards.rules.book import Effect, Group, Rule, Scheme, SchemeKind, Threshold
from dabiao.standards.rules.entering import item_faults, rule_faults, scheme_faults
from editions import publishable
from standards.desk import BOOK, item

DB11 = Scheme(
    SchemeKind.TWO_GROUPS,
    (Threshold("A", 90_000), Threshold("B", 80_000), Threshold("C", 700_000)),
    basis="DB11/T 1322.1—2017",
)


def test_the_thresholds_of_two_groups_stand_on_two_scales() -> None:
    assert scheme_faults(DB11) == {}
    elements = (replace(BOOK.elements[0], group=Group.BASIC), replace(BOOK.elements[1], group=Group.ONSITE))
    assert publishable(replace(BOOK, scheme=DB11, elements=elements))
    wrong = replace(
        DB11, thresholds=(Threshold("A", 90_000), Threshold("B", 90_000), Threshold("C", 1_000_001))
    )
    assert set(scheme_faults(wrong)) == {"level-B", "level-C"}


def test_thresholds_need_their_basis() -> None:
    assert set(scheme_faults(Scheme(thresholds=(Threshold("level_2", 80_000),)))) == {"basis"}
    assert scheme_faults(Scheme()) == {}


def test_a_rule_says_how_much_for_what() -> None:
    assert rule_faults(Rule("1", "每处扣1分", Effect.EACH, 1000, "处"), 2000) == {}
    assert set(rule_faults(Rule("1", "每处扣", Effect.EACH), 2000)) == {"points", "unit"}
    assert set(rule_faults(Rule("1", "扣满的", Effect.NONE, exhausted=True), 2000)) == {"exhausted"}


def test_an_item_resting_on_law_names_it() -> None:
    found = item_faults(item("1.1", "1", 1000, Rule("1", "扣2分", Effect.ONCE, 2000), mandatory=True))
    assert set(found) == {"citation", "rule-1-points"}
    assert set(item_faults(item("一", "1", 0))) == {"key"}
