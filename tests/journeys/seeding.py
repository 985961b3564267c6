"""Make the small world of tests/world.py in the database that the environment names.

PYTHONPATH=src:tests DABIAO_DATA=… python tests/journeys/seeding.py
"""

from functools import cache
from unittest import mock

import django

django.setup()

from django.contrib.auth import hashers  # noqa: E402

from dabiao.base import startup  # noqa: E402
from world import build  # noqa: E402


def main() -> None:
    """The cast shares one password: it is hashed once, by the hasher of production."""
    startup.migrate()
    startup.ready_static()
    with mock.patch("dabiao.people.services.make_password", cache(hashers.make_password)):
        build()


if __name__ == "__main__":
    main()
