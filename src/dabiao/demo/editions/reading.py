"""Reads our own editions, YAML to `Book`: strict, so that a slip of the pen is an error and not a gap.

A folder holds `cover.yaml` (title, number, scheme, notes) and one file per outermost element, in the order
of their names. Points are written as in print ("2.5"); the 考评办法 is the rules' texts joined.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from dabiao.demo.editions import shapes
from dabiao.demo.editions.shapes import Plain, UnreadableEdition, shaped
from dabiao.kernel.points import points
from dabiao.law.reading import Loader
from dabiao.standards.rules.book import (
    Book,
    Effect,
    Element,
    Group,
    Item,
    Rule,
    Scheme,
    SchemeKind,
    Threshold,
    VetoLevel,
)
from dabiao.standards.rules.rulebook import Veto

HERE: Final = Path(__file__).parent
GENERAL: Final = "general"
SMALL: Final = "small"
SOURCE: Final = "市级硬性否决"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One hard refusal of uplift/2 laid over an edition. `refusal` and `campaign` are ids of the law
    parameters `refusals.hard` and `refusals.campaigns`; `veto.item` is empty for a free condition."""

    refusal: str
    campaign: str
    veto: Veto


@cache
def edition(name: str) -> Book:
    """One of our editions: GENERAL (1000 points, levels 2 and 3) or SMALL (500, small and micro)."""
    return load(HERE / name)


@cache
def refusals(name: str) -> tuple[Refusal, ...]:
    """The city-wide overlay of uplift/2 on one of our editions."""
    path = HERE / "refusals.yaml"
    return tuple(_refusal(shaped(one, shapes.REFUSAL, path.name), name) for one in _yaml(path))


def load(folder: Path) -> Book:
    """A folder as a book; `UnreadableEdition` says which file, where in it, what is wrong."""
    cover = shaped(_yaml(folder / "cover.yaml"), shapes.COVER, "cover.yaml")
    read = [_outermost(path) for path in sorted(folder.glob("[0-9]*.yaml"))]
    return Book(
        title=cover["title"],
        number=cover["number"],
        scheme=_scheme(shaped(cover["scheme"], shapes.SCHEME, "cover.yaml")),
        elements=tuple(element for elements, _ in read for element in elements),
        items=tuple(item for _, items in read for item in items),
        notes=tuple(cover["notes"]),
    )


def _yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_bytes(), Loader)  # noqa: S506 - a safe loader
    except (OSError, yaml.YAMLError) as error:
        raise UnreadableEdition(f"{path.name} 读不出来：{error}") from error


def _scheme(plain: Plain) -> Scheme:
    rows = [shaped(one, shapes.THRESHOLD, "cover.yaml") for one in plain["thresholds"]]
    return Scheme(
        kind=SchemeKind(plain["kind"]),
        thresholds=tuple(Threshold(one["level"], points(one["at_least"])) for one in rows),
        basis=plain["basis"],
        confirmed=plain["confirmed"],
    )


def _outermost(path: Path) -> tuple[list[Element], list[Item]]:
    """An outermost element and what lies in it."""
    try:
        return _parted_or_flat(path)
    except UnreadableEdition:
        raise
    except ValueError as error:
        raise UnreadableEdition(f"{path.name}：{error}") from error


def _parted_or_flat(path: Path) -> tuple[list[Element], list[Item]]:
    plain = _yaml(path)
    parted = isinstance(plain, Mapping) and "parts" in plain
    plain = shaped(plain, shapes.PARTED if parted else shapes.FLAT, path.name)
    whole = _element(plain, group=Group(plain.get("group", "")))
    if not parted:
        return [whole], _items(plain, path.name)
    parts = [shaped(part, shapes.PART, path.name) for part in plain["parts"]]
    inner = [_element(part, parent=whole.key) for part in parts]
    return [whole, *inner], [item for part in parts for item in _items(part, path.name)]


def _element(plain: Plain, *, parent: str = "", group: Group = Group.NONE) -> Element:
    number = plain["number"]
    return Element(number, plain["title"], number, parent, points(plain["points"]), group)


def _items(plain: Plain, where: str) -> list[Item]:
    """The items of an element, whose points must sum to what the element states."""
    items = [_item(one, plain["number"], where) for one in plain["items"]]
    if sum(item.points for item in items) != points(plain["points"]):
        raise UnreadableEdition(f"{where} 的 {plain['number']}：各项分值之和不等于要素分值，请核对。")
    return items


def _item(plain: Any, element: str, where: str) -> Item:
    plain = shaped(plain, shapes.ITEM, where)
    place = f"{where} 的 {plain['number']}"
    rules = tuple(_rule(one, str(at), place) for at, one in enumerate(plain["rules"], start=1))
    return Item(
        key=plain["number"],
        element=element,
        number=plain["number"],
        requirement=plain["requirement"],
        method=_method(rules),
        points=points(plain["points"]),
        rules=rules,
        check=plain["check"],
        veto=VetoLevel(plain.get("veto", "")),
        mandatory=plain.get("mandatory", False),
        citation=plain.get("citation", ""),
        areas=tuple(plain.get("areas", ())),
        pictures=plain.get("pictures", ""),
        picture_always=plain.get("picture_always", False),
        applies_when=plain.get("applies_when", ""),
    )


def _method(rules: Iterable[Rule]) -> str:
    return "；".join(rule.text for rule in rules) + "。"


def _rule(plain: Any, key: str, where: str) -> Rule:
    plain = shaped(plain, shapes.RULE, where)
    return Rule(
        key=key,
        text=plain["text"],
        effect=Effect(plain["effect"]),
        points=points(plain.get("points", "0")),
        unit=plain.get("unit", ""),
        extra=points(plain.get("extra", "0")),
        exhausted=plain.get("exhausted", False),
        total=points(plain.get("total", "0")),
        veto=plain.get("veto", False),
    )


def _refusal(plain: Plain, name: str) -> Refusal:
    item = shaped(plain.get("items", {}), shapes.ITEMS_BY_EDITION, "refusals.yaml").get(name, "")
    veto = Veto(plain["key"], plain["text"], plain["since"], plain["clause"], item, SOURCE)
    return Refusal(plain["refusal"], plain.get("campaign", ""), veto)
