"""What the public reads: the same page for everybody, without session or script."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dabiao.base import records
from dabiao.base.models import PublicRecord
from dabiao.publicsite import journey
from dabiao.standards.models import Edition
from editions import published
from world import World

PAGES = ("/", "/certificates/", "/take-part/", "/commitments/", "/standards/", "/feedback/")


@pytest.fixture(autouse=True)
def _fresh() -> None:
    cache.clear()


@pytest.fixture
def edition(world: World) -> Edition:
    return published(world)


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return str(response.content.decode())


def record(kind: str, number: str, **payload: object) -> PublicRecord:
    row = records.draft(kind, number, date(2026, 2, 1), {"title": f"示例{number}", **payload})
    row.save()
    return row


@pytest.mark.parametrize("url", PAGES)
def test_pages_know_no_session_and_may_be_kept(edition: Edition, client: Client, url: str) -> None:
    with CaptureQueriesContext(connection) as caught:
        response = client.get(url)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "public, max-age=60"
    assert not any("session" in each["sql"] or "people_" in each["sql"] for each in caught)
    assert "csrf" not in response.content.decode()


@pytest.mark.parametrize("url", PAGES)
def test_pages_are_the_same_for_somebody_signed_in(edition: Edition, signed_in, url: str) -> None:
    assert signed_in("bureau_city").get(url).content == Client().get(url).content


@pytest.mark.parametrize("url", PAGES)
def test_empty_ones_say_what_will_come(db: None, client: Client, url: str) -> None:
    page = text(client, url)
    assert "<h1" in page
    assert "<script>" not in page
    assert "style=" not in page.split("<main", 1)[1]


def test_the_home_lists_what_was_published_newest_first(edition: Edition, client: Client) -> None:
    early = record("publicity", "GS-1")
    late = records.draft("announcement", "GG-1", date(2026, 3, 1), {"title": "示例公告"})
    late.save()
    future = records.draft("publicity", "GS-2", date(2099, 1, 1), {"title": "示例未来"})
    future.save()
    record("certificate", "ZS-1")
    page = text(client, "/")
    assert page.index("示例公告") < page.index("示例GS-1")
    assert "示例未来" not in page
    assert "项评定标准施行中" in page
    assert "家企业持有有效证书" in page
    assert text(client, f"/notices/{early.pk}/")
    text(client, f"/notices/{future.pk}/", 404)
    text(client, "/notices/99999/", 404)


def test_a_certificate_is_looked_up_by_number(world: World, client: Client) -> None:
    assert "本系统还没有公布过证书" in text(client, "/certificates/?number=ZS-1")
    row = record("certificate", "ZS-1")
    assert "有效" in text(client, "/certificates/?number=ZS-1")
    assert "没有查到" in text(client, "/certificates/?number=ZS-2")
    PublicRecord.objects.filter(pk=row.pk).update(until=date(2026, 3, 1))
    assert "已失效" in text(client, "/certificates/?number=ZS-1")
    assert "&lt;b&gt;" in text(client, "/certificates/?number=<b>")


def test_a_standard_in_force_is_read_item_by_item(edition: Edition, client: Client) -> None:
    row = PublicRecord.objects.get(kind="standard")
    assert f"/standards/{row.pk}/" in text(client, "/standards/")
    page = text(client, f"/standards/{row.pk}/")
    for words in (
        "企业应当做到第2.1.1项要求。",
        "缺少记录的，每处扣2分",
        "基础管理",
        "否决项",
        "强制",
        "《安全生产法》",
    ):
        assert words in page, words
    text(client, "/standards/99999/", 404)


def test_veto_items_stand_with_their_basis(edition: Edition, client: Client) -> None:
    page = text(client, "/standards/")
    assert "现行达标否决项" in page
    assert "提质增效的指导意见》第2条" in page


def test_a_standard_no_longer_in_force_says_so(edition: Edition, client: Client) -> None:
    PublicRecord.objects.update(until=date(2026, 3, 1))
    row = PublicRecord.objects.get(kind="standard")
    assert f"/standards/{row.pk}/" not in text(client, "/standards/")
    assert "不再施行" in text(client, f"/standards/{row.pk}/")


def test_drafts_are_not_public(world: World, client: Client) -> None:
    assert "还没有公布的评定标准" in text(client, "/standards/")


def test_the_way_to_take_part_is_told_with_numbers_and_clauses_of_the_day(db: None, client: Client) -> None:
    page = text(client, "/take-part/")
    assert "不少于10 个工作日" in page
    assert "以主管部门通知为准" in page  # a number whose source could not be read in full
    assert "责任" in page
    stages = journey.stages(date(2026, 3, 2))
    assert len(stages) == 12
    assert all(stage.bases and "{" not in stage.words for stage in stages)


def test_commitments_are_listed_with_their_day(world: World, client: Client) -> None:
    row = record("commitment", "CN-1", text="示例负责人承诺")
    assert "示例CN-1" in text(client, "/commitments/")
    assert "示例负责人承诺" in text(client, f"/notices/{row.pk}/")


def test_the_home_takes_the_same_few_statements(edition: Edition, client: Client) -> None:
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    for number in range(30):
        record("publicity", f"GS-{number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(many) == len(one) <= 3
