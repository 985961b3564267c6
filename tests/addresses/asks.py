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
SPARSE = 4  # of so many members one asks HEAD where GET is answered
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
    gate: bool = False  # the person is not served, or the method not answered

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.who} ({self.about})"


def asks(entry: Entry, route: Route, stage: Stage) -> Iterator[Ask]:
    """Whom an address serves asks, by the methods it answers, in every relation about things of which the
    table says the same: everybody about one of their states, and about each state somebody.
    Whom it does not serve, and methods it does not answer, find the gate shut whatever the thing is, at
    every thing. EVERY: every thing for everybody, through the whole stack.
    """
    for method in METHODS:
        things = list(_things(entry, route, stage))
        groups: dict[tuple[str, str], dict[str, list[tuple[str, Thing]]]] = {}
        for turn, who in enumerate(stage.cast):
            gate = who not in entry.serves or method not in entry.methods
            if method == "HEAD" and not gate and turn % SPARSE and not EVERY:
                continue  # the same view by the same gate as GET; so neither about every state
            if gate or EVERY:
                yield from (_ask(entry, route, method, who, each) for each in things)
            else:
                _grouped(groups, entry, method, who, things)
        for members in groups.values():
            dealt = _dealt(members, all_states=method != "HEAD")
            yield from (_ask(entry, route, method, who, each) for who, each in dealt)


Told = tuple[str, str, Thing]


def _grouped(groups: Any, entry: Entry, method: str, who: str, things: list[Told]) -> None:
    """Sort what this person may ask about by relation and answer; of several owners alike the last."""
    found: dict[tuple[str, str], dict[str, Told]] = {}
    for state, owner, thing in things:
        relation = _relation(entry, who, owner, state)
        expected = _expected(entry, method, who, state, relation)[0]
        found.setdefault((relation, expected), {})[state] = (state, owner, thing)
    for key, states in found.items():
        groups.setdefault(key, {})[who] = list(states.values())


def _dealt(members: Mapping[str, list[Told]], *, all_states: bool) -> Iterator[tuple[str, Told]]:
    """Everybody gets one of the states, and, if wanted, each state somebody who may ask about it."""
    asked = set()
    for turn, (who, states) in enumerate(members.items()):
        each = states[turn % len(states)]
        asked.add(each[0])
        yield who, each
    for who, states in members.items() if all_states else ():
        for each in states:
            if each[0] not in asked:
                asked.add(each[0])
                yield who, each


def _ask(entry: Entry, route: Route, method: str, who: str, about: Told) -> Ask:
    state, owner, thing = about
    relation = _relation(entry, who, owner, state)
    expected, sent, empty = _expected(entry, method, who, state, relation)
    filled = {key: _fill(value, thing) for key, value in sent.items()}
    path = route.path(thing) + _query(sent if method in entry.methods else NONE)
    gate = who not in entry.serves or method not in entry.methods
    return Ask(who, method, path, f"{state} {relation}", expected, filled, empty, gate)


def _query(sent: Mapping[str, Any]) -> str:
    return f"?{urlencode(sent['query'])}" if "query" in sent else ""


def _things(entry: Entry, route: Route, stage: Stage) -> Iterator[Told]:
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
    states = stage.things[entry.of].values()
    of = next(of for of in states if all(thing[key] for thing in of.values() for key in route.keys))
    owners = list(of)
    first = route.keys[0]
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
    """ "{version}" in a body is the thing's own."""
    if isinstance(value, Mapping):
        return {key: _fill(each, thing) for key, each in value.items()}
    if isinstance(value, list):
        return [_fill(each, thing) for each in value]
    if isinstance(value, str) and value.startswith("{") and value.endswith("}"):
        return thing[value[1:-1]]
    return value
