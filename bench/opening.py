"""Opening a sheet of hundreds of items, half of them answered: the page, and the API's JSON."""

from collections.abc import Callable, Iterator
from functools import partial

from django.test import Client
from django.urls import NoReverseMatch, reverse

from bench import clocking, visitor
from bench.bare import ACTOR, TOTALS
from bench.bare import SHEET as SHEET_ROW
from bench.city import SHEET, City
from bench.rows import Aim, Row
from bench.saving import Pen

AIM = Aim(ms=60, size=80_000)
ANSWERS = (
    "SELECT line, verdict, deductions, words, reason, version, copied FROM sheets_answer WHERE sheet_id = %s"
)
PICTURES = "SELECT line FROM sheets_picture WHERE sheet_id = %s"
WRITERS = """SELECT w.*, a.name FROM sheets_writer w JOIN people_account a ON a.id = w.account_id
WHERE sheet_id = %s"""
FACES = (("HTML page", "office:sheet"), ("JSON API", "api:sheet"))


def rows(city: City, times: int) -> Iterator[Row]:
    client = visitor.signed_in(city)
    fill(city)
    for face, name in FACES:
        title = f"open a sheet, {SHEET} items, {face}"
        try:
            url = reverse(name, args=[city.sheets[SHEET].pk])
        except NoReverseMatch:
            yield Row(title, note="no such address yet")
            continue
        timing, floor = clocking.by_turns(partial(_get, client, url), bare_open(city, client), times)
        yield Row(title, timing, floor, AIM, size=len(_get(client, url)))


def fill(city: City) -> None:
    """Half of the lines get an answer, in both databases."""
    pen = Pen(city.sheets[SHEET], city)
    while len(pen.versions) < SHEET // 2:
        pen.serve()


def _get(client: Client, url: str) -> bytes:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content


def bare_open(city: City, client: Client) -> Callable[[], None]:
    """The rows a page about a sheet is made of, all in one connection."""
    raw, sheet, account = city.floor, city.sheets[SHEET].pk, city.officer.account
    session = visitor.session(client)

    def read() -> None:
        raw.one("SELECT * FROM django_session WHERE session_key = %s", session)
        raw.one("SELECT * FROM people_account WHERE id = %s", account)
        for statement, key in ((ACTOR, account), (SHEET_ROW, sheet), (WRITERS, sheet)):
            raw.all(statement, key)
        for statement in (TOTALS, ANSWERS, PICTURES):
            raw.all(statement, sheet)

    return read
