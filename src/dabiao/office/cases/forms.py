"""Forms of cases."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.creation.rules.completeness import Paper
from dabiao.creation.rules.conditions import Answer
from dabiao.creation.services.cases.auditing import ACCEPTED, FORMALITY, REFUSED
from dabiao.creation.services.cases.receiving import Missing
from dabiao.look.forms import PlainForm, offer

LEVELS = [("level_2", "二级"), ("level_3", "三级"), ("small_micro", "小微")]
LONGEST = 300
AREA = {"rows": 3}


def _version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput)


class NewForm(PlainForm):
    level = forms.ChoiceField(label=_("申请的等级"), choices=LEVELS, widget=forms.RadioSelect)
    sites = forms.TypedMultipleChoiceField(
        label=_("申报的场所"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, sites: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "sites", sites)


class StatementsForm(PlainForm):
    """What the unit says to conditions that nobody has recorded facts for."""

    version = _version()

    def __init__(self, *args: Any, asking: Sequence[Answer], **more: Any) -> None:
        super().__init__(*args, **more)
        self.named = {f"say{place}": answer.condition for place, answer in enumerate(asking)}
        for place, answer in enumerate(asking):
            self.fields[f"say{place}"] = forms.CharField(
                label=answer.title,
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=answer.fact,
            )

    def statements(self) -> dict[str, str]:
        return {condition: self.cleaned_data[name] for name, condition in self.named.items()}


def said(asking: Sequence[Answer], statements: Mapping[str, str]) -> dict[str, str]:
    """What was said before, by field."""
    return {f"say{place}": statements.get(each.condition, "") for place, each in enumerate(asking)}


class VersionForm(PlainForm):
    version = _version()


class WithdrawForm(VersionForm):
    reason = forms.CharField(label=_("理由"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


class CompleteForm(VersionForm):
    words = forms.CharField(
        label=_("补正情况"), widget=forms.Textarea(attrs=AREA), help_text=_("请逐条写明补正了什么。")
    )


class CorrectForm(VersionForm):
    """Missing papers are ticked, with words of one's own; whatever else is missing is written below."""

    papers = forms.MultipleChoiceField(
        label=_("缺少或者不合要求的材料"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("其他需要补正的内容"),
        required=False,
        widget=forms.Textarea(attrs=AREA),
        help_text=_("一行一项。补正只能告知一次，请写全。"),
    )

    def __init__(self, *args: Any, papers: Sequence[Paper], **more: Any) -> None:
        super().__init__(*args, **more)
        self._papers = {paper.id: paper for paper in papers}
        offer(self, "papers", [(each.id, f"{each.title}：{each.words}") for each in papers])

    def items(self) -> list[Missing]:
        ticked = [self._papers[key] for key in self.cleaned_data["papers"]]
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines()]
        return [
            *(Missing(each.title, each.words) for each in ticked),
            *(Missing("其他", line) for line in lines if line),
        ]


class JudgeForm(PlainForm):
    """One condition, judged by a person."""

    condition = forms.CharField(widget=forms.HiddenInput)
    met = forms.TypedChoiceField(
        label=_("核实结果"),
        choices=[("yes", _("符合")), ("no", _("不符合"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("核实情况"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    file = forms.FileField(label=_("证据"), required=False)


class ProposeForm(VersionForm):
    outcome = forms.ChoiceField(
        label=_("审核意见"),
        choices=[(ACCEPTED, _("审核通过，进入评审")), (REFUSED, _("不予受理"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("意见说明"), widget=forms.Textarea(attrs=AREA), help_text=_("将写入通知书。")
    )
    grounds = forms.MultipleChoiceField(
        label=_("另有理由（不予受理时）"),
        required=False,
        choices=list(FORMALITY.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    file = forms.FileField(
        label=_("证据"), required=False, help_text=_("以流于形式、质量不高为由的，应当附证据。")
    )


class DecideForm(VersionForm):
    reason = forms.CharField(
        label=_("退回理由"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )
