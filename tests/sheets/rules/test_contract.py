"""The JSON that outsiders rely on (spec/contract.md)."""

import json

from dabiao.sheets.rules.contract import contract_json
from dabiao.sheets.rules.scoring import score
from dabiao.standards.rules.book import VetoLevel
from sheets.rules.inventing import ABSENT, CONFORMS, deducted, grouped, item, losing, rule, rulebook


def test_a_rate_edition_in_the_shape_of_the_contract():
    book = rulebook(item("1", "10", rule(amount="2.5")), item("2", "4"), item("3", "0", veto=VetoLevel.VETO))
    plain = contract_json(score(book, {"1": deducted(("1", 1)), "2": ABSENT, "3": deducted()}))
    assert {name: plain[name] for name in ("full", "not_applicable", "obtained", "score", "level")} == {
        "full": "14",
        "not_applicable": "4",
        "obtained": "7.5",
        "score": "75.0",
        "level": "failed",
    }
    assert plain["elements"] == [
        {
            "name": "要素a",
            "full": "14",
            "not_applicable": "4",
            "obtained": "7.5",
            "rate": "75.0",
            "extra": "0",
        }
    ]
    assert [veto["item"] for veto in plain["vetoes"]] == ["3"]
    assert plain["deductions"] == [
        {
            "item": "1",
            "lost": "2.5",
            "extra": "0",
            "total": "0",
            "texts": ["按“示例条款1”，1 处，扣 2.5 分"],
        }
    ]
    assert all(set(each) == {"text", "clause", "since"} for each in plain["reasons"])
    assert not {"p", "groups"} & set(plain)
    assert json.loads(json.dumps(plain)) == plain


def test_an_unanswered_line_gives_null_and_the_score_so_far_beside_it():
    plain = contract_json(score(rulebook(item("1"), item("2")), {"1": CONFORMS}))
    assert (plain["score"], plain["provisional"], plain["level"]) == (None, "100.0", None)
    assert plain["missing"] == ["2"]
    assert contract_json(score(rulebook(item("1")), {}))["elements"][0]["rate"] is None


def test_two_groups_add_p_and_rates_and_the_score_is_p_by_10():
    plain = contract_json(score(grouped("100", "900"), {"1": losing("20.01"), "2": losing("74.99")}))
    assert (plain["p"], plain["score"], plain["level"]) == ("905.0", "90.5", "C")
    assert plain["groups"] == {"basic_management": "79.99", "onsite_technical": "91.6678"}
