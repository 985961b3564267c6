"""The form of a qualification."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.base import clock
from dabiao.kernel.errors import Invalid
from dabiao.look.forms import PlainForm
from dabiao.people.models import Account, Posting
from dabiao.people.rules.qualifications import KINDS
from dabiao.people.services.qualifications import Filed

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FilingForm(PlainForm):
    login = forms.CharField(label=_("登录名"), max_length=60, help_text=_("本人的账号，由系统管理员开立。"))
    kind = forms.ChoiceField(label=_("类别"), choices=list(KINDS.items()))
    number = forms.CharField(label=_("资格编号"), max_length=60)
    specialties = forms.CharField(
        label=_("专业"), max_length=200, help_text=_("几个专业之间用顿号隔开，例如：机械、电气。")
    )
    since = forms.DateField(label=_("起期"), widget=DAY)
    until = forms.DateField(label=_("止期"), widget=DAY, help_text=_("自这一日起不再有效。"))

    def account(self) -> Account:
        told = self.cleaned_data
        posted = Posting.objects.in_force(clock.today()).filter(role=told["kind"]).values("account")
        found = Account.objects.filter(login=told["login"].strip(), pk__in=posted).first()
        if found is None:
            raise Invalid(
                "没有找到账号。",
                {"login": "没有以此登录名任职的人员，请核对登录名和类别。"},
            )
        return found

    def told(self) -> Filed:
        said = self.cleaned_data
        parts = re.split(r"[、，,;；\s]+", said["specialties"])
        named = tuple(dict.fromkeys(each for each in parts if each))
        return Filed(said["kind"], said["number"], named, said["since"], said["until"])


class ReasonForm(PlainForm):
    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class SuspendForm(ReasonForm):
    since = forms.DateField(label=_("自哪一日起暂停"), widget=DAY, help_text=_("最早为今天。"))
    until = forms.DateField(
        label=_("自哪一日起恢复"),
        widget=DAY,
        required=False,
        help_text=_("不填则一直暂停，直到办理恢复。"),
    )
    field_order = ("since", "until", "reason", "version")


class WithdrawForm(ReasonForm):
    since = forms.DateField(label=_("自哪一日起撤销"), widget=DAY, help_text=_("最早为今天。"))
    typed_name = forms.CharField(
        label=_("键入资格编号以确认"),
        help_text=_("撤销后不能恢复；要再担任，须重新建档。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("since", "reason", "typed_name", "version")

    def __init__(self, *args: Any, number: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number = number

    def clean_typed_name(self) -> str:
        typed = str(self.cleaned_data["typed_name"]).strip()
        if typed != self.number:
            raise forms.ValidationError(f"键入的内容与编号“{self.number}”不同，请核对要撤销的是不是这一份。")
        return typed
