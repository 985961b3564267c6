"""Forms of the self-assessors and of the commitment letter."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.creation.models import Assessor
from dabiao.creation.models.assessors import From, Trainer
from dabiao.creation.services.assessors import Appointed, Course
from dabiao.look.forms import PlainForm, offer_rows
from dabiao.office.creation.forms import SCAN, day_field, paper_field, words_field
from dabiao.organisations.models import Site, Unit
from dabiao.people.models import Account

PASSWORD = forms.PasswordInput(attrs={"autocomplete": "current-password"})


class SiteField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class MembersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.department}）"


class AppointForm(PlainForm):
    name = forms.CharField(label=_("姓名"), max_length=40)
    kind = forms.ChoiceField(label=_("来自"), choices=From.choices, initial=From.WORKSHOP)
    department = forms.CharField(label=_("部门、车间或班组名称"), max_length=60)
    trade = forms.CharField(label=_("工种或专业"), max_length=60)
    site = SiteField(
        label=_("所在场所"), queryset=Site.objects.none(), required=False, empty_label=_("不限场所")
    )
    account = forms.ModelChoiceField(
        label=_("系统账号"),
        queryset=Account.objects.none(),
        required=False,
        empty_label=_("没有账号"),
        help_text=_("有自评员账号的请对应上，便于一起填写自评。"),
    )
    since = day_field(_("起始日期"))

    def __init__(self, *args: Any, unit: Unit, accounts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "site", Site.objects.filter(unit=unit).order_by("id"))
        offer_rows(self, "account", accounts)

    def appointed(self) -> Appointed:
        told = dict(self.cleaned_data)
        return Appointed(kind=From(told.pop("kind")), **told)


class TrainingForm(PlainForm):
    assessors = MembersField(label=_("参加培训的自评员"), queryset=Assessor.objects.none())
    by = forms.ChoiceField(label=_("培训由谁组织"), choices=Trainer.choices)
    provider = forms.CharField(label=_("培训单位名称"), max_length=80)
    began_on = day_field(_("开始日期"))
    ended_on = day_field(_("结束日期"))
    hours = forms.IntegerField(label=_("学时"), min_value=1, max_value=999)
    certificate = forms.CharField(label=_("证书编号"), max_length=60, required=False)
    valid_until = day_field(_("有效期至"), required=False, help_text=_("没有注明有效期的不填。"))
    file = paper_field(SCAN, _("证书或签到表"))

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "assessors", members)

    def course(self) -> Course:
        told = {key: value for key, value in self.cleaned_data.items() if key not in {"assessors", "file"}}
        return Course(by=Trainer(told.pop("by")), **told)


class FundForm(PlainForm):
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    amount = forms.IntegerField(label=_("安排经费（元）"), min_value=0, max_value=100_000_000)
    used = forms.IntegerField(label=_("已支出（元）"), min_value=0, max_value=100_000_000, initial=0)


class SignForm(PlainForm):
    password = forms.CharField(
        label=_("本人登录密码"), widget=PASSWORD, strip=False, help_text=_("输入密码即为签署。")
    )
    digest = forms.CharField(widget=forms.HiddenInput)


class WithdrawForm(PlainForm):
    reason = words_field(_("撤回理由"), help_text=_("公众可以看到。"))


def this_year(day: date, **known: Any) -> dict[str, Any]:
    return {"year": day.year, "began_on": day, "ended_on": day, "since": day, "until": day, **known}
