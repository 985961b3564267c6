"""Every address answers every member of the cast as the table says; what is not allowed changes nothing."""

import pytest

from addresses import asks, inspecting, marks
from addresses.asking import SAFE, Answered, Asking
from addresses.asks import Ask
from addresses.reading import ABSENT, entries
from addresses.routes import routes
from addresses.stage import Stage

pytestmark = pytest.mark.django_db  # or the test database is not made
REFUSED = {"400", "401", "403", "404", "405", "409", "413", "422", "429", "sign-in"}
GATE = {"401", "403", "404", "405", "sign-in"}
MOST_SHOWN = 12
BOTH = sorted(entries().keys() & routes().keys())


@pytest.mark.parametrize("name", BOTH)
def test_an_address_answers_as_the_table_says(name: str, stage: Stage, asking: Asking) -> None:
    entry, route = entries()[name], routes()[name]
    faults: list[str] = []
    unseen: dict[tuple[str, str], dict[object, str]] = {}
    for ask in asks.asks(entry, route, stage):
        if ask.gate and not asks.EVERY:
            faults += _gate_faults(ask, asking.knock(ask.who, ask.method, ask.path))
            continue
        answered = asking.ask(ask.who, ask.method, ask.path, ask.sent)
        faults += _faults(ask, answered)
        faults += [f"{ask}: shows {mark}" for mark in marks.shown(stage, ask.who, answered.text, name)]
        if answered.kind == "404":
            unseen.setdefault((ask.who, ask.method), {}).setdefault(answered.plain, ask.about)
        if ask.method == "POST" and (ask.expected != "404" or ask.about.startswith(ABSENT)):
            faults += _empty_faults(ask, asking)
    faults += [
        f"{who} can tell {' from '.join(told.values())}" for (who, _), told in unseen.items() if len(told) > 1
    ]
    assert not faults, _listed(faults)


@pytest.mark.parametrize("name", [name for name in BOTH if len(routes()[name].keys) > 1])
def test_a_part_is_looked_for_in_its_whole(name: str, stage: Stage, asking: Asking) -> None:
    entry, route = entries()[name], routes()[name]
    faults: list[str] = []
    for ask in asks.crossed(entry, route, stage):
        faults += _faults(ask, asking.ask(ask.who, ask.method, ask.path, ask.sent))
    assert not faults, _listed(faults)


def _gate_faults(ask: Ask, came: str) -> list[str]:
    return [] if _as_expected(ask, came) else [f"{ask}: {ask.expected} expected, {came} came"]


def _faults(ask: Ask, answered: Answered) -> list[str]:
    found = []
    if not _as_expected(ask, answered.kind):
        found.append(f"{ask}: {ask.expected} expected, {answered.kind} came")
    if answered.changed and (answered.kind in REFUSED or ask.method in SAFE):
        found.append(f"{ask}: {answered.kind}, yet changed {sorted(answered.written)}")
    found += [f"{ask}: {fault}" for fault in inspecting.faults(answered.headers, answered.content)]
    return found


def _as_expected(ask: Ask, came: str) -> bool:
    if ask.expected == "sign-in" and ask.method not in {"GET", "HEAD"}:
        return came == "401"
    return came == ask.expected


def _empty_faults(ask: Ask, asking: Asking) -> list[str]:
    """The same with nothing sent: refused at the same gate, or told what is missing; never our fault."""
    answered = asking.ask(ask.who, ask.method, ask.path)
    found = [f"{ask} empty: {answered.kind}"] if not _empty_fits(ask, answered) else []
    if answered.changed and answered.kind in REFUSED:
        found.append(f"{ask} empty: {answered.kind}, yet changed {sorted(answered.written)}")
    return found


def _empty_fits(ask: Ask, answered: Answered) -> bool:
    if ask.expected in GATE:
        return _as_expected(ask, answered.kind)
    if ask.empty == "any":
        return answered.status < 500
    return answered.kind in REFUSED - GATE or (bool(ask.empty) and answered.kind == ask.empty)


def _listed(faults: list[str]) -> str:
    return "\n".join([f"{len(faults)} faults", *faults[:MOST_SHOWN]])
