"""Somebody at work: what the to-do list asks of them, one form at a time, and what then stands there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from journeys.people import Person

Said = Mapping[str, Any]  # label -> words to type, an option to choose, a file to hand in
NOTHING: Said = {}


@dataclass(frozen=True)
class Hand:
    """The pages of reviews and gradings, as anybody concerned uses them."""

    person: Person

    @property
    def page(self) -> Page:
        return self.person.page

    def take_up(self, verb: str) -> str:
        """Follow the to-do list to what it asks; gives the address."""
        self.person.goto("/office/")
        self.page.locator("main").get_by_role("link", name=verb, exact=True).first.click()
        self.page.wait_for_url(re.compile(r"/office/.+"))
        return self.page.url.removeprefix(self.person.stage.url)

    def goto(self, address: str) -> "Hand":
        self.person.goto(address)
        return self

    def press(self, button: str, then: str, said: Said = NOTHING, within: str = "") -> None:
        """Fill the form of a button, press it, and see what follows."""
        pressed = self.page.get_by_role("button", name=button, exact=True)
        form = self.page.locator(within or "main").locator("form").filter(has=pressed).first
        fill(form, said)
        form.get_by_role("button", name=button, exact=True).first.click()
        self.sees(then)

    def offer(self, title: str, verb: str, said: Said = NOTHING, about: str = "") -> None:
        """One of the things the team's page offers: unfold, fill, press."""
        part = self.page.locator("details", has_text=title).filter(has_text=about).first
        if part.get_attribute("open") is None:
            part.locator("summary").first.click()
        fill(part, said)
        part.get_by_role("button", name=verb, exact=True).click()
        self.sees(f"{title}：已办理")

    def sees(self, *words: str) -> None:
        for each in words:
            expect(self.page.get_by_text(each).first).to_be_visible()

    def misses(self, words: str) -> None:
        expect(self.page.get_by_text(words)).to_have_count(0)

    def look(self, step: str) -> None:
        """Once for each step."""
        self.person.look_once(step)


def fill(form: Locator, said: Said) -> None:
    """By label; what is chosen of several is named by its own label with True."""
    for label, words in said.items():
        field = form.get_by_label(label).first
        if words is True:
            field.check()
        elif isinstance(words, dict):
            field.set_input_files(words)
        elif field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(label=words)
        else:
            field.fill(str(words))
