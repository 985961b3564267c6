"""`python -m bench [--quick] [--only NAME …] [--sqlite]`: a child process a database, then RESULTS.md."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
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
    about = machine.lines()
    print("\n".join(about), flush=True)
    found: dict[str, list[Row]] = {}
    for place in _places(asked.sqlite):
        with place as one:
            found[one.vendor] = measured(one, quick=asked.quick, only=asked.only)
        print(report.plain(one.vendor, found[one.vendor]), flush=True)
    if not asked.quick and not asked.only:
        RESULTS.write_text(report.markdown(found, about, datetime.now(UTC).date()))  # noqa: TID251
    return 0


def measured(place: Place, *, quick: bool = False, only: list[str] | None = None) -> list[Row]:
    """Everything measured in one database, in a process of its own."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as out:
        wanted = [*(["--quick"] if quick else []), "--out", out.name, "--only", *(only or [])]
        command = [sys.executable, "-m", "bench.child", place.floor, *wanted]
        subprocess.run(command, cwd=ROOT, env=environment(place), check=True)
        return [Row.read(each) for each in json.load(out)]


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


def _places(sqlite_alone: bool) -> Iterator[AbstractContextManager[Place]]:
    yield places.sqlite()
    if sqlite_alone:
        return
    if places.answers():
        yield places.postgresql()
    else:
        print("\nNo PostgreSQL answers: measured on SQLite alone.", flush=True)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few repetitions; writes no file")
    parser.add_argument("--sqlite", action="store_true", help="SQLite alone")
    parser.add_argument("--only", nargs="*", default=[], help="subjects, such as saving opening journal")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
