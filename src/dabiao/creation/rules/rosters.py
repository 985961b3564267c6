"""Lists of people as somebody types them: one a line, 姓名 职务 部门."""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Final

_CUT: Final = re.compile(r"[\s,，、;；]+")
PARTS: Final = 3
LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    post: str = ""
    department: str = ""
    account: int | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that says no person, with what is wrong."""

    line: int
    text: str


def read(text: str) -> tuple[list[Person], list[Unread]]:
    """Everybody named, and the lines that could not be read."""
    found: dict[str, Person] = {}
    wrong: list[Unread] = []
    for number, line in enumerate(text.splitlines(), 1):
        parts = [each for each in _CUT.split(line.strip()) if each]
        if not parts:
            continue
        name, post, department = [*parts, "", ""][:PARTS]
        if fault := _fault(parts, found):
            wrong.append(Unread(number, fault))
        else:
            found[name] = Person(name, post, department)
    return list(found.values()), wrong


def _fault(parts: list[str], found: Container[str]) -> str:
    if len(parts) > PARTS:
        return "每行只写一人：姓名、职务、部门，用空格或逗号隔开"
    if max(map(len, parts)) > LONGEST:
        return "姓名、职务、部门每项不超过 40 个字"
    return f"“{parts[0]}”写了两次" if parts[0] in found else ""
