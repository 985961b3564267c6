"""A reviewer's phone or tablet with the field page on it."""

import re
from base64 import b64decode
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from journeys.people import Person
from journeys.sheets import photograph

PIN: Final = "270518"
DRAWN: Final = """async each => {
  await each.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [each.naturalWidth, each.naturalHeight];
  canvas.getContext('2d').drawImage(each, 0, 0);
  return canvas.toDataURL('image/png');
}"""
HOME: Final = re.compile(r"#/visit/[^/]+$")


@dataclass(frozen=True)
class Pad:
    """One device of one person; lines go by their keys."""

    person: Person

    @property
    def page(self) -> Page:
        return self.person.page

    # -- the shell: enrolled, taken along, off line, on line again -----------------------------------------

    def enrol(self) -> "Pad":
        """The first time on this device: a PIN, and the page that stays when the signal goes."""
        self.person.goto("/field/")
        self.tap("在本机开始使用")
        self.page.get_by_label("口令", exact=True).fill(PIN)
        self.page.get_by_label("再填一次").fill(PIN)
        self.tap("设好，开始使用")
        return self

    def take_along(self) -> "Pad":
        self.tap("带上")
        expect(self.page.get_by_text("已带上").first).to_be_visible()
        return self

    def off_line(self) -> "Pad":
        self.page.wait_for_function("async () => Boolean((await navigator.serviceWorker.ready).active)")
        self.person.context.set_offline(True)
        return self

    def reopened(self) -> "Pad":
        """The page is closed and opened again without a signal; the PIN opens what was kept."""
        self.page.goto(f"{self.person.stage.url}/field/")
        self.page.get_by_label("口令", exact=True).fill(PIN)
        self.tap("打开")
        expect(self.page.locator(".bar")).to_be_visible()
        return self

    def on_line(self) -> None:
        self.person.context.set_offline(False)

    def keeps(self, many: int) -> None:
        """So many acts are only here, as the bar says."""
        expect(self.page.locator(".bar-state")).to_have_text(f"本机保存 {many} 项")

    def delivered(self) -> None:
        """At once, and nothing is only here any more."""
        self.page.evaluate("location.hash = '#/receipts'")
        self.tap("立即送达")
        expect(self.page.locator(".bar-state")).to_have_text(re.compile("已送达"))

    # -- within the visit ------------------------------------------------------------------------------------

    def tap(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def visit(self) -> "Pad":
        self.page.evaluate("location.hash = '#/'")
        self.page.get_by_role("link", name=re.compile("^打开")).first.click()
        self.page.wait_for_url(HOME)
        return self

    def to(self, *parts: str) -> None:
        """Another screen of the same visit."""
        key = self.page.url.split("#/visit/")[1].split("/")[0]
        self.page.evaluate("hash => { location.hash = hash }", "/".join(["#/visit", key, *parts]))
        self.page.wait_for_url(re.compile(re.escape("/".join([key, *parts])) + "$"))
        expect(self.page.locator("main.visit")).to_be_visible()

    def item(self, line: str) -> Locator:
        self.to("item", line)
        expect(self.page.locator("[data-line]")).to_have_attribute("data-line", line)
        return self.page.locator("main")

    def kept(self, words: str = "已存在本机，待送达") -> None:
        expect(self.page.locator(".saved")).to_contain_text(words)

    def conforms(self, line: str, words: str = "", picture: str = "") -> None:
        self.item(line)
        self.tap("符合")
        self.kept()
        self.says(words)
        if picture:
            self.picture(line, picture)

    def deduct(self, line: str, rule: str, words: str, picture: str = "") -> None:
        """One tap on the rule is the answer."""
        self.item(line).get_by_role("button", name=re.compile(f"(加一.*|选用)：{rule}")).click()
        self.kept()
        self.says(words)
        if picture:
            self.picture(line, picture)

    def vetoed(self, line: str, rule: str, words: str) -> None:
        """What fails everything is asked once more before it is kept."""
        self.item(line).get_by_role("button", name=f"选用：{rule}").click()
        self.tap("确认不符合")
        self.kept()
        self.says(words)

    def says(self, words: str) -> None:
        if not words:
            return
        box = self.page.get_by_label("现场情况")
        box.fill(words)
        box.blur()
        expect(self.page.locator(".saved")).not_to_contain_text("正在存")

    def picture(self, line: str, colour: str, source: str = "拍照") -> FilePayload:
        """By the camera, as the telephone hands it to the page."""
        made = photograph(f"{line}.jpg", colour)
        shown = self.page.locator(".thumbs > li")
        before = shown.count()
        self.page.locator("label.tap", has_text=source).locator("input").set_input_files(made)
        expect(shown).to_have_count(before + 1)
        return made

    def mark(self) -> None:
        """An arrow on a copy of the last picture, kept beside it."""
        shown = self.page.locator(".thumbs > li")
        before = shown.count()
        self.page.locator(".thumb").last.click()
        self.tap("画标注")
        self.page.locator("canvas.board").click()
        self.tap("存为新图片")
        expect(shown).to_have_count(before + 1)

    def lines(self, kind: str, *element: str) -> list[str]:
        """All, or of an element, as the list shows them; `-` stands for the free conditions."""
        self.to("list", kind, *element)
        found = self.page.locator("a.line").evaluate_all("all => all.map(each => each.hash.split('/').pop())")
        return [unquote(each) for each in found]

    def look(self, step: str) -> None:
        self.person.look(step)

    def everybody(self) -> None:
        """All who are listed have come: nobody is taken for present before somebody has looked."""
        boxes = self.page.locator(".attending input[type=checkbox]")
        expect(boxes.first).not_to_be_checked()
        for box in boxes.all():
            box.check()

    def sign(self, name: str, disagreed: str = "") -> None:
        """A hand draws on the glass."""
        self.tap(f"{name}签字")
        pad = self.page.locator("canvas.pad")
        expect(pad).to_be_visible()
        box = pad.bounding_box()
        assert box is not None
        high = 20 + sum(map(ord, name)) % 40  # everybody's is another
        self.page.mouse.move(box["x"] + 30, box["y"] + 40)
        self.page.mouse.down()
        for at in range(12):
            self.page.mouse.move(box["x"] + 30 + 15 * at, box["y"] + 40 + high * (at % 3))
        self.page.mouse.up()
        if disagreed:
            self.page.get_by_label("不同意见").fill(disagreed)
        self.tap("签好了")
        expect(pad).to_have_count(0)

    def closes(self, *names: str) -> None:
        """All these sign on the glass, and the sheet is closed over what the device holds."""
        for name in names:
            self.sign(name)
        self.tap("双方已签字，关闭评分表")

    def inks(self, many: int) -> list[bytes]:
        """The signatures as the screen shows them, dot by dot."""
        images = self.page.locator("img.ink")
        expect(images).to_have_count(many)
        return [pixels(b64decode(each.evaluate(DRAWN).partition(",")[2])) for each in images.all()]

    def hand_over(self, folder: Path) -> Path:
        self.to("handing")
        with self.page.expect_download() as coming:
            self.tap("导出移交文件")
        path = folder / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    def receive(self, path: Path) -> None:
        self.to("handing")
        self.page.locator("label.tap", has_text="选择移交文件").locator("input").set_input_files(path)
        expect(self.page.get_by_text("移交的内容")).to_be_visible()


def pixels(png: bytes) -> bytes:
    return Image.open(BytesIO(png)).convert("RGB").tobytes()
