"""Handing in a file of units on the page: checked, corrected, confirmed, entered."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dabiao.base.journal import replay
from dabiao.office.units import importing
from dabiao.organisations.models import Unit, UnitImport
from office.story import Office
from organisations.files import HEADS, ROWS, book, code, csv_text, row

HERE = "/office/units/imports/"


def hand_in(client: Client, content: bytes, name: str = "名册.csv", status: int = 302) -> UnitImport | None:
    sent = client.post(HERE, {"file": SimpleUploadedFile(name, content)})
    assert sent.status_code == status, sent.content.decode()[:2000]
    return UnitImport.objects.order_by("-pk").first()


def test_a_file_is_checked_shown_and_entered_when_confirmed(office: Office) -> None:
    client = office.as_("bureau_district")
    job = hand_in(client, csv_text(ROWS).encode("gbk"))
    assert job is not None
    page = client.get(f"{HERE}{job.pk}/").content.decode()
    assert "GBK" in page
    assert "确认导入" in page
    assert not Unit.objects.filter(uscc=code(101)).exists()
    sent = {"todo": "confirm", "version": job.version}
    assert client.post(f"{HERE}{job.pk}/", sent).status_code == 302
    job.refresh_from_db()
    assert (job.state, job.told["created"]) == ("done", 2)
    assert "新增 2 家" in client.get(f"{HERE}{job.pk}/").content.decode()
    assert job.name in client.get(HERE).content.decode()
    assert replay.compare().status == "ok"


def test_faults_are_listed_and_nothing_is_written(office: Office) -> None:
    client = office.as_("bureau_city")
    job = hand_in(client, csv_text([list(HEADS), row(101), row(102, size="巨型")]).encode())
    assert job is not None
    page = client.get(f"{HERE}{job.pk}/").content.decode()
    assert "第 3 行&quot;规模&quot;应为大型、中型、小型或微型" in page
    sent = {"todo": "confirm", "version": job.version}
    assert client.post(f"{HERE}{job.pk}/", sent).status_code == 422
    assert not Unit.objects.filter(uscc=code(101)).exists()


def test_a_column_is_corrected_by_hand(office: Office) -> None:
    client = office.as_("bureau_city")
    job = hand_in(client, csv_text([["叫什么", *HEADS[1:]], row(101)]).encode())
    assert job is not None
    assert job.state == "faulty"
    sent = {"todo": "read_again", "version": job.version, "column-0": "name"}
    sent |= {f"column-{place}": "" for place in range(7, 9)}
    client.post(f"{HERE}{job.pk}/", sent)
    job.refresh_from_db()
    assert (job.state, job.told["found"]["new"]) == ("checked", 1)


def test_what_somebody_confirmed_meanwhile_is_not_confirmed_again(office: Office) -> None:
    client = office.as_("bureau_city")
    job = hand_in(client, csv_text(ROWS).encode())
    assert job is not None
    for status in (302, 422):
        sent = {"todo": "confirm", "version": job.version}
        assert client.post(f"{HERE}{job.pk}/", sent).status_code == status
    assert Unit.objects.filter(uscc=code(101)).count() == 1


def test_contents_count_and_not_names(office: Office, tmp_path: Path) -> None:
    content = book(tmp_path / "a", ROWS).read_bytes()
    job = hand_in(office.as_("bureau_city"), content, name="名册.csv")
    assert job is not None
    assert job.told["kind"].startswith("xlsx")
    job = hand_in(office.as_("bureau_city"), b"%PDF-1.7 x", name="名册.xlsx")
    assert job is not None
    assert "PDF" in job.told["errors"][0]["message"]


def test_too_large_and_too_often_is_refused_with_words(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = office.as_("bureau_city")
    monkeypatch.setattr(importing, "OFTEN", 1)
    hand_in(client, csv_text(ROWS).encode())
    hand_in(client, csv_text(ROWS).encode(), status=429)
    monkeypatch.setattr(importing, "MOST", 10)
    hand_in(client, csv_text(ROWS).encode(), status=422)
    assert UnitImport.objects.count() == 1


def test_a_large_file_is_worked_on_by_a_process_of_its_own(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[list[str]] = []
    monkeypatch.setattr(importing, "AT_ONCE", 10)
    monkeypatch.setattr(importing.subprocess, "Popen", lambda words, **_: begun.append(words))
    client = office.as_("bureau_city")
    job = hand_in(client, csv_text(ROWS).encode())
    assert job is not None
    assert begun[0][-3:] == ["units", "work", str(job.pk)]
    page = client.get(f"{HERE}{job.pk}/").content.decode()
    assert "检查中" in page
    assert "every 2s" in page


def test_others_files_are_not_there(office: Office) -> None:
    job = hand_in(office.as_("bureau_city"), csv_text(ROWS).encode())
    assert job is not None
    assert office.as_("industry_city").get(f"{HERE}{job.pk}/").status_code == 404
