"""A form field as it is drawn: label, help, error, required mark. By hand: pages draw dozens of them."""

from collections.abc import Iterator
from typing import Any

from django.forms import BoundField
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dabiao.look import icons


def drawn(bound: BoundField, source: str = "", *, optional: bool = True) -> SafeString:
    """`source`: where a prefilled value is from; `optional`: say whether the field may stay out."""
    kind = getattr(bound.field.widget, "input_type", "")
    grouped = bool(getattr(bound.field.widget, "allow_multiple_selected", False)) or kind == "radio"
    if kind == "hidden":
        return bound.as_widget(attrs=_attrs(bound, kind))
    draw = _check if kind == "checkbox" else _plain
    inside = _choices if grouped and kind in {"radio", "checkbox"} else draw
    state = " has-error" if bound.errors else ""
    parts = inside(bound, optional=optional), _source(source), _errors(bound)
    return SafeString(f'<div class="field{state}">{"".join(parts)}</div>')


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


def _plain(bound: BoundField, *, optional: bool) -> str:
    widget = bound.as_widget(attrs=_attrs(bound, getattr(bound.field.widget, "input_type", "")))
    mark = _mark(bound) if optional else ""
    label = f'<label class="form-label" for="{safe(bound.id_for_label)}">{safe(bound.label)}{mark}</label>'
    return f"{label}{_help(bound)}{widget}"


def _check(bound: BoundField, *, optional: bool) -> str:
    widget = bound.as_widget(attrs=_attrs(bound, "checkbox"))
    mark = _mark(bound) if bound.field.required else ""
    label = f'<label for="{safe(bound.id_for_label)}">{safe(bound.label)}{mark}</label>'
    return f'<div class="field-check">{widget}{label}</div>{_help(bound)}'


def _choices(bound: BoundField, *, optional: bool) -> str:
    mark = _mark(bound) if optional or bound.field.required else ""
    described = f' aria-describedby="{safe(bound.auto_id)}_help"' if bound.help_text else ""
    legend = f'<legend class="form-label">{safe(bound.label)}{mark}</legend>'
    choices = "".join(_each(bound))
    return f'<fieldset class="choices"{described}>{legend}{_help(bound)}{choices}</fieldset>'


def _each(bound: BoundField) -> Iterator[str]:
    for choice in bound:
        words = f"<span>{safe(choice.choice_label)}</span>"
        yield f'<label class="choice" for="{safe(choice.id_for_label)}">{choice.tag()}{words}</label>'


def _mark(bound: BoundField) -> str:
    if bound.field.required:
        return f'<span class="required">{safe(_("必填"))}</span>'
    return f'<span class="optional">{safe(_("选填"))}</span>'


def _help(bound: BoundField) -> str:
    if not bound.help_text:
        return ""
    return f'<div class="field-help" id="{safe(bound.auto_id)}_help">{safe(bound.help_text)}</div>'


def _source(words: str) -> str:
    if not words:
        return ""
    return f'<div class="form-source">{icons.drawn("database", "")}{safe(_("取自"))} {safe(words)}</div>'


def _errors(bound: BoundField) -> str:
    if not bound.errors:
        return ""
    words = "；".join(safe(str(error)) for error in bound.errors)
    sign = icons.drawn("alert-circle", "")
    return f'<div class="field-error" id="{safe(bound.auto_id)}_error">{sign}<span>{words}</span></div>'
