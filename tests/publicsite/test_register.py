"""The register page by page, within filters, and by parts of names, however many there are."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabiao.base import clock, records
from dabiao.base.models import PublicRecord
from dabiao.organisations.queries import directory
from dabiao.publicsite import open_data, paging, register
from dabiao.publicsite.register import Asked
from world import AT, World

DAY = date(2026, 3, 2)
AREAS, LEVELS = ("east", "west", "north"), ("level_2", "level_3")


@pytest.fixture
def many(world: World, monkeypatch: pytest.MonkeyPatch) -> list[PublicRecord]:
    """Seventy of three districts and two levels, some on the same day; newest first."""
    monkeypatch.setattr(clock, "now", lambda: AT)
    made = []
    for number in range(70):
        told = {"unit": f"示例{number}厂", "uscc": f"CODE{number}", "jurisdiction_code": AREAS[number % 3]}
        told |= {"level": LEVELS[number % 2], "industry_code": "34", "review_unit": f"示例{number % 5}"}
        since = DAY - timedelta(days=number // 4)
        made.append(records.draft("certificate", f"证{number}", since, told, until=DAY + timedelta(days=9)))
    PublicRecord.objects.bulk_create(made)
    return sorted(
        PublicRecord.objects.filter(kind="certificate"), key=lambda r: (r.since, r.pk), reverse=True
    )


def walked(asked: Asked) -> list[PublicRecord]:
    """Page after page to the end, and back again."""
    rows = register.found("certificate", asked, DAY)
    pages = [paging.page(rows, {})]
    while pages[-1].after:
        pages.append(paging.page(rows, {"after": pages[-1].after}))
    back = pages[-1]
    for expected in reversed(pages[:-1]):
        back = paging.page(rows, {"before": back.before})
        assert back.rows == expected.rows
    assert back.before == ""
    return [row for page in pages for row in page.rows]


FILTERS = (
    {},
    {"level": "level_2"},
    {"jurisdiction": "west"},
    {"jurisdiction": "west", "level": "level_3"},
    {"industry": "34", "review_unit": "示例1"},
    {"industry": "没有这个行业"},
    {"review_unit": "示例2", "industry": "没有这个行业"},
)


@pytest.mark.parametrize("asked", FILTERS)
def test_pages_hold_what_looking_through_all_finds(many: list[PublicRecord], asked: dict[str, str]) -> None:
    keys = {"level": "level", "jurisdiction": "jurisdiction_code", "industry": "industry_code"}
    keys["review_unit"] = "review_unit"
    expected = [row for row in many if all(row.payload[keys[name]] == said for name, said in asked.items())]
    assert walked(Asked(**asked)) == expected


def test_a_certificate_is_found_by_number_code_and_name(many: list[PublicRecord], world: World) -> None:
    unit = world.units["unit"]
    told = {"unit": unit.name, "uscc": unit.uscc, "level": "level_2"}
    own = records.draft("certificate", "证自己", DAY, told)
    own.save()
    for text in ("证自己", unit.uscc or "", unit.name, unit.name[2:5]):
        assert own in register.found("certificate", Asked(q=text), DAY), text
    assert list(register.found("certificate", Asked(q="示例7厂"), DAY)) == [
        next(row for row in many if row.number == "证7")
    ], "a name of no unit"
    assert list(register.found("certificate", Asked(q=unit.name[2:5], level="level_3"), DAY)) == []
    assert not register.found("certificate", Asked(q="没有的名字"), DAY).exists()


def test_a_page_far_down_takes_the_statements_of_the_first(many: list[PublicRecord], client: Client) -> None:
    taken = []
    for address in ("/certificates/", f"/certificates/?after={many[40].since}-{many[40].pk}"):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(address).status_code == 200
        taken.append(len(caught))
        assert not any("OFFSET" in each["sql"] for each in caught)
    assert taken[0] == taken[1]


FAR = ("/certificates/?after={0.since}-{0.pk}", "/open-data/certificates.json?after={0.pk}")


@pytest.mark.parametrize("address", FAR)
def test_a_page_far_down_enters_the_index_where_it_begins(
    many: list[PublicRecord], client: Client, address: str
) -> None:
    """SQLite takes the first bound it is told: with today it would pass over all that are newer."""
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address.format(many[40])).status_code == 200
    (told,) = (each["sql"] for each in caught if "ORDER BY" in each["sql"] and " OR " in each["sql"])
    assert f"{DAY}" not in told
    assert str(many[40].since) in told.split(" AND ")[1]


@pytest.mark.parametrize("place", ["", "x", "2026-03-02", "2026-03-02-x", f"2026-03-02-{'9' * 30}", "-1"])
def test_a_place_nobody_named_is_the_first_page(many: list[PublicRecord], place: str) -> None:
    rows = register.found("certificate", Asked(), DAY)
    assert paging.page(rows, {"after": place}).rows == many[:30]


def test_open_data_goes_on_where_the_answer_before_ended(many: list[PublicRecord], client: Client) -> None:
    got = client.get(f"/open-data/certificates.json?after={many[9].pk}").json()["rows"]
    assert [each["number"] for each in got] == [row.number for row in many[10:]]


def test_open_data_is_a_page_that_says_where_the_next_begins(
    many: list[PublicRecord], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_data, "USUAL", 40)
    first = client.get("/open-data/certificates.json?jurisdiction=")
    key = first.json()["next"]
    assert [each["number"] for each in first.json()["rows"]] == [row.number for row in many[:40]]
    assert key == many[39].pk
    onward = f"/open-data/certificates.json?jurisdiction=&after={key}"
    assert first["Link"] == f'<{onward}>; rel="next"'
    last = client.get(onward)
    assert [each["number"] for each in last.json()["rows"]] == [row.number for row in many[40:]]
    assert "Link" not in last
    assert last.json()["next"] is None


@pytest.mark.parametrize(("asked", "given"), [("60", 60), ("999999", 65), ("0", 40), ("x", 40), ("²", 40)])
def test_who_wants_more_rows_at_once_says_so(
    many: list[PublicRecord], client: Client, monkeypatch: pytest.MonkeyPatch, asked: str, given: int
) -> None:
    monkeypatch.setattr(open_data, "USUAL", 40)
    monkeypatch.setattr(open_data, "MOST", 65)
    assert len(client.get(f"/open-data/certificates.json?rows={asked}").json()["rows"]) == given


def test_few_or_many_are_counted_by_as_many_statements(many: list[PublicRecord]) -> None:
    with CaptureQueriesContext(connection) as caught:
        told = register.page("certificate", Asked(review_unit="示例1"), DAY, {})
    assert (len(told.rows), told.count.number, told.count.capped, len(caught)) == (14, 14, False, 2)
    told = register.page("certificate", Asked(level="level_2"), DAY, {})
    assert (len(told.rows), told.count.number) == (30, 35)
    assert register.page("certificate", Asked(level="level_2"), DAY, {"after": told.after}).count.number == 35


def test_names_of_very_many_are_looked_for_row_by_row_and_not_counted_on(
    many: list[PublicRecord], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The units of such a name are not gone through one by one."""
    monkeypatch.setattr(directory, "dense", lambda wish: True)
    monkeypatch.setattr(directory, "rare", lambda wish: 1 / 0)
    told = register.page("certificate", Asked(q="示例"), DAY, {})
    assert (told.rows, told.count.capped, told.count.most) == (many[:30], True, 30)
    told = register.page("certificate", Asked(q="示例"), DAY, {"after": told.after})
    assert (told.rows, told.count.capped) == (many[30:60], True)
    told = register.page("certificate", Asked(q="例7厂"), DAY, {})
    assert ([row.number for row in told.rows], told.count.number) == (["证7"], 1)


def test_letters_of_any_size_are_found_in_a_payload(many: list[PublicRecord]) -> None:
    rows = PublicRecord.objects.filter(kind="certificate")
    assert records.mentioning(rows, "uscc", "code7").count() == 1
    assert records.mentioning(rows, "uscc", "ODE7").count() == 1
    assert records.mentioning(rows, "unit", "例7厂").count() == 1
    assert records.mentioning(rows, "unit", "%").count() == 0


def explained(rows: "QuerySet[PublicRecord]", index: str) -> str:
    """How they are read. PostgreSQL, to which all indices of a few rows are alike, has this one alone."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'public\\_record\\_%%'", [])
            others = {name for (name,) in cursor.fetchall()} - {index, "public_record_number"}
            cursor.execute(f"DROP INDEX {', '.join(sorted(others))}")
            cursor.execute("ALTER TABLE base_public_record DROP CONSTRAINT public_record_number")
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    return rows.explain()


@pytest.mark.parametrize("name", records.INDEXED)
def test_each_word_of_the_register_is_read_by_its_index(many: list[PublicRecord], name: str) -> None:
    """A JSON payload is opened for what is shown, not for what is passed over."""
    rows = records.saying(PublicRecord.objects.filter(kind="certificate"), name, "x").order_by(
        "-since", "-id"
    )
    assert f"public_record_{name}" in explained(rows, f"public_record_{name}")


TOGETHER = (
    ({"review_unit": "x", "industry": "x", "level": "level_2"}, "public_record_review_unit_trade"),
    ({"industry": "x", "jurisdiction": "x", "level": "level_2"}, "public_record_trade_district"),
    ({"jurisdiction": "x", "level": "level_2"}, "public_record_district_level"),
)


@pytest.mark.parametrize(("asked", "index"), TOGETHER)
def test_conditions_often_asked_together_are_read_by_the_index_of_both(
    many: list[PublicRecord], asked: dict[str, str], index: str
) -> None:
    rows = register.found("certificate", Asked(**asked), DAY)
    assert index in explained(rows, index)
