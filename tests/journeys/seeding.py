"""Make the small world of tests/world.py in the database that the environment names, and carry it as far
as the story asks: an edition in force, an application accepted, a review, a publicity (see MADE).

    PYTHONPATH=src:tests DABIAO_DATA=… python -m journeys.seeding [--published | --accepted | …]
"""

import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest import mock

import django

django.setup()

from django.contrib.auth import hashers  # noqa: E402

from creation.applying import Applicant  # noqa: E402
from dabiao.base import startup  # noqa: E402
from dabiao.base.journal import entries as journal  # noqa: E402
from dabiao.kernel.points import points  # noqa: E402
from dabiao.organisations.permissions import CHANGE_UNIT  # noqa: E402
from dabiao.standards.rules.book import Book, Scheme, SchemeKind, Threshold  # noqa: E402
from dabiao.standards.tables.understanding import understand  # noqa: E402
from editions import published  # noqa: E402
from grading.reported import VETOED, VISITED, filled, staged  # noqa: E402
from journeys import table  # noqa: E402
from journeys.attaining import ready  # noqa: E402
from reviews import engaging, placing, revisiting  # noqa: E402
from supervision import verifying  # noqa: E402
from world import AT, World, build  # noqa: E402

LEFT = ("1.1.2", "2.1.1")  # what a re-check has still to look at


def main() -> None:
    """The cast shares one password: it is hashed once, by the hasher of production."""
    startup.migrate()
    startup.ready_static()
    with mock.patch("dabiao.people.services.accounts.make_password", cache(hashers.make_password)):
        for made in sys.argv[1:] or ["--bare"]:
            MADE[made]()


def bare() -> World:
    """The cast; a commitment letter names where a unit is."""
    world = build()
    for unit in world.units.values():
        with journal.writing(CHANGE_UNIT, by=world.actor("bureau_city"), at=AT, on=unit) as w:
            w.change(unit, address="示例路1号")
    return world


def applicable(world: World) -> None:
    """The enterprise has handed in its report and shown what else it is asked for."""
    published(world)
    Applicant(world, level="level_3").prepared()


def book() -> Book:
    """The table as it is read, scored by rate: level 2 from 80, level 3 from 60."""
    with tempfile.TemporaryDirectory() as folder:
        read = understand(table.write(Path(folder) / "table.xlsx")).book
    levels = (Threshold("level_2", points("80")), Threshold("level_3", points("60")))
    return replace(read, scheme=Scheme(SchemeKind.RATE, levels, "示例市工业主管部门文件"))


def arranged() -> None:
    """A re-check on the spot, the district taking part; two items are still to be looked at."""
    stage = staged()
    row, by = stage.arranged(), stage.actor("organizer", VISITED)
    filled(row.sheet, by, VISITED, {}, closing=False, but=LEFT)
    stage.joined()


MADE: Mapping[str, Callable[[], object]] = {
    "--bare": bare,
    "--published": lambda: published(bare(), book(), "SL/T 34"),
    "--applicable": lambda: applicable(build()),
    "--accepted": lambda: ready.accepted(bare()),
    "--gated": lambda: ready.gated(bare()),
    "--cleared": lambda: engaging.cleared(bare()),
    "--placed": lambda: placing.began(placing.placed(bare())),
    "--begun": lambda: placing.filled(placing.began(placing.placed(bare()))),
    "--found": lambda: placing.with_findings(placing.placed(bare())),
    "--rectified": lambda: placing.rectified(placing.with_findings(placing.placed(bare()))),
    "--visiting": lambda: engaging.visiting(bare()),
    "--arranged": arranged,
    "--attained": lambda: revisiting.attained(bare()),
    "--announced": verifying.attained,
    "--vetoed": lambda: staged().rechecked(item_2_1_2=VETOED),
    "--publicised": lambda: staged().publicised(),
}

if __name__ == "__main__":
    main()
