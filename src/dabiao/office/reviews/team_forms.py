"""Forms of the team's work, from the plan to the report."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.look.forms import PlainForm, offer
from dabiao.people.models import Account
from dabiao.reviews.models import CheckKind, Finding, Member, MemberPlace, RemarkKind
from dabiao.reviews.rules import recusal, visits
from dabiao.reviews.services.meetings import Held
from dabiao.reviews.services.rectifications import Measures

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
AREA = forms.Textarea(attrs={"rows": 3})


def area(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, required=required, widget=AREA, help_text=help_text)


class PlanForm(PlainForm):
    starts_on = forms.DateField(label=_("开始日期"), widget=DATE)
    ends_on = forms.DateField(label=_("结束日期"), widget=DATE)
    hours = forms.ChoiceField(label=_("每日时段"), choices=[(k.value, v) for k, v in visits.TITLES.items()])
    leader = forms.TypedChoiceField(label=_("评审组长"), coerce=int)
    team = forms.TypedMultipleChoiceField(
        label=_("其他评审员"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    place = forms.CharField(label=_("集合地点"), max_length=120)

    def __init__(self, *args: Any, people: Iterable[Account], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(each.pk, each.name) for each in people]
        for name in ("leader", "team"):
            offer(self, name, choices)


class DrawForm(PlainForm):
    specialty = forms.CharField(label=_("专业"), max_length=40)
    count = forms.IntegerField(label=_("抽取人数"), min_value=1, max_value=20)


class WordForm(PlainForm):
    word = forms.CharField(
        label=_("随机词"), max_length=40, help_text=_("任意填写；双方的词决定抽取次序，任何人都可以复算。")
    )


class JoinForm(PlainForm):
    grounds = forms.MultipleChoiceField(
        label=_("有下列情形的请勾选"),
        choices=[(k.value, v) for k, v in recusal.TITLES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = area(_("情况说明"), required=False)

    def declared(self) -> recusal.Declared:
        grounds = tuple(recusal.Ground(each) for each in self.cleaned_data["grounds"])
        return recusal.Declared(grounds, self.cleaned_data["words"])


class ReasonForm(PlainForm):
    reason = area(_("理由"))


class RemarkForm(PlainForm):
    kind = forms.ChoiceField(label=_("类型"), choices=RemarkKind.choices, widget=forms.RadioSelect)
    words = area(_("内容"), required=False)


class WordsForm(PlainForm):
    words = area(_("内容"))


class MeetingForm(PlainForm):
    team = area(_("评审组到会人员"), _("每行一人，写姓名和职务，例如：张三 组长"))
    attendance = area(_("企业到会人员"), _("每行一人，写姓名和职务"))
    summary = area(_("会议内容"))

    def held(self) -> Held:
        told = self.cleaned_data
        people = [*_people(told["team"], "team"), *_people(told["attendance"], "unit")]
        return Held(people, told["summary"])


def _people(text: str, side: str) -> list[dict[str, str]]:
    lines = (line.split(maxsplit=1) for line in text.splitlines() if line.strip())
    return [{"name": each[0], "side": side, "duty": each[1] if each[1:] else ""} for each in lines]


class SignForm(PlainForm):
    remark = area(_("不同意见"), _("没有的不必填写。"), required=False)


class MeasuresForm(PlainForm):
    cause = area(_("原因"))
    corrective = area(_("整改措施"))
    preventive = area(_("预防措施"))
    responsible = forms.CharField(label=_("责任人"), max_length=40)
    money = forms.CharField(label=_("整改资金"), max_length=60)
    interim = area(_("临时管控措施"))
    due = forms.DateField(label=_("完成日期"), widget=DATE)

    def told(self) -> Measures:
        return Measures(**self.cleaned_data)


class DoneForm(PlainForm):
    words = area(_("完成情况"))
    evidence = forms.FileField(label=_("整改证据"), required=False)


class CheckForm(PlainForm):
    kind = forms.ChoiceField(label=_("确认方式"), choices=CheckKind.choices, widget=forms.RadioSelect)
    words = area(_("确认情况"))


class GoingForm(PlainForm):
    """A rectification check: who goes, when, to look at which findings."""

    day = forms.DateField(label=_("到场日期"), widget=DATE)
    lead = forms.TypedChoiceField(label=_("牵头评审员"), coerce=int)
    others = forms.TypedMultipleChoiceField(
        label=_("同去人员"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    findings = forms.TypedMultipleChoiceField(
        label=_("要看的不符合项"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, team: Iterable[Member], findings: Iterable[Finding], **more: Any) -> None:
        super().__init__(*args, **more)
        people = list(team)
        leads = [(each.account_id, each.account.name) for each in people if each.place != MemberPlace.EXPERT]
        offer(self, "lead", leads)
        offer(self, "others", [(each.account_id, str(each)) for each in people])
        listed = [(each.pk, f"{each.hazard.number} {each.said}") for each in findings]
        offer(self, "findings", listed)


class ExtensionForm(PlainForm):
    days = forms.IntegerField(label=_("延期天数（工作日）"), min_value=1)
    reason = area(_("理由"))


class DecideForm(PlainForm):
    granted = forms.ChoiceField(
        label=_("决定"), choices=[("yes", _("同意延期")), ("no", _("不同意"))], widget=forms.RadioSelect
    )
    words = area(_("理由"))

    def agreed(self) -> bool:
        return bool(self.cleaned_data["granted"] == "yes")


class OpinionForm(PlainForm):
    opinion = area(_("评审意见"))


class NothingForm(PlainForm):
    """A button alone."""
