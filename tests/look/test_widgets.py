"""What is drawn by hand is what the framework draws, to the letter, whatever is in it."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao.look.widgets import DRAWN, Renderer

OURS, THEIRS = Renderer(), DjangoTemplates()
TEXT = st.text(st.sampled_from("<>&\"'{}%\n 甲a1"), max_size=8)
VALUE = st.one_of(TEXT, st.none(), st.integers(-2000, 2000), TEXT.map(mark_safe))
ATTRS = st.dictionaries(
    st.sampled_from(["id", "class", "rows", "required", "data-x", "aria-describedby"]),
    st.one_of(TEXT, st.booleans(), st.integers(0, 5000)),
)
CHOICES = (("", "请选择"), ("a<b", "甲 & 乙"), ("组", (("1", "一"), ("2", mark_safe("<b>二</b>")))))
PLAIN = (
    forms.TextInput,
    forms.NumberInput,
    forms.EmailInput,
    forms.URLInput,
    forms.PasswordInput,
    forms.HiddenInput,
    forms.DateInput,
    forms.TimeInput,
    forms.SearchInput,
    forms.TelInput,
    forms.CheckboxInput,
    forms.FileInput,
    forms.ClearableFileInput,
    forms.Textarea,
)


def same(widget, value, attrs):
    drawn = [widget.render("na&me", value, attrs=attrs, renderer=each) for each in (OURS, THEIRS)]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize("kind", PLAIN)
@settings(max_examples=25)
@given(value=VALUE, attrs=ATTRS)
def test_a_plain_widget(kind, value, attrs):
    same(kind(), value, attrs)


@settings(max_examples=25)
@given(value=st.sampled_from(["", "a<b", "1", "2", None, 7]), attrs=ATTRS)
def test_a_list_to_choose_from(value, attrs):
    same(forms.Select(choices=CHOICES), value, attrs)
    same(forms.SelectMultiple(choices=CHOICES), [value, "1"], attrs)


@pytest.mark.parametrize("kind", [forms.RadioSelect, forms.CheckboxSelectMultiple])
@settings(max_examples=25)
@given(attrs=ATTRS, labelled=st.booleans())
def test_one_choice_of_several(kind, attrs, labelled):
    class Asked(forms.Form):
        which = forms.ChoiceField(choices=CHOICES, widget=kind(attrs=attrs))

    for mine, theirs in zip(
        *(Asked(initial={"which": "1"}, renderer=each)["which"] for each in (OURS, THEIRS)), strict=True
    ):
        assert mine.tag(wrap_label=labelled) == theirs.tag(wrap_label=labelled)
    same(kind(choices=CHOICES), "1", attrs)


def test_a_file_that_is_there_already_is_left_to_the_framework():
    class There:
        url = "/f"

        def __str__(self):
            return "f.pdf"

    same(forms.ClearableFileInput(), There(), {})


def test_the_forms_of_every_page_are_drawn_so(settings):
    assert settings.FORM_RENDERER == "dabiao.look.widgets.Renderer"
    assert len(DRAWN) == len(PLAIN) + 3  # and a select, and the options of two kinds
