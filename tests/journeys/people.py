"""Somebody at a screen: signs in through the real form, takes pictures of what they see, and minds faults."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect

from journeys.stage import ROOT, Stage
from world import PASSWORD

AXE = ROOT / "node_modules/axe-core/axe.min.js"
PICTURES = ROOT / "build/journeys"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE_AGENT = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36"
)
SCREENS: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1440, "height": 900}},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "has_touch": True,
        "is_mobile": True,
        "device_scale_factor": 2,
        "user_agent": PHONE_AGENT,
    },
    "tablet": {"viewport": {"width": 820, "height": 1180}, "has_touch": True, "is_mobile": True},
}
SCREENS |= {f"{each}-dark": {**SCREENS[each], "color_scheme": "dark"} for each in ("phone", "tablet")}
# What Chromium says by itself about answers that a page expects: 409, 422 and the like are part of the work,
# and so is being off line while a test says so.
EXPECTED = re.compile(
    r"Failed to load resource: (the server responded with a status of 4|net::ERR_INTERNET_DISC)"
)

# What htmx says of a request that found no network; only somebody who was off line is expected to hear it.
CUT_OFF = re.compile(r"htmx:(afterRequest|sendError)\b")
SIGN_IN = "/office/sign-in/"
PATIENCE = 30_000  # milliseconds: a busy machine is no fault of the page


@dataclass
class Person:
    """One person, one browser of their own."""

    name: str
    stage: Stage
    context: BrowserContext
    page: Page
    story: str
    screen: str
    faults: list[str] = field(default_factory=list)
    looked: set[str] = field(default_factory=set)
    cut_off: bool = False
    _shots: int = 0

    @property
    def on_phone(self) -> bool:
        return self.screen == "phone"

    def sign_in(self) -> None:
        self.page.goto(f"{self.stage.url}/office/")
        self._fill_in()
        self.page.wait_for_url(f"{self.stage.url}/office/")

    def _fill_in(self) -> None:
        self.page.get_by_label("登录名").fill(self.name)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()

    def goto(self, path: str) -> None:
        """Go there; whose session has ended meanwhile, as overnight, signs in again and is led on."""
        self.page.goto(f"{self.stage.url}{path}")
        if SIGN_IN in self.page.url and SIGN_IN not in path:
            self._fill_in()
            self.page.wait_for_url(f"{self.stage.url}{path}")

    def look(self, step: str, *, whole: bool = True) -> None:
        """Take a picture of the step, and hold the page to WCAG 2.2 AA and to its width."""
        self._shots += 1
        folder = PICTURES / self.story
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(
            path=folder / f"{self.screen}-{self.name}-{self._shots:02d}-{step}.png", full_page=whole
        )
        self.fits(step)
        self.accessible(step)
        self.unharmed()

    def look_once(self, step: str) -> None:
        """A page that comes again has been looked at."""
        if step not in self.looked:
            self.looked.add(step)
            self.look(step)

    def accessible(self, step: str = "") -> None:
        """No violation that axe finds."""
        self.page.evaluate(axe())
        run = (
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})"
        )
        found = self.page.evaluate(run, RULES)["violations"]
        assert not found, f"{step}: " + "\n".join(_violation(each) for each in found)

    def fits(self, step: str = "") -> None:
        """The page is not wider than the screen: nobody scrolls sideways."""
        over = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert over <= 0, f"{step}: {over} px wider than the screen"

    def unharmed(self) -> None:
        """No error on the console, no breach of the content policy, no fault of the server so far."""
        assert not self.faults, "\n".join(self.faults)

    @contextmanager
    def offline(self) -> Iterator[None]:
        self.cut_off = True
        self.context.set_offline(True)
        try:
            yield
        finally:
            self.context.set_offline(False)

    def _heard(self, message: ConsoleMessage) -> None:
        expected = EXPECTED.match(message.text) or (self.cut_off and CUT_OFF.match(message.text))
        if message.type == "error" and not expected:
            self.faults.append(f"console: {message.text} ({self.page.url})")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} {response.request.method} {response.url}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.stage.url, "data:", "blob:", "about:")):
            self.faults.append(f"asked the network: {url}")

    def mind(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("response", self._answered)
        self.page.on("request", lambda request: self._asked(request.url))


def person(browser: Browser, stage: Stage, name: str, story: str, screen: str) -> Person:
    """Somebody of the cast, before a screen, not signed in."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", **SCREENS[screen])
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    made = Person(name, stage, context, context.new_page(), story, screen)
    made.mind()
    return made


@cache
def axe() -> str:
    return Path(AXE).read_text("utf-8")


def _violation(found: dict[str, Any]) -> str:
    places = "; ".join(f"{node['target']} {node['html'][:160]}" for node in found["nodes"][:4])
    return f"{found['id']}: {found['help']}: {places}"
