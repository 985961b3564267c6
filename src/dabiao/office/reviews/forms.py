"""Forms of contracts and reviews."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.hazards.rules.handovers import CATEGORIES
from dabiao.look.forms import PlainForm, offer_rows
from dabiao.organisations.models import Body
from dabiao.people.models import Account
from dabiao.reviews.models import ContractKind
from dabiao.reviews.services.contracts import Told
from dabiao.reviews.services.visiting import Serious

LONGEST = 300
MOST_FEE = 10**12


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


def _lines(label: Any, help_text: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=False, max_length=1000, widget=area, help_text=help_text)


def _words(label: Any, *, required: bool = True, rows: int = 2) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=LONGEST, widget=area)


class ContractForm(PlainForm):
    kind = forms.ChoiceField(label=_("合同种类"), choices=ContractKind.choices, widget=forms.RadioSelect)
    body = forms.ModelChoiceField(
        Body.objects.none(), label=_("服务机构"), required=False, empty_label=_("不在名录中，在下面填写")
    )
    firm = forms.CharField(
        label=_("机构名称"), required=False, max_length=80, help_text=_("名录以外的咨询、培训机构填写。")
    )
    firm_code = forms.CharField(label=_("统一社会信用代码"), required=False, max_length=30)
    legal_person = forms.CharField(label=_("机构法定代表人"), required=False, max_length=40)
    shareholders = _lines(_("机构股东"), _("一行一个。用于核对咨询与评审分离。"))
    staff = _lines(_("服务人员"), _("一行一人，姓名后可以空一格写证书编号。"))
    scope = _words(_("服务内容"), rows=3)
    signed_on = _day(_("签订日期"))
    begins_on = _day(_("服务起始日期"))
    ends_on = _day(_("服务截止日期"), required=False)
    fee = forms.IntegerField(label=_("合同价款（元）"), min_value=0, max_value=MOST_FEE)
    review_fee = forms.IntegerField(
        label=_("其中评审费用（元）"),
        min_value=0,
        max_value=MOST_FEE,
        required=False,
        help_text=_("评审组织单位不得收取评审费用。"),
    )
    for_creation = forms.BooleanField(label=_("咨询用于标准化创建"), required=False)
    unit_signer = forms.CharField(label=_("本企业签字人"), max_length=40)
    firm_signer = forms.CharField(label=_("机构签字人"), max_length=40)
    file = forms.FileField(label=_("合同文件"))

    def __init__(self, *args: Any, bodies: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offer_rows(self, "body", bodies)

    def told(self) -> Told:
        said = dict(self.cleaned_data)
        said.pop("file")
        people = [line.split(maxsplit=1) for line in said.pop("staff").splitlines() if line.strip()]
        staff = tuple((each[0], each[1] if len(each) > 1 else "") for each in people)
        owners = tuple(said.pop("shareholders").splitlines())
        fee = said.pop("review_fee") or 0
        return Told(**said, review_fee=fee, staff=staff, shareholders=owners)


class VersionForm(PlainForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class ConfirmForm(VersionForm):
    reason = _words(_("不予确认的理由"), required=False)


class JudgeForm(VersionForm):
    consults = forms.TypedChoiceField(
        label=_("是否属于咨询"),
        choices=[("no", _("不属于咨询")), ("yes", _("属于咨询"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
    )
    why = _words(_("理由"))


class NamesakeForm(PlainForm):
    """One for each name; the keys say which."""

    advice = forms.IntegerField(widget=forms.HiddenInput)
    account = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(widget=forms.HiddenInput, max_length=40)
    same = forms.TypedChoiceField(
        label=_("是否同一人"),
        choices=[("no", _("不是同一人，只是重名")), ("yes", _("是同一人"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
    )
    why = _words(_("怎样核实的"))


class RemarkForm(PlainForm):
    remark = _words(_("意见"), required=False)


class EndForm(VersionForm):
    why = _words(_("核实情况和处理意见"))


class LapseForm(PlainForm):
    why = _words(_("理由"))


class VisitForm(PlainForm):
    visit_on = _day(_("初访日期"))
    lead = forms.ModelChoiceField(Account.objects.none(), label=_("牵头评审员"))
    visitors = forms.ModelMultipleChoiceField(
        Account.objects.none(),
        label=_("同行评审员"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, people: Sequence[Account], **more: Any) -> None:
        super().__init__(*args, **more)
        rows = Account.objects.filter(pk__in=[each.pk for each in people])
        for name in ("lead", "visitors"):
            offer_rows(self, name, rows.order_by("name", "id"))


SERIOUS = 5  # rows of the form


class CloseForm(PlainForm):
    """The conclusion, and what was found that is grave, each with its kind and the body it concerns."""

    outcome = forms.ChoiceField(
        label=_("结论"),
        choices=[("clear", _("通过，可以启动评审")), ("hold", _("暂缓，先行整改"))],
        widget=forms.RadioSelect,
    )
    words = _words(_("核验情况"), rows=3)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kinds = [("major", "重大事故隐患"), ("violation", "严重违法行为")]
        for n in range(1, SERIOUS + 1):
            text = forms.Textarea(attrs={"rows": 2})
            self.fields[f"text{n}"] = forms.CharField(
                label=f"问题 {n}", required=False, max_length=LONGEST, widget=text
            )
            self.fields[f"grave{n}"] = forms.ChoiceField(label="性质", choices=kinds, required=False)
            self.fields[f"category{n}"] = forms.ChoiceField(
                label="类别", choices=list(CATEGORIES.items()), required=False
            )

    def found(self) -> list[tuple[Any, Any, Any]]:
        return [(self[f"text{n}"], self[f"grave{n}"], self[f"category{n}"]) for n in range(1, SERIOUS + 1)]

    def serious(self) -> list[Serious]:
        said = self.cleaned_data
        return [
            Serious(said[f"text{n}"], said[f"grave{n}"] != "violation", said[f"category{n}"] or "safety")
            for n in range(1, SERIOUS + 1)
            if said[f"text{n}"].strip()
        ]


class AnswerForm(VersionForm):
    words = _words(_("处理结果"), required=False, rows=3)
