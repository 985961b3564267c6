"""Acts, moves, announcements and parameters: declared once, listed, cited, used."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps

import dabiao
from dabiao import law
from dabiao.config.reactions import REACTIONS
from dabiao.kernel.acts import Act
from dabiao.kernel.moves import Move
from dabiao.law.citing import instruments
from house.source import SRC, sources

AWAITING = Path(__file__).with_name("awaiting.txt")
# News whose listeners come in later steps; delivered to nobody yet.
BEATS = {"settled"}  # stamps who and when on a value; no act

NOBODY_LISTENS = {
    "CommitmentPublished",
    "CaseSubmitted",
    "CaseWithdrawn",
    "CaseReceived",
    "CorrectionAsked",
    "CaseOverdue",
    "CaseAccepted",
    "CaseRefused",
    "SelfAssessmentHandedIn",
    "EditionPublished",
    "EditionWithdrawn",
    "VetoChanged",
    "ReviewDue",
    "MakingOpened",
    "ContractEntered",
    "ConflictFound",
    "ReviewEnded",
    "ReviewOpened",
    "ContractNotified",
    "HandedOver",
    "HandoverAnswered",
    "VisitClosed",
    "GradingOpened",
    "RecheckOverdue",
    "RecheckPassed",
    "OpinionEscalated",
    "Publicised",
    "GradingRefused",
    "ObjectionReceived",
    "ObjectionOverdue",
    "Announced",
    "ReviewPlanned",
    "FindingsDelivered",
    "ReviewOverdue",
    "ReviewClosed",
    "MemberStoodAside",
    "ReviewRemarked",
    "Verified",
    "VerificationOverdue",
}


def modules(ending: str, *, inside: bool = False) -> Iterator[ModuleType]:
    """Modules of that name in every subject; with `inside` also what lies below them."""
    for found in pkgutil.walk_packages(dabiao.__path__, "dabiao."):
        if found.name.endswith(ending) or (inside and f"{ending}." in found.name):
            yield importlib.import_module(found.name)


def parts(ending: str) -> list[ModuleType]:
    """The modules of that name, and where one is a package its parts instead."""
    return [each for each in modules(ending, inside=True) if not hasattr(each, "__path__")]


def acts() -> list[Act]:
    return [each for module in modules(".permissions") for each in module.ACTS]


def moves() -> list[tuple[ModuleType, Move]]:
    return [(module, each) for module, table in tables() for each in table]


def tables() -> list[tuple[ModuleType, tuple[Move, ...]]]:
    """Every table of moves: MOVES, or several named …_MOVES."""
    found = []
    for module in parts(".states"):
        named = [value for name, value in vars(module).items() if name.endswith("MOVES")]
        assert named, module.__name__
        listed = {each for table in named for each in table}
        assert listed == {value for value in vars(module).values() if isinstance(value, Move)}
        found += [(module, table) for table in named]
    return found


def test_acts_have_names_of_their_own() -> None:
    names = [each.id for each in acts()]
    assert len(names) == len(set(names))


def test_every_act_declared_is_listed() -> None:
    for module in parts(".permissions"):
        declared = {value for _, value in inspect.getmembers(module) if isinstance(value, Act)}
        assert declared == set(module.ACTS), module.__name__
    assert {each for module in parts(".permissions") for each in module.ACTS} == set(acts())


@pytest.mark.parametrize("act", acts(), ids=lambda each: each.name)
def test_an_act_cites_an_instrument(act: Act) -> None:
    assert act.roles
    assert act.clause.split("/")[0] in set(instruments()) | {"internal"}


@pytest.mark.parametrize(("module", "move"), moves(), ids=lambda each: getattr(each, "name", ""))
def test_a_move_has_a_clause(module: ModuleType, move: Move) -> None:
    assert move.clause.split("/")[0] in set(instruments()) | {"internal"}, module.__name__


def test_every_announcement_has_its_reaction_listed() -> None:
    announced = {name for each in sources() for name in re.findall(r"announce\(\s*(\w+)\(", each.text)}
    assert announced <= set(REACTIONS) | NOBODY_LISTENS


def test_every_parameter_is_used_or_awaits_its_step() -> None:
    """`awaiting.txt` lists the parameters whose acts come in a later step; a used one leaves the list."""
    awaiting = set(AWAITING.read_text().split())
    text = "\n".join(each.text for each in sources() if not each.name.startswith("law/"))
    used = {name for name in law.parameters() if f'"{name}"' in text}
    assert set(law.parameters()) - used == awaiting


def reachable(start: str, table: Sequence[Move]) -> set[str]:
    """States that can be reached from `start`."""
    found, before = {start}, 0
    while len(found) > before:
        before = len(found)
        found |= {move.to for move in table if move.from_ & found}
    return found


def test_states_can_be_reached() -> None:
    for module, table in tables():
        first = {state for move in table for state in move.from_} - {move.to for move in table}
        found = set().union(*(reachable(state, table) for state in first)) if first else set()
        assert {move.to for move in table} <= found or not first, module.__name__


def test_every_table_is_covered_or_says_why_not() -> None:
    for model in apps.get_models():
        if model.__module__.startswith("dabiao."):
            reason = getattr(model, "journal_exempt", None)
            assert reason is None or len(reason) >= 4, model.__name__


def test_public_functions_of_services_are_told_who_and_when() -> None:
    """Keyword-only, with `by` and `at`: never read from a global or the clock."""
    for module in modules(".services", inside=True):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            beat = inspect.isgeneratorfunction(inspect.unwrap(function))  # a beat of acts, not an act
            if function.__module__ != module.__name__ or name.startswith("_") or beat:
                continue
            parameters = inspect.signature(function).parameters
            if {"by", "at"} <= set(parameters) and name not in BEATS:
                kinds = {each.kind for each in parameters.values()}
                assert kinds == {inspect.Parameter.KEYWORD_ONLY}, f"{module.__name__}.{name}"


def test_the_source_is_where_we_look() -> None:
    assert (SRC / "kernel").is_dir()
