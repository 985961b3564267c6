"""An authority's scoring table in our own words: merged cells, subtotals, a note, one phrase that cannot be
read and one that looks wrong, one subtotal that does not add up. 25 items, 210 points, four elements."""

from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

TITLE: Final = "示例市通用设备制造企业安全生产标准化评分表"
HEADINGS: Final = (
    *("考评类目", "考评项目", "考评内容", "标准分值", "考评办法"),
    *("自评/评审描述", "空项", "实际得分"),
)
UNREAD: Final = "作业现场管理较差的，视情节处理"
DOUBTFUL: Final = "漏检1人，扣1分"
MISCOUNTED: Final = "2.教育培训"  # its subtotal says two points less than its items
Item = tuple[str, int, str]
# element -> its parts -> (requirement, points, method)
TABLE: Final[dict[str, dict[str, list[Item]]]] = {
    "1.安全管理": {
        "1.1目标与责任": [
            (
                "制定年度安全生产目标，分解到车间和班组。",
                8,
                "未制定的，不得分；未分解的，每缺一个部门扣1分。",
            ),
            ("主要负责人每季度组织研究一次安全生产工作。", 6, "每缺一次扣2分；没有记录的，扣2分。"),
            (
                "建立全员安全生产责任制并考核。",
                10,
                "未建立的，不得分；内容不全的，每处扣1分；扣满10分的，追加扣除5分。",
            ),
        ],
        "1.2制度与规程": [
            ("收集适用的法律法规和标准，转化为本单位制度。", 6, "未收集的，不得分；转化不全的，每处扣1分。"),
            ("编制岗位安全操作规程并发放到岗位。", 10, "无操作规程的，不得分；规程不全的，每处扣2分。"),
            ("员工按操作规程作业。", 8, f"违反规程的，每人次扣2分；{UNREAD}。"),
        ],
    },
    "2.教育培训": {
        "2.1培训": [
            ("主要负责人和安全管理人员经考核合格。", 8, "未取得合格证明的，每人次扣4分。"),
            ("新员工上岗前接受三级安全教育。", 8, "未教育即上岗的，每人次扣2分；学时不足的，每人次扣1分。"),
            ("特种作业人员持证上岗。", 10, "无证上岗的，不得分，并追加扣除10分；证书过期的，每人次扣2分。"),
        ],
        "2.2健康": [
            ("接触职业病危害的员工按期体检。", 8, f"未组织体检的，不得分；{DOUBTFUL}。"),
            ("为员工配备符合标准的劳动防护用品。", 8, "未配备的，不得分；佩戴不规范的，每人次扣1分。"),
        ],
    },
    "3.现场与设备": {
        "3.1机械设备": [
            ("旋转部位、啮合部位设防护罩。", 10, "缺少防护的，每处扣2分。"),
            ("冲压设备的安全联锁装置完好。", 10, "联锁失效的，每台扣5分。"),
            ("砂轮机的防护罩、托架和间隙符合要求。", 6, "不符合要求的，每台扣2分。"),
            ("行车吊具、钢丝绳定期检查并有记录。", 8, "未检查的，不得分；记录不全的，每台扣1分。"),
        ],
        "3.2电气与消防": [
            ("配电箱柜完好，标识清楚，有漏电保护。", 10, "不符合要求的，每处扣2分。"),
            ("电气线路敷设规范，无私拉乱接。", 8, "私拉乱接的，每处扣4分。"),
            ("消防通道畅通，消防器材在有效期内。", 10, "通道堵塞的，扣5分；器材失效的，每个扣1分。"),
            (
                "可燃性粉尘场所定期清扫，除尘系统正常运行。",
                10,
                "未清扫的，不得分；除尘系统停用仍作业的，除不得分外，追加扣除10分。",
            ),
        ],
        "3.3危险作业": [
            (
                "有限空间作业履行审批，先通风、再检测、后作业。",
                10,
                "未审批的，不得分；检测记录不全的，每次扣2分。",
            ),
            ("动火作业履行审批，现场有人监护。", 8, "未审批的，不得分；无人监护的，每次扣4分。"),
        ],
    },
    "4.隐患与应急": {
        "4.1隐患排查": [
            (
                "按计划开展隐患排查，建立台账，闭环整改。",
                10,
                "※未开展隐患排查的，不得分；未闭环的，每条扣2分。",
            ),
            ("对安全风险分级管控，公示风险分布图。", 6, "未分级的，不得分；未公示的，扣2分。"),
        ],
        "4.2应急": [
            ("编制应急预案，每半年至少演练一次。", 8, "未编制的，不得分；演练每少一次扣2分。"),
            ("配备应急物资并保持完好。", 6, "物资缺失或失效的，每项扣1分。"),
        ],
    },
}


def items() -> list[Item]:
    return [item for parts in TABLE.values() for part in parts.values() for item in part]


def full() -> int:
    return sum(points for _, points, _ in items())


def write(path: Path) -> Path:
    """The workbook, as such tables look."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("评分表")
        sheet.merge_range(0, 0, 0, 7, TITLE)
        sheet.write_row(1, 0, HEADINGS)
        row = 2
        for title, parts in TABLE.items():
            row = _element(sheet, row, title, parts)
        sheet.write_row(row, 0, ["", "总计", "", full(), "得分总计"])
        sheet.merge_range(row + 1, 0, row + 1, 7, "说明：带※的为否决条款，不符合即不得通过。")
    return path


def _element(sheet: Worksheet, row: int, title: str, parts: dict[str, list[Item]]) -> int:
    first = row
    for part, listed in parts.items():
        for requirement, points, method in listed:
            sheet.write_row(row, 2, [requirement, points, method])
            row += 1
        _spanning(sheet, row - len(listed), row - 1, 1, part)
    _spanning(sheet, first, row - 1, 0, title)
    found = sum(points for part in parts.values() for _, points, _ in part)
    sheet.write_row(row, 1, ["小计", "", found - 2 * (title == MISCOUNTED), "得分小计"])
    return row + 1


def _spanning(sheet: Worksheet, first: int, last: int, column: int, text: str) -> None:
    if first == last:
        sheet.write(first, column, text)
    else:
        sheet.merge_range(first, column, last, column, text)
