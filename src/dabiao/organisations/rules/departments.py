"""Who answers for a unit (uplift/7): no unit is ever without a department, and each is told why this one.

From near to far: a duty for the industry itself, for the group, division, section it lies in; then the
department of an industry of like risks; then the one that answers for most of the section; last the
emergency bureau, until the committee office assigns somebody.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final


class Way(StrEnum):
    OWN = "own"
    TAKEN_ON = "taken_on"
    NEAREST = "nearest"
    LAST = "last"


WAYS: Final[Mapping[Way, str]] = {
    Way.OWN: "职责内",
    Way.TAKEN_ON: "按职能相近承担",
    Way.NEAREST: "暂按相近行业确定",
    Way.LAST: "暂由应急管理部门承担",
}


@dataclass(frozen=True, slots=True)
class Duty:
    """A department answers for an industry (by code); `nearest` where it took on an orphan."""

    industry: str
    department: int
    nearest: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """An authority; a district's stands under the city's. `jurisdiction` None: the whole city."""

    key: int
    name: str
    jurisdiction: int | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """Industries of like risks, and why."""

    industries: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Assigned:
    department: int
    way: Way
    reason: str


@dataclass(frozen=True)
class Ground:
    """Everything the rule looks at, on one day: duties running, departments there, parents of industries."""

    duties: tuple[Duty, ...]
    departments: Mapping[int, Department]
    parents: Mapping[str, str]  # industry -> the one above it
    names: Mapping[str, str]
    families: tuple[Family, ...] = ()
    last: tuple[int, ...] = ()  # emergency bureaus, and the committee offices after them

    def of(self, industry: str) -> tuple[Duty, ...]:
        return self.by_industry.get(industry, ())

    @cached_property
    def by_industry(self) -> Mapping[str, tuple[Duty, ...]]:
        """Own duties before those taken on."""
        found: dict[str, tuple[Duty, ...]] = {}
        for duty in sorted(self.duties, key=lambda each: each.nearest):
            found[duty.industry] = (*found.get(duty.industry, ()), duty)
        return found

    @cached_property
    def branches(self) -> Mapping[tuple[int, int], int]:
        """(city department, jurisdiction) -> the district's department under it."""
        return {
            (each.parent, each.jurisdiction): each.key
            for each in reversed(list(self.departments.values()))
            if each.parent is not None and each.jurisdiction is not None
        }

    def path(self, industry: str) -> tuple[str, ...]:
        """The industry, then what it lies in, outwards."""
        found = [industry]
        while above := self.parents.get(found[-1], ""):
            found.append(above)
        return tuple(found)


def answering(industry: str, jurisdiction: int, ground: Ground) -> Assigned:
    """The department of a unit of this industry in this jurisdiction, and why."""
    for found in (_by_duty, _by_family, _by_section):
        if assigned := found(industry, jurisdiction, ground):
            return assigned
    return _last(jurisdiction, ground)


def _by_duty(industry: str, jurisdiction: int, ground: Ground) -> Assigned | None:
    for place, code in enumerate(ground.path(industry)):
        for duty, department in _local(ground.of(code), jurisdiction, ground):
            way = Way.TAKEN_ON if duty.nearest else Way.OWN
            said = duty.reason or f"{ground.names.get(code, code)}由其主管"
            return Assigned(department, way, said if not place else f"按上一级行业：{said}")
    return None


def _by_family(industry: str, jurisdiction: int, ground: Ground) -> Assigned | None:
    """The department of an industry of like risks, the nearest by code first."""
    mine = set(ground.path(industry))
    for family in ground.families:
        if not mine.intersection(family.industries):
            continue
        own = next(code for code in family.industries if code in mine)
        for code in sorted(family.industries, key=lambda each: (abs(int(each) - int(own)), each)):
            for _, department in _local(ground.of(code), jurisdiction, ground):
                near = ground.names.get(code, code)
                return Assigned(department, Way.NEAREST, f"没有明确主管部门，与{near}{family.reason}")
    return None


def _by_section(industry: str, jurisdiction: int, ground: Ground) -> Assigned | None:
    section = ground.path(industry)[-1]
    inside = [duty for duty in ground.duties if ground.path(duty.industry)[-1] == section]
    counted = Counter(department for _, department in _local(inside, jurisdiction, ground))
    if not counted:
        return None
    department = min(counted, key=lambda key: (-counted[key], key))
    name = ground.names.get(section, section)
    return Assigned(department, Way.NEAREST, f"没有明确主管部门，{name}门类的多数行业由其主管")


def _last(jurisdiction: int, ground: Ground) -> Assigned:
    there = [ground.departments[key] for key in ground.last if key in ground.departments]
    local = [each for each in there if each.jurisdiction == jurisdiction]
    city = [each for each in there if each.jurisdiction is None]
    if not (chosen := [*local, *city]):
        raise LookupError("no emergency bureau and no committee office: the authority tree is empty")
    return Assigned(chosen[0].key, Way.LAST, "没有职能相近的部门，待安委会办公室指定")


def _local(duties: Iterable[Duty], jurisdiction: int, ground: Ground) -> Iterator[tuple[Duty, int]]:
    """Who does the work there: the district's own duty, else the city department's branch, else itself."""
    held = [
        (duty, ground.departments[duty.department])
        for duty in duties
        if duty.department in ground.departments
    ]
    mine = [(duty, each) for duty, each in held if each.jurisdiction == jurisdiction]
    city = [(duty, each) for duty, each in held if each.jurisdiction is None]
    ordered = sorted([*mine, *city], key=lambda pair: pair[0].nearest)
    for duty, each in ordered:
        yield duty, _branch(each, jurisdiction, ground)


def _branch(department: Department, jurisdiction: int, ground: Ground) -> int:
    if department.jurisdiction is not None:
        return department.key
    return ground.branches.get((department.key, jurisdiction), department.key)


def also(areas: Sequence[str], duties: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Departments that answer for a unit's special areas besides: (area, department)."""
    return tuple((area, duties[area]) for area in areas if area in duties)
