"""The scoring cases that the device's script reads too."""

from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from dabiao.sheets.rules.scoring import score
from dabiao.sheets.rules.values import answer
from dabiao.standards.rules.book import Book
from dabiao.standards.rules.rulebook import Rulebook, Veto

FOLDER = Path(__file__).parents[2] / "cases" / "scoring"


def cases():
    for path in sorted(FOLDER.glob("*.yaml")):
        whole = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in whole["cases"]:
            yield pytest.param(whole["books"][case["book"]], case, id=f"{path.stem}: {case['name']}")


def scored(book, case):
    scheme = {**book.get("scheme", {}), **case.get("scheme", {})}
    vetoes = tuple(Veto(**each) for each in case.get("vetoes", ()))
    areas = None if case.get("areas") is None else tuple(case["areas"])
    rulebook = Rulebook(Book.read({**book, "scheme": scheme}), "SL", "2026-03-02", vetoes, areas)
    answers = {key: answer(each) for key, each in case["answers"].items()}
    return score(rulebook, answers, case.get("performance"))


def plain(value):
    """As the case files write it."""
    if isinstance(value, Fraction):
        return [value.numerator, value.denominator]
    return value if value is None or isinstance(value, int | str) else str(value)


def check_parts(found, expected):
    for key, fields in expected.items():
        for name, value in fields.items():
            assert plain(getattr(found[key], name)) == value, (key, name)


@pytest.mark.parametrize(("book", "case"), list(cases()))
def test_the_case_scores_as_written(book, case):
    result, expected = scored(book, case), dict(case["expected"])
    texts = [each.text for each in result.reasons]
    assert all(any(wanted in text for text in texts) for wanted in expected.pop("reasons", ())), texts
    check_parts({each.key: each for each in result.elements}, expected.pop("elements", {}))
    check_parts(result.items, expected.pop("items", {}))
    for key, reasons in expected.pop("item_reasons", {}).items():
        assert set(reasons) <= set(result.items[key].reasons), result.items[key].reasons
    for group, share in expected.pop("groups", {}).items():
        assert plain(result.groups[group]) == share
    assert [veto.key for veto in result.vetoes] == expected.pop("vetoes", [v.key for v in result.vetoes])
    assert list(result.missing) == expected.pop("missing", list(result.missing))
    assert {name: plain(getattr(result, name)) for name in expected} == expected


def test_every_case_cites_what_it_illustrates():
    named = [case.values[1] for case in cases()]
    assert len({each["name"] + each["clause"] for each in named}) == len(named)
    assert all(each["clause"] for each in named)
