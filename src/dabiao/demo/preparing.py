"""Preparing the demonstration in a process of its own; what is to be told of it is left in the data folder.

Run as `python -m dabiao.demo.preparing` by `make demo`, unless all is as it was when last told.
"""

import os
import sys
from importlib import import_module

import django

from dabiao.demo.run import ADDRESS, KEPT, data, failed, seen
from dabiao.kernel.errors import DabiaoError


def main() -> int:
    """0 unless something stood in the way, which is told in words."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabiao.config.settings")
    try:
        prepare()
    except DabiaoError as error:
        return failed(error.text)
    except KeyboardInterrupt:
        return 1
    return 0


def prepare() -> None:
    django.setup()
    # What lies behind needs the settings to stand.
    words = str(import_module("dabiao.demo.opening").prepared(ADDRESS))
    (data() / KEPT).write_text(f"{seen()}\n{words}")


if __name__ == "__main__":
    sys.exit(main())
