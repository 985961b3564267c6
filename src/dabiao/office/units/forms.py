"""Flags of a unit's special areas."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AreasForm(forms.Form):
    areas = forms.MultipleChoiceField(
        label=_("特殊领域"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("勾选本企业涉及的领域。评分表会据此带出相应项目。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, areas: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = areas  # type: ignore[attr-defined]
