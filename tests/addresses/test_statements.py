"""A page of many rows asks the database as often as a page of few, for whoever reads it."""

import pytest

from addresses import many
from addresses.asking import Asking
from addresses.reading import ABSENT, Entry, entries
from addresses.routes import Route, routes
from addresses.stage import Stage, Thing
from dabiao.hazards.models import HazardQuerySet

pytestmark = pytest.mark.django_db

READERS = (
    *("officer", "industry_district", "industry_city", "bureau_city", "organizer", "reviewer"),
    *("system_admin", "security_admin", "audit_admin", "anonymous"),
)
READING = 2  # of those whom a page serves, so many read it here
READ = [name for name, entry in entries().items() if "GET" in entry.methods]
Asked = tuple[str, str, str]


def pages(stage: Stage) -> list[tuple[str, str, str]]:
    """(name, who, path): each page that is there for one of the readers, in each state of its thing."""
    found = []
    for name in READ:
        entry, route = entries()[name], routes()[name]
        served = [who for who in READERS if who in entry.serves]
        for who in served[:READING]:
            found += [(name, who, path) for path in _paths(entry, route, stage)]
    return found


def _paths(entry: Entry, route: Route, stage: Stage) -> list[str]:
    query = entry.methods["GET"].sent.get("query", {})
    asked = "?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else ""
    return [route.path(thing) + asked for thing in _things(entry, route, stage)]


def _things(entry: Entry, route: Route, stage: Stage) -> list[Thing]:
    """One of each state, and what belongs to the unit or department of the readers."""
    if not route.converters:
        return [{}]
    return [next(iter(of.values())) for state, of in stage.things[entry.of].items() if state != ABSENT]


def counted(stage: Stage, asking: Asking) -> dict[Asked, int]:
    """Statements of every page that is shown; asked twice, for what is kept in memory."""
    found = {}
    for name, who, path in pages(stage):
        if asking.ask(who, "GET", path).kind == "200":
            found[name, who, path] = asking.ask(who, "GET", path).statements
    return found


def test_pages_of_many_rows_ask_no_more_than_pages_of_few(stage: Stage, asking: Asking) -> None:
    few = counted(stage, asking)
    many.multiply(stage)
    assert len(few) > 100
    assert grown(few, asking) == []


def grown(few: dict[Asked, int], asking: Asking) -> list[str]:
    after = {asked: asking.ask(asked[1], "GET", asked[2]).statements for asked in few}
    return [f"{asked}: {few[asked]} -> {n}" for asked, n in after.items() if n != few[asked]]


def test_a_page_that_asks_for_every_row_is_caught(
    stage: Stage, asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HazardQuerySet, "select_related", lambda rows, *names: rows)
    who = "industry_district"  # whose they are is said on every line
    asked = ("office:hazards", who, routes()["office:hazards"].path({}))
    few = {asked: asking.ask(who, "GET", asked[2]).statements}
    many.multiply(stage)
    assert grown(few, asking)
