"""Faces whose modules are read when one of their addresses is first asked for, or a little after the start.

Whoever starts the product sees its first page without waiting for the pages behind it.
"""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from threading import Timer
from typing import Any, Final

from django.urls import ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

FACES: Final = {  # by their app_name
    "office": "dabiao.office.urls",
    "field": "dabiao.field.urls",
    "api": "dabiao.api.urls",
}
AFTER: Final = 3.0  # seconds
FOUND: Final = 4096  # addresses
LONGEST: Final = 200  # characters of an address kept


class Whole(URLResolver):
    """All addresses of the product, with those found lately kept in memory: those of a sheet's items are
    asked for again and again, and to find one anew takes as long as to ask the database."""

    def __init__(self, patterns: list[URLPattern | URLResolver]) -> None:
        super().__init__(RoutePattern(""), patterns)
        self._found = lru_cache(maxsize=FOUND)(self._anew)

    def resolve(self, path: Any) -> ResolverMatch:
        """Resolver404 is never kept, so nobody can fill the memory with addresses that lead nowhere."""
        return self._found(path) if len(path) <= LONGEST else super().resolve(path)

    def _anew(self, path: Any) -> ResolverMatch:
        found = super().resolve(path)
        found.tried = []  # what was no match: told by the framework's page for developers alone
        return found


class Face(URLResolver):
    """All addresses below a route, in a namespace of the face's name."""

    def __init__(self, route: str, name: str) -> None:
        super().__init__(RoutePattern(route), FACES[name], app_name=name, namespace=name)

    def _populate(self) -> None:
        """Nothing to gather: names in a namespace are looked up by a resolver that the framework makes of
        `url_patterns`, which reads the module."""


def read() -> None:
    for module in FACES.values():
        import_module(module)


def read_soon(then: Callable[[], None]) -> None:
    """The rest, while the first page is looked at; `then` is called once all of it is loaded."""
    timer = Timer(AFTER, _read, [then])
    timer.daemon = True
    timer.start()


def _read(then: Callable[[], None]) -> None:
    read()
    then()
