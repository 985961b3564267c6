"""Fields as they are drawn: every word of theirs escaped, what belongs together tied together."""

import pytest
from django import forms

from dabiao.look.fields import drawn


class Asked(forms.Form):
    name = forms.CharField(label="名称<b>", help_text="写 & 全")
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea)
    sure = forms.BooleanField(label="确认")
    level = forms.ChoiceField(label="级别", choices=[("2", "二级<i>")], widget=forms.RadioSelect)
    key = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("name", "words"),
    [("name", "必填"), ("note", "选填"), ("sure", "必填"), ("level", "必填")],
)
def test_whether_a_field_may_stay_out_is_said(name, words):
    assert words in drawn(Asked()[name])


@pytest.mark.parametrize(("name", "words"), [("name", "必填"), ("note", "选填")])
def test_nothing_is_said_where_the_page_asks_for_silence(name, words):
    assert words not in drawn(Asked()[name], optional=False)


def test_words_of_a_field_are_no_markup():
    page = drawn(Asked({"name": ""})["name"], "营业<执照>") + drawn(Asked()["level"])
    assert "<b>" not in page
    assert "<i>" not in page
    assert "营业&lt;执照&gt;" in page


def test_help_and_error_are_read_out_with_the_field():
    page = drawn(Asked({"name": ""})["name"])
    assert 'aria-describedby="id_name_help id_name_error"' in page
    assert 'id="id_name_help"' in page
    assert 'id="id_name_error"' in page
    assert "has-error" in page


def test_a_hidden_field_is_itself_and_nothing_else():
    assert drawn(Asked()["key"]).startswith('<input type="hidden"')
