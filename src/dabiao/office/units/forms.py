"""Flags of a unit's special areas."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dabiao.look.forms import PlainForm, offer


class AreasForm(PlainForm):
    areas = forms.MultipleChoiceField(
        label=_("特殊领域"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("勾选本企业涉及的领域。评分表会据此带出相应项目。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "areas", areas)


class ImportForm(PlainForm):
    file = forms.FileField(
        label=_("企业名册文件"),
        help_text=_(
            "xlsx，或 UTF-8、GBK、GB18030 编码的 csv，最多一百万行、150 MB。第一张可见的工作表会被读取。"
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.txt"}),
    )


class GoOnForm(PlainForm):
    todo = forms.ChoiceField(choices=[("read_again", _("重新读取")), ("confirm", _("确认导入"))])
    version = forms.IntegerField(widget=forms.HiddenInput)
