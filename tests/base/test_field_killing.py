"""kill -9 of the server, and of PostgreSQL, amid deliveries: nothing lost, nothing doubled, no byte alone.

Twenty kills on each database: on SQLite of the server, with which the database dies; on PostgreSQL ten of the
server and ten of PostgreSQL itself, a cluster of our own.
"""

import json
from pathlib import Path

from base.conftest import Place
from field.cluster import free_port, running

SCRIPT = str(Path(__file__).resolve().parents[1] / "field" / "killing.py")
KILLS = {"sqlite": "20", "postgresql": "10"}
OF_POSTGRESQL = "10"
WELL = {
    "lost": [],
    "doubled": [],
    "rows_without_bytes": [],
    "bytes_without_row": [],
    "verify": "ok",
    "replay": "ok",
}


def test_killed_during_deliveries_nothing_is_lost_or_doubled(
    place: Place, vendor: str, template: str
) -> None:
    """The server; and PostgreSQL, which on SQLite dies with the server."""
    well(place.run(SCRIPT, "--kills", KILLS[vendor]).stdout, int(KILLS[vendor]))
    if vendor == "postgresql":
        with running(free_port()) as cluster:
            cluster.fill(template)
            own = Place(
                cluster.url, place.data / "cluster"
            )  # bytes of the first round are none of the second's
            own.data.mkdir()
            killing = ("--cluster", str(cluster.folder), "--port", str(cluster.port))
            well(own.run(SCRIPT, "--kills", OF_POSTGRESQL, *killing).stdout, int(OF_POSTGRESQL))


def test_with_answers_before_commit_what_was_acknowledged_is_lost(place: Place) -> None:
    report = json.loads(place.run(SCRIPT, "--kills", "1", "--cut", check=False).stdout)
    assert report["lost"]
    assert (report["verify"], report["replay"]) == ("ok", "ok"), "what was not committed left no trace"


def well(told: str, kills: int) -> None:
    report = json.loads(told)
    assert report.pop("kills") == kills
    assert report.pop("acknowledged") > kills
    assert report.pop("pictures") > 0
    assert report == WELL
