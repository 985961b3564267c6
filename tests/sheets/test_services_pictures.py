"""Pictures on a line: taken in by content, attached, described, taken off; refused with words."""

import hashlib

import pytest

from dabiao.base.files import store
from dabiao.kernel.errors import Absent, Invalid, OutOfTurn, Refused, TooLarge
from dabiao.sheets.models import Picture, Sheet
from dabiao.sheets.services import opening, pictures
from sheets import photographs
from sheets.filling import open_sheet
from world import AT, World


@pytest.fixture
def sheet(world: World) -> Sheet:
    return open_sheet(world)


def attach(world, sheet, content, who="officer", line="1.1"):
    taken = store.take_in([content])
    return pictures.attach_picture(sheet=sheet.pk, line=line, taken=taken, by=world.actor(who), at=AT)


def test_a_jpeg_keeps_its_bytes_and_what_it_tells_of_time_place_and_device(world, sheet):
    content = photographs.jpeg()
    stored = attach(world, sheet, content).file
    assert store.place(stored.digest).read_bytes() == content
    assert stored.digest == hashlib.sha256(content).hexdigest()
    assert stored.facts == {
        "width": 640,
        "height": 480,
        "taken_at": "2026-03-02T09:30:15",
        "place": {"lat": "39.904306", "lon": "116.391500"},
        "device": "SHILI P60",
    }


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (photographs.png(), "image/png"),
        (photographs.heic(), "image/heic"),
        (photographs.mp4(), "video/mp4"),
        (photographs.pdf(), "application/pdf"),
    ],
)
def test_other_kinds_are_told_by_their_content(world, sheet, content, kind):
    assert attach(world, sheet, content).file.kind == kind


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (photographs.program(), "不支持这种文件"),
        (photographs.jpeg()[:9000], "已损坏或过大"),
        (photographs.png()[:9000], "已损坏或过大"),
        (photographs.heic()[:3000], "已损坏或过大"),
        (b"", "文件是空的"),
    ],
)
def test_what_is_no_whole_picture_is_refused_and_not_kept(content, words):
    with pytest.raises(Invalid, match=words):
        store.take_in([content])
    assert not store.place(hashlib.sha256(content).hexdigest()).exists()


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_small_file_of_too_many_pixels_is_refused():
    with pytest.raises(Invalid, match="已损坏或过大"):
        store.take_in([photographs.bomb()])


def test_too_large_a_file_is_refused_while_it_comes_in(monkeypatch):
    monkeypatch.setattr(store, "MOST_OTHER", 1000)
    with pytest.raises(TooLarge, match="不能超过"):
        store.take_in([photographs.pdf() * 30])


def test_a_picture_has_a_lower_limit_than_a_video(monkeypatch):
    monkeypatch.setattr(store, "MOST_PICTURE", 1000)
    with pytest.raises(TooLarge, match="照片不能超过"):
        store.take_in([photographs.jpeg()])


def test_the_same_bytes_twice_on_a_line_are_one_picture(world, sheet):
    content = photographs.jpeg()
    assert attach(world, sheet, content) == attach(world, sheet, content)
    assert attach(world, sheet, content, line="1.2").file == Picture.objects.first().file


def test_a_line_holds_so_many_pictures(world, sheet, monkeypatch):
    monkeypatch.setattr(pictures, "MOST_ON_A_LINE", 1)
    attach(world, sheet, photographs.jpeg())
    with pytest.raises(Invalid, match="一项最多 1 个影像"):
        attach(world, sheet, photographs.png())


def test_describing_and_taking_off_are_for_those_who_write_the_line(world, sheet):
    mine = {"picture": attach(world, sheet, photographs.jpeg()).pk, "at": AT}
    opening.assign(
        sheet=sheet,
        element="1",
        accounts=[world.accounts["colleague"].pk],
        by=world.actor("officer"),
        at=AT,
    )
    with pytest.raises(Refused):
        pictures.caption_picture(**mine, caption="配电箱", by=world.actor("assessor"))
    with pytest.raises(Absent):
        pictures.detach_picture(**mine, by=world.actor("stranger_officer"))
    with pytest.raises(Invalid, match="说明最多 200 字"):
        pictures.caption_picture(**mine, caption="长" * 201, by=world.actor("colleague"))
    pictures.caption_picture(**mine, caption="2 号库配电箱", by=world.actor("colleague"))
    assert Picture.objects.get().caption == "2 号库配电箱"
    gone = pictures.detach_picture(**mine, by=world.actor("colleague"))
    assert not Picture.objects.exists()
    assert store.place(gone.file.digest).exists()


def test_after_closing_pictures_stay_as_they_are(world, sheet):
    row = attach(world, sheet, photographs.jpeg())
    Sheet.objects.filter(pk=sheet.pk).update(state="closed")
    with pytest.raises(OutOfTurn):
        pictures.detach_picture(picture=row.pk, by=world.actor("officer"), at=AT)
    with pytest.raises(OutOfTurn):
        attach(world, sheet, photographs.png())
