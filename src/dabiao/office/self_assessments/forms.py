"""Forms of self-assessments."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.look.forms import PlainForm, offer, offer_rows
from dabiao.people.models import Account

LEVELS = [("level_2", "二级"), ("level_3", "三级"), ("small_micro", "小微")]


class StartForm(PlainForm):
    """Level, team, and whether to begin from last year's answers."""

    level = forms.ChoiceField(label=_("对照的等级"), choices=LEVELS, widget=forms.RadioSelect)
    writers = forms.ModelMultipleChoiceField(
        label=_("参加的自评员"),
        queryset=Account.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("您本人牵头。开始后还可以调整，并按要素分派。"),
    )
    reuse = forms.BooleanField(
        label=_("沿用上一次的答复作为起点"),
        required=False,
        initial=True,
        help_text=_("没有变化的项目核对后即可，照片需要重新拍摄。"),
    )

    def __init__(self, *args: Any, people: Any, previous: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "writers", people)
        if not previous:
            del self.fields["reuse"]


class SignForm(PlainForm):
    opinion = forms.CharField(
        label=_("自评结论"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("用两三句话写明总体情况、主要问题和整改安排。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class PostForm(PlainForm):
    where = forms.CharField(
        label=_("公示地点或方式"), max_length=120, help_text=_("例如：厂区公告栏、企业微信群。")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class HandInForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class AbandonForm(PlainForm):
    reason = forms.CharField(label=_("作废理由"), widget=forms.Textarea(attrs={"rows": 2}))


class CountersignForm(PlainForm):
    remark = forms.CharField(label=_("签字意见"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class TeamForm(PlainForm):
    """Writers, and per outermost element whose it is."""

    writers = forms.ModelMultipleChoiceField(
        label=_("参加的自评员"),
        queryset=Account.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "writers", people)


class AssignForm(PlainForm):
    """One element's people."""

    element = forms.CharField(widget=forms.HiddenInput)
    accounts = forms.TypedMultipleChoiceField(
        label=_("负责人"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], title: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "accounts", people)
        self.fields["accounts"].label = title or _("负责人")
