"""A tablet or phone with the field page on it, behind a bad network: a browser with a folder of its own,
that is killed and opened again. Nothing in it is replaced."""

import os
import re
import shutil
import signal
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, ConsoleMessage, FilePayload, Page, Response, expect
from playwright.sync_api import Error as PlaywrightError

from journeys.people import PATIENCE, SCREENS, SIGN_IN, Person
from journeys.stage import Stage

PIN: Final = "270518"
# What a browser says of a network that fails, which here is the story.
FAILING: Final = re.compile(
    r"Failed to load resource: (the server responded with a status of [45]|net::ERR_)"
)


class Reviewer(Person):
    """A person whose network fails: that alone is no fault."""

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not FAILING.match(message.text):
            self.faults.append(f"console: {message.text} ({self.page.url})")

    def _answered(self, response: Response) -> None:
        if response.status == 500:
            self.faults.append(f"500 {response.request.method} {response.url}")

    def fill_in(self) -> None:
        self._fill_in()


@dataclass
class Tablet:
    browser: Browser
    stage: Stage  # as this tablet reaches it: through the proxy
    folder: Path
    flags: tuple[str, ...]
    story: str
    name: str
    screen: str = "phone"
    _person: Reviewer | None = field(default=None, repr=False)

    @property
    def person(self) -> Reviewer:
        assert self._person is not None, "the tablet is off"
        return self._person

    @property
    def is_on(self) -> bool:
        return self._person is not None

    @property
    def page(self) -> Page:
        return self.person.page

    # -- on and off ------------------------------------------------------------------------------------------

    def on(self, *, offline: bool = False) -> "Tablet":
        context = self.browser.browser_type.launch_persistent_context(
            str(self.folder),
            executable_path=shutil.which("chromium"),
            args=list(self.flags),
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            offline=offline,
            **SCREENS[self.screen],
        )
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        self._person = Reviewer(self.name, self.stage, context, context.pages[0], self.story, self.screen)
        self._person.mind()
        self.page.goto(f"{self.stage.url}/field/")
        return self

    def off(self) -> None:
        self.person.context.close()
        self.person.unharmed()
        self._person = None

    def kill(self) -> None:
        """The battery is empty: no word to anybody."""
        for pid in self._processes():
            os.kill(pid, signal.SIGKILL)
        with suppress(PlaywrightError):  # it is closed: it was killed
            self.person.context.close()
        self._person = None

    def _processes(self) -> list[int]:
        """The browser of this folder; its children go with it."""
        mark = f"--user-data-dir={self.folder}".encode()
        told = ((int(each.name), command(each)) for each in Path("/proc").iterdir() if each.name.isdigit())
        found = [
            pid for pid, words in told if mark in words and not any(w.startswith(b"--type=") for w in words)
        ]
        assert found, "no browser to kill"
        return found

    # -- at the door -----------------------------------------------------------------------------------------

    def sign_in(self) -> "Tablet":
        self.page.wait_for_url(re.compile(SIGN_IN))
        self.person.fill_in()
        self.page.wait_for_url(f"{self.stage.url}/field/")
        return self

    def enrol(self, pin: str = PIN) -> "Tablet":
        """The first time: a PIN, and the page that stays when the signal goes."""
        self.tap("在本机开始使用")
        return self.begin(pin)

    def begin(self, pin: str = PIN) -> "Tablet":
        self.page.get_by_label("口令", exact=True).fill(pin)
        self.page.get_by_label("再填一次").fill(pin)
        self.tap("设好，开始使用")
        expect(self.page.locator(".bar")).to_be_visible()
        self.page.wait_for_function("async () => Boolean((await navigator.serviceWorker.ready).active)")
        return self

    def unlock(self, pin: str = PIN) -> "Tablet":
        self.page.get_by_label("口令", exact=True).fill(pin)
        self.tap("打开")
        return self

    def unlock_as(self, name: str) -> "Tablet":
        self.page.locator(".who-one", has_text=name).click()
        return self.unlock()

    def sign_in_again(self) -> "Tablet":
        """The session is forgotten: a sign-in, and the PIN again, let it deliver."""
        self.unlock().bar("请重新登录")
        self.page.locator(".bar-state").click()
        self.page.get_by_role("link", name="去登录").click()
        return self.sign_in().unlock()

    # -- at work ---------------------------------------------------------------------------------------------

    def tap(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def tab(self, name: str) -> None:
        self.page.get_by_role("navigation", name="现场页面").get_by_role("link", name=name).click()

    def bar(self, words: "str | re.Pattern[str]") -> None:
        expect(self.page.locator(".bar-state")).to_contain_text(words)

    def offline(self, gone: bool = True) -> None:
        self.person.context.set_offline(gone)

    def export_file(self) -> bytes:
        """The last resort: everything on this device, as a file."""
        self.tab("本机")
        self.page.get_by_text("万不得已").click()
        with self.page.expect_download() as coming:
            self.tap("导出文件")
        return coming.value.path().read_bytes()

    def import_file(self, content: bytes) -> None:
        self.tab("本机")
        self.page.get_by_text("万不得已").click()
        file = FilePayload(name="现场.json", mimeType="application/json", buffer=content)
        self.page.get_by_label("选择导出的文件").set_input_files(file)

    def packet(self) -> dict[str, Any]:
        """The only visit taken along, as the server gives it."""
        link = self.page.get_by_role("link", name=re.compile("^打开"))
        key = (link.get_attribute("href") or "").removeprefix("#/visit/")
        found = self.person.context.request.get(f"{self.stage.url}/field/visits/{key}/packet")
        told: dict[str, Any] = found.json()
        return told

    def server_now(self) -> datetime:
        """As the server tells the device."""
        told = self.person.context.request.get(f"{self.stage.url}/field/session").json()
        return datetime.fromisoformat(told["now"])

    def take_along(self) -> "Tablet":
        self.tap("带上")
        expect(self.page.locator(".badge-good", has_text="已带上")).to_be_visible()
        return self

    def look(self, step: str, *, whole: bool = True) -> None:
        self.person.look(step, whole=whole)


def command(process: Path) -> list[bytes]:
    try:
        return (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return []


def behind(stage: Stage, port: int) -> Stage:
    return replace(stage, port=port)
