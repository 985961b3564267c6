"""The public register with a certificate for every unit: its pages over HTTP, next to thirty rows by key."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.db import connection
from django.test import Client

from bench import clocking
from bench.city import City
from bench.rows import Aim, Row
from dabiao.base.journal import loading
from dabiao.base.models import PublicRecord
from dabiao.organisations.models import Unit

AIM = Aim(ms=15)
PAGE = 30
CHUNK = 10_000
DAYS, FIRST, LASTS = 1000, date(2024, 1, 1), timedelta(days=1095)
AREAS, LEVELS, FIRMS, TRADES = 17, ("level_2", "level_3", "small_micro"), 60, 97
COLUMNS = ("id", "kind", "number", "since", "until", "payload")
READ = "SELECT * FROM base_public_record WHERE id IN ({})"


def rows(city: City, times: int) -> Iterator[Row]:
    """The records are entered bare: how they come to be is not what is measured."""
    last = enter()
    client, many = Client(SERVER_NAME="127.0.0.1"), PublicRecord.objects.filter(kind="certificate").count()
    keys = list(PublicRecord.objects.order_by("-id").values_list("pk", flat=True)[:PAGE])
    floor = partial(city.floor.all, READ.format(", ".join(["%s"] * len(keys))), *keys)
    for title, address in {**addresses(last), **download()}.items():
        client.get(address)
        timing, bare = clocking.by_turns(partial(_get, client, address), floor, times, warm=1)
        aim = None if title in download() else AIM
        yield Row(f"public register, {title}, {many:,} certificates", timing, bare, aim)


def _get(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200, address


def addresses(row: PublicRecord) -> dict[str, str]:
    told, middle = row.payload, FIRST + timedelta(days=DAYS // 10)
    here = f"jurisdiction={told['jurisdiction_code']}"
    return {
        "first page": "/certificates/",
        "deep page": f"/certificates/?after={middle}-{10**17}",
        "by number": f"/certificates/?number={row.number}",
        "search by number": f"/certificates/?q={row.number}",
        "search by code": f"/certificates/?q={told['uscc']}",
        "search by four characters": f"/certificates/?q={told['unit'][2:6]}",
        "search by two characters": f"/certificates/?q={told['unit'][2:4]}",
        "one district": f"/certificates/?{here}",
        "one district, one level, on a day": f"/certificates/?{here}&level=level_2&on=2026-03-01",
        "one trade of one review unit": f"/certificates/?industry=34&review_unit={told['review_unit']}",
        "announcements of one district": f"/announcements/?{here}",
        "open data, a page of csv": "/open-data/certificates.csv",
    }


def download() -> dict[str, str]:
    """Not a page but a file, as the links for people ask for it: measured without an aim."""
    return {"open data, 5,000 rows of csv": "/open-data/certificates.csv?rows=5000"}


def enter() -> PublicRecord:
    """A certificate for every unit; gives the last."""
    first = (PublicRecord.objects.order_by("-id").values_list("pk", flat=True).first() or 0) + 1
    number = 0
    for units in _chunks():
        waiting = [record(first + number + at, number + at, *told) for at, (_, *told) in enumerate(units)]
        loading.insert(PublicRecord._meta.db_table, COLUMNS, waiting)
        number += len(units)
    loading.take_stock(PublicRecord._meta.db_table)
    return PublicRecord.objects.latest("id")


def _chunks() -> Iterator[list[tuple[int, str, str]]]:
    """One statement each: while one is open SQLite's log grows, to fourteen gigabytes and ever slower."""
    last = 0
    while units := list(
        Unit.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "name", "uscc")[:CHUNK]
    ):
        yield [(key, name, code or "") for key, name, code in units]
        last = units[-1][0]


def record(key: int, number: int, name: str, code: str) -> tuple[object, ...]:
    since = FIRST + timedelta(days=number * 7919 % DAYS)
    level, area = LEVELS[number % len(LEVELS)], f"示例{number % AREAS}区"
    told = {
        **{
            "unit": name,
            "uscc": code,
            "title": f"{name}　安全生产标准化",
            "level": level,
            "level_title": level,
        },
        **{"jurisdiction": area, "jurisdiction_code": f"area{number % AREAS}", "industry": "示例行业"},
        **{"industry_code": f"{number % TRADES}", "review_unit": f"示例评审{number % FIRMS}公司"},
        **{"owner": "示例主管部门", "standard": "示例评定标准", "bulletin": f"GG{since:%Y%m}"},
    }
    days: tuple[object, ...] = (since, since + LASTS)
    if connection.vendor == "sqlite":
        days = (since.isoformat(), (since + LASTS).isoformat())
    return (key, "certificate", f"示例证{number:08}", *days, json.dumps(told, ensure_ascii=False))
