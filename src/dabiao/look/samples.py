"""What the style page shows: every part in every state, with invented values."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator

from dabiao.kernel.permit import allowed, denied
from dabiao.look.forms import PlainForm
from dabiao.look.shapes import (
    Crumb,
    Light,
    LimitShown,
    Me,
    NavEntry,
    ReasonShown,
    Step,
    StepState,
    Told,
    limit_words,
)

BEIJING = ZoneInfo("Asia/Shanghai")
TO_DO = "#"
DEFERRED_TEXT = (
    "申请材料不齐全的，应当在五个工作日内一次性告知需要补正的全部内容；逾期不告知的，自收到之日起即为受理。"
)


class SampleForm(PlainForm):
    """One field of each kind; checked with gaps, so that the errors show."""

    name = forms.CharField(label="企业名称")
    code = forms.CharField(
        label="统一社会信用代码", help_text="18 位，见营业执照", initial="91110000MA0000000X"
    )
    people = forms.IntegerField(label="从业人数", help_text="含劳务派遣人员", initial=86)
    size = forms.ChoiceField(label="企业规模", choices=[("s", "小型"), ("m", "中型"), ("l", "大型")])
    areas = forms.MultipleChoiceField(
        label="特殊区域",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("dust", "粉尘涉爆"), ("ammonia", "涉氨制冷"), ("confined", "有限空间")],
    )
    basis = forms.ChoiceField(
        label="申请级别",
        widget=forms.RadioSelect,
        choices=[("2", "二级：由市行业主管部门公示公告"), ("3", "三级：由区行业主管部门公示公告")],
    )
    words = forms.CharField(label="情况说明", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    promise = forms.BooleanField(label="本单位对所填内容的真实性负责")

    def clean_code(self) -> str:
        raise forms.ValidationError("校验位不符，应为 3；请核对营业执照")


LIMITS = (
    LimitShown(Light.GREEN, limit_words(8), date(2026, 3, 16), clause="定级办法第九条"),
    LimitShown(Light.AMBER, limit_words(2), date(2026, 3, 6), clause="定级办法第九条"),
    LimitShown(Light.AMBER, limit_words(0), date(2026, 3, 4)),
    LimitShown(Light.RED, limit_words(-1), date(2026, 3, 3)),
    LimitShown(Light.STOPPED, "已暂停 · 等待补正", date(2026, 3, 20)),
    LimitShown(Light.MET, "按期完成", date(2026, 2, 27)),
    LimitShown(Light.GREEN, limit_words(18), date(2027, 1, 20), provisional=True),
)

TODOS = (
    ("整改报告待确认", "示例华北仓储有限公司", "DB-2026-00318", "整改确认", "去确认", LIMITS[3]),
    ("自评报告待签字", "示例京西食品加工厂", "DB-2026-00342", "自评", "去签字", LIMITS[1]),
    ("申请材料待审核", "示例通州精密机械公司第二分公司", "DB-2026-00355", "审核", "去审核", LIMITS[0]),
    ("补正材料已交，待核对", "示例顺义冷链物流有限公司", "DB-2026-00361", "审核", "去核对", LIMITS[4]),
)

STEPS = (
    Step("自评", StepState.DONE, date(2026, 1, 26), "李文静"),
    Step("申请", StepState.DONE, date(2026, 2, 2), "李文静"),
    Step("审核", StepState.DONE, date(2026, 2, 10), "市评审组织单位 王建国"),
    Step("初访核验", StepState.DONE, date(2026, 2, 26), "示例安评中心"),
    Step("现场评审", StepState.NOW, date(2026, 3, 16), "组长 赵敏", "评审中，已评 61 / 164"),
    Step("整改"),
    Step("复核"),
    Step("公示公告"),
)
STEPS_LATE = (
    Step("自评", StepState.DONE, date(2026, 1, 26), "李文静"),
    Step("审核", StepState.DONE, date(2026, 2, 10), "王建国"),
    Step("整改", StepState.LATE, date(2026, 3, 3), "示例华北仓储有限公司", "逾期 1 个工作日"),
    Step("复核"),
)
STEPS_FAILED = (
    Step("自评", StepState.DONE, date(2026, 1, 26), "李文静"),
    Step("审核", StepState.FAILED, date(2026, 2, 10), "王建国", "未通过：近一年内有死亡事故"),
)

REASONS = (
    ReasonShown(
        "近一年内无人员死亡事故",
        "申请前一年内未发生人员死亡的生产安全事故",
        "定级办法第七条",
        "申请定级的企业应当在申请之日前一年内未发生人员死亡的生产安全事故。",
        True,
        "市应急管理局事故台账，2026-02-28",
    ),
    ReasonShown(
        "2 项重大事故隐患尚未整改销号",
        "申请前重大事故隐患全部整改到位",
        "提升工作第二条",
        "存在重大事故隐患未完成整改的，不予通过评审。",
        False,
        "现场核验记录，2026-02-26",
    ),
    ReasonShown("审核期限自受理之日起计算", "", "定级办法第九条", DEFERRED_TEXT),
)

HISTORY = (
    Told(datetime(2026, 3, 2, 9, 5, tzinfo=BEIJING), "赵敏", "开始现场评审", "管理办法第十六条"),
    Told(datetime(2026, 2, 26, 16, 40, tzinfo=BEIJING), "示例安评中心", "完成初访核验，可以开始评审"),
    Told(
        datetime(2026, 2, 10, 11, 20, tzinfo=BEIJING),
        "王建国",
        "审核通过，进入评审",
        "定级办法第九条",
        "意见：材料齐全，规则册按 2026 年 2 月 10 日确定。",
    ),
)

ROWS = tuple(
    (f"DB-2026-{318 + 7 * index:05d}", name, level, points, day, limit)
    for index, (name, level, points, day, limit) in enumerate(
        (
            ("示例华北仓储有限公司", "二级", 918_500, date(2026, 3, 3), LIMITS[3]),
            ("示例京西食品加工厂", "三级", 842_000, date(2026, 3, 6), LIMITS[1]),
            ("示例通州精密机械公司第二分公司", "三级", None, date(2026, 3, 16), LIMITS[0]),
            ("示例顺义冷链物流有限公司", "二级", 765_250, date(2026, 3, 20), LIMITS[4]),
        )
    )
)

ELEMENTS = (
    ("1 目标职责", 18, 18, False),
    ("1.1 目标", 4, 4, True),
    ("1.2 机构和职责", 8, 8, True),
    ("2 制度化管理", 12, 22, False),
    ("3 教育培训", 0, 14, False),
    ("4 现场管理", 31, 64, False),
    ("5 风险管控与隐患排查治理", 0, 24, False),
)

ITEMS = (
    ("conforms", "circle-check", "4.2.6", "安全出口、疏散通道畅通，未占用、堵塞。", 8000, False, "赵敏"),
    (
        "deducted",
        "circle-minus",
        "4.2.7",
        "线路穿管敷设，无私拉乱接，配电箱前无堆物。",
        10_000,
        False,
        "",
    ),
    ("vetoed", "circle-x", "4.2.8", "液氨储存场所设置泄漏检测报警并与事故通风联锁。", 15_000, True, ""),
    ("open", "circle-dashed", "4.2.9", "特种设备检验合格并在有效期内，作业人员持证上岗。", 12_000, False, ""),
    ("na", "ban", "4.2.10", "粉尘爆炸危险场所按规定清扫并有记录。", 6000, True, ""),
)

NAV = (
    NavEntry("待办", TO_DO, "inbox", active=True, count=12),
    NavEntry("申报件", TO_DO, "folder"),
    NavEntry("评分表", TO_DO, "clipboard-list", count=2),
    NavEntry("隐患整改", TO_DO, "tool", count=5),
    NavEntry("企业", TO_DO, "building-factory-2"),
    NavEntry("评定标准", TO_DO, "book"),
    NavEntry("统计", TO_DO, "chart-bar"),
)


def checked_form() -> SampleForm:
    form = SampleForm({"code": "91110000MA0000000X", "size": "m", "areas": ["dust"]})
    form.is_valid()
    return form


def everything() -> dict[str, Any]:
    """The style page's context."""
    return {
        "nav": NAV,
        "me": Me("王建国", "示例市评审组织单位", "评审组织单位经办", 12, "sample"),
        "crumbs": (Crumb("申报件", TO_DO), Crumb("样式")),
        "limits": LIMITS,
        "todos": TODOS,
        "steps": STEPS,
        "steps_late": STEPS_LATE,
        "steps_failed": STEPS_FAILED,
        "reasons": REASONS,
        "history": HISTORY,
        "rows": ROWS,
        "page": Paginator(range(345), 20).page(7),
        "fresh": SampleForm(auto_id="fresh_%s"),
        "form": checked_form(),
        "may": allowed,
        "may_not": denied("还有 3 项没有给出结论，补齐后可以提交", "管理办法第十七条"),
        "elements": ELEMENTS,
        "items": ITEMS,
        "autosaves": (
            ("saved", "已保存"),
            ("saving", "正在保存"),
            ("offline", "网络不通，3 项保存在本机"),
            ("conflict", "他人已改动此项，请核对"),
        ),
    }
