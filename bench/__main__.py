"""`python -m bench [--million] [--quick] [--only NAME …] [--sqlite | --postgresql]`: a child process each.

Each row is printed and written into RESULTS.md as it comes. `--million` measures what takes a million rows
(about half an hour a database); without it everything else.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

from bench import machine, places, report
from bench.places import Place
from bench.rows import Row

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "RESULTS.md"


def main() -> int:
    asked = _asked()
    part = report.Part(report.MILLION if asked.million else report.EVERYDAY, machine.lines())
    print("\n".join(part.machine), flush=True)
    for place in _places(sqlite=not asked.postgresql, postgresql=not asked.sqlite):
        with place as one:
            print(f"\n{one.vendor}: {', '.join(report.HEADS)}", flush=True)
            for row in measured(one, asked):
                part.rows.setdefault(one.vendor, []).append(row)
                print(report.told(row), flush=True)
                _keep(asked, part, done=False)
    _keep(asked, part, done=True)
    return 0


def _keep(asked: argparse.Namespace, part: report.Part, *, done: bool) -> None:
    """After every row: who interrupts a long run has what it measured. The other part stays as it is."""
    if not asked.quick and not asked.only:
        there = RESULTS.read_text() if RESULTS.exists() else ""
        RESULTS.write_text(report.put(there, part, datetime.now(UTC).date(), done=done))  # noqa: TID251


def measured(place: Place, asked: argparse.Namespace) -> Iterator[Row]:
    """Everything measured in one database, row by row, by a process of its own."""
    wanted = [f"--{name}" for name in ("quick", "million") if getattr(asked, name)]
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "bench.child", place.floor, *wanted]
    command += ["--out", f"/dev/fd/{writing}", "--only", *asked.only]
    child = subprocess.Popen(command, cwd=ROOT, env=environment(place), pass_fds=[writing])
    os.close(writing)
    with open(reading) as lines:
        yield from (Row.read(json.loads(line)) for line in lines)
    if child.wait():
        raise SystemExit(f"measuring on {place.vendor} ended with {child.returncode}")


def environment(place: Place) -> dict[str, str]:
    ours = {
        "DABIAO_SECOND_FACTOR": "optional",
        "DABIAO_DATABASE_URL": place.url,
        "DABIAO_DATA": str(place.data),
        "DABIAO_ENV": "development",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src"), str(ROOT / "tests")]),
    }
    return {**os.environ, **ours}


def _places(*, sqlite: bool, postgresql: bool) -> Iterator[AbstractContextManager[Place]]:
    if sqlite:
        yield places.sqlite()
    if postgresql and places.answers():
        yield places.postgresql()
    elif postgresql:
        print(
            f"\nNo PostgreSQL answers: {'measured on SQLite alone' if sqlite else 'nothing measured'}.",
            flush=True,
        )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few repetitions; writes no file")
    parser.add_argument("--million", action="store_true", help="what takes a million rows, and only that")
    alone = parser.add_mutually_exclusive_group()
    alone.add_argument("--sqlite", action="store_true", help="SQLite alone")
    alone.add_argument("--postgresql", action="store_true", help="PostgreSQL alone")
    parser.add_argument("--only", nargs="*", default=[], help="subjects, such as saving opening journal")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
