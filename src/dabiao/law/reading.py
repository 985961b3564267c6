"""Reads the law files: YAML to frozen values, once. A file that cannot be read says which one and why."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Final, TypeVar

import yaml

from dabiao.kernel.days import DAY, Calendar, Year
from dabiao.law.values import Basis, Clause, Dated, Instrument, Parameter, Running, UnreadableLaw, frozen

HERE: Final = Path(__file__).parent
# The C loader is about ten times as fast; where libyaml is missing the other reads the same.
SAFE: Final[type[Any]] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Document = Mapping[str, Any]
T = TypeVar("T")


class Loader(SAFE):  # type: ignore[misc]
    """Safe, and without YAML 1.1's on/off/yes/no as truth values: `on` is a key of ours, NO is a word."""

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, rule) for tag, rule in rules if first in "tTfF" or not tag.endswith(":bool")]
        for first, rules in SAFE.yaml_implicit_resolvers.items()
    }


def documents(folder: Path) -> Iterator[tuple[Path, Document]]:
    """Every YAML document below a folder, file by file in order of name."""
    for path in sorted(folder.rglob("*.yaml")):
        for document in yaml.load_all(path.read_bytes(), Loader):
            yield path, document


def parameters(root: Path = HERE) -> dict[str, Parameter]:
    """All parameters by name, from `parameters/**.yaml`: one document each."""
    found: dict[str, Parameter] = {}
    for path, document in documents(root / "parameters"):
        one = _told(path, _parameter, document)
        if one.name in found:
            raise UnreadableLaw(f"法规参数 {one.name} 重复定义（{path.name}），请删除其中一处。")
        found[one.name] = one
    return found


def instruments(root: Path = HERE) -> dict[str, Instrument]:
    """All instruments by id, from `instruments.yaml`."""
    path = root / "instruments.yaml"
    rows = yaml.load(path.read_bytes(), Loader)  # noqa: S506 - a safe loader
    return {row["id"]: _told(path, lambda one: Instrument(**one), row) for row in rows}


def clauses(root: Path = HERE) -> dict[str, Clause]:
    """The text of numbered items, by clause id, from `clauses/<instrument>.yaml`."""
    return {
        f"{path.stem}/{item}": Clause(f"{path.stem}/{item}", row["place"], row["title"], row["text"].strip())
        for path, document in documents(root / "clauses")
        for item, row in document.items()
    }


def calendar(root: Path = HERE) -> Calendar:
    """The published calendars, from `calendars/<year>.yaml`."""
    return Calendar({row["year"]: _told(path, year, row) for path, row in documents(root / "calendars")})


def year(document: Document) -> Year:
    """One notice: spans of days off and the weekends worked for them."""
    spans = document["holidays"]
    off = {day for span in spans for day in _span(span["from"], span["to"])}
    return Year(frozenset(off), frozenset(day for span in spans for day in span.get("working", ())))


def _parameter(document: Document) -> Parameter:
    checked, runs = document["checked"], document.get("running")
    return Parameter(
        name=document["name"],
        title=document["title"],
        unit=document["unit"],
        values=tuple(_dated(since, row) for since, row in sorted(document["values"].items())),
        note=document.get("note", ""),
        open=document.get("open", False),
        running=_running(runs) if runs else None,
        checked_on=checked["on"],
        checked_by=checked["by"],
    )


def _running(row: Document) -> Running:
    return Running(row["starts"], row["clock"], row["passing"], tuple(row.get("suspended_by", ())))


def _dated(since: date, row: Document) -> Dated:
    basis, also = Basis(row["basis"]), tuple(row.get("also", ()))
    return Dated(since, frozen(row["value"]), row["clause"], basis, row["confirmed"], also)


def _span(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def _told(path: Path, read: Callable[[Document], T], document: Document) -> T:
    try:
        return read(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        name = document.get("name", "") if isinstance(document, Mapping) else ""
        raise UnreadableLaw(
            f"法规文件 {path.name} {name} 无法读取：{error}。请对照同目录其他文件改正。"
        ) from error
