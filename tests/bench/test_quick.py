"""The benchmark suite runs, says what it measured, and its aims are judged right."""

import importlib
import json
import subprocess
import sys
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "bench" / "RESULTS.md"


def _rows() -> ModuleType:
    spec = spec_from_file_location("bench_rows", ROOT / "bench" / "rows.py")
    assert spec is not None
    assert spec.loader is not None
    made = sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


rows = _rows()


def test_a_quick_run_measures_saving_and_scoring_and_leaves_the_results_alone() -> None:
    before = RESULTS.read_bytes() if RESULTS.exists() else b""
    command = [sys.executable, "-m", "bench", "--quick", "--sqlite", "--only", "saving", "scoring"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for words in ("fresh schema from empty", "save one answer, 600 items, HTTP", "score 345 items"):
        assert words in done.stdout
    assert (RESULTS.read_bytes() if RESULTS.exists() else b"") == before


@pytest.mark.parametrize(
    ("median", "size", "met"), [(20.0, 79_000, True), (31.0, 79_000, False), (20.0, 81_000, False)]
)
def test_an_aim_is_met_when_every_bound_of_it_is(median: float, size: int, met: bool) -> None:
    aim = rows.Aim(ratio=3, ms=60, size=80_000)
    row = rows.Row("a row", rows.Timing(median, median), rows.Timing(10.0, 11.0), aim, size)
    assert row.met is met


@pytest.mark.parametrize(("memory", "met"), [(399.0, True), (401.0, False)])
def test_an_aim_of_memory_is_judged_too(memory: float, met: bool) -> None:
    aim = rows.Aim(ms=4000, memory=400, words="≤ 4 s, ≤ 400 MB")
    assert rows.Row("a row", rows.Timing(2000.0, 2000.0), aim=aim, memory=memory).met is met


def test_what_a_command_held_is_its_own_and_not_that_of_who_started_it() -> None:
    held = bytearray(b"x" * 300_000_000)
    few, many = (_launched(f"held = b'x' * {size}") for size in (1, 200_000_000))
    assert len(held) > 299_000_000
    assert few["memory"] < 100
    assert 190 < many["memory"] < 300


def _launched(program: str) -> dict[str, float]:
    command = [sys.executable, "-I", "-S", str(ROOT / "bench" / "launcher.py"), sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def test_one_database_alone_may_be_measured_but_not_neither() -> None:
    command = [sys.executable, "-m", "bench", "--quick", "--only", "scoring"]
    both = subprocess.run(
        [*command, "--sqlite", "--postgresql"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert both.returncode == 2
    assert "not allowed with" in both.stderr


def test_nothing_is_met_where_nothing_was_measured_or_aimed_at() -> None:
    timing = rows.Timing(1.0, 1.0)
    assert rows.Row("a row", note="no such address yet", aim=rows.Aim(ms=1)).met is None
    assert rows.Row("a row", timing).met is None


def test_a_row_comes_back_from_the_measuring_process_as_it_was() -> None:
    row = rows.Row("a row", rows.Timing(1.0, 2.0, 3), None, rows.Aim(ms=4), 5, "words")
    assert rows.Row.read(row.plain()) == row


def test_what_takes_a_million_rows_runs_in_a_hurry_too() -> None:
    command = [sys.executable, "-m", "bench", "--quick", "--million", "--sqlite"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for words in ("units, csv", "search two characters", "deep page"):
        assert words in done.stdout


def test_neither_part_of_the_results_wipes_the_other() -> None:
    sys.path.insert(0, str(ROOT))
    report = importlib.import_module("bench.report")
    day = date(2026, 11, 26)

    def part(title: str, name: str) -> object:
        row = rows.Row(name, rows.Timing(1.0, 1.0))
        return report.Part(title, ["a machine"], {"SQLite": [row]})

    first, second = part(report.EVERYDAY, "one"), part(report.MILLION, "two")
    both = report.put(report.put("", first, day, done=True), second, day, done=True)
    assert both.count("| one |") == both.count("| two |") == 1
    again = report.Part(
        report.EVERYDAY, ["a machine"], {"SQLite": [rows.Row("other", rows.Timing(1.0, 1.0))]}
    )
    renewed = report.put(both, again, day, done=False)
    assert ("| one |" in renewed, "| two |" in renewed, "| other |" in renewed) == (False, True, True)
    assert report.put(report.put(renewed, first, day, done=True), second, day, done=True) == both
