"""What a city department does at its desk: imports, checks and publishes a table, gives it to an industry."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from journeys import table
from journeys.people import Person


@dataclass(frozen=True)
class Desk:
    """The pages of standards, as one official uses them."""

    person: Person

    @property
    def page(self) -> Page:
        return self.person.page

    def import_table(self, path: Path, *, number: str, title: str = "") -> None:
        """Choose the file, say what it is, and see what was understood."""
        self.person.goto("/office/standards/import/")
        self.page.get_by_label("评分表文件").set_input_files(path)
        self.page.get_by_label("标准编号").fill(number)
        if title:
            self.page.get_by_label("标准名称").fill(title)
        self.person.look("import")
        self.page.get_by_role("button", name="读取并建立草案").click()
        expect(self.page.get_by_role("heading", name="读出的内容")).to_be_visible()

    def understood(self) -> dict[str, str]:
        """The figures shown: items, points, phrases to confirm."""
        figures = self.page.locator(".figures").first.locator(".figure")
        return {each.locator("span").inner_text(): each.locator("b").inner_text() for each in figures.all()}

    def phrases(self) -> int:
        return self.page.locator("#phrases li[id^=phrase-]").count()

    def phrase(self, text: str) -> Locator:
        return self.page.locator("#phrases li", has_text=text)

    def correct(self, text: str, *, effect: str, points: str) -> None:
        """Say how a phrase that was not read takes points."""
        row = self.phrase(text)
        row.get_by_label("如何扣分").select_option(label=effect)
        row.get_by_label("扣分", exact=True).fill(points)
        self.confirm(text)

    def confirm(self, text: str) -> None:
        row = self.phrase(text)
        row.get_by_role("button", name="确认此条").click()
        expect(row.locator(".good").first).to_be_attached()

    def confirm_all(self) -> None:
        """Confirm what is still open, from the top."""
        buttons = self.page.locator("#phrases").get_by_role("button")
        while left := buttons.count():
            buttons.first.click()
            expect(buttons).to_have_count(left - 1)

    def explain_sums(self, reason: str) -> None:
        while (form := self.page.locator("#sums form")).count():
            left = form.count()
            form.first.get_by_label("理由").fill(reason)
            form.first.get_by_role("button", name="说明理由").click()
            expect(form).to_have_count(left - 1)

    def set_scheme(self, *, basis: str, **levels: str) -> None:
        """How it is scored and from where levels begin: level identifier to least score."""
        scheme = self.page.locator("#scheme")
        for title, least in levels.items():
            scheme.get_by_label(f"{title}不低于", exact=True).fill(least)
        scheme.get_by_label("等级界限的依据").fill(basis)
        scheme.get_by_role("button", name="确定评分办法").click()
        expect(self.page.locator("#scheme .good")).to_be_visible()

    def publish(self, label: str) -> None:
        """Through the dialog that asks for the name, for it cannot be undone."""
        self.page.get_by_role("button", name="发布标准").first.click()
        self.page.get_by_label("此事不能撤销").fill(label)
        self.person.look("publish", whole=False)
        self.page.locator("#publish").get_by_role("button", name="发布标准").click()
        expect(self.page.get_by_text("已发布。内容从此不再改变。")).to_be_visible()

    def give_to(self, title: str, industry: str) -> None:
        """Say which industry uses the standard."""
        self.person.goto("/office/standards/")
        self.page.get_by_role("link", name=title).first.click()
        self.page.get_by_text("确定一个行业使用此标准").click()
        self.page.locator("select[name=industry]").select_option(industry)
        self.page.get_by_role("button", name="确定", exact=True).click()
        expect(self.page.locator("#uses").get_by_text("起").first).to_be_visible()

    def bring_into_force(self, path: Path, *, number: str, title: str, industry: str) -> None:
        """From the file to an industry's standard: one phrase corrected, the rest confirmed."""
        self.import_table(path, number=number)
        self.correct(table.UNREAD, effect="一次扣分", points="3")
        self.confirm_all()
        self.explain_sums("原表小计有误，以各项分值为准")
        self.set_scheme(basis="示例市工业主管部门2026年第1号文件", 二级="80", 三级="60")
        self.publish(f"{self.person.stage.day.year}版")
        self.give_to(title, industry)
