"""Words of templates that never change, looked up once in a process: `translate` of the library `look`.

A page of thirty rows says its column heads two hundred times; to look each up took a third of drawing it.
A template is drawn in one language from beginning to end: `look` refuses the tag that changes it within.
"""

from collections.abc import Callable
from functools import cache, partial
from typing import Final, NoReturn

from django.template import Context, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.templatetags import i18n
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

LANGUAGE: Final = "language of this template"


class Words(i18n.TranslateNode):
    """A literal: in one language always the same, whatever the page knows."""

    def __init__(self, literal: FilterExpression) -> None:
        super().__init__(literal, noop=False)
        self.known: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        told = context.render_context
        if (language := told.get(LANGUAGE)) is None:
            language = told[LANGUAGE] = get_language()
        if language not in self.known:
            self.known[language] = mark_safe(super().render(context))  # noqa: S308  words of a template of ours
        return self.known[language]


def translate(parser: Parser, token: Token) -> i18n.TranslateNode:
    node = i18n.do_translate(parser, token)
    told = node.filter_expression
    plain = not (node.noop or node.asvar or node.message_context or told.filters)
    return Words(told) if plain and told.var.literal is not None else node


def language(parser: Parser, token: Token) -> NoReturn:
    raise TemplateSyntaxError("a template is drawn in one language (look/translating.py)")


Spoken = Callable[[str], str]


def spoken() -> Spoken:
    """The same for what is drawn without a template, in the language of this moment, asked once for all.

    Call it `_`, by which messages are gathered. For literals alone, which are few."""
    return partial(_known, get_language())


@cache
def _known(language: str | None, literal: str) -> str:
    return gettext(literal)
