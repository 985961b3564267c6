"""The closed list of kinds of facts: what each asks for, and who records it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

from dabiao import law
from dabiao.kernel.roles import Role

HERE: Final = Path(__file__).with_name("kinds.yaml")
UNIT, BODY, PERSON = "unit", "body", "person"
GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "accidents": "事故和事件",
        "lists": "惩戒名单",
        "findings": "认定和执法",
        "bars": "未通过、摘牌和虚假承诺",
        "papers": "证照、机构和持证",
        "work": "安全生产工作",
        "outcomes": "申报结果",
    }
)
NO, MAY, MUST = "no", "may", "must"


@dataclass(frozen=True, slots=True)
class Kind:
    """`adverse`: speaks against whom it is about. `which`: what narrows it, by id."""

    id: str
    title: str
    group: str
    clause: str
    ends: str
    who: frozenset[Role]
    about: str = UNIT
    adverse: bool = False
    number: bool = False
    file: bool = False
    counts: Mapping[str, str] = field(default_factory=dict)
    listed: str = ""  # the parameter of law that lists what `which` may be
    by_hand: bool = True  # else only as the outcome of an act elsewhere
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def which(self) -> Mapping[str, str]:
        """id -> title of what narrows this kind; empty where nothing does. Open lists of law grow by data."""
        if not self.listed:
            return self.own
        return {
            str(entry["id"]): str(entry["title"])
            for entry in law.parameter(self.listed).values[-1].value  # type: ignore[attr-defined]
        }

    def named(self, which: str) -> str:
        """专项治理完成（用电）."""
        title = self.which.get(which, "")
        return f"{self.title}（{title}）" if title else self.title


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds by id, in the order of the file; read once."""
    rows = yaml.safe_load(HERE.read_text("utf-8"))
    return MappingProxyType({row["id"]: _kind(row) for row in rows})


def _kind(row: Mapping[str, Any]) -> Kind:
    which = row.get("which", {})
    own = which if isinstance(which, Mapping) else {}
    rest = {name: value for name, value in row.items() if name not in {"which", "who"}}
    listed = which if isinstance(which, str) else ""
    return Kind(**rest, who=frozenset(Role(role) for role in row["who"]), listed=listed, own=own)
