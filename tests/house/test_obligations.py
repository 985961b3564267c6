"""Obligations that tests claim to drive exist, and those due by this step are driven."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
DUE = (
    "Q1-formality",
    "Q3-separation",
    "Q5-recognition",
    "Q7-no-fee",
    "Q2-district-joins",
    "Q2-recheck-all",
    "Q2-special-areas",
    "Q2-threshold",
    "Q4-item-by-item",
    "Q4-organizer-check",
    "U1-five-years",
    "U1-gaps",
    "U1-special-processes",
    "U2-dynamic-veto",
    "U2-hard-refusals",
    "U4-choice",
    "U4-reuse",
    "U7-new-industries",
    "U8-locality-opinion",
    "U8-locality-view",
    "U10-initial-visit",
    "U10-major-hazard",
    "U8-contract-notice",
    "U12-feedback",
    "U11-gate",
    "U11-recheck",
    "U11-time-limits",
    "U12-mandatory",
    "U13-dual-prevention",
    "U13-less-typing",
    "U16-commitment",
    "U17-group",
    "U17-work",
    "U18-assessors",
    "U19-root-cause",
    "U19-yearly",
    "Q4-both-sign",
    "Q4-follow-up",
    "Q4-oversight",
    "Q4-plan",
    "Q4-words-images",
    "Q8-content",
    "Q8-integrity",
    "Q8-share",
    "U11-overdue",
    "U20-experts",
    "U9-directory",
    "U9-process",
)


def _command() -> ModuleType:
    spec = spec_from_file_location("obligations_command", ROOT / "tools" / "dev" / "obligations.py")
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


command = _command()


@cache
def _marked() -> frozenset[tuple[str, str]]:
    """(id, file) of every mark, read from the source: nothing has to be collected."""
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    marking = {path: source for path, source in sources.items() if "mark.obligation" in source}
    return frozenset((one, path.name) for path, source in marking.items() for one in _named(source))


def _named(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.obligation"):
            yield from map(ast.literal_eval, node.args)


def test_every_id_a_test_names_is_an_obligation() -> None:
    known = command.known()
    if not known:
        pytest.skip("obligations.yaml is not beside this checkout")
    strange = [f"{key} in {where}" for key, where in sorted(_marked()) if key not in known]
    assert not strange


@pytest.mark.parametrize("key", DUE)
def test_what_is_due_by_now_is_driven_by_a_test(key: str) -> None:
    assert key in {one for one, _ in _marked()}


def test_an_obligation_fails_with_one_of_its_tests_and_is_listed_with_its_clause() -> None:
    driven = [
        command.Driven("test_a.py::one", ("U1-gaps",), "passed"),
        command.Driven("test_a.py::two", ("U1-gaps", "U4-choice"), "failed"),
        command.Driven("test_b.py::three", ("U4-reuse",), "skipped"),
    ]
    clauses = {
        "U1-gaps": "uplift/1",
        "U4-choice": "uplift/4",
        "U4-reuse": "uplift/4",
        "U9-process": "uplift/9",
    }
    shown = command.lines(driven, clauses)
    assert shown[0] == "U1-gaps  uplift/1  FAILED"
    assert "U4-reuse  uplift/4  skipped" in shown
    assert shown[-1] == "\nno test yet (1): U9-process"


def test_an_id_that_is_no_obligation_is_found() -> None:
    driven = [command.Driven("test_a.py::one", ("U1-gaps", "U1-gasp"), "passed")]
    assert command.unknown(driven, {"U1-gaps": "uplift/1"}) == ["U1-gasp"]
    assert command.unknown(driven, {}) == []
