"""From the table to single questions: who asks what of whose thing, and what should come."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from addresses.reading import ABSENT, CROSSED, METHODS, Entry, Line, Method, cast
from addresses.routes import Route
from addresses.stage import ANONYMOUS, Stage, Thing

EVERY = bool(os.environ.get("DABIAO_TEST_EVERY"))
NONE: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Ask:
    who: str
    method: str
    path: str
    about: str  # state and relation, for the person who reads a failure
    expected: str
    sent: Mapping[str, Any]
    empty: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.who} ({self.about})"


def asks(entry: Entry, route: Route, stage: Stage) -> Iterator[Ask]:
    """Whom an address serves is asked about every thing in every state, by the methods it answers. A gate
    that opens to nobody is asked once by each, about things dealt round; EVERY asks for the whole product.
    """
    for method in METHODS:
        things = list(_things(entry, route, stage))
        for turn, who in enumerate(stage.cast):
            whole = EVERY or (who in entry.serves and method in entry.methods and method != "HEAD")
            start = (turn + METHODS.index(method)) % len(things)
            for asked in things if whole else things[start : start + 1]:
                yield _ask(entry, route, method, who, *asked)


def _ask(
    entry: Entry, route: Route, method: str, who: str, state: str, owner: str, thing: Thing
) -> Ask:
    relation = _relation(entry, who, owner, state)
    expected, sent, empty = _expected(entry, method, who, state, relation)
    filled = {key: _fill(value, thing) for key, value in sent.items()}
    path = route.path(thing) + _query(sent if method in entry.methods else NONE)
    return Ask(who, method, path, f"{state} {relation}", expected, filled, empty)


def _query(sent: Mapping[str, Any]) -> str:
    return f"?{urlencode(sent['query'])}" if "query" in sent else ""


def _things(entry: Entry, route: Route, stage: Stage) -> Iterator[tuple[str, str, Thing]]:
    """(state, owner, thing); what does not exist comes last."""
    if not route.converters:
        yield "", "", {}
        return
    states = stage.things[entry.of]
    for state, owners in states.items():
        for owner, thing in owners.items():
            yield state, owner, thing
    some = next(iter(states[list(states)[-1]].values()))
    yield ABSENT, "", {**some, **route.nowhere()}


def crossings(entry: Entry, route: Route, stage: Stage) -> Iterator[tuple[str, Thing]]:
    """One's whole with another's part: (owner of the whole, parameters)."""
    of = list(stage.things[entry.of].values())[-1]
    owners = list(of)
    first = route.numbers[0]
    for owner, other in zip(owners, owners[1:] + owners[:1], strict=True):
        yield owner, {**of[other], first: of[owner][first]}


def crossed(entry: Entry, route: Route, stage: Stage) -> Iterator[Ask]:
    for method, said in entry.methods.items():
        for _owner, thing in crossings(entry, route, stage):
            for who in sorted(entry.serves):
                expected = said.answers[CROSSED][CROSSED].of(who)
                filled = {key: _fill(value, thing) for key, value in said.sent.items()}
                yield Ask(who, method, route.path(thing), CROSSED, expected, filled)


def _relation(entry: Entry, who: str, owner: str, about: str) -> str:
    if about == ABSENT:
        return ABSENT
    return cast().relations[cast().families[entry.of]][who][owner] if owner else ""


def _expected(
    entry: Entry, method: str, who: str, state: str, relation: str
) -> tuple[str, Mapping[str, Any], str]:
    said = entry.methods.get(method)
    sent = said.sent if said else NONE
    if who not in entry.serves:
        return (entry.anonymous if who == ANONYMOUS else entry.others), sent, ""
    if said is None:
        return "405", NONE, ""
    return line(entry, method, said, state, relation).of(who), sent, said.empty


def line(entry: Entry, method: str, said: Method, state: str, relation: str) -> Line:
    where = f"{entry.name} {method}"
    assert state in said.answers, f"{where}: nothing said of {state!r}"
    assert relation in said.answers[state], f"{where} {state}: nothing said of {relation!r}"
    return said.answers[state][relation]


def _fill(value: Any, thing: Thing) -> Any:
    """"{version}" in a body is the thing's own."""
    if isinstance(value, Mapping):
        return {key: _fill(each, thing) for key, each in value.items()}
    if isinstance(value, list):
        return [_fill(each, thing) for each in value]
    if isinstance(value, str) and value.startswith("{") and value.endswith("}"):
        return thing[value[1:-1]]
    return value
