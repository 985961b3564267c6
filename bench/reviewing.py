"""The report of a review of hundreds of items: handed in and undone each time; then carried on to its
certificate, which the public looks up and checks."""

from collections.abc import Iterator
from functools import partial

from django.db import transaction
from django.test import Client
from django.urls import reverse

from bench import clocking, visitor
from bench.city import SHEET, City, regulated
from bench.rows import Aim, Row, Timing
from dabiao.base.models import PublicRecord
from grading.reported import Stage, second_officials
from reviews import placing

PAGE = Aim(ms=60)
PUBLIC = Aim(ms=15)
LOOKED_UP = "SELECT * FROM base_public_record WHERE kind = 'certificate' AND number = %s"


def rows(city: City, times: int) -> Iterator[Row]:
    placed = performed(city)
    timing = alone(partial(undone, placed), times)
    yield Row(f"hand in the report of a review, {SHEET} items", timing, note="undone each time")
    placing.reported(placed)
    second_officials(city.world)
    stage = Stage(city.world, placed.review.case)
    stage.attained()
    client = visitor.signed_in(city, "organizer")
    for name, key in (("review", placed.key), ("grading", stage.grading.pk)):
        act = partial(_get, client, reverse(f"office:{name}", args=[key]))
        yield Row(f"page of a {name}, organizer", alone(act, times), aim=PAGE, size=len(act()))
    yield from _public(city, times)


def alone(act: clocking.Act, times: int) -> Timing:
    """Where no floor says anything."""
    return clocking.by_turns(act, lambda: None, times)[0]


def performed(city: City) -> placing.Placed:
    """A review with a sheet of hundreds of lines, ready for its report."""
    placed = placing.placed(city.world, regulated(city.world))
    placing.began(placed)
    placing.delivered(placing.signed(placing.filled(placed)))
    return placed


def undone(placed: placing.Placed) -> None:
    with transaction.atomic():
        placing.reported(placed)
        transaction.set_rollback(True)


def _public(city: City, times: int) -> Iterator[Row]:
    """What the server takes for whoever comes past the caches."""
    row = PublicRecord.objects.filter(kind="certificate").latest("id")
    checked = f"{reverse('publicsite:certificate_verify')}?code={row.payload['statement']}"
    urls = {"verify one certificate": checked}
    urls["public page of a certificate"] = reverse("publicsite:certificate", args=[row.number])
    for name in ("certificates", "publicity", "announcements"):
        urls[f"public page of {name}"] = reverse(f"publicsite:{name}")
    for title, url in urls.items():
        act = partial(_get, Client(SERVER_NAME="127.0.0.1"), url)
        timing, floor = clocking.by_turns(act, bare(city, row.number), times)
        yield Row(title, timing, floor, PUBLIC)


def bare(city: City, number: str) -> clocking.Act:
    """One record by its number, from the floor's own connection."""
    return partial(city.floor.all, LOOKED_UP, number)


def _get(client: Client, url: str) -> bytes:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content
