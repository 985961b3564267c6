"""The case files: what anyone can read and add. Each cites the clause it illustrates."""

from pathlib import Path
from typing import Any

import pytest

from dabiao import law
from dabiao.kernel.limits import running, words
from dabiao.law.reading import documents

CASES = {path.stem: rows for path, rows in documents(Path(__file__).parent / "cases")}


def cases(name: str) -> Any:
    return pytest.mark.parametrize("case", CASES[name], ids=lambda case: case["name"])


@pytest.mark.parametrize("case", [case for rows in CASES.values() for case in rows], ids=lambda c: c["name"])
def test_every_case_cites_a_known_clause(case: dict[str, Any]) -> None:
    assert law.clause_title(case["clause"])


@cases("working_days")
def test_working_days(case: dict[str, Any]) -> None:
    due = law.calendars().add(case["day"], case["input"]["working_days"])
    assert {"due": due.day, "provisional": due.provisional} == case["expected"]


@cases("limits")
def test_limits(case: dict[str, Any]) -> None:
    given, rules = case["input"], law.on(case["day"])
    limit = rules[given["limit"]].limit
    spans = [tuple(span) for span in given.get("suspensions", ())]
    now = running(limit, case["day"], spans, law.calendars(), given["on"], amber=rules.amber(limit.unit))
    assert {"due": now.due, "colour": now.colour, "words": words(now)} == case["expected"]
