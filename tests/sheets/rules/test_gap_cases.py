"""The cases of what is missing that the field page reads too."""

from pathlib import Path

import pytest
import yaml

from dabiao.sheets.rules.closing import gaps
from dabiao.sheets.rules.occasions import Occasion
from dabiao.sheets.rules.values import answer
from dabiao.standards.rules.book import Book
from dabiao.standards.rules.rulebook import Rulebook, Veto

FOLDER = Path(__file__).parents[2] / "cases" / "gaps"


def cases():
    for path in sorted(FOLDER.glob("*.yaml")):
        whole = yaml.safe_load(path.read_text(encoding="utf-8"))
        for case in whole["cases"]:
            yield pytest.param(whole["books"][case["book"]], case, id=f"{path.stem}: {case['name']}")


@pytest.mark.obligation("Q4-words-images")
@pytest.mark.parametrize(("book", "case"), list(cases()))
def test_what_is_missing_is_as_written(book, case):
    vetoes = tuple(Veto(**each, since="", clause="") for each in case.get("vetoes", ()))
    areas = None if case.get("areas") is None else tuple(case["areas"])
    rulebook = Rulebook(Book.read(book), "SL", "2026-03-02", vetoes, areas)
    answers = {key: answer(each) for key, each in case["answers"].items()}
    pictures = {key: [f"{at}" for at in range(many)] for key, many in case.get("pictures", {}).items()}
    occasion = case.get("occasion", Occasion.ONSITE_REVIEW)
    found = gaps(rulebook, answers, pictures, occasion)
    assert [[each.line, str(each.kind), each.text] for each in found] == case["missing"]
