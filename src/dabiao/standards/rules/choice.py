"""Which standard a unit is assessed by, and why (uplift/4). Industries as plain codes of GB/T 4754."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

CLAUSE: Final = "uplift/4"
LEVEL_1: Final = "level_1"
SMALL: Final = "small_micro"
LEVELS: Final = {LEVEL_1: "一级", "level_2": "二级", "level_3": "三级", SMALL: "小微"}
WIDER: Final = {2: "同一大类", 1: "同一门类"}  # by length of the code


@dataclass(frozen=True, slots=True)
class Line:
    """An industry: `parent` is the code above it, empty for a section."""

    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """An industry uses a standard: its own, or (`nearest`) one lent to it for a `reason`."""

    industry: str
    standard: int
    nearest: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """`standard` is None where nothing fits; `reason` is one sentence for people either way."""

    standard: int | None
    reason: str
    nearest: bool = False
    clause: str = CLAUSE


@dataclass(frozen=True)
class Industries:
    """The classification as a tree."""

    lines: Mapping[str, Line]

    def path(self, code: str) -> tuple[str, ...]:
        """The industry, then what lies above it, up to its section; empty for an unknown code."""
        found: list[str] = []
        while code in self.lines and code not in found:
            found.append(code)
            code = self.lines[code].parent
        return tuple(found)

    def name(self, code: str) -> str:
        line = self.lines.get(code)
        return f"{line.name}（{line.code}）" if line else code

    def within(self, above: str) -> Iterable[str]:
        """Codes of everything at or below an industry."""
        return (code for code in sorted(self.lines) if above in self.path(code))


@dataclass(frozen=True, slots=True)
class Field:
    """What there is to choose from: `uses` and `general` (standards for every industry) are those fit for
    the level and in force; `nearest` says whether a near industry may lend its own (law)."""

    industries: Industries
    uses: Sequence[Use]
    general: Sequence[int] = ()
    nearest: bool = True


def choose(field: Field, industry: str, level: str) -> Choice:
    """Own standard, also through a wider industry; then what a department lent with a reason; then that of
    an industry in the same division; then in the same section; then a general one."""
    industries, uses, path = field.industries, field.uses, field.industries.path(industry)
    found = _own(industries, uses, path, level)
    if found is None and field.nearest:
        found = _lent(industries, uses, path, level) or _neighbour(industries, uses, path, level)
    found = found or _general(field.general, level)
    where = industries.name(industry)
    return found or Choice(None, f"{where}目前没有适用于{_level(level)}的评定标准，已列入标准缺口。")


def _own(industries: Industries, uses: Sequence[Use], path: Sequence[str], level: str) -> Choice | None:
    for code in path:
        for use in uses:
            if use.industry == code and not use.nearest:
                return Choice(use.standard, f"{_rule(level)}{industries.name(code)}有对应的{_kind(level)}。")
    return None


def _lent(industries: Industries, uses: Sequence[Use], path: Sequence[str], level: str) -> Choice | None:
    for code in path:
        for use in uses:
            if use.industry == code and use.nearest:
                why = use.reason.rstrip("。")
                return Choice(
                    use.standard,
                    f"{_none(industries, path, level)}按主管部门确定的相近行业标准评审：{why}。",
                    True,
                )
    return None


def _neighbour(industries: Industries, uses: Sequence[Use], path: Sequence[str], level: str) -> Choice | None:
    """The nearest industry with a standard of its own: same division first, then same section."""
    for above, word in [(code, WIDER[len(code)]) for code in path if len(code) in WIDER]:
        near = set(industries.within(above))
        for use in sorted(uses, key=lambda each: each.industry):
            if use.industry in near and not use.nearest:
                named = industries.name(use.industry)
                reason = f"{_none(industries, path, level)}使用{word}的相近行业{named}的标准。"
                return Choice(use.standard, reason, True)
    return None


def _general(general: Sequence[int], level: str) -> Choice | None:
    if not general:
        return None
    return Choice(general[0], f"{_rule(level)}此标准适用于所有行业。")


def _none(industries: Industries, path: Sequence[str], level: str) -> str:
    return f"{industries.name(path[0]) if path else '本行业'}没有对应的{_kind(level)}，"


def _kind(level: str) -> str:
    return {LEVEL_1: "国家评审标准", SMALL: "小微企业评定标准"}.get(level, "百项地标")


def _level(level: str) -> str:
    """In a sentence about those it is for: enterprises are 小微企业, their level is 小微."""
    return "小微企业" if level == SMALL else LEVELS.get(level, level)


def _rule(level: str) -> str:
    if level == LEVEL_1:
        return "创建一级的，按国家有关部门制定的评审标准评审；"
    return (
        "小微企业使用专门的评定标准；" if level == SMALL else f"创建{_level(level)}的，原则上使用百项地标；"
    )
