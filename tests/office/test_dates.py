"""A date that is filled in must be in the form browsers take, or the field stands empty."""

from django import forms
from django.urls import resolve

from dabiao.look.forms import PlainForm

DAY = "%Y-%m-%d"


def kinds(base: type[forms.Form]) -> set[type[forms.Form]]:
    return {base, *(each for kind in base.__subclasses__() for each in kinds(kind))}


def test_every_field_for_a_date_is_filled_in_as_browsers_take_it() -> None:
    resolve("/office/reviews/1/team/")  # the pages are there, and their forms
    fields = [
        (f"{kind.__module__}.{kind.__name__}.{name}", field.widget)
        for kind in kinds(PlainForm)
        if kind.__module__.startswith("dabiao.")  # not what tests invent
        for name, field in kind.base_fields.items()
        if isinstance(field, forms.DateField)
    ]
    assert {each for each, _ in fields if "office.reviews.team_forms" in each}
    wrong = [each for each, widget in fields if getattr(widget, "format", None) != DAY]
    assert not wrong
