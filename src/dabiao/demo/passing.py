"""Time passing beside the demonstration: what falls due is done each minute, as long as it is served.

Run as `python -m dabiao.demo.passing` by `make demo`. Operators have `dabiao tick` called by a clock.
"""

import os
import time
from importlib import import_module

import django

from dabiao.base import clock

FIRST, PAUSE, LOOK = 5, 60, 1  # seconds: the first page is not kept waiting; how soon an orphan notices


def main() -> None:
    """Until stopped, or the one who asked for it is gone."""
    served_by, pause = os.getppid(), FIRST
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabiao.config.settings")
    try:
        while _still(served_by, pause):
            django.setup()
            import_module("dabiao.base.tick").tick(clock.now())  # needs the settings to stand
            pause = PAUSE
    except KeyboardInterrupt:
        pass


def _still(parent: int, seconds: int) -> bool:
    """Wait; whether whoever asked is still there then."""
    for _ in range(0, seconds, LOOK):
        time.sleep(LOOK)
        if os.getppid() != parent:
            return False
    return True


if __name__ == "__main__":
    main()
