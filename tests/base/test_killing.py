"""kill -9 during saves loses nothing that was acknowledged; acknowledging before commit would."""

import json
from pathlib import Path

from base.conftest import Place

SCRIPT = str(Path(__file__).with_name("killing.py"))


def test_nothing_acknowledged_is_lost(place: Place) -> None:
    report = json.loads(place.run(SCRIPT, "--rounds", "25").stdout)
    assert report["acknowledged"] > 25
    assert (report["lost"], report["verify"], report["replay"]) == ([], "ok", "ok")


def test_with_the_protection_cut_it_is(place: Place) -> None:
    done = place.run(SCRIPT, "--rounds", "25", "--early", check=False)
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["lost"]
    assert (report["verify"], report["replay"]) == ("ok", "ok"), "what was not committed left no trace"
