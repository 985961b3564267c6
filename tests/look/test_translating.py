"""The words of templates: looked up once in a language, the same as the framework's own to the letter."""

import re
from pathlib import Path

import pytest
from django.template import Context, Engine, Template, TemplateSyntaxError
from django.utils import translation

import dabiao
from dabiao.look.translating import Words

FRAMEWORK = Engine(libraries={"i18n": "django.templatetags.i18n"})
SAID = (
    '{% translate "编号" %}',
    "{% translate '满 100% 的' %}",
    "{% translate \"a < b & 'c'\" %}",
    '{% translate "编号"|upper %}',
    "{% translate word %}",
    '{% translate "January" noop %}',
    '{% translate "January" as month %}{{ month }}',
    '{% translate "May" context "abbrev. month" %}',
    '{% for each in "ab" %}{% translate "January" %}{% endfor %}',
    '{% autoescape off %}{% translate "<b>" %}{% endautoescape %}',
)


@pytest.mark.parametrize("source", SAID)
@pytest.mark.parametrize("language", ["zh-hans", "de"])
def test_words_are_those_of_the_framework(source: str, language: str) -> None:
    told = {"word": "<January>"}
    with translation.override(language):
        expected = FRAMEWORK.from_string("{% load i18n %}" + source).render(Context(told))
        ours = Template("{% load i18n look %}" + source)
        assert [ours.render(Context(told)) for _ in range(2)] == [expected, expected]


def test_a_template_says_each_language_its_own_words() -> None:
    template = Template('{% load i18n look %}{% translate "January" %}')
    said = []
    for language in ("zh-hans", "de", "zh-hans"):
        with translation.override(language):
            said.append(template.render(Context()))
    assert said == ["一月", "Januar", "一月"]


def test_a_literal_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    template = Template('{% load i18n look %}{% translate "January" %}')
    assert [type(node) for node in template.nodelist[1:]] == [Words]
    template.render(Context())
    monkeypatch.setattr("django.template.base.gettext_lazy", lambda text: 1 / 0)
    assert template.render(Context()) == "一月"


def test_nobody_changes_the_language_within_a_template() -> None:
    with pytest.raises(TemplateSyntaxError):
        Template('{% load i18n look %}{% language "de" %}{% endlanguage %}')


def test_every_template_loads_our_words_last() -> None:
    loads = [
        (file, line.split())
        for file in Path(dabiao.__file__).parent.rglob("*.html")
        for line in re.findall(r"{% load ([^%]*)%}", file.read_text())
    ]
    assert len(loads) > 200
    wrong = [
        str(file)
        for file, names in loads
        if {"i18n", "look"} <= {*names} and names.index("look") < names.index("i18n")
    ]
    assert wrong == []
