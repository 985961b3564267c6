"""What each row of our edition files holds; anything missing, unknown or of another type is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

Plain = Mapping[str, Any]
Fields = Mapping[str, type]


class UnreadableEdition(ValueError):
    """An edition file is not what it must be; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Fields a row must have and fields it may have, each with its type."""

    needed: Fields
    allowed: Fields = field(default_factory=dict)


_HEAD: Final[Fields] = {"number": str, "title": str, "points": str}

COVER: Final = Shape({"title": str, "number": str, "scheme": dict, "notes": list})
SCHEME: Final = Shape({"kind": str, "thresholds": list, "basis": str, "confirmed": bool})
THRESHOLD: Final = Shape({"level": str, "at_least": str})
PARTED: Final = Shape({**_HEAD, "parts": list}, {"group": str})
FLAT: Final = Shape({**_HEAD, "items": list}, {"group": str})
PART: Final = Shape({**_HEAD, "items": list})
ITEM: Final = Shape(
    {"number": str, "points": str, "requirement": str, "check": str, "rules": list},
    {
        "veto": str,
        "mandatory": bool,
        "citation": str,
        "areas": list,
        "pictures": str,
        "picture_always": bool,
        "applies_when": str,
    },
)
RULE: Final = Shape(
    {"text": str, "effect": str},
    {"points": str, "unit": str, "extra": str, "exhausted": bool, "total": str, "veto": bool},
)
REFUSAL: Final = Shape(
    {"key": str, "refusal": str, "since": str, "clause": str, "text": str},
    {"campaign": str, "items": dict},
)
ITEMS_BY_EDITION: Final = Shape({}, {"general": str, "small": str})


def shaped(plain: Any, shape: Shape, where: str) -> Plain:
    """`plain` itself if it has the shape; else `UnreadableEdition`."""
    if not isinstance(plain, Mapping):
        raise UnreadableEdition(f"{where}：应为“名称：值”的表，实为“{plain}”。")
    place = f"{where}（{plain.get('number') or plain.get('text') or plain.get('key') or '开头'}）"
    fields = {**shape.needed, **shape.allowed}
    if missing := [name for name in shape.needed if name not in plain]:
        raise UnreadableEdition(f"{place}：缺少 {'、'.join(missing)}，请补上。")
    if unknown := [str(name) for name in plain if name not in fields]:
        raise UnreadableEdition(f"{place}：不认识 {'、'.join(unknown)}，请改正或者删去。")
    if wrong := [name for name, value in plain.items() if type(value) is not fields[name]]:
        raise UnreadableEdition(f"{place}：{'、'.join(wrong)} 的写法不对，分值和编号应加引号。")
    return plain
