"""Tags and filters of every page."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from dabiao.look.forms import PlainForm
from dabiao.look.shapes import Light, LimitShown, limit_words


def drawn(source: str, address: str = "/", **values: Any) -> str:
    request = RequestFactory().get(address)
    return Template("{% load look %}" + source).render(Context({"request": request, **values}))


class Unit(PlainForm):
    name = forms.CharField(label="企业名称", help_text="与营业执照一致")
    level = forms.ChoiceField(label="级别", choices=[("2", "二级")], widget=forms.RadioSelect)
    people = forms.IntegerField(label="人数", required=False)
    code = forms.CharField(label="代码", error_messages={"required": "没有代码的，请选择例外原因"})


def unit(**values: str) -> Unit:
    form = Unit(values)
    form.is_valid()
    return form


def test_dates_are_long_in_text_and_short_in_tables() -> None:
    day = date(2026, 3, 6)
    assert drawn("{{ day|cn_date }} {{ day|iso }}", day=day) == "2026年3月6日 2026-03-06"


def test_moments_are_said_in_beijing_time() -> None:
    late = datetime(2026, 3, 5, 17, 5, tzinfo=UTC)
    assert drawn("{{ at|cn_moment }} {{ at|iso }}", at=late) == "2026年3月6日 01:05 2026-03-06"


def test_no_date_is_nothing() -> None:
    assert drawn("{{ day|cn_date }}{{ day|iso }}{{ day|cn_moment }}", day=None) == ""


def test_missing_points_are_a_dash_and_never_zero() -> None:
    assert drawn("{{ a|points }} {{ b|points }} {{ c|points }}", a=2500, b=None, c=0) == "2.5 — 0"


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(LookupError, match=r"icons\.txt"):
        drawn('{% icon "no-such" %}')


def test_an_icon_is_silent_unless_it_has_a_label() -> None:
    assert 'aria-hidden="true"' in drawn('{% icon "check" %}')
    assert 'aria-label="符合"' in drawn('{% icon "check" "符合" %}')


@pytest.mark.parametrize(
    ("days", "words"), [(3, "还剩 3 个工作日"), (0, "今日到期"), (-1, "逾期 1 个工作日")]
)
def test_a_limit_is_said_in_words(days: int, words: str) -> None:
    assert limit_words(days) == words


def test_a_limit_is_never_colour_alone() -> None:
    page = drawn("{% limit shown %}", shown=LimitShown(Light.RED, "逾期 1 个工作日"))
    assert "limit-red" in page
    assert "#alert-triangle" in page
    assert "逾期 1 个工作日" in page


def test_a_provisional_date_is_said_to_be_one() -> None:
    shown = LimitShown(Light.GREEN, "还剩 18 个工作日", date(2027, 1, 20), provisional=True)
    assert "暂定" in drawn("{% limit shown %}", shown=shown)
    assert "2027年1月20日（暂定，" in drawn("{% limit shown note=True %}", shown=shown)


def test_a_wrong_field_is_tied_to_its_help_and_error() -> None:
    page = drawn("{% field form.name %}", form=unit())
    assert 'aria-describedby="id_name_help id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert "请填写企业名称" in page


def test_choices_are_a_group_with_a_legend() -> None:
    page = drawn("{% field form.level %}", form=unit(level="2"))
    assert "<fieldset" in page
    assert "<legend" in page


def test_a_prefilled_value_says_where_it_is_from() -> None:
    assert "取自 营业执照" in drawn('{% field form.name source="营业执照" %}', form=unit(name="示例厂"))


def test_messages_say_what_to_do_and_own_words_win() -> None:
    errors = unit(people="许多").errors
    assert errors["level"] == ["请选择级别"]
    assert errors["people"] == ["人数应为整数，请核对"]
    assert errors["code"] == ["没有代码的，请选择例外原因"]


def test_a_heading_sorts_up_then_down_and_forgets_the_page() -> None:
    head = '{% sort_head "due" "到期日" %}'
    assert 'href="?q=a&amp;sort=due"' in drawn(head, "/?q=a&page=3")
    again = drawn(head, "/?sort=due")
    assert "sort=-due" in again
    assert 'aria-sort="ascending"' in again


def test_pages_keep_the_rest_of_the_address() -> None:
    page = drawn("{% pager page %}", "/?q=a&page=2", page=Paginator(range(60), 20).page(2))
    assert 'href="?q=a&amp;page=3"' in page
    assert "第 21–40 条，共 60 条" in page
