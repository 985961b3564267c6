"""An answer as the framework makes it, whose headers are asked for without a detour.

A dozen layers look at the headers of every answer, and the framework's go through four calls each time.
"""

from typing import Any

from django.http import HttpResponse
from django.http.response import ResponseHeaders


class Headers(ResponseHeaders):
    """Setting one stays the framework's, which refuses what would break a header."""

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
