"""Forms of standards: import, reviews, mapping, makings, vetoes."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.look.forms import PlainForm, offer_rows
from dabiao.organisations.models import Industry
from dabiao.standards.models import Standard, StandardKind
from dabiao.standards.queries.listed import Listed
from dabiao.standards.rules.choice import LEVELS
from dabiao.standards.tables.roles import said

LINES = {"rows": 3}


def day(label: object, **more: object) -> forms.DateField:
    """A day, entered as the browser knows best."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)  # type: ignore[arg-type]


def words(label: object, help_text: object = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, widget=forms.Textarea(attrs=LINES))  # type: ignore[arg-type]


def listed(entries: Iterable[Listed]) -> list[tuple[str, str]]:
    return [(each.id, each.title) for each in entries]


class ImportForm(PlainForm):
    file = forms.FileField(
        label=_("评分表文件"),
        help_text=_("Excel（xlsx、xls）、ODS 或 CSV。合并单元格、小计行、表下说明都可以原样保留。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )
    standard = forms.ModelChoiceField(
        Standard.objects.none(),
        label=_("所属标准"),
        required=False,
        empty_label=_("新登记一项标准"),
        help_text=_("已登记的标准再出新版，请在此选择，下面三项可以不填。"),
    )
    number = forms.CharField(
        label=_("标准编号"), required=False, max_length=60, help_text=_("不填则取表中的编号。")
    )
    title = forms.CharField(
        label=_("标准名称"), required=False, max_length=160, help_text=_("不填则取表格标题。")
    )
    kind = forms.ChoiceField(label=_("类别"), choices=StandardKind.choices, initial=StandardKind.LOCAL)
    levels = forms.MultipleChoiceField(
        label=_("适用等级"),
        choices=list(LEVELS.items()),
        widget=forms.CheckboxSelectMultiple,
        initial=["level_2", "level_3"],
    )
    label = forms.CharField(label=_("版次"), max_length=60, help_text=_("如“2026版”。"))
    sheets = forms.CharField(
        label=_("只读这些工作表"), required=False, help_text=_("自动选择不对时填写，多个用顿号隔开。")
    )
    header_row = forms.IntegerField(
        label=_("表头末行行号"), required=False, min_value=1, help_text=_("自动识别不对时填写。")
    )

    columns = forms.CharField(
        label=_("各列的用途"),
        required=False,
        max_length=200,
        help_text=_("自动识别不对时填写，如“要素=A、要素=B、考评内容=C、标准分值=E、考评办法=F”。"),
    )

    def clean_columns(self) -> dict[str, str]:
        try:
            return said(self.cleaned_data["columns"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def choose_from(self, standards: Iterable[Standard]) -> None:
        keys = [each.pk for each in standards]
        offer_rows(self, "standard", Standard.objects.filter(pk__in=keys))


class AmendForm(PlainForm):
    title = forms.CharField(label=_("标准名称"), max_length=160)
    levels = forms.MultipleChoiceField(
        label=_("适用等级"), choices=list(LEVELS.items()), widget=forms.CheckboxSelectMultiple
    )
    areas = forms.MultipleChoiceField(
        label=_("覆盖的特殊领域"), required=False, widget=forms.CheckboxSelectMultiple
    )
    general = forms.BooleanField(
        label=_("适用于所有行业"), required=False, help_text=_("没有对应行业标准时按此标准评审。")
    )
    in_force = day(_("实施日期"), required=False, help_text=_("五年复审从这一天起算。"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class ConclusionForm(PlainForm):
    """A decision of the five-year review; `due` and `until` only where the decision asks for them."""

    conclusion = words(_("复审结论"), _("写明依据和理由，会留在办理记录中。"))
    due = day(_("修订完成期限"), required=False)
    until = day(_("废止日期"), required=False, help_text=_("从这一天起不再使用。"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class UseForm(PlainForm):
    industry = forms.ModelChoiceField(Industry.objects.all(), label=_("行业"), to_field_name="code")
    nearest = forms.BooleanField(label=_("作为相近行业的标准使用"), required=False)
    reason = forms.CharField(
        label=_("理由"),
        required=False,
        max_length=200,
        help_text=_("相近行业使用时必填，如“工艺和主要风险相同”。"),
    )
    since = day(_("自何日起"))


class MakingForm(PlainForm):
    title = forms.CharField(label=_("拟制修订的标准"), max_length=160)
    due = day(_("完成期限"))


class ProgressForm(PlainForm):
    words = words(_("进展"), _("写明做了什么、下一步何时做什么。"))
    due = day(_("调整完成期限"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class FinishForm(PlainForm):
    standard = forms.ModelChoiceField(Standard.objects.all(), label=_("已发布的标准"))
    words = words(_("办结说明"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class DropForm(PlainForm):
    words = words(_("终止理由"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class VetoForm(PlainForm):
    text = forms.CharField(
        label=_("否决情形"),
        max_length=300,
        widget=forms.Textarea(attrs=LINES),
        help_text=_("写明出现什么情形即不得通过评审。"),
    )
    basis = forms.CharField(
        label=_("法律依据"), max_length=200, help_text=_("文件名称和条款，如“《安全生产法》第三十三条”。")
    )
    source = forms.ChoiceField(label=_("来源"))
    since = day(_("自何日起"))
    at_once = forms.BooleanField(
        label=_("对正在填写的评分表立即适用"),
        required=False,
        help_text=_("不勾选时，已经启用的评分表按启用时的规则册办理；已签字的评分表一律不变。"),
    )


class ChangeVetoForm(VetoForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class LiftForm(PlainForm):
    until = day(_("取消日期"), help_text=_("从这一天起不再适用。"))
    reason = words(_("取消理由和依据"))
    at_once = forms.BooleanField(label=_("对正在填写的评分表立即适用"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class PublishForm(PlainForm):
    in_force = day(_("施行日期"))


class WithdrawForm(PlainForm):
    until = day(_("废止日期"), help_text=_("从这一天起不再使用，已启用的评分表不受影响。"))
    reason = words(_("废止理由和依据"))
