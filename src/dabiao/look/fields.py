"""A form field as it is drawn: label, help, error, required mark. By hand: pages draw dozens of them."""

from typing import Any, Final

from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dabiao.look import icons

NOTHING: Final = SafeString("")


def drawn(bound: BoundField, source: str = "", *, optional: bool = True) -> SafeString:
    """`source`: where a prefilled value is from; `optional`: say whether the field may stay out."""
    kind = getattr(bound.field.widget, "input_type", "")
    grouped = bool(getattr(bound.field.widget, "allow_multiple_selected", False)) or kind == "radio"
    if kind == "hidden":
        return bound.as_widget(attrs=_attrs(bound, kind))
    draw = _check if kind == "checkbox" else _plain
    inside = _choices if grouped and kind in {"radio", "checkbox"} else draw
    state = SafeString(" has-error") if bound.errors else NOTHING
    parts = inside(bound, optional=optional), _source(source), _errors(bound)
    return format_html('<div class="field{}">{}{}{}</div>', state, *parts)


def _attrs(bound: BoundField, kind: str) -> dict[str, Any]:
    """Classes and the ids of help and error, so that both are read out with the field."""
    base = {"checkbox": "form-check-input", "select": "form-select"}.get(kind, "form-control")
    given = bound.field.widget.attrs.get("class", "")
    attrs = {"class": f"{base} {given}".strip()}
    described = [f"{bound.auto_id}_help"] if bound.help_text else []
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return attrs


def _plain(bound: BoundField, *, optional: bool) -> SafeString:
    widget = bound.as_widget(attrs=_attrs(bound, getattr(bound.field.widget, "input_type", "")))
    mark = _mark(bound) if optional else NOTHING
    label = format_html(
        '<label class="form-label" for="{}">{}{}</label>', bound.id_for_label, bound.label, mark
    )
    return format_html("{}{}{}", label, _help(bound), widget)


def _check(bound: BoundField, *, optional: bool) -> SafeString:
    widget = bound.as_widget(attrs=_attrs(bound, "checkbox"))
    mark = _mark(bound) if bound.field.required else NOTHING
    box = '<div class="field-check">{}<label for="{}">{}{}</label></div>{}'
    return format_html(box, widget, bound.id_for_label, bound.label, mark, _help(bound))


def _choices(bound: BoundField, *, optional: bool) -> SafeString:
    mark = _mark(bound) if optional or bound.field.required else NOTHING
    described = format_html(' aria-describedby="{}_help"', bound.auto_id) if bound.help_text else NOTHING
    each = '<label class="choice" for="{}">{}<span>{}</span></label>'
    choices = format_html_join(
        "", each, ((choice.id_for_label, choice.tag(), choice.choice_label) for choice in bound)
    )
    group = '<fieldset class="choices"{}><legend class="form-label">{}{}</legend>{}{}</fieldset>'
    return format_html(group, described, bound.label, mark, _help(bound), choices)


def _mark(bound: BoundField) -> SafeString:
    if bound.field.required:
        return format_html('<span class="required">{}</span>', _("必填"))
    return format_html('<span class="optional">{}</span>', _("选填"))


def _help(bound: BoundField) -> SafeString:
    if not bound.help_text:
        return NOTHING
    return format_html('<div class="field-help" id="{}_help">{}</div>', bound.auto_id, bound.help_text)


def _source(words: str) -> SafeString:
    if not words:
        return NOTHING
    return format_html(
        '<div class="form-source">{}{} {}</div>', icons.drawn("database", ""), _("取自"), words
    )


def _errors(bound: BoundField) -> SafeString:
    if not bound.errors:
        return NOTHING
    words = format_html_join("；", "{}", ((error,) for error in bound.errors))
    box = '<div class="field-error" id="{}_error">{}<span>{}</span></div>'
    return format_html(box, bound.auto_id, icons.drawn("alert-circle", ""), words)
