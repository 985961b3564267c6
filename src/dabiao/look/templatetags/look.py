"""Tags and filters of every page: icons, lights, fields, dates, points, sorting, pages."""

from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template.context import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from dabiao.kernel import points as exact
from dabiao.look import fields, icons, translating
from dabiao.look.citing import Cited, cited

register = template.Library()
register.tag("translate", translating.translate)  # the framework's, for whoever loads this library after i18n
register.tag("language", translating.language)

LIGHT_ICONS = {
    "green": "clock",
    "amber": "clock-exclamation",
    "red": "alert-triangle",
    "stopped": "clock-pause",
    "met": "circle-check",
    "none": "minus",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; silent for screen readers unless it has a label. Unknown names are an error."""
    return icons.drawn(name, str(label))


@register.inclusion_tag("look/parts/cited.html")
def basis(clause: str) -> dict[str, Cited]:
    """A clause by its title, its text one tap away; nothing for no clause."""
    return {"cited": cited(clause)}


@register.filter
def clause(clause: str) -> str:
    """A clause by its title; what is no clause of ours stands for itself."""
    return cited(clause).title


@register.simple_tag
def mark() -> SafeString:
    """The product's mark."""
    return format_html(
        '<svg class="mark" aria-hidden="true"><use href="{}#mark"></use></svg>', icons.sprite()
    )


@register.inclusion_tag("look/parts/limit.html")
def limit(shown: Any, note: bool = False) -> dict[str, Any]:
    """A limit (`shapes.LimitShown` or alike) as a light and words; with `note` also its date and clause."""
    state = str(getattr(shown, "state", "none") or "none")
    return {"limit": shown, "state": state, "icon_name": LIGHT_ICONS.get(state, "minus"), "note": note}


@register.filter
def cn_date(day: date | None) -> str:
    """A date in text: 2026年3月16日."""
    return "" if day is None else f"{_local(day):%Y}年{_local(day).month}月{_local(day).day}日"


@register.filter
def iso(day: date | None) -> str:
    """A date in a table: 2026-03-16."""
    return "" if day is None else f"{_local(day):%Y-%m-%d}"


@register.filter
def cn_moment(moment: datetime | None) -> str:
    """A moment in text: 2026年3月16日 09:05."""
    return "" if moment is None else f"{cn_date(moment)} {_local(moment):%H:%M}"


@register.filter
def points(thousandths: int | None) -> str:
    """Points the shortest exact way; a missing value is a dash, never 0."""
    return "—" if thousandths is None else exact.spell(thousandths)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """The value under a key that is itself a variable; None where there is none."""
    return mapping.get(key) if mapping else None


def _local(day: date) -> date:
    """A moment in the product's time zone; a date stays what it is."""
    return timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day


@register.simple_tag
def field(bound: BoundField, source: str = "", optional: bool = True) -> SafeString:
    """A form field with label, help, error, required mark; `source`: where a prefilled value is from."""
    return fields.drawn(bound, source, optional=optional)


@register.inclusion_tag("look/parts/sort_head.html", takes_context=True)
def sort_head(
    context: Context, key: str, title: str, *, num: bool = False, unit: str = "", default: str = ""
) -> dict[str, Any]:
    """A heading that sorts by `?sort=key`, then `?sort=-key`; `default` is the sort without either."""
    request = context["request"]
    now = request.GET.get("sort", default)
    query = request.GET.copy()
    query["sort"] = f"-{key}" if now == key else key
    query.pop("page", None)
    state = {key: "ascending", f"-{key}": "descending"}.get(now, "none")
    return {"title": title, "num": num, "unit": unit, "state": state, "query": query.urlencode()}


@register.inclusion_tag("look/parts/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any], name: str = "page") -> dict[str, Any]:
    """Links to the pages of a list, keeping every other part of the address."""
    query = context["request"].GET.copy()
    query.pop(name, None)
    prefix = f"?{query.urlencode()}&{name}=" if query else f"?{name}="
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {"page": page, "numbers": list(numbers), "prefix": prefix}


@register.inclusion_tag("look/parts/cursor_pager.html", takes_context=True)
def cursor_pager(context: Context, many: Any) -> dict[str, Any]:
    """To the pages before and after this one of a list too long for page numbers."""
    query = context["request"].GET.copy()
    for name in ("page", "before", "after", "from"):
        query.pop(name, None)

    def towards(**where: str) -> str:
        kept = query.copy()
        kept.update(where)
        return f"?{kept.urlencode()}"

    return {
        "many": many,
        "first": towards(),
        "before": towards(before=many.before),
        "after": towards(after=many.after),
    }
