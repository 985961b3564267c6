"""Forms of supervision: a word, who goes when, the pledge, the conclusion."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.look.forms import PlainForm, offer
from dabiao.office.reviews.team_forms import DATE, area
from dabiao.people.models import Account
from dabiao.reviews.rules import recusal


class FreezeForm(PlainForm):
    lot = forms.CharField(widget=forms.HiddenInput)


class WordForm(PlainForm):
    word = forms.CharField(
        label=_("随机词"),
        max_length=40,
        help_text=_("任意填写。两方都给出之前，谁也看不到对方的词；给出之后不能再改。"),
    )


class ArrangeForm(PlainForm):
    day = forms.DateField(label=_("到场日期"), widget=DATE)
    lead = forms.TypedChoiceField(label=_("牵头核查人员"), coerce=int)
    others = forms.TypedMultipleChoiceField(
        label=_("同去核查人员"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Iterable[tuple[Account, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(each.pk, f"{each.name}（{where}）") for each, where in people]
        for name in ("lead", "others"):
            offer(self, name, choices)


class PledgeForm(PlainForm):
    grounds = forms.MultipleChoiceField(
        label=_("有下列情形的请勾选，系统登记为回避"),
        choices=[(k.value, v) for k, v in recusal.TITLES.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = area(_("利害关系说明"), _("没有的不用填写。"), required=False)

    def declared(self) -> recusal.Declared:
        grounds = tuple(recusal.Ground(each) for each in self.cleaned_data["grounds"])
        return recusal.Declared(grounds, self.cleaned_data["words"])


class ConclusionForm(PlainForm):
    """`asked`: (content, title) of the law; `found`: (line, words) of what loses points."""

    majors = forms.MultipleChoiceField(
        label=_("其中属于重大事故隐患的"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("勾选的责令立即整改，并提出撤销建议；否决项不符合的自动列入。"),
    )

    def __init__(
        self, *args: Any, asked: Iterable[tuple[str, str]], found: Iterable[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        contents = {key: area(title) for key, title in asked}
        self.fields = {**contents, **self.fields}
        rows = list(found)
        offer(self, "majors", rows)
        if not rows:
            del self.fields["majors"]
