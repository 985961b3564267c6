"""kill -9 of the served product loses nothing acknowledged; answering before commit would."""

import json
from pathlib import Path

from base.conftest import Place

SCRIPT = str(Path(__file__).with_name("killing_served.py"))


def test_nothing_acknowledged_is_lost(place: Place) -> None:
    report = json.loads(place.run(SCRIPT, "--kills", "2").stdout)
    assert report["acknowledged"] >= 2
    assert (report["lost"], report["behind"]) == ([], [])
    assert (report["verify"], report["replay"]) == ("ok", "ok")


def test_with_the_protection_cut_it_is(place: Place) -> None:
    done = place.run(SCRIPT, "--kills", "1", "--cut", check=False)
    assert done.stdout, done.stderr
    report = json.loads(done.stdout)
    assert (done.returncode, bool(report["lost"])) == (1, True)
    assert (report["verify"], report["replay"]) == ("ok", "ok"), "what was not committed left no trace"
