"""`make killing`: kill -9 of the served product, fifty times during saves, twenty times during deliveries of
field devices, on both databases; then the cut."""

import os
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

from bench.places import Place

from bench import places

ROOT = Path(__file__).resolve().parents[2]
SAVES, DELIVERIES = "tests/base/killing_served.py", "tests/field/killing.py"
LOST = 1


def main() -> int:
    failed = False
    for make in [places.sqlite, *([places.postgresql] if places.answers() else [])]:
        failed |= killed(make(), SAVES, "--kills", "50") != 0
        failed |= killed(make(), SAVES, "--kills", "5", "--cut") != LOST
        failed |= killed(make(), DELIVERIES, "--kills", "20") != 0
        failed |= killed(make(), DELIVERIES, "--kills", "2", "--cut") != LOST
    return int(failed)


def killed(making: AbstractContextManager[Place], *arguments: str) -> int:
    """Exit status of a script in an installation of its own."""
    with making as place:
        print(place.vendor, *arguments, flush=True)
        environment = surroundings(place)
        subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
        return subprocess.run([sys.executable, *arguments], env=environment, cwd=ROOT, check=False).returncode


def surroundings(place: Place) -> dict[str, str]:
    return {
        **os.environ,
        "DABIAO_DATABASE_URL": place.url,
        "DABIAO_DATA": str(place.data),
        "DABIAO_ENV": "development",
        "DJANGO_SETTINGS_MODULE": "dabiao.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests")]),
    }


if __name__ == "__main__":
    sys.exit(main())
