"""To whom a hazard is handed over: by category to the right enforcement body (uplift/12)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

REPORT, ENFORCEMENT = "report", "enforcement"
KINDS: Final = {REPORT: "报告部门", ENFORCEMENT: "移交执法"}
GENERAL: Final = "safety"
CATEGORIES: Final = {
    GENERAL: "安全生产",
    "fire": "消防",
    "electricity": "用电",
    "equipment": "特种设备",
    "chemicals": "危险化学品",
    "health": "职业健康",
}
# What the name of a body says about which category it handles; others handle whatever nobody else does.
NAMES: Final = {"fire": ("消防",), "equipment": ("市场监管", "特种设备"), "health": ("卫生",)}


@dataclass(frozen=True, slots=True)
class Candidate:
    key: int
    name: str
    district: bool  # of the unit's own district


def right_one(category: str, bodies: Iterable[Candidate]) -> int | None:
    """Whose name speaks of the category, else one of no speciality; the district's before the city's."""
    ranked = sorted(bodies, key=lambda each: (_far(category, each), not each.district, each.key))
    return ranked[0].key if ranked else None


def _far(category: str, body: Candidate) -> int:
    if any(word in body.name for word in NAMES.get(category, ())):
        return 0
    special = any(word in body.name for words in NAMES.values() for word in words)
    return 2 if special else 1
