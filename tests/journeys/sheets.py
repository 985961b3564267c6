"""The sheet as somebody fills it, on a desk or on a phone."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from journeys.people import Person

PULSE = 60_000  # milliseconds within which colleagues learn of each other
DATED = 36867  # EXIF DateTimeOriginal
TAKEN = "2026:03:02 09:30:00"


@dataclass(frozen=True)
class Sheet:
    """One person before one sheet; lines go by their numbers as printed."""

    person: Person

    @property
    def page(self) -> Page:
        return self.person.page

    @property
    def pane(self) -> Locator:
        return self.page.locator("[data-pane]")

    def open(self, line: str) -> None:
        """Show an item: the next one by the button below, any other by its row in the list."""
        here, lines = self.here(), self.lines()
        if self.person.on_phone and lines.index(line) == lines.index(here) + 1:
            self.page.locator(".sheet-bar [data-go-to='1']").click()
        elif here != line:
            if not self.row(line).is_visible():
                self.to_list()
            self.row(line).locator("a").click()
        expect(self.pane).to_have_attribute("data-line", line)
        expect(self.pane).to_be_visible()

    def here(self) -> str:
        return self.pane.get_attribute("data-line") or ""

    def lines(self) -> list[str]:
        """Every line in the order of the sheet."""
        found: list[str] = self.page.locator(".line").evaluate_all("rows => rows.map(row => row.dataset.k)")
        return found

    def to_list(self) -> None:
        """All items before one's eyes, whatever was chosen before."""
        if self.person.on_phone:
            self.page.locator(".sheet-bar [data-show=toggle]").click()
        everything = self.page.locator("[data-element='*']")
        if not everything.is_visible():
            self.page.locator(".sheet-items [data-show=elements]").click()
        everything.click()

    def row(self, line: str) -> Locator:
        return self.page.locator(f".line[data-k='{line}']")

    def conforms(self, line: str, words: str = "") -> None:
        self.open(line)
        self.pane.locator("label.verdict-conforms").click()
        self.says(words)
        self.saved(line, "conforms")

    def absent(self, line: str, reason: str) -> None:
        """Not applicable, with its reason."""
        self.open(line)
        self.pane.locator("label.verdict-na").click()
        self.pane.get_by_label("不涉及的理由").fill(reason)
        self.says("")
        self.saved(line, "na")

    def deduct(
        self, line: str, rule: str, *, count: int = 1, words: str = "", state: str = "deducted"
    ) -> None:
        """Use a deduction of the item's own rules, tapped as often as it counts."""
        self.open(line)
        used = self.pane.locator(f"[data-rule='{rule}']")
        for _ in range(count):
            used.locator(".deduction-tap").click()
        self.says(words)
        self.saved(line, state)

    def says(self, words: str) -> None:
        """Describe what was found; leaving the field hands it on."""
        if words:
            self.pane.get_by_label("现场情况").fill(words)
        self.page.locator("body").dispatch_event("click")
        self.pane.get_by_label("现场情况").blur()

    def saved(self, line: str, state: str) -> None:
        """The list shows the answer as the server has it, and the sign says so."""
        expect(self.row(line).locator(f".item-{state}")).to_be_attached()
        self.all_saved()

    def all_saved(self) -> None:
        expect(self.page.locator("[data-save-state]")).to_have_attribute("data-state", "saved")

    def picture(self, line: str, colour: str) -> None:
        """Hand in a photograph made on the spot."""
        self.open(line)
        listed = self.pane.locator("[data-picture]")
        before = listed.count()
        self.pane.locator("#choose").set_input_files(photograph(f"现场{line}.jpg", colour))
        expect(listed).to_have_count(before + 1)

    def sees(self, line: str, state: str) -> None:
        """A colleague's answer has arrived by itself."""
        expect(self.row(line).locator(f".item-{state}")).to_be_attached(timeout=PULSE)

    def sees_colleague(self, line: str, name: str) -> None:
        chip = self.row(line).locator(".here", has_text=f"示例{name}在此")
        expect(chip).to_be_attached(timeout=PULSE)

    def answers(self) -> int:
        """How many items are answered, as the list says."""
        answered = self.page.locator("[data-all-count]").text_content() or "0/0"
        return int(answered.split("/")[0])

    def conforms_throughout(self, but: frozenset[str] = frozenset()) -> None:
        """The quick way through: 1 and the next one, by keys."""
        for line in [line for line in self.lines() if line not in but]:
            self.open(line)
            self.page.keyboard.press("1")
            self.saved(line, "conforms")

    def missing(self) -> list[str]:
        """Open what is still to be done; the lines named there."""
        self.page.locator("[data-missing]").click()
        panel = self.page.locator("#panel-body")
        expect(panel).to_contain_text("完成")
        return [each.get_attribute("data-jump") or "" for each in panel.locator("[data-jump]").all()]

    def jump(self, line: str) -> None:
        """From what is missing straight to the item."""
        self.page.locator(f"#panel-body [data-jump='{line}']").click()
        expect(self.pane).to_have_attribute("data-line", line)

    def download(self, kind: str) -> bytes:
        """Print: the file as the browser receives it."""
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name=kind).first.click()
        return Path(coming.value.path()).read_bytes()


def photograph(name: str, colour: str) -> FilePayload:
    """A JPEG as a telephone writes it, with the moment and the place in its EXIF."""
    image = Image.new("RGB", (640, 480), colour)
    exif = Image.Exif()
    exif[271] = "Shili"
    exif.get_ifd(0x8769)[DATED] = TAKEN
    exif[0x8825] = {1: "N", 2: (39.0, 54.0, 30.0), 3: "E", 4: (116.0, 23.0, 30.0)}
    content = BytesIO()
    image.save(content, "JPEG", exif=exif)
    return {"name": name, "mimeType": "image/jpeg", "buffer": content.getvalue()}
