"""Make the small world of tests/world.py in the database that the environment names, with an edition of
tests/journeys/table.py in force if asked, or with an enterprise whose application has been accepted.

    PYTHONPATH=src:tests DABIAO_DATA=… python -m journeys.seeding [--published | --accepted]
"""

import sys
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest import mock

import django

django.setup()

from django.contrib.auth import hashers  # noqa: E402

from dabiao.base import startup  # noqa: E402
from dabiao.base.journal import entries as journal  # noqa: E402
from dabiao.kernel.points import points  # noqa: E402
from dabiao.organisations.permissions import CHANGE_UNIT  # noqa: E402
from dabiao.standards.rules.book import Book, Scheme, SchemeKind, Threshold  # noqa: E402
from dabiao.standards.tables.understanding import understand  # noqa: E402
from editions import published  # noqa: E402
from journeys import table  # noqa: E402
from journeys.attaining import ready  # noqa: E402
from world import AT, World, build  # noqa: E402


def main() -> None:
    """The cast shares one password: it is hashed once, by the hasher of production."""
    startup.migrate()
    startup.ready_static()
    with mock.patch("dabiao.people.services.accounts.make_password", cache(hashers.make_password)):
        world = build()
    address(world)
    for said in sys.argv[1:]:
        MADE[said](world)


def address(world: World) -> None:
    """A commitment letter names where the unit is."""
    for unit in world.units.values():
        with journal.writing(CHANGE_UNIT, by=world.actor("bureau_city"), at=AT, on=unit) as w:
            w.change(unit, address="示例路1号")


def publish(world: World) -> None:
    published(world, book(), "SL/T 34")


def book() -> Book:
    """The table as it is read, scored by rate: level 2 from 80, level 3 from 60."""
    with tempfile.TemporaryDirectory() as folder:
        read = understand(table.write(Path(folder) / "table.xlsx")).book
    levels = (Threshold("level_2", points("80")), Threshold("level_3", points("60")))
    return replace(read, scheme=Scheme(SchemeKind.RATE, levels, "示例市工业主管部门文件"))


MADE = {"--published": publish, "--accepted": ready.accepted}

if __name__ == "__main__":
    main()
