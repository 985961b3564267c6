"""An offer of the work page: one thing a person may do now, with its form and the act behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.forms import Form

from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import OutOfTurn

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


def chosen(offers: Iterable[Offer], name: str, row: str) -> Offer:
    """What is not offered now is out of turn."""
    mine = (each for each in offers if (each.name, str(each.row)) == (name, row))
    offer = next(mine, None)
    if offer is None:
        raise OutOfTurn("现在不能办理这一步，可能他人已先一步办理，或者由其他人员办理；请刷新后再看。")
    return offer
