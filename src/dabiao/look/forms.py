"""A form whose messages say what to do: 请填写企业名称, 请选择申请级别."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms
from django.db.models import QuerySet

STALE = "页面内容不完整，请刷新页面后再提交"
BOUNDS = {  # filled in by the library's validators
    "max_length": "{}最多 %(limit_value)d 字，现为 %(show_value)d 字，请精简",
    "min_value": "{}不能小于 %(limit_value)s",
    "max_value": "{}不能大于 %(limit_value)s",
}
Messages = Mapping[str, Mapping[str, Any]]  # field -> code -> words


class PlainForm(forms.Form):
    """Use in place of `forms.Form`. A field's own `error_messages` in the class win."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.base_fields is not type(self).base_fields  # a form that is given its fields one by one
        for name, messages in (_messages(self.base_fields) if own else _declared(type(self))).items():
            self.fields[name].error_messages.update(messages)


def offer(form: forms.BaseForm, name: str, choices: Any) -> None:
    """What may be chosen in a field that the class declares without its choices."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} offers no choice")
    field.choices = choices


def offer_rows(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """The same for a field whose choices are rows."""
    field = form.fields[name]
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{name} offers no rows")
    field.queryset = rows


@cache
def _declared(kind: type[forms.Form]) -> Messages:
    """Of each field as the class declares it; worked out once, a page may hold dozens of the same form."""
    return _messages(kind.base_fields)


def _messages(fields: Mapping[str, forms.Field]) -> Messages:
    return {
        name: {**_plain(str(field.label or name), field), **_own(field)} for name, field in fields.items()
    }


def _plain(label: str, field: forms.Field) -> dict[str, Any]:
    """Messages by kind of field."""
    if field.widget.is_hidden:  # nobody typed it: the page is older than the form, or was sent by hand
        return {"required": STALE, "invalid": STALE}
    if isinstance(field, forms.BooleanField):
        return {"required": f"请勾选“{label}”"}
    if isinstance(field, forms.ChoiceField):
        return {"required": f"请选择{label}", "invalid_choice": f"{label}不在可选范围内，请重新选择"}
    if isinstance(field, forms.FileField):
        return {"required": f"请上传{label}"}
    shapes = {forms.IntegerField: "应为整数", forms.DateField: "应为日期，例如 2026-03-16"}
    wrong = next((words for kind, words in shapes.items() if isinstance(field, kind)), "格式不对")
    bounds = {code: words.format(label.replace("%", "%%")) for code, words in BOUNDS.items()}
    return {"required": f"请填写{label}", "invalid": f"{label}{wrong}，请核对", **bounds}


def _own(field: forms.Field) -> dict[str, Any]:
    """Messages given in the class itself: those that are not the library's."""
    usual: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        usual.update(getattr(kind, "default_error_messages", {}))
    return {code: words for code, words in field.error_messages.items() if words != usual.get(code)}
