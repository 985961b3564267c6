"""Pictures over HTTP: sent in, shown as safe copies, given out as attachments, taken off and put back."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from dabiao.base.files import store
from dabiao.sheets.models import Picture, Sheet
from dabiao.sheets.services import opening
from sheets import photographs
from sheets.filling import open_sheet
from world import AT, World


@pytest.fixture
def sheet(world: World) -> Sheet:
    return open_sheet(world)


def send(client, sheet, content, name="现场.jpg", line="1.1"):
    file = SimpleUploadedFile(name, content)
    return client.post(f"/office/sheets/{sheet.pk}/lines/{line}/pictures/", {"file": file})


def test_a_photograph_is_drawn_with_what_it_tells(signed_in, sheet):
    told = send(signed_in("officer"), sheet, photographs.jpeg()).json()
    assert "拍摄于 2026-03-02 09:30 · 北纬 39.904306°，东经 116.391500° · SHILI P60" in told["pictures"]
    assert 'href="/static/built/icons.svg#photo"' in told["rows"]["1.1"]


def test_a_photograph_that_tells_nothing_says_so(signed_in, sheet):
    assert "照片未带拍摄信息" in send(signed_in("officer"), sheet, photographs.png()).json()["pictures"]


@pytest.mark.parametrize(("content", "words"), [(photographs.mp4(), "视频"), (photographs.pdf(), "PDF 文件")])
def test_a_video_and_a_paper_are_cards_without_a_copy(signed_in, sheet, content, words):
    client = signed_in("officer")
    assert words in send(client, sheet, content).json()["pictures"]
    row = Picture.objects.get()
    assert client.get(f"/office/sheets/{sheet.pk}/pictures/{row.pk}/320.jpg").status_code == 404


@pytest.mark.parametrize("content", [photographs.jpeg(), photographs.heic(), photographs.png()])
def test_what_is_shown_is_a_fresh_jpeg_without_metadata(signed_in, sheet, content):
    client = signed_in("officer")
    send(client, sheet, content)
    shown = client.get(f"/office/sheets/{sheet.pk}/pictures/{Picture.objects.get().pk}/320.jpg")
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Cache-Control"].startswith("private")
    with Image.open(BytesIO(b"".join(shown.streaming_content))) as copy:
        assert (copy.format, copy.width, dict(copy.getexif())) == ("JPEG", 320, {})


def test_the_original_comes_only_as_an_attachment(signed_in, sheet):
    client, content = signed_in("officer"), photographs.jpeg()
    send(client, sheet, content)
    got = client.get(f"/office/sheets/{sheet.pk}/pictures/{Picture.objects.get().pk}/original/")
    assert got["Content-Type"] == "application/octet-stream"
    assert got["Content-Disposition"].startswith("attachment")
    assert b"".join(got.streaming_content) == content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (photographs.program(), "不支持这种文件"),
        (photographs.jpeg()[:9000], "已损坏或过大"),
        (b"", "文件是空的"),
    ],
)
def test_a_refused_file_says_what_to_do(signed_in, sheet, content, words):
    refused = send(signed_in("officer"), sheet, content)
    assert refused.status_code == 422
    assert words in refused.json()["text"]
    assert not Picture.objects.exists()


def test_too_large_a_file_says_how_large_it_may_be(signed_in, sheet, monkeypatch):
    monkeypatch.setattr(store, "MOST_OTHER", 1000)
    refused = send(signed_in("officer"), sheet, photographs.jpeg())
    assert (refused.status_code, "不能超过" in refused.json()["text"]) == (413, True)


def test_permission_is_asked_before_a_byte_is_kept(world, signed_in, sheet, monkeypatch):
    monkeypatch.setattr(store, "take_in", lambda pieces: pytest.fail("taken in"))
    colleague = world.accounts["colleague"].pk
    opening.assign(sheet=sheet, element="1", accounts=[colleague], by=world.actor("officer"), at=AT)
    assert send(signed_in("assessor"), sheet, photographs.jpeg()).status_code == 403
    assert send(signed_in("stranger_officer"), sheet, photographs.jpeg()).status_code == 404


def test_what_was_taken_off_can_be_put_back_with_its_caption(signed_in, sheet):
    client = signed_in("officer")
    send(client, sheet, photographs.jpeg())
    at = f"/office/sheets/{sheet.pk}/pictures"
    client.post(f"{at}/{Picture.objects.get().pk}/caption/", {"caption": "消防泵房"})
    undo = client.post(f"{at}/{Picture.objects.get().pk}/remove/").json()["undo"]
    assert not Picture.objects.exists()
    assert "消防泵房" in client.post(f"{at}/restore/", {"undo": undo}).json()["pictures"]
    assert client.post(f"{at}/restore/", {"undo": "forged"}).status_code == 422


def test_an_undo_of_another_sheet_puts_nothing_here(world, signed_in, sheet):
    client = signed_in("officer")
    send(client, sheet, photographs.jpeg())
    undo = client.post(f"/office/sheets/{sheet.pk}/pictures/{Picture.objects.get().pk}/remove/").json()[
        "undo"
    ]
    other = opening.open_sheet(
        occasion=sheet.occasion,
        unit=sheet.unit,
        rulebook=sheet.rulebook,
        lead=world.accounts["officer"],
        by=world.actor("officer"),
        at=AT,
    )
    assert client.post(f"/office/sheets/{other.pk}/pictures/restore/", {"undo": undo}).status_code == 404


@pytest.mark.parametrize("path", ["320.jpg", "original/"])
def test_pictures_of_others_are_nowhere(signed_in, sheet, path):
    send(signed_in("officer"), sheet, photographs.jpeg())
    at = f"/office/sheets/{sheet.pk}/pictures/{Picture.objects.get().pk}/{path}"
    assert signed_in("stranger_officer").get(at).status_code == 404
    assert signed_in("bureau_city").get(at).status_code == 404
