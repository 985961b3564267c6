"""An offer of the work page: one thing a person may do now, with its form and the act behind it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.forms import Form

from dabiao.kernel.actor import Actor

Act = Callable[[Any, Actor, datetime], Any]  # the form, who, when


@dataclass(frozen=True, slots=True)
class Offer:
    """`row` tells apart offers of one name; `about` says what it concerns."""

    name: str
    title: str
    verb: str
    form: type[Form]
    act: Act
    row: int = 0
    about: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    def made(self, data: Any = None, files: Any = None) -> Form:
        initial = None if data is not None else self.more.get("initial")
        rest = {key: value for key, value in self.more.items() if key != "initial"}
        return self.form(data, files, initial=initial, auto_id=f"{self.name}{self.row}_%s", **rest)
