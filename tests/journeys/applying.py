"""What an enterprise does before and around its application, and officials with it, on their pages."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from playwright.sync_api import FilePayload, Page, expect

from journeys.people import Person
from world import PASSWORD

PROOF: FilePayload = {"name": "证明.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
SINCE = "2026-01-05"
# kind -> what its own fields say; recorded by the unit with a file
OWN = {
    "licence": {"编号或者文号": "示例许1", "事实": "安全生产许可证"},
    "safety_body": {"专职兼职安全生产管理人员数": "2", "事实": "安全科"},
    "certificate_principal": {"编号或者文号": "示例证1", "事实": "培训合格证"},
    "certificate_safety_officer": {"应当持证人数": "2", "已持证人数": "2", "事实": "培训合格证"},
    "certificate_special_operator": {"应当持证人数": "1", "已持证人数": "1", "事实": "电工操作证"},
    "risk_control": {"事实": "风险辨识评估和四色图"},
    "emergency_plan": {"一年内演练次数": "1", "事实": "综合应急预案"},
}


@dataclass(frozen=True)
class Desk:
    """Somebody at the pages of creation, standing and cases."""

    person: Person

    @property
    def page(self) -> Page:
        return self.person.page

    def form_group(self) -> None:
        self.person.goto("/office/creation/group/")
        self.page.get_by_label("成立日期").fill(SINCE)
        self.page.get_by_label("成立文件").fill("《关于成立标准化工作领导小组的通知》（安〔2026〕1号）")
        self.page.get_by_label("分管领导（副组长）").fill("示例分管 副总经理")
        self.page.get_by_label("各部门负责人（成员）").fill("示例部长 部长 设备部")
        self.page.get_by_role("button", name="成立领导小组").click()
        expect(self.page.get_by_role("heading", name="组成人员")).to_be_visible()

    def train(self) -> None:
        self.person.goto("/office/creation/assessors/")
        for label, words in (
            ("姓名", "示例自评员"),
            ("部门、车间或班组名称", "一车间"),
            ("工种或专业", "机械加工"),
        ):
            self.page.get_by_label(label).fill(words)
        self.page.get_by_label("起始日期").fill(SINCE)
        self.page.get_by_role("button", name="加入队伍").click()
        self.page.get_by_label("示例自评员").check()
        told = (
            ("培训单位名称", "示例评审组织单位"),
            ("开始日期", SINCE),
            ("结束日期", SINCE),
            ("学时", "16"),
        )
        for label, words in told:
            self.page.get_by_label(label).fill(words)
        self.page.get_by_role("button", name="登记培训").click()
        expect(self.page.get_by_text("示例评审组织单位 16")).to_be_visible()

    def commit(self) -> None:
        self.person.goto("/office/creation/commitment/")
        self.page.locator("input[type=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="签署并公开").click()
        expect(self.page.get_by_role("link", name="公开页面")).to_be_visible()

    def record(
        self, kind: str, said: dict[str, str], *, unit: str = "", file: bool = True, on: str = SINCE
    ) -> None:
        """One fact, with its source; officials name the unit."""
        asked = f"&code={quote(unit)}" if unit else ""
        self.person.goto(f"/office/standing/new/?kind={kind}{asked}")
        since = self.page.get_by_label("起始日期")
        (since if since.count() else self.page.get_by_label("发生日期")).fill(on)
        for label, words in {**said, "来源": "示例机关"}.items():
            field = self.page.get_by_label(label, exact=False).first
            if label == "具体是哪一项":
                field.select_option(label=words)
            else:
                field.fill(words)
        if file:
            self.page.get_by_label("证明文件").set_input_files(PROOF)
        self.page.get_by_role("button", name="登记", exact=True).click()
        self.page.wait_for_url(re.compile(r"/standing/\d+/$"))

    def apply(self, level: str = "三级") -> str:
        """Begin, and check the conditions one by one; gives the address of the case."""
        self.person.goto("/office/cases/")
        self.page.get_by_role("link", name="提出申请").first.click()
        self.page.get_by_label(level, exact=True).check()
        self.person.look_once("apply")
        self.page.get_by_role("button", name="下一步：核对条件").click()
        expect(self.page.get_by_role("heading", name="核对申报条件")).to_be_visible()
        self.person.look_once("conditions")
        self.page.get_by_role("button", name="保存核对结果").click()
        self.page.wait_for_url(re.compile(r"/cases/\d+/$"))
        return self.page.url.removeprefix(self.person.stage.url)

    def press(self, address: str, button: str, then: str, **fields: str) -> None:
        """On a case's page: fill what is asked, press, and see what follows."""
        self.person.goto(address)
        for label, words in fields.items():
            self.page.get_by_label(label).first.fill(words)
        self.page.get_by_role("button", name=button).first.click()
        expect(self.page.get_by_text(then).first).to_be_visible()

    def sees(self, address: str, *words: str) -> None:
        self.person.goto(address)
        for each in words:
            expect(self.page.get_by_text(each).first).to_be_visible()
