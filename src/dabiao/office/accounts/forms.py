"""Forms of accounts and postings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.kernel.errors import Invalid
from dabiao.kernel.roles import TITLES, Role
from dabiao.look.forms import PlainForm, offer_rows
from dabiao.organisations.models import Body, Unit
from dabiao.organisations.rules import codes
from dabiao.people.rules.places import PLACES, UNIT

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SECRET = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class AccountForm(PlainForm):
    login = forms.CharField(label=_("登录名"), max_length=60, help_text=_("一人一号，不共用。"), strip=True)
    name = forms.CharField(label=_("姓名"), max_length=40)
    password = forms.CharField(
        label=_("初始密码"),
        widget=SECRET,
        strip=False,
        help_text=_("至少 10 位，不要用常见的密码。请当面告知本人，并提醒其登录后修改。"),
    )


class PostingForm(PlainForm):
    """A role, and where: a unit by its code, or a body from the list."""

    role = forms.ChoiceField(label=_("岗位"), choices=[(role.value, TITLES[role]) for role in PLACES])
    uscc = forms.CharField(
        label=_("企业统一社会信用代码"), required=False, help_text=_("企业岗位填写；机构岗位不填。")
    )
    body = forms.ModelChoiceField(
        label=_("机构"),
        queryset=Body.objects.none(),
        required=False,
        empty_label=_("请选择"),
        help_text=_("主管部门、评审单位等岗位选择；企业岗位不选。"),
    )
    since = forms.DateField(label=_("任职起始日"), widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "body", Body.objects.order_by("kind", "id"))

    def where(self) -> dict[str, Any]:
        """The unit or the body, as the role asks; Invalid says which is missing."""
        told = self.cleaned_data
        if PLACES[Role(told["role"])].kind == UNIT:
            return {"unit": _unit(told["uscc"])}
        if told["body"] is None:
            raise Invalid("请选择机构。", {"body": "请选择任职的机构。"})
        return {"body": told["body"]}


def _unit(text: str) -> Unit:
    code = codes.clean(text)
    found = Unit.objects.filter(uscc=code).first() if code else None
    if found is None:
        words = (
            f"没有代码为 {code} 的企业，请核对或先登记企业。" if code else "请填写企业的统一社会信用代码。"
        )
        raise Invalid("没有找到企业。", {"uscc": words})
    return found


class EndForm(PlainForm):
    until = forms.DateField(label=_("自哪一日起不再任职"), widget=DAY, help_text=_("选择今天，立即生效。"))


class ReasonForm(PlainForm):
    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class ResetPasswordForm(ReasonForm):
    password = forms.CharField(
        label=_("新的初始密码"),
        widget=SECRET,
        strip=False,
        help_text=_("至少 10 位。请当面告知本人，本人登录后必须更换。"),
    )
    field_order = ("password", "reason", "version")


class PasswordForm(PlainForm):
    old = forms.CharField(
        label=_("当前密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )
    new = forms.CharField(
        label=_("新密码"), widget=SECRET, strip=False, help_text=_("至少 10 位，不要用常见的密码。")
    )
    again = forms.CharField(label=_("再输一遍新密码"), widget=SECRET, strip=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("new") and told.get("again") and told["new"] != told["again"]:
            self.add_error("again", _("两次输入的新密码不一样，请重新输入。"))
        return told
