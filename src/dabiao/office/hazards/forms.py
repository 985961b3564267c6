"""Forms of findings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.look.forms import PlainForm

DAY = {"type": "date"}


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files in one field."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        return [forms.FileField.clean(self, each, initial) for each in files if each]


class PlanForm(PlainForm):
    cause = forms.CharField(
        label=_("原因分析"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("从管理、人员、设备、环境上找深层原因，不只写现象。"),
    )
    corrective = forms.CharField(label=_("整改措施"), widget=forms.Textarea(attrs={"rows": 3}))
    preventive = forms.CharField(
        label=_("预防措施"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("怎样防止同类问题再次发生。"),
    )
    responsible = forms.CharField(label=_("责任人"), max_length=40)
    due = forms.DateField(label=_("整改期限"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReportForm(PlainForm):
    words = forms.CharField(label=_("完成情况"), widget=forms.Textarea(attrs={"rows": 3}))
    evidence = ManyFilesField(
        label=_("整改证据"),
        required=False,
        help_text=_("整改后的照片（JPG、PNG、HEIC）、MP4 视频或 PDF 文件。"),
    )


class SendBackForm(PlainForm):
    reason = forms.CharField(label=_("退回理由"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class DemandForm(PlainForm):
    issuer = forms.CharField(label=_("提出部门"), max_length=80)
    text = forms.CharField(label=_("工作要求"), widget=forms.Textarea(attrs={"rows": 3}))
    received = forms.DateField(label=_("收到日期"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    due = forms.DateField(
        label=_("要求完成日期"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )


class DemandDoneForm(PlainForm):
    done = forms.CharField(label=_("落实情况"), widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)
