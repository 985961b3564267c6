"""What is measured in: the tests' small world, sheets of three sizes, and a copy of it all for the floor."""

from dataclasses import dataclass
from urllib.parse import urlparse

from django.core.management import call_command
from django.db import connection, connections

from bench import places
from bench.raw import Raw
from dabiao.kernel.actor import Actor
from dabiao.sheets.models import Sheet
from dabiao.standards.models import Edition
from editions import published
from sheets import filling
from world import World
from world import build as build_world

SIZES = (60, 345, 600)
SHEET = 345
PRINTED = 164
NUMBER = "SL/T 1"


@dataclass(frozen=True, slots=True)
class City:
    """`floor` is open on the copy."""

    world: World
    officer: Actor  # leads every sheet
    sheets: dict[int, Sheet]  # by number of items
    floor: Raw
    quick: bool


def build(floor: str, *, quick: bool) -> City:
    """The copy is taken after everything has been set up; then each goes its own way."""
    call_command("collectstatic", interactive=False, verbosity=0)
    world = build_world()
    sheets = {size: filling.open_sheet(world, filling.book(size)) for size in (*SIZES, PRINTED)}
    _copy(floor)
    return City(world, world.actor("officer"), sheets, Raw(floor), quick)


def regulated(world: World) -> Edition:
    """The edition every case is judged by, of hundreds of items; published once."""
    known = Edition.objects.filter(standard__number=NUMBER).first()
    return known or published(world, filling.book(SHEET), NUMBER)


def _copy(floor: str) -> None:
    if urlparse(floor).scheme == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [places.named(floor)])
        return
    name = str(connection.settings_dict["NAME"])
    connections.close_all()
    places.create(floor, template=name)
