"""Forms of the grading."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.grading.rules import outcomes
from dabiao.grading.rules.papers import Checked, checklist
from dabiao.grading.services.judging import FORMALITY as REVIEW_FORMALITY
from dabiao.grading.services.refusing import FORMALITY
from dabiao.look.forms import PlainForm, offer

AREA = {"rows": 3}
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
YES = [("yes", _("符合")), ("no", _("不符合"))]


def _yes(text: str) -> bool:
    return text == "yes"


class VersionForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class PapersForm(VersionForm):
    """Every point of the check list, met or not and why."""

    words = forms.CharField(label=_("审核情况"), required=False, widget=forms.Textarea(attrs=AREA))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for point in checklist():
            self.fields[f"met_{point.id}"] = forms.TypedChoiceField(
                label=point.title, choices=YES, coerce=_yes, widget=forms.RadioSelect
            )
            self.fields[f"words_{point.id}"] = forms.CharField(
                label=_("不符合的情况"), required=False, max_length=300
            )

    def sections(self) -> list[tuple[str, list[tuple[Any, Any]]]]:
        """The points under their headings, in order."""
        found: dict[str, list[tuple[Any, Any]]] = {}
        for point in checklist():
            pair = (self[f"met_{point.id}"], self[f"words_{point.id}"])
            found.setdefault(point.section, []).append(pair)
        return list(found.items())

    def checked(self) -> Mapping[str, Checked]:
        told = self.cleaned_data
        return {
            point.id: Checked(told[f"met_{point.id}"], told[f"words_{point.id}"]) for point in checklist()
        }


class ArrangeForm(VersionForm):
    day = forms.DateField(
        label=_("复核日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    leader = forms.TypedChoiceField(label=_("复核组长"), coerce=int)
    others = forms.TypedMultipleChoiceField(
        label=_("其他复核人员"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, team: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("leader", "others"):
            offer(self, name, team)


class ExtraForm(VersionForm):
    item = forms.CharField(widget=forms.HiddenInput)
    met = forms.TypedChoiceField(label=_("现场核实"), choices=YES, coerce=_yes, widget=forms.RadioSelect)
    words = forms.CharField(label=_("现场所见"), widget=forms.Textarea(attrs={"rows": 2}), max_length=300)


class FinishForm(VersionForm):
    majors = forms.MultipleChoiceField(
        label=_("发现重大隐患的项目"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, lines: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "majors", lines)


class JudgeForm(VersionForm):
    outcome = forms.ChoiceField(
        label=_("复核意见"), choices=list(outcomes.TITLES.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(label=_("意见和理由"), widget=forms.Textarea(attrs=AREA))
    formal = forms.MultipleChoiceField(
        label=_("另有理由（不予通过时）"),
        required=False,
        choices=list(REVIEW_FORMALITY.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    file = forms.FileField(label=_("证据"), required=False)

    def offer(self, standing: Sequence[outcomes.Obstacle]) -> None:
        """Only what may be given as things stand; the page says beside it what stands in the way."""
        asked = cast(forms.ChoiceField, self.fields["outcome"])
        asked.choices = [
            (key, title)
            for key, title in outcomes.TITLES.items()
            if outcomes.may(key, standing, formal=True) is None
        ]


class WordsForm(VersionForm):
    words = forms.CharField(label=_("意见和理由"), widget=forms.Textarea(attrs=AREA))


class DoubtForm(WordsForm):
    formal = forms.MultipleChoiceField(
        label=_("另有理由"),
        required=False,
        choices=list(FORMALITY.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    file = forms.FileField(label=_("证据"), required=False)


class ConditionForm(PlainForm):
    condition = forms.CharField(widget=forms.HiddenInput)
    met = forms.TypedChoiceField(label=_("核实结果"), choices=YES, coerce=_yes, widget=forms.RadioSelect)
    words = forms.CharField(label=_("核实情况"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class DecideForm(VersionForm):
    reason = forms.CharField(
        label=_("退回理由"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class OpinionForm(VersionForm):
    agrees = forms.TypedChoiceField(
        label=_("意见"),
        choices=[("yes", _("同意")), ("no", _("不同意"))],
        coerce=_yes,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("意见和理由"), widget=forms.Textarea(attrs=AREA))
    supervision = forms.CharField(
        label=_("日常监管掌握的情况"),
        widget=forms.Textarea(attrs=AREA),
        help_text=_("检查、处罚、举报、整改等；没有的请写“无”。"),
    )
    joined = forms.CharField(
        label=_("参加现场复核的人员"), required=False, max_length=120, help_text=_("姓名和单位")
    )


class JoinForm(VersionForm):
    people = forms.CharField(label=_("参加现场复核的人员"), max_length=120, help_text=_("姓名和单位"))


class AppointForm(VersionForm):
    person = forms.TypedChoiceField(label=_("指定人员"), coerce=int)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "person", people)


class SpotForm(PlainForm):
    """Two parties give a word each; neither alone decides the order."""

    first = forms.DateField(label=_("收到报告自"), widget=DAY)
    last = forms.DateField(label=_("至"), widget=DAY)
    word = forms.CharField(label=_("本单位的随机词"), max_length=40)
    party = forms.CharField(label=_("另一方名称"), max_length=60, help_text=_("例如在场监督的行业主管部门。"))
    other = forms.CharField(label=_("另一方的随机词"), max_length=40)


class FactsForm(VersionForm):
    facts = forms.CharField(label=_("事实说明"), widget=forms.Textarea(attrs=AREA))


class SettleForm(VersionForm):
    upheld = forms.TypedChoiceField(
        label=_("结论"),
        choices=[("no", _("异议不成立")), ("yes", _("异议成立"))],
        coerce=_yes,
        widget=forms.RadioSelect,
    )
    reply = forms.CharField(
        label=_("答复"), widget=forms.Textarea(attrs=AREA), help_text=_("提出人凭回执可以看到。")
    )


class BulletinForm(PlainForm):
    title = forms.CharField(label=_("公告标题"), max_length=120)
    gradings = forms.TypedMultipleChoiceField(
        label=_("公告的企业"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, ready: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "gradings", ready)
