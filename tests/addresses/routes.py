"""Every address of the URL resolver, by name, with the parameters in its path."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

NO_NUMBER, NO_WORD = 987_654_321, "9.9.9"


@dataclass(frozen=True)
class Route:
    """`name` is the route itself where nobody has named it."""

    name: str
    route: str
    callback: Callable[..., Any]
    converters: Mapping[str, Any]

    @property
    def numbers(self) -> list[str]:
        return [name for name, each in self.converters.items() if isinstance(each, IntConverter)]

    @property
    def keys(self) -> list[str]:
        """Numbers that name a row; the others are places and sizes."""
        return [name for name in self.numbers if name not in {"place", "width", "year"}]

    def path(self, thing: Mapping[str, Any]) -> str:
        return _path(self.name, tuple((name, thing[name]) for name in self.converters))

    def nowhere(self) -> dict[str, Any]:
        """Parameters of something that does not exist."""
        return {name: NO_NUMBER if name in self.numbers else NO_WORD for name in self.converters}


@cache
def _path(name: str, parameters: tuple[tuple[str, Any], ...]) -> str:
    """Each is asked for by everybody with every method."""
    return reverse(name, kwargs=dict(parameters))


@cache
def routes() -> Mapping[str, Route]:
    found = {each.name: each for each in _walk(get_resolver().url_patterns, "", "", {})}
    return dict(sorted(found.items()))


def _walk(patterns: list[Any], spaces: str, before: str, above: Mapping[str, Any]) -> Iterator[Route]:
    for each in patterns:
        route, converters = before + str(each.pattern), {**above, **each.pattern.converters}
        if isinstance(each, URLResolver):
            inner = f"{spaces}{each.namespace}:" if each.namespace else spaces
            yield from _walk(each.url_patterns, inner, route, converters)
        elif isinstance(each, URLPattern):
            name = f"{spaces}{each.name}" if each.name else f"/{route}"
            yield Route(name, route, each.callback, converters)
