"""Many at once: no entry, news or position is lost or doubled, and replay still finds the same rows."""

import json
from pathlib import Path

from base.conftest import Place

SCRIPT = str(Path(__file__).with_name("crowd.py"))


def test_writers_deliverers_and_sequencers_at_once(place: Place) -> None:
    assert json.loads(place.run(SCRIPT).stdout.splitlines()[-1]) == {
        "entries": 1 + 4 * (1 + 25) + 20,
        "common": 1 + 4 * 12,
        "heard": 20,
        "waiting": 0,
        "failed": 0,
        "without_position": 0,
        "verify": "ok",
        "replay": "ok",
    }
