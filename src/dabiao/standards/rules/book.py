"""A standard's edition as plain values: elements, items, deduction rules, scheme.

This is the one shape that the importer produces, editions store, rulebooks freeze, sheets are scored by
and devices carry. Points are integer thousandths (`kernel.points`). Rules of scoring: docs of `sheets`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Self


class Effect(StrEnum):
    """What one clause of an item's deduction rules does to the item's own points."""

    ZERO = "zero"  # 不得分
    EACH = "each"  # 每处扣 n 分
    ONCE = "once"  # 扣 n 分
    FREE = "free"  # could not be read: a person sets the amount, at most the item's points
    NONE = "none"  # nothing off the item itself (the clause only carries an extra, a total or a note)


class VetoLevel(StrEnum):
    NONE = ""
    VETO = "veto"  # 否决项
    FIRST = "first_level"  # 一级否决条款 (DB11/T 1322.1)


class Group(StrEnum):
    NONE = ""
    BASIC = "basic_management"  # 基础管理
    ONSITE = "onsite_technical"  # 现场安全技术


class SchemeKind(StrEnum):
    RATE = "rate"
    TWO_GROUPS = "two_groups"


@dataclass(frozen=True, slots=True)
class Rule:
    """One clause of an item's 考评办法. `key` is "1", "2", … in the order printed."""

    key: str
    text: str  # the phrase as printed, without the separator
    effect: Effect
    points: int = 0  # off the item, per count (EACH) or once (ONCE)
    unit: str = ""  # the counting word of EACH: 处, 项, 人次 …
    extra: int = 0  # 追加扣除: off the outermost element, once
    exhausted: bool = False  # the extra hangs on counted deductions having used up the item (扣满, 扣完)
    total: int = 0  # 在总分中倒扣: off the grand total, raw points
    veto: bool = False  # the clause itself says the assessment fails


@dataclass(frozen=True, slots=True)
class Item:
    """`key` is unique in the edition and never reused; `element` names the innermost element."""

    key: str
    element: str
    number: str
    requirement: str
    method: str  # the 考评办法 as printed
    points: int
    rules: tuple[Rule, ...] = ()
    check: str = ""  # how it is checked: papers, on the spot, asking people
    veto: VetoLevel = VetoLevel.NONE
    mandatory: bool = False  # rests on mandatory law
    citation: str = ""
    areas: tuple[str, ...] = ()  # special-area identifiers it belongs to; empty: everywhere
    pictures: str = ""  # what pictures it asks for; empty: none asked
    picture_always: bool = False  # asked even where it conforms
    applies_when: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    key: str
    title: str
    number: str = ""
    parent: str = ""  # empty: outermost
    points: int | None = None  # as stated by the authority; None: not stated
    group: Group = Group.NONE


@dataclass(frozen=True, slots=True)
class Threshold:
    """`at_least` is the score in thousandths of a percent point (rate) or of P (two_groups C)."""

    level: str
    at_least: int


@dataclass(frozen=True, slots=True)
class Scheme:
    kind: SchemeKind = SchemeKind.RATE
    thresholds: tuple[Threshold, ...] = ()  # highest first; empty: no level by score
    basis: str = ""  # where the thresholds come from
    confirmed: bool = False
    zero_exhausts: bool = False  # does 不得分 alone count as 扣满? asked at import; no unless said


@dataclass(frozen=True, slots=True)
class Book:
    """An edition whole. Order of `elements` and `items` is the order printed."""

    title: str
    number: str
    scheme: Scheme
    elements: tuple[Element, ...]
    items: tuple[Item, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def full(self) -> int:
        return sum(item.points for item in self.items)

    def outermost(self) -> dict[str, str]:
        """Key of every element -> key of the outermost element it lies in."""
        parents = {element.key: element.parent for element in self.elements}
        return {key: _root(key, parents) for key in parents}

    def plain(self) -> dict[str, Any]:
        """As JSON values, defaults left out, so that digests do not move when a field is added."""
        whole: dict[str, Any] = _plain(self)
        return whole

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """The inverse of `plain`."""
        return cls(
            title=plain["title"],
            number=plain["number"],
            scheme=_scheme(plain.get("scheme", {})),
            elements=tuple(_element(each) for each in plain["elements"]),
            items=tuple(_item(each) for each in plain["items"]),
            notes=tuple(plain.get("notes", ())),
        )


def _root(key: str, parents: Mapping[str, str]) -> str:
    while parents.get(key):
        key = parents[key]
    return key


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "__dataclass_fields__"):
        return {
            each.name: _plain(getattr(value, each.name))
            for each in fields(value)
            if getattr(value, each.name) != each.default
        }
    return str(value) if isinstance(value, StrEnum) else value


def _element(plain: Mapping[str, Any]) -> Element:
    return Element(**{**plain, "group": Group(plain.get("group", ""))})


def _scheme(plain: Mapping[str, Any]) -> Scheme:
    thresholds = tuple(Threshold(**each) for each in plain.get("thresholds", ()))
    kind = SchemeKind(plain.get("kind", SchemeKind.RATE))
    return Scheme(**{**plain, "kind": kind, "thresholds": thresholds})


def rule(plain: Mapping[str, Any]) -> Rule:
    """Read one deduction rule from JSON values."""
    return Rule(**{**plain, "effect": Effect(plain["effect"])})


def _item(plain: Mapping[str, Any]) -> Item:
    return Item(
        **{
            **plain,
            "veto": VetoLevel(plain.get("veto", "")),
            "rules": tuple(rule(each) for each in plain.get("rules", ())),
            "areas": tuple(plain.get("areas", ())),
        }
    )
