"""Forms of the risk register and of screenings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.hazards.models import RiskLevel, RiskPoint
from dabiao.hazards.rules.register import Risk
from dabiao.hazards.services.screenings import Screened, Seen
from dabiao.look.forms import PlainForm, offer_rows

DAY = {"type": "date"}
ROWS = 5  # hazards that can be entered with one screening; more go into another


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))


class RiskChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.place}：{obj.activity}（{obj.kind}，{obj.get_level_display()}）"


class RiskForm(PlainForm):
    place = forms.CharField(label=_("场所"), max_length=80)
    activity = forms.CharField(label=_("作业活动或设备设施"), max_length=80)
    kind = forms.CharField(label=_("可能导致的事故类型"), max_length=40, help_text=_("如触电、火灾。"))
    level = forms.ChoiceField(label=_("风险等级"), choices=[("", _("请选择")), *RiskLevel.choices])
    measures = forms.CharField(label=_("管控措施"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    responsible = forms.CharField(label=_("责任人"), max_length=40)
    review_on = day_field(_("下次复核日期"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def risk(self) -> Risk:
        told = {key: value for key, value in self.cleaned_data.items() if key != "version"}
        return Risk(**told)


class RemoveForm(PlainForm):
    reason = forms.CharField(label=_("移出理由"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ImportForm(PlainForm):
    file = forms.FileField(label=_("风险清单表格"), help_text=_("Excel 或 CSV，有一行不对就都不导入。"))


class LinkForm(PlainForm):
    risk = RiskChoice(
        label=_("风险点"), queryset=RiskPoint.objects.none(), required=False, empty_label=_("不对应风险点")
    )

    def __init__(self, *args: Any, risks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "risk", risks)


class ScreeningForm(PlainForm):
    """The screening, and below it what was seen: a line of words each, its point, whether it is major."""

    screened_on = day_field(_("排查日期"))
    people = forms.CharField(label=_("排查人员"), max_length=120)
    checklist = forms.CharField(
        label=_("所用检查表"), max_length=120, help_text=_("如：日常检查表、节前检查表、标准导出的检查清单。")
    )
    places = forms.CharField(label=_("排查范围"), max_length=200)
    words = forms.CharField(
        label=_("总体情况"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, risks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, ROWS + 1):
            name = _("隐患 %(place)s") % {"place": place}
            self.fields[f"text_{place}"] = forms.CharField(label=name, required=False, max_length=500)
            self.fields[f"risk_{place}"] = RiskChoice(
                label=_("对应的风险点"), queryset=risks, required=False, empty_label=_("不对应风险点")
            )
            self.fields[f"major_{place}"] = forms.BooleanField(label=_("重大事故隐患"), required=False)

    def seen_fields(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [
            (self[f"text_{place}"], self[f"risk_{place}"], self[f"major_{place}"])
            for place in range(1, ROWS + 1)
        ]

    def screened(self) -> Screened:
        names = ("screened_on", "people", "checklist", "places", "words")
        return Screened(**{name: self.cleaned_data[name] for name in names})

    def seen(self) -> list[Seen]:
        told = self.cleaned_data
        return [
            Seen(told[f"text_{place}"], told[f"major_{place}"], told[f"risk_{place}"])
            for place in range(1, ROWS + 1)
            if told[f"text_{place}"]
        ]
