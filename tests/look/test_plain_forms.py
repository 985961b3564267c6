"""What a form says when it is sent without what it needs: which field, and what to do about it."""

import re

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from dabiao.look.forms import STALE, PlainForm
from house.source import sources

BARE = re.compile(r"^class \w+\((?:forms\.)?Form\)", re.MULTILINE)


class Told(PlainForm):
    day = forms.DateField(label=_("收到日期"))
    words = forms.CharField(label=_("说明"), max_length=2)
    version = forms.IntegerField(widget=forms.HiddenInput)


def summary(**sent: str) -> str:
    return render_to_string("look/parts/form_errors.html", {"form": Told(sent)})


def test_every_form_of_ours_says_what_to_do() -> None:
    """The library's own 这个字段是必填项 says neither which field nor what to do."""
    bare = [each.name for each in sources() if BARE.search(each.text)]
    assert bare == ["look/forms.py"]


def test_the_summary_names_the_field_once() -> None:
    told = summary(words="示例说明")
    assert "请填写收到日期" in told
    assert "收到日期：" not in told
    assert "说明最多 2 字，现为 4 字，请精简" in told


def test_a_hidden_field_left_out_is_not_named() -> None:
    told = summary(day="2026-03-16", words="示例")
    assert STALE in told
    assert "ersion" not in re.sub(r'href="[^"]*"', "", told)
