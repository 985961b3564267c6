"""What the people of an enterprise do with a self-assessment around its sheet."""

import re
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import FilePayload, Page, expect

from journeys.people import Person
from journeys.sheets import Sheet


@dataclass(frozen=True)
class Firm:
    """The pages of self-assessments, as the safety officer uses them."""

    person: Person

    @property
    def page(self) -> Page:
        return self.person.page

    def start(self, level: str = "二级", writers: tuple[str, ...] = ()) -> str:
        """Begin from the to-do list; gives the address of the self-assessment."""
        self.person.goto("/office/")
        self.page.get_by_role("link", name="发起自评").last.click()
        self.page.get_by_label(level, exact=True).check()
        for name in writers:
            self.page.get_by_label(f"示例{name}").check()
        self.person.look("start")
        self.page.get_by_role("button", name="开始自评").click()
        self.page.wait_for_url(re.compile(r"/self-assessments/\d+/$"))
        return self.page.url.removeprefix(self.person.stage.url)

    def assign(self, address: str, element: str, name: str) -> None:
        """Give an outermost element to somebody."""
        self.person.goto(f"{address}team/")
        part = self.page.locator("form", has_text=element)
        part.get_by_label(f"示例{name}").check()
        part.get_by_role("button", name="保存分派").click()
        expect(self.page.locator("form", has_text=element).get_by_label(f"示例{name}")).to_be_checked()

    def add_writer(self, address: str, name: str) -> None:
        self.person.goto(f"{address}team/")
        self.page.get_by_role("group", name="参加的自评员").get_by_label(f"示例{name}").check()
        self.page.get_by_role("button", name="保存人员").click()

    def sheet(self, address: str) -> Sheet:
        self.person.goto(address)
        self.page.get_by_role("link", name="打开评分表").click()
        expect(self.page.locator("[data-sheet-page]")).to_be_visible()
        return Sheet(self.person)

    def sign(self, address: str, opinion: str) -> None:
        self.person.goto(address)
        self.page.get_by_label("自评结论").fill(opinion)
        self.person.look("before-signing")
        self.page.get_by_role("button", name="签字形成自评报告").click()
        expect(self.page.get_by_text("已签字，自评报告形成")).to_be_visible()

    def post(self, address: str, where: str) -> None:
        self.person.goto(address)
        self.page.get_by_label("公示地点或方式").fill(where)
        self.page.get_by_role("button", name="开始内部公示").click()
        expect(self.page.get_by_text("已开始公示")).to_be_visible()

    def hand_in(self, address: str) -> None:
        self.person.goto(address)
        self.page.get_by_role("button", name="提交自评报告").click()
        expect(self.page.get_by_text("自评报告已提交")).to_be_visible()

    def plan(self, hazard: str, *, cause: str, corrective: str, preventive: str, due: date) -> None:
        """Say why it happened, what is done about it, and how it will not happen again."""
        self.person.goto(hazard)
        self.page.get_by_label("原因分析").fill(cause)
        self.page.get_by_label("整改措施").fill(corrective)
        self.page.get_by_label("预防措施").fill(preventive)
        self.page.get_by_label("责任人").fill("示例车间主任")
        self.page.get_by_label("整改期限").fill(due.isoformat())
        self.page.get_by_role("button", name="保存整改方案").click()
        expect(self.page.get_by_role("button", name="报告整改完成")).to_be_visible()

    def report(self, hazard: str, *, words: str, evidence: FilePayload) -> None:
        self.person.goto(hazard)
        self.page.get_by_label("完成情况").fill(words)
        self.page.get_by_label("整改证据").set_input_files(evidence)
        self.page.get_by_role("button", name="报告整改完成").click()
        expect(self.page.get_by_role("heading", name="确认销号")).to_be_visible()
