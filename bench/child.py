"""One database measured whole: schema first, then a small world with its sheets, then every subject."""

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import django

django.setup()

from bench import (  # noqa: E402
    applying,
    city,
    delivering,
    demo,
    finding,
    importing,
    journal,
    opening,
    printing,
    publishing,
    replaying,
    reviewing,
    saving,
    schema,
    scoring,
    serving,
    starting,
)
from bench.city import City  # noqa: E402
from bench.rows import Row  # noqa: E402
from dabiao.config import between, heap  # noqa: E402

# name -> what measures it; how often, in full and in a hurry
SUBJECTS: dict[str, tuple[Callable[[City, int], Iterator[Row]], int, int]] = {
    "saving": (saving.rows, 150, 3),
    "serving": (serving.rows, 150, 3),
    "opening": (opening.rows, 40, 2),
    "starting": (starting.rows, 40, 2),
    "scoring": (scoring.rows, 60, 3),
    "journal": (journal.rows, 200, 3),
    "printing": (printing.rows, 7, 1),
    "demo": (demo.rows, 3, 1),
    "applying": (applying.rows, 40, 2),
    "delivering": (delivering.rows, 30, 2),
    "reviewing": (reviewing.rows, 30, 2),
    "importing": (importing.rows, 2, 1),
}
# What takes a million rows. The register of units comes first: what is found is found among all of it, and
# among a million, for which the aims are set.
MILLION: dict[str, tuple[Callable[[City, int], Iterator[Row]], int, int]] = {
    "importing": (importing.million, 1, 1),
    "finding": (finding.rows, 24, 4),
    "importing_more": (importing.million_more, 1, 1),
    "replaying": (replaying.rows, 1, 1),
    "publishing": (publishing.rows, 12, 2),  # last: its records are not in the journal
}


def main() -> None:
    asked = _asked()
    with asked.out.open("w") as out:
        for row in _rows(asked):
            out.write(json.dumps(row.plain()) + "\n")
            out.flush()


def _rows(asked: argparse.Namespace) -> Iterator[Row]:
    schema_rows = list(schema.rows(asked.floor))
    if not asked.million:
        yield from schema_rows
    ready = city.build(asked.floor, quick=asked.quick)
    between.spare()  # as a worker does
    heap.settle()  # as a worker does once it is ready to serve
    for name, (rows, full, hurry) in (MILLION if asked.million else SUBJECTS).items():
        if not asked.only or name in asked.only:
            yield from rows(ready, hurry if asked.quick else full)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("floor")
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
