"""Forms of a follow-up visit: who goes when, and what it found."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.look.forms import PlainForm, offer
from dabiao.office.reviews.team_forms import DATE, area
from dabiao.people.models import Account


class RevisitForm(PlainForm):
    day = forms.DateField(label=_("到场日期"), widget=DATE)
    lead = forms.TypedChoiceField(label=_("牵头评审员"), coerce=int)
    others = forms.TypedMultipleChoiceField(
        label=_("同去评审员"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Iterable[Account], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(each.pk, each.name) for each in people]
        for name in ("lead", "others"):
            offer(self, name, choices)


class ConclusionForm(PlainForm):
    """`found`: (line, words) of what loses points; nothing is asked of it where nothing does."""

    words = area(_("回访结论"), _("整改是否保持，管理水平有无变化，对企业的建议。"))
    majors = forms.MultipleChoiceField(
        label=_("其中属于重大事故隐患的"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("勾选的责令立即整改，并报告区行业主管部门；否决项不符合的自动列入。"),
    )

    def __init__(self, *args: Any, found: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        rows = list(found)
        offer(self, "majors", rows)
        if not rows:
            del self.fields["majors"]


class ConfirmForm(PlainForm):
    back = forms.BooleanField(label=_("还没有整改到位，退回"), required=False)
    reason = area(_("退回理由"), _("退回的请写明还差什么。"), required=False)
