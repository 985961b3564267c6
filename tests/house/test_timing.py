"""No test asserts by the clock: a busy machine would fail it, and a quiet one would hide what became slow."""

import re
from pathlib import Path

from house.source import ROOT

HERE = Path(__file__)
TIMED = re.compile(r"assert[^\n]*\b(perf_counter|process_time|monotonic)\b")


def test_no_test_asserts_the_time_something_took() -> None:
    timed = [
        path.name for path in set((ROOT / "tests").rglob("*.py")) - {HERE} if TIMED.search(path.read_text())
    ]
    assert not timed, "count calls (tests/calls.py) or statements; what takes how long is for bench/"


def test_such_an_assertion_is_seen() -> None:
    assert TIMED.search("assert time.perf_counter() - begun < 0.5")
