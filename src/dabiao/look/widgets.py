"""Widgets of forms drawn by hand where the framework nests templates: a page of many small forms spends most
of its time there. What is drawn is the same to the letter (tests/look/test_widgets.py)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape as safe

Widget = Mapping[str, Any]
FOLDER: Final = "django/forms/widgets/"
INPUTS: Final = ("text", "number", "email", "url", "password", "hidden", "date", "time", "search", "tel")


class Renderer(DjangoTemplates):
    """The framework's own, with the common widgets drawn here."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        drawn = DRAWN.get(template_name)
        if drawn is None or not _plain(context["widget"]):
            return str(super().render(template_name, context, request))
        return drawn(context["widget"])


def _plain(widget: Widget) -> bool:
    """Not a file that is there already, nor an option that brings its own label or template."""
    return not widget.get("is_initial") and not widget.get("wrap_label")


def _input(widget: Widget) -> str:
    value = widget.get("value")
    told = "" if value is None else f' value="{safe(value)}"'
    return f'<input type="{safe(widget["type"])}" name="{safe(widget["name"])}"{told}{_attrs(widget)}>'


def _file(widget: Widget) -> str:
    return f'<input type="{safe(widget["type"])}" name="{safe(widget["name"])}"{_attrs(widget)}>'


def _textarea(widget: Widget) -> str:
    words = safe(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{safe(widget["name"])}"{_attrs(widget)}>\n{words}</textarea>'


def _select(widget: Widget) -> str:
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return f'<select name="{safe(widget["name"])}"{_attrs(widget)}>{groups}\n</select>'


def _group(name: str | None, options: list[Widget]) -> str:
    drawn = "".join(f"\n  {_option(each)}\n" for each in options)
    return f'\n  <optgroup label="{safe(name)}">{drawn}\n  </optgroup>' if name else drawn


def _option(widget: Widget) -> str:
    return f'<option value="{safe(widget["value"])}"{_attrs(widget)}>{safe(widget["label"])}</option>'


def _attrs(widget: Widget) -> str:
    given = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    return "".join(
        f" {safe(name)}" if value is True else f' {safe(name)}="{safe(value)}"' for name, value in given
    )


DRAWN: Final[Mapping[str, Callable[[Widget], str]]] = {
    **{f"{FOLDER}{name}.html": _input for name in (*INPUTS, "checkbox", "radio_option", "checkbox_option")},
    f"{FOLDER}file.html": _input,
    f"{FOLDER}clearable_file_input.html": _file,
    f"{FOLDER}textarea.html": _textarea,
    f"{FOLDER}select.html": _select,
}
