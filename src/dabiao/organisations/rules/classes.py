"""Groups and classes of GB/T 4754 below the divisions, from the two columns of a list: code and name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from dabiao.organisations.rules.cleaning import clean

LONGEST_NAME: Final = 80
DIVISION: Final = 2
_CODE: Final = re.compile(r"[A-T]?(\d{2,4})")


@dataclass(frozen=True, slots=True)
class Class:
    """`parent` is the code it lies in: 1311 in 131, 131 in 13."""

    code: str
    name: str
    parent: str


@dataclass(frozen=True, slots=True)
class Read:
    classes: tuple[Class, ...]
    faults: tuple[str, ...]


def read(rows: Iterable[tuple[int, str, str]], known: Mapping[str, str]) -> Read:
    """`rows`: (row, code, name); `known`: code -> name. Divisions must say what the standard says."""
    found: dict[str, Class] = {}
    faults: list[str] = []
    for number, code, name in rows:
        wrong = _read(clean(code).upper().replace(" ", ""), clean(name), known, found)
        if wrong:
            faults.append(f"第 {number} 行“{clean(code)[:20]} {clean(name)[:40]}”{wrong}")
    ordered = tuple(sorted(found.values(), key=lambda each: (len(each.code), each.code)))
    orphans = [each for each in ordered if each.parent not in known and each.parent not in found]
    faults += [f"“{each.code} {each.name}”所在的 {each.parent} 没有列出，请补上。" for each in orphans]
    return Read(ordered, tuple(faults))


def _read(code: str, name: str, known: Mapping[str, str], found: dict[str, Class]) -> str:
    """Keep it; say what is wrong."""
    match = _CODE.fullmatch(code)
    if match is None:
        return "" if len(code) == 1 else "的代码应为二到四位数字，可带门类字母。"
    digits = match[1]
    if not name or len(name) > LONGEST_NAME:
        return f"的名称应为 1 到 {LONGEST_NAME} 个字。"
    if len(digits) == DIVISION:
        return "" if digits in known else "不是 GB/T 4754—2017 的大类。"
    if digits in found and found[digits].name != name:
        return "与前面同一代码的名称不同。"
    found[digits] = Class(digits, name, digits[:-1])
    return ""
