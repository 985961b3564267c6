"""The list of what is to be put right, as the printed sheet says it."""

from datetime import date

from dabiao.hazards.models import Hazard
from dabiao.office.sheets.opened import opened
from dabiao.office.sheets.rectifying import rectification
from sheets.filling import open_sheet
from world import World


def test_measures_are_one_sentence_and_the_item_stands_once(world: World) -> None:
    row = Hazard(
        standard_item="示例—12#1.2",
        text="1.2 安全目标没有印发（1 处）。",
        corrective="补印并发到岗位。",
        preventive="年初列入文件清单。",
        responsible="安全部负责人",
        due=date(2026, 4, 1),
        state="planned",
    )
    printed = rectification(opened(world.actor("officer"), open_sheet(world).pk), row)
    assert (printed.item, printed.problem) == ("1.2", "安全目标没有印发（1 处）。")
    assert printed.measure == "补印并发到岗位；年初列入文件清单"
