"""Drawn pictures are recognised like a phone's, say when and where, and equal dice draw equal ones."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from PIL import Image

from dabiao.base.files.recognise import JPEG, recognise
from dabiao.demo.photos import LABEL, LABEL_SIZE, SCENES, photo, somewhere

TAKEN = datetime(2026, 5, 6, 3, 4, 5, tzinfo=UTC)


def test_a_picture_says_when_and_where(tmp_path: Path) -> None:
    path = tmp_path / "one.jpg"
    path.write_bytes(photo("配电箱内部", TAKEN, somewhere(Random(1)), Random(2)))
    known = recognise(path)
    assert known.kind == JPEG
    assert known.facts["taken_at"] == "2026-05-06T11:04:05"
    assert known.facts["device"] == "Demo Camera"
    assert 39 < float(known.facts["place"]["lat"]) < 41
    assert 116 < float(known.facts["place"]["lon"]) < 117


def test_equal_dice_draw_equal_pictures_and_others_others() -> None:
    where = somewhere(Random(1))
    assert photo("灭火器", TAKEN, where, Random(2)) == photo("灭火器", TAKEN, where, Random(2))
    assert photo("灭火器", TAKEN, where, Random(2)) != photo("灭火器", TAKEN, where, Random(3))


@pytest.mark.parametrize("words", [words[0] for words, _ in SCENES] + ["设备"])
def test_every_scene_can_be_drawn(words: str) -> None:
    assert len(photo(words, TAKEN, somewhere(Random(1)), Random(4))) > 5000


def test_the_label_needs_no_font() -> None:
    dots = Image.frombytes("1", LABEL_SIZE, bytes.fromhex("".join(LABEL.split())))
    assert dots.getbbox() is not None
    assert dots.histogram()[255] > 500
