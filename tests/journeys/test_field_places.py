"""Where a device is, as a browser tells it: kept with what is done there, or refused, and that is said."""

import re
from typing import Any, Final

import pytest
from playwright.sync_api import expect

from journeys.fieldwork.pad import Pad
from journeys.stage import Stage
from journeys.tablets import Tablet
from journeys.test_field_network import arrived

pytestmark = [pytest.mark.browser, pytest.mark.placed]
WORDS: Final = "2号机护罩完好，联锁有效。"
GATE: Final = {"latitude": 39.984512, "longitude": 116.318764, "accuracy": 14}
SHOP: Final = {"latitude": 39.985101, "longitude": 116.319402, "accuracy": 38}


def stood(place: dict[str, float]) -> dict[str, Any]:
    """As the server keeps it."""
    told = {"lat": f"{place['latitude']:.6f}", "lon": f"{place['longitude']:.6f}"}
    return {**told, "accuracy": place["accuracy"], "mocked": False}


def mark(tablet: Tablet, kind: str, words: str = "") -> None:
    tablet.tap(kind)
    expect(tablet.page.locator(".says")).to_contain_text(f"已记{kind}。{words}")


def test_the_place_goes_with_marks_answers_and_pictures_done_there(tablet: Tablet, stage: Stage) -> None:
    """Off line, moving from the gate to the shop; a picture of the camera is told from one of the gallery."""
    tablet.on().sign_in().enrol().take_along()
    context = tablet.person.context
    context.grant_permissions(["geolocation"])
    context.set_geolocation(GATE)
    pad = Pad(tablet.person).visit()
    tablet.offline()
    mark(tablet, "到场")
    pad.conforms("1.1.1", WORDS)
    pad.picture("1.1.1", "teal")
    context.set_geolocation(SHOP)
    pad.item("1.1.2")
    pad.picture("1.1.2", "navy", source="从相册选")
    pad.to()
    mark(tablet, "离场")
    expect(tablet.page.locator("main")).to_contain_text(re.compile(r"39\.985.*38"))
    tablet.look("places")
    tablet.offline(gone=False)
    tablet.bar("已送达")
    found = arrived(stage)["places"]
    places = {each["source"]: place for act, place, each in found if act == "sheets.attach_picture@1"}
    assert places == {"camera": stood(GATE), "gallery": stood(SHOP)}
    marks = {act: place for act, place, _ in found if act.startswith("field.")}
    assert marks == {"field.arrive@1": stood(GATE), "field.depart@1": stood(SHOP)}
    answered = [place for act, place, _ in found if act == "sheets.record_answer@1"]
    assert answered
    assert all(place == stood(GATE) for place in answered)


def test_a_place_that_is_refused_is_said_and_the_mark_stands_without(tablet: Tablet, stage: Stage) -> None:
    tablet.on().sign_in().enrol().take_along()
    Pad(tablet.person).visit()
    mark(tablet, "到场", "没有允许使用位置，没有记位置。")
    expect(tablet.page.locator("main")).to_contain_text("没有记位置")
    tablet.bar("已送达")
    [(act, place, told)] = arrived(stage)["places"]
    assert (act, place, told["remark"]) == ("field.arrive@1", None, "没有允许使用位置，没有记位置。")
