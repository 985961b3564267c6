"""Every screen of the field page, on a telephone in the dark and on a tablet lying on a table: nothing is cut
off or out of reach of a screen reader; and pictures of all of them to look at."""

from collections.abc import Callable
from typing import Final, Literal

import pytest
from playwright.sync_api import Page, expect

from journeys.attaining import onsite
from journeys.conftest import Casting
from journeys.fieldwork.pad import Pad
from journeys.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.begun]
Scheme = Literal["dark", "light"]
SHAPES: Final[dict[str, tuple[int, int, Scheme]]] = {
    "phone-dark": (390, 844, "dark"),
    "lying": (1024, 768, "light"),
}
LINE = "1.1.2"


def test_every_screen_fits_whatever_it_is_shown_on(cast: Casting, stage: Stage) -> None:
    stage.move_clock(onsite.OPENED)
    pad = Pad(cast("reviewer", "tablet")).enrol().take_along()
    pad.off_line()
    for step, reached in outside(pad.page).items():
        reached()
        seen(pad, step)
    pad.reopened().visit().deduct(LINE, "未落实的", "制度没有落实。")
    pad.picture(LINE, "teal")
    for parts in ((), ("list", "all"), ("list", "deducted"), ("item", LINE)):
        pad.to(*parts)
        seen(pad, "-".join(["visit", *parts]))
    marked(pad)
    for part in ("opening", "handing", "summary", "records", "closing"):
        pad.to(part)
        seen(pad, part)
    pad.tap("示例reviewer签字")
    expect(pad.page.locator("canvas.pad")).to_be_visible()
    seen(pad, "signature")


def outside(page: Page) -> dict[str, Callable[[], object]]:
    """The three first screens, and the door."""

    def at(name: str) -> Callable[[], object]:
        return page.get_by_role("navigation", name="现场页面").get_by_role("link", name=name).click

    first = {name: at(name) for name in ("现场", "回执", "本机")}
    return {**first, "door": page.get_by_role("button", name="锁定").first.click, "who": who(page)}


def who(page: Page) -> Callable[[], object]:
    return page.get_by_role("button", name="不是我").click


def marked(pad: Pad) -> None:
    """A picture looked at, and arrows drawn on it; the copy stands beside it."""
    pad.page.locator(".thumb").last.click()  # our own: the first lies on the server
    seen(pad, "picture")
    pad.tap("画标注")
    board = pad.page.locator("canvas.board")
    board.click()
    seen(pad, "marks")
    shown = pad.page.locator(".thumbs > li")
    before = shown.count()
    pad.tap("存为新图片")
    expect(shown).to_have_count(before + 1)


def seen(pad: Pad, step: str) -> None:
    for shape, (width, height, scheme) in SHAPES.items():
        pad.page.set_viewport_size({"width": width, "height": height})
        pad.page.emulate_media(color_scheme=scheme)
        pad.look(f"{step}-{shape}")
