"""Publicity, announcements, certificates, objections and open data: frozen records, without session."""

import csv
import io
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import snapshots
from dabiao.base import clock, records
from dabiao.base.models import JournalEntry
from dabiao.grading.models import Certificate, Objection
from grading.reported import ANNOUNCED, PUBLISHED, Stage, at_noon, staged

NUMBER = "京AQBⅡ202600001"
PAGES = ("/publicity/", "/announcements/", "/certificates/verify/", "/open-data/")
SAID = {"aim": "unit", "words": "车间积尘严重", "name": "", "contact": "", "homepage": ""}


@pytest.fixture
def stage(db: None) -> Stage:
    cache.clear()
    return snapshots.laid(staged)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: ANNOUNCED)


def text(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return str(response.content.decode())


@pytest.mark.parametrize("url", PAGES)
def test_pages_know_no_session_and_say_what_will_come(db: None, client: Client, url: str) -> None:
    with CaptureQueriesContext(connection) as caught:
        response = client.get(url)
    assert not response.cookies
    assert response["Cache-Control"] == "public, max-age=60"
    assert not any("session" in each["sql"] or "people_" in each["sql"] for each in caught)
    page = response.content.decode()
    assert "csrf" not in page
    assert "<h1" in page


def test_what_is_publicised_is_read_until_its_end(
    stage: Stage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: PUBLISHED)
    notice = stage.publicised().notice
    page = text(client, "/publicity/")
    assert "公示中，至 2026-05-18" in page
    assert "没有符合条件" in text(client, "/publicity/?level=level_3")
    assert stage.grading.unit.name in text(client, f"/publicity/{notice}/")
    text(client, "/publicity/GS209900001/", 404)
    monkeypatch.setattr(clock, "now", lambda: at_noon(date(2026, 5, 18)))
    assert "公示中，至 2026-05-18" in text(client, "/publicity/"), "its last day counts"
    monkeypatch.setattr(clock, "now", lambda: at_noon(date(2026, 5, 19)))
    assert "公示期已满，待公告" in text(client, "/publicity/")
    assert "公告之前提出的异议仍然受理" in text(client, f"/publicity/{notice}/")
    assert stage.grading.unit.name in text(client, "/open-data/publicity.json")


def test_the_certificate_is_checked_by_number_and_by_its_code(
    stage: Stage, client: Client, today: None
) -> None:
    stage.attained()
    assert NUMBER in text(client, "/announcements/")
    assert NUMBER in text(client, "/announcements/?industry=34&jurisdiction=east&level=level_2")
    assert "没有符合条件" in text(client, "/announcements/?review_unit=别家")
    assert "有效，至 2029年5月20日" in text(client, f"/certificates/{NUMBER}/")
    code = Certificate.objects.get().statement
    page = text(client, f"/certificates/verify/?code={code}")
    assert "签名有效" in page
    assert "名录中现为有效" in page
    assert "内容已被改动" in text(client, f"/certificates/verify/?code={code[:-8]}AAAAAAAA", 422)
    assert len(text(client, "/certificates/key/").strip()) == 64


@pytest.mark.parametrize(
    ("day", "status"),
    [(date(2029, 5, 20), "有效"), (date(2029, 5, 21), "已到期")],
)
def test_its_last_day_counts(
    stage: Stage, client: Client, monkeypatch: pytest.MonkeyPatch, day: date, status: str
) -> None:
    stage.attained()
    monkeypatch.setattr(clock, "now", lambda: at_noon(day))
    assert status in text(client, f"/certificates/{NUMBER}/")
    assert "有效" in text(client, "/certificates/?on=2027-01-01")
    assert NUMBER not in text(client, "/certificates/?on=2026-05-19"), "not announced yet on that day"


@pytest.mark.parametrize(
    ("told", "words"),
    [("2026-05-22", "2026年5月22日还没有到"), ("22.5.2026", "日期没有看懂"), ("2026-05-21", ""), ("", "")],
)
def test_a_day_that_cannot_be_told_of_is_said_and_never_taken_for_another(
    stage: Stage, client: Client, monkeypatch: pytest.MonkeyPatch, told: str, words: str
) -> None:
    stage.attained()
    monkeypatch.setattr(clock, "now", lambda: at_noon(date(2026, 5, 21)))
    page = text(client, f"/certificates/?on={told}")
    assert ('role="alert"' in page) == bool(words)
    assert words in page
    assert 'value="2026-05-21"' in page


def test_open_data_says_what_is_public_and_nothing_else(stage: Stage, client: Client, today: None) -> None:
    stage.attained()
    rows = client.get("/open-data/certificates.json").json()["rows"]
    assert (rows[0]["number"], rows[0]["last"]) == (NUMBER, "2029-05-20")
    table = list(csv.reader(io.StringIO(text(client, "/open-data/certificates.csv").lstrip("\ufeff"))))
    assert table[1][0] == NUMBER
    [bulletin] = client.get("/open-data/announcements.json").json()["rows"]
    assert bulletin["title"] == "示例公告"
    assert bulletin["title"] in text(client, "/announcements/")
    [body] = client.get("/open-data/review-units.json").json()["rows"]
    assert body == {
        "review_unit": "示例安全技术服务有限公司",
        "state": "没有有效认定，暂停承接",
        "recognised": "",
    }
    assert "示例安全技术服务有限公司" in text(client, "/open-data/review-units.csv")
    [promise] = client.get("/open-data/commitments.json").json()["rows"]
    assert "示例principal" not in str(promise)
    text(client, "/open-data/secrets.csv", 404)
    text(client, "/open-data/certificates.xml", 404)


def test_no_cell_is_taken_for_a_formula(db: None, client: Client) -> None:
    payload = {"title": "示例", "unit": "=1+1"}
    records.draft("certificate", "ZS-1", date(2026, 2, 1), payload).save()
    assert "'=1+1" in text(client, "/open-data/certificates.csv")


def test_an_objection_is_taken_in_without_token_and_answered_by_receipt(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: PUBLISHED)
    notice = stage.publicised().notice
    client = Client(enforce_csrf_checks=True)
    assert "提交异议" in text(client, f"/publicity/{notice}/objection/")
    response = client.post(f"/publicity/{notice}/objection/", SAID)
    row = Objection.objects.get()
    assert row.receipt in response.content.decode()
    assert not response.cookies
    entry = JournalEntry.objects.latest("id")
    assert entry.actor is None
    assert row.words not in entry.body
    found = client.post("/receipt/", {"receipt": row.receipt})
    assert "正在核查" in found.content.decode()
    assert client.post("/receipt/", {"receipt": "YY2026"}).status_code == 422


def test_what_was_typed_stays_a_machine_is_trapped_and_one_address_sends_so_many(
    stage: Stage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: PUBLISHED)
    url = f"/publicity/{stage.publicised().notice}/objection/"
    wrong = client.post(url, SAID | {"aim": "x"})
    assert wrong.status_code == 422
    assert SAID["words"] in wrong.content.decode()
    assert client.post(url, SAID | {"homepage": "http://x"}).status_code == 200
    assert not Objection.objects.exists()
    answers = [client.post(url, SAID).status_code for _ in range(5)]
    assert answers[-1] == 429
    assert Objection.objects.count() == 3


def test_after_the_announcement_no_objection_is_taken(stage: Stage, client: Client, today: None) -> None:
    stage.attained()
    url = f"/publicity/{stage.grading.notice}/objection/"
    assert "公示已经结束" in client.post(url, SAID).content.decode()
    assert "已公告" in text(client, f"/publicity/{stage.grading.notice}/")
