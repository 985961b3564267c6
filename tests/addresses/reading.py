"""The table as data. Strict: what is not said is an error, what is said twice or for nothing is too.

table/cast.yaml names groups of the cast and whose things stand in which relation to whom;
every other file holds addresses. README.md says how to read an entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TABLE = Path(__file__).parent / "table"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
ABSENT, CROSSED = "absent", "crossed"
KNOWN = {"of", "serves", "others", "anonymous"}
BODY = {"body", "json", "file", "query", "empty"}

Answer = str  # "200", "404", "sign-in", "-> office:hazard"


@dataclass(frozen=True)
class Line:
    """One relation's answers: a default, and whom it does not hold for."""

    default: Answer
    members: Mapping[str, Answer] = field(default_factory=dict)

    def of(self, who: str) -> Answer:
        return self.members.get(who, self.default)


@dataclass(frozen=True)
class Method:
    """What one method answers: by state of the thing, then by relation; `empty`: sent nothing."""

    answers: Mapping[str, Mapping[str, Line]]
    sent: Mapping[str, Any]
    empty: Answer = ""


@dataclass(frozen=True)
class Entry:
    name: str
    of: str
    serves: frozenset[str]
    others: Answer
    anonymous: Answer
    methods: Mapping[str, Method]
    file: str


@dataclass(frozen=True)
class Cast:
    """`relations`: family of things -> member -> owner -> relation."""

    groups: Mapping[str, frozenset[str]]
    families: Mapping[str, str]  # kind of thing -> family
    relations: Mapping[str, Mapping[str, Mapping[str, str]]]

    def members(self, names: Any) -> frozenset[str]:
        listed = names.split() if isinstance(names, str) else list(names)
        return frozenset().union(*(self.groups.get(each, frozenset({each})) for each in listed))


# The C loader is about ten times as fast; where libyaml is missing the other reads the same.
SAFE: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Strict(SAFE):
    """A key said twice is an error."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        assert not twice, f"said twice: {twice} {node.start_mark}"
        return super().construct_mapping(node, deep)


def load(path: Path) -> Any:
    return yaml.load(path.read_text(), _Strict)  # noqa: S506  a SafeLoader


@cache
def cast() -> Cast:
    raw = load(TABLE / "cast.yaml")
    groups: dict[str, frozenset[str]] = {}
    for name, listed in raw["groups"].items():
        groups[name] = frozenset().union(*(groups.get(each, frozenset({each})) for each in listed.split()))
    relations = {
        family: {who: _columns(table["owners"], row) for who, row in table["members"].items()}
        for family, table in raw["relations"].items()
    }
    families = {kind: family for family, table in raw["relations"].items() for kind in table["kinds"].split()}
    return Cast(groups, families, relations)


def _columns(owners: str, row: str) -> dict[str, str]:
    return dict(zip(owners.split(), row.split(), strict=True))


@cache
def entries() -> Mapping[str, Entry]:
    found: dict[str, Entry] = {}
    for path in sorted(TABLE.glob("*.yaml")):
        if path.name == "cast.yaml":
            continue
        for name, raw in load(path).items():
            assert name not in found, f"{name} stands in two files"
            found[name] = entry(name, raw, path.name)
    return found


def entry(name: str, raw: Mapping[str, Any], file: str = "") -> Entry:
    """Read one address; complain about whatever is missing or unknown."""
    unknown = set(raw) - KNOWN - set(METHODS)
    assert not unknown, f"{name}: unknown {unknown}"
    serves = cast().members(raw["serves"])
    whole = serves == cast().groups["everybody"]
    assert whole or {"others", "anonymous"} <= set(raw), f"{name}: others? anonymous?"
    methods = {each: _method(f"{name} {each}", raw[each]) for each in METHODS if each in raw}
    if "GET" in methods and "HEAD" not in methods:
        methods["HEAD"] = methods["GET"]  # "GET includes HEAD", said once in README.md
    assert methods, f"{name}: no method"
    said = (str(raw.get("others", "")), str(raw.get("anonymous", "")))
    return Entry(name, raw.get("of", ""), serves, *said, methods, file)


def _method(where: str, raw: Any) -> Method:
    if not isinstance(raw, Mapping) or "default" in raw:
        return Method({"": {"": _line(where, raw)}}, {})
    sent = {key: raw[key] for key in raw.keys() & BODY}
    states = {key: value for key, value in raw.items() if key not in BODY}
    if not states.keys() - {"answer"}:
        return Method({"": {"": _line(where, states["answer"])}}, sent, str(sent.pop("empty", "")))
    answers: dict[str, dict[str, Line]] = {}
    for keys, value in states.items():
        for state in str(keys).split():
            assert state not in answers, f"{where}: {state} said twice"
            answers[state] = _relations(f"{where} {state}", state, value)
    return Method(answers, sent, str(sent.pop("empty", "")))


def _relations(where: str, state: str, raw: Any) -> dict[str, Line]:
    if state in {ABSENT, CROSSED}:
        return {state: _line(where, raw)}
    assert isinstance(raw, Mapping), f"{where}: a relation each"
    found: dict[str, Line] = {}
    for keys, value in raw.items():
        for relation in str(keys).split():
            assert relation not in found, f"{where}: {relation} said twice"
            found[relation] = _line(f"{where} {relation}", value)
    return found


def _line(where: str, raw: Any) -> Line:
    if not isinstance(raw, Mapping):
        return Line(str(raw))
    assert "default" in raw, f"{where}: the default line is missing"
    members = {
        who: str(answer) for keys, answer in raw.items() if keys != "default" for who in cast().members(keys)
    }
    return Line(str(raw["default"]), members)
