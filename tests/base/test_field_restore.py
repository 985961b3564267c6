"""A server restored from a backup gets again what came after it; a mark ahead of the backup would lose it."""

import json
import shutil
from pathlib import Path

from base.conftest import Place

SCRIPT = str(Path(__file__).resolve().parents[1] / "field" / "restoring.py")


def test_what_came_after_the_backup_is_sent_again_and_with_a_mark_ahead_of_it_is_lost(
    place: Place, empty: Place
) -> None:
    whole, cut, copy = (str(place.data / name) for name in ("whole.json", "cut.json", "copy"))
    place.run(SCRIPT, "before", whole)
    place.dabiao("backup", copy)
    place.run(SCRIPT, "after", whole)
    shutil.copy(whole, cut)
    place.run(SCRIPT, "marked", cut)
    empty.dabiao("restore", copy)
    lost = _again(empty, cut)
    assert (lost["missing"], lost["same"], lost["receipts"]) == (0, False, 2)
    assert _again(empty, whole) == {
        "epoch": True,
        "missing": 4,
        "pictures": 1,
        "outcomes": ["stored"],
        "same": True,
        "receipts": 6,
        "left": [],
        "verify": "ok",
        "replay": "ok",
    }


def _again(place: Place, state: str) -> dict[str, object]:
    told: dict[str, object] = json.loads(place.run(SCRIPT, "again", state).stdout.splitlines()[-1])
    return told
