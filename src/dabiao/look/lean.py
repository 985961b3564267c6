"""An answer as the framework makes it, whose headers are asked for without a detour.

A dozen layers look at the headers of every answer, and the framework's go through four calls each time.
"""

from typing import Any

from django.http import HttpResponse
from django.http.response import ResponseHeaders


class Headers(ResponseHeaders):
    """Plain words are put down as they are; whatever else stays the framework's to spell, or to refuse."""

    def __setitem__(self, name: Any, value: Any) -> None:
        if type(name) is type(value) is str and f"{name}{value}".isascii() and f"{name}{value}".isprintable():
            self._store[name.lower()] = (name, value)
        else:
            super().__setitem__(name, value)

    def setdefault(self, name: str, value: Any) -> None:
        if name.lower() not in self._store:
            self[name] = value

    def __contains__(self, name: object) -> bool:
        return str(name).lower() in self._store

    def get(self, name: str, default: Any = None) -> Any:
        found = self._store.get(name.lower())
        return default if found is None else found[1]

    def items(self) -> Any:
        return self._store.values()


class Lean(HttpResponse):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headers.__class__ = Headers
