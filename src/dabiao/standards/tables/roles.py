"""What the headings of authorities' tables mean, by synonym."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dabiao.standards.tables.grid import plain


class Role(StrEnum):
    LEVEL = "level"
    NUMBER = "number"
    REQUIREMENT = "requirement"
    POINTS = "points"
    METHOD = "method"
    CHECK = "check"
    CITATION = "citation"
    VETO = "veto"
    MANDATORY = "mandatory"
    LEVEL_POINTS = "level_points"
    WORDS = "words"
    NOT_APPLICABLE = "not_applicable"
    ACTUAL = "actual"
    DEDUCTED = "deducted"
    REMARK = "remark"
    OTHER = ""


MEANINGS: Final = {
    Role.LEVEL: "要素（类目、项目）",
    Role.NUMBER: "编号",
    Role.REQUIREMENT: "考评内容",
    Role.POINTS: "标准分值",
    Role.METHOD: "考评办法",
    Role.CHECK: "检查方式",
    Role.CITATION: "依据",
    Role.VETO: "否决项",
    Role.MANDATORY: "强制性条款",
    Role.LEVEL_POINTS: "要素分值",
    Role.WORDS: "自评/评审描述",
    Role.NOT_APPLICABLE: "空项",
    Role.ACTUAL: "实际得分",
    Role.DEDUCTED: "扣分",
    Role.REMARK: "备注",
    Role.OTHER: "没有使用",
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """`rank`: for levels the depth it names; else how good the synonym is, 0 best."""

    role: Role
    rank: int = 0


_WHO: Final = "(?:企业|实际|自评|评审|考评|考核|评定|检查|现场|最终|最后|核定|复评|评价|专家|实)"
_ACT: Final = "(?:考评|评审|评定|考核|评价|检查|自评|达标|评分|标准化|创建|打分|计分|扣分|减分|评估|审核)"
_HOW: Final = "(?:办法|方法|方式|细则|标准|说明|规则|准则)"
_NA: Final = "(?:空项|不涉及|缺项|合理缺项|不适用)"
_ORDERED: Final = (
    (
        rf"(?:标准|考评|评审)?(?:分值|分数|满分)|(?:{_ACT}|规定|基准|额定)?(?:分值|标准分)(?:值|数|分配|设置)?"
        r"|标准分(?:值|数)?|[配赋]分(?:值)?|(?:基准|权重|基础|分项)分(?:值)?|满分(?:值|分值)",
        Role.POINTS,
        0,
    ),
    (r"应得分|总分|分|(?:应得|项目|条款|内容|单项|小项)分值?|权重", Role.POINTS, 1),
    (r"(?:类目|大项|一级|一级要素|A级要素|部分)(?:标准)?(?:分值|分数|总分|分)", Role.LEVEL_POINTS, 1),
    (r"(?:要素|二级|二级要素|B级要素|考评项目|子要素)(?:标准)?(?:分值|分数|总分|分)", Role.LEVEL_POINTS, 2),
    (r"实际得分|实得分(?:值)?|得分|实际得分值", Role.ACTUAL, 0),
    (rf"{_WHO}+(?:得分|评分|打分|分数|分|得分值)", Role.ACTUAL, 1),
    (
        rf"(?:是否)?(?:为)?{_NA}(?:项|内容|情况|标注|标记|理由)?(?:[、/或]{_NA})*",
        Role.NOT_APPLICABLE,
        0,
    ),
    (rf"{_NA}(?:项)?(?:说明|原因|的?理由|依据)", Role.NOT_APPLICABLE, 1),
    (r"(?:是否)?(?:为|属于?)?(?:一票|一级)?否决(?:项|条款|要素|标识|标记)?|[※★▲]", Role.VETO, 0),
    (r"(?:是否)?强制(?:性)?(?:条款|项|条文|要求)?", Role.MANDATORY, 0),
    (r"(?:实际|实)?扣(?:减)?分(?:值|数|情况)?", Role.DEDUCTED, 0),
    (r"考评办法|评分方式|评分标准|评分办法|评分细则|扣分标准|考评标准及办法|评分方法", Role.METHOD, 0),
    (
        r"(?:评分|扣分|打分|计分|减分|扣减)(?:标准|办法|方法|方式|细则|规则|原则|说明|依据|要点|准则|条款)|扣分项|减分项",
        Role.METHOD,
        1,
    ),
    (rf"{_ACT}*(?:办法|细则|(?:评分|扣分|打分|计分){_HOW})", Role.METHOD, 1),
    (rf"{_ACT}*{_HOW}[及和与、](?:{_ACT}*{_HOW}|扣分|评分|打分|计分)", Role.METHOD, 1),
    (r"(?:扣分|减分)(?:情形|情况说明|内容|事项|点|条件)", Role.METHOD, 1),
    (rf".*{_ACT}*(?:描述|问题|情况|扣分原因|情况说明|记录|不符合项|扣分理由|结果|发现)", Role.WORDS, 0),
    (r"自评|评审|自评[/、]评审|扣分原因.*|.*描述.*|(?:自评|评审|得分|符合性)(?:说明|评语)", Role.WORDS, 1),
    (
        r"(?:法律|法规|标准|规范|制定|相关|条文|参考)*依据|引用标准|相关(?:法规|标准)|法规标准",
        Role.CITATION,
        0,
    ),
    (rf"(?:{_ACT}|查证|验证|核查|查验)(?:方式|方法|形式|途径|手段)|查什么|怎么查", Role.CHECK, 0),
    (
        r"序号|编号|项号|条号|条目号|条款号|条款编号|条款|标准条款|No\.?|序|项次|(?:项目|内容|要素|评分项)(?:编号|序号)",
        Role.NUMBER,
        0,
    ),
    (r"备注|说明|注", Role.REMARK, 0),
    (r"(?:max(?:imum)?|full)?(?:points|marks)|maxscore", Role.POINTS, 0),
    (r"score", Role.POINTS, 1),
    (r"(?:actual|obtained)(?:score|points|marks)?", Role.ACTUAL, 0),
    (r"remarks?|notes?", Role.REMARK, 0),
    (r"(?:scoring)?method|deductions?", Role.METHOD, 0),
    (r"content|requirement|item", Role.REQUIREMENT, 0),
    (r"no|number", Role.NUMBER, 0),
)
_OF: Final = "(?:考评|评审|评定|考核|检查|评价|自评|标准化?|基本|创建|评估|审核)?"
_LEVEL: Final = "(?:要素|元素|指标|项目|目录|类目|类别|标题|内容|条目)"
_LEVELS: Final = (
    (rf"[一A1]级{_OF}{_LEVEL}?|{_OF}(?:类目|类别)|大项|部分|章|章节|模块", 10),
    (r"主要素|核心要素|大类|单元|板块|分类", 10),
    (rf"{_OF}(?:要素|元素|指标)", 15),
    (
        rf"[二B2]级{_OF}{_LEVEL}?|{_OF}项目|{_OF}(?:子要素|分要素|子类目|子项)|分项|节|小项|小类|要素条款",
        20,
    ),
    (r"(?:评分|打分|计分|得分)项目?", 20),
    (r"category|level1", 10),
    (r"project|element|level2", 20),
    (rf"[三C3]级{_OF}{_LEVEL}?|子项目|考评子项|细项", 30),
)
_REQUIREMENTS: Final = (
    (rf"{_ACT}(?:内容|要求|要点|标准)|(?:企业)?达标标准|标准要求|考评内容(?:及|和|与)?(?:要求|标准)", 0),
    (r"基本规范要求|规范要求|基本要求|要求|内容|标准内容|具体要求|条款内容|具体内容|标准|释义|条文", 1),
    (r".*(?:内容|要求|要点|达标标准|标准|条款|事项|条文)", 2),
    (r".*(?:内容|要求|要点|条款|事项|条文|项目)[及和与、](?:标准|考评|应得)?分(?:值|数)", 3),
)
_FOREIGN: Final = re.compile(r"^[A-Za-z.&/-]{2,}|[A-Za-z.&/-]{2,}$")  # Score 标准分值, 编号 No.
_CHINESE: Final = re.compile("[一-龥]")
_ASIDE: Final = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")


def said(text: str) -> dict[str, str]:
    """“要素=A、要素=B，标准分值=E” -> level: A、B, points: E; ValueError where it is unclear."""
    found: dict[str, str] = {}
    for part in re.split(r"[,;，；、\s]+", text.strip()):
        if not part:
            continue
        name, _equals, letters = plain(part).replace("：", "=").replace(":", "=").partition("=")
        role = next((role for role, title in MEANINGS.items() if title == name), meaning(name).role)
        if role is Role.OTHER or not re.fullmatch(r"[A-Za-z]{1,2}", letters):
            raise ValueError(f"没有看懂“{part}”，请写成“标准分值=E”这样，等号后是列号。")
        found[role] = f"{found[role]}、{letters}" if role in found else letters
    return found


def meaning(heading: str) -> Meaning:
    """What a column headed so holds; Role.OTHER where the heading is not known."""
    text = _ASIDE.sub("", plain(heading)).strip(":.,、")
    chinese = _FOREIGN.sub("", text)
    if _CHINESE.search(chinese) and chinese != text:
        return _meaning(chinese)
    return _meaning(text) if text else Meaning(Role.OTHER)


def _meaning(text: str) -> Meaning:
    for pattern, role, rank in _ORDERED:
        if re.fullmatch(pattern, text, re.IGNORECASE):
            return Meaning(role, rank)
    for pattern, depth in _LEVELS:
        if re.fullmatch(pattern, text, re.IGNORECASE):
            return Meaning(Role.LEVEL, depth)
    for pattern, rank in _REQUIREMENTS:
        if re.fullmatch(pattern, text):
            return Meaning(Role.REQUIREMENT, rank)
    return Meaning(Role.OTHER)
