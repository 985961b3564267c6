"""An authority's table becomes a published edition at a desk."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from journeys import table
from journeys.authority import Desk
from journeys.conftest import Casting
from journeys.stage import ROOT

pytestmark = pytest.mark.browser
WAREHOUSE = ROOT.parent / "shared/data/standards/warehouse-164.xlsx"


def test_a_table_is_imported_corrected_and_published(cast: Casting, tmp_path: Path) -> None:
    desk = Desk(cast("industry_city"))
    desk.import_table(table.write(tmp_path / "示例评分表.xlsx"), number="SL/T 34")
    assert desk.understood() == {"项": "25", "分": "210", "条需确认": "2"}
    desk.person.look("understood")
    expect(desk.page.get_by_role("button", name="发布标准").first).to_have_attribute("aria-disabled", "true")
    desk.correct(table.UNREAD, effect="一次扣分", points="3")
    desk.person.look("one-corrected")
    desk.confirm_all()
    desk.explain_sums("原表小计有误，以各项分值为准")
    desk.set_scheme(basis="示例市工业主管部门 2026 年第 1 号", 二级="80", 三级="60")
    desk.person.look("ready")
    desk.publish("2026版")
    desk.person.look("published")
    desk.give_to(table.TITLE, "34")
    desk.person.look("given")


def test_a_real_table_is_published_with_every_phrase_confirmed(cast: Casting) -> None:
    if not WAREHOUSE.exists():
        pytest.skip(f"没有 {WAREHOUSE}，真实评分表的测试未运行。")
    desk = Desk(cast("industry_city"))
    desk.import_table(WAREHOUSE, number="SL/T 164")
    assert desk.understood() == {"项": "164", "分": "1000", "条需确认": str(desk.phrases())}
    desk.confirm_all()
    desk.set_scheme(basis="示例市工业主管部门文件", 二级="80", 三级="60")
    desk.person.look("ready")
    desk.publish("2026版")
