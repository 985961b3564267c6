"""Obligation -> clause -> tests that drive it -> result. Fails if one fails or is marked with an unknown id.

The ids come from ../shared/spec/obligations.yaml where that lies beside the checkout; without it only those
that tests name are listed. This file is also the pytest plugin that hands the results over.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT.parent / "shared" / "spec" / "obligations.yaml"
OUT = "DABIAO_OBLIGATIONS_OUT"
MARK = "obligation"
NAMED = "obligations"  # the property of a report
NO_TESTS = 5  # pytest's exit status


@dataclass(frozen=True, slots=True)
class Driven:
    """One test, the obligations it drives, and how it went: passed, failed or skipped."""

    test: str
    ids: tuple[str, ...]
    outcome: str


def known(path: Path = LIST) -> dict[str, str]:
    """Id -> clause, in the order of the list; empty where the list is absent."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []
    return {row["id"]: row["clause"] for row in rows}


def unknown(driven: Iterable[Driven], obligations: Mapping[str, str]) -> list[str]:
    """Ids that tests name and the list does not."""
    if not obligations:
        return []
    return sorted({key for each in driven for key in each.ids} - set(obligations))


def lines(driven: Iterable[Driven], obligations: Mapping[str, str]) -> list[str]:
    """What is printed: a line an obligation, its tests below; those without a test at the end."""
    by_id: dict[str, list[Driven]] = {}
    for each in driven:
        for key in each.ids:
            by_id.setdefault(key, []).append(each)
    shown = []
    for key in [*obligations, *sorted(by_id.keys() - obligations.keys())]:
        if key in by_id:
            shown.append(f"{key}  {obligations.get(key, '')}  {_result(by_id[key])}")
            shown += [f"    {each.outcome:8}{each.test}" for each in by_id[key]]
    waiting = [key for key in obligations if key not in by_id]
    shown += [f"\nno test yet ({len(waiting)}): {' '.join(waiting)}"] if waiting else []
    return shown


def _result(tests: Iterable[Driven]) -> str:
    outcomes = {each.outcome for each in tests}
    return "FAILED" if "failed" in outcomes else "driven" if "passed" in outcomes else "skipped"


def run() -> tuple[int, list[Driven]]:
    """Run the marked tests on SQLite; pytest's exit status and what each did."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "driven.json"
        paths = [str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]
        environment = {**os.environ, OUT: str(out), "PYTHONPATH": os.pathsep.join(filter(None, paths))}
        environment.setdefault("DABIAO_DATABASE_URL", "sqlite:///:memory:")
        command = [sys.executable, "-m", "pytest", "-q", "-p", "obligations", "-m", MARK, "-n", "2"]
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        found = json.loads(out.read_text()) if out.exists() else []
    return status, [Driven(each["test"], tuple(each["ids"]), each["outcome"]) for each in found]


def main() -> int:
    status, driven = run()
    obligations = known()
    if not obligations:
        print("\nobligations.yaml is not beside this checkout: ids are not checked, clauses not shown.")
    print("\n" + "\n".join(lines(driven, obligations)))
    wrong = unknown(driven, obligations)
    if wrong:
        print(f"\nunknown ids: {' '.join(wrong)}")
    return 1 if wrong or status not in {0, NO_TESTS} else 0


# --- the plugin -------------------------------------------------------------------------------------------


def pytest_runtest_setup(item: pytest.Item) -> None:
    """On the worker: the ids travel with the report."""
    ids = [key for mark in item.iter_markers(MARK) for key in mark.args]
    item.user_properties.append((NAMED, ids))


class Hearing:
    """Where the reports come together."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.found: dict[str, dict[str, object]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A fault in setting up or clearing away is a failure of the test."""
        ids = dict(report.user_properties).get(NAMED)
        if ids and (report.when == "call" or report.outcome != "passed"):
            self.found[report.nodeid] = {"test": report.nodeid, "ids": ids, "outcome": report.outcome}

    def pytest_sessionfinish(self) -> None:
        self.out.write_text(json.dumps([self.found[key] for key in sorted(self.found)]))


def pytest_configure(config: pytest.Config) -> None:
    if OUT in os.environ and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Hearing(Path(os.environ[OUT])))


if __name__ == "__main__":
    sys.exit(main())
