"""One line of a file of units -> what it says, or what is wrong with it, by row and column.

Blank cells say nothing: a new unit must not lack what is needed, a known one keeps what it has.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from dabiao.organisations.rules import codes
from dabiao.organisations.rules.cleaning import clean, key

REQUIRED: Final = ("name", "jurisdiction", "locality", "industry", "size")
LONGEST: Final = {"name": 120, "address": 200, "principal": 40, "uscc_exception": 200, "sites": 80}
MOST_PEOPLE: Final = 10_000_000
NEEDED: Final = frozenset(REQUIRED)
EITHER: Final = frozenset({"uscc", "uscc_exception"})
UNIQUE: Final = frozenset({"name", "uscc", "sites"})  # worth no remembering
MOST_MET: Final = 20_000  # values remembered of one field
SHOWN: Final = 60  # characters of a value told in a fault
_SPLIT: Final = re.compile(r"[、，,；;\n|/]+")
_DATE: Final = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?([ T]00:00(:00(\.0+)?)?)?")
_PEOPLE: Final = re.compile(r"(\d{1,8}|\d{1,3}(,\d{3})+)(\.0+)?人?")
_SERIAL: Final = range(20_000, 80_000)
_ERRORS: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
_DAY_NAMES: Final = (date(1899, 12, 30), date(1904, 1, 1))


@dataclass(frozen=True, slots=True)
class Fault:
    """Of the public contract: row, column, value, message."""

    row: int
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Known:
    """What words in a file can mean: spelling (`cleaning.key`) -> key."""

    jurisdictions: Mapping[str, int]
    localities: Mapping[str, tuple[tuple[int, int], ...]]  # spelling -> (jurisdiction, locality)
    industries: Mapping[str, str]  # spelling -> code
    sizes: Mapping[str, str]
    areas: Mapping[str, str]
    titles: Mapping[str, str]  # field -> its column's name
    allowed: frozenset[int] | None = None  # jurisdictions of the person; None: all
    since_1904: bool = False


@dataclass(slots=True)
class Said:
    """What one line says: values by field, only those it gives; and its faults."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)  # given, but understood only when another is put right


class Wrong(Exception):
    """A value that cannot be taken; its text stands behind the column's name."""


Told = str | tuple[str, ...]  # the cell of a field, or the cells where its heading stands over several


class Reader:
    """Reads lines of one file, and remembers: the words of a register come back line after line."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._met: dict[str, dict[Told, Any]] = {name: {} for name in _READERS.keys() - UNIQUE}
        self._settled: dict[tuple[str, Any], tuple[int, int]] = {}

    def read(self, row: int, texts: Mapping[str, Told]) -> Said:
        """`texts`: field -> its cells."""
        said = Said(row)
        for name, cells in texts.items():
            if cells and (value := self._value(said, name, cells)) is not None:
                said.values[name] = value
        self._settle(said, texts)
        if said.values.keys().isdisjoint(EITHER) and not _faulty(said, "uscc", self._known):
            words = "没有填写；没有代码的单位请在“无代码理由”列写明理由"
            said.faults.append(_fault(said, "uscc", "", words, self._known))
        return said

    def _value(self, said: Said, name: str, cells: Told) -> Any:
        met = self._met.get(name)
        if met is None:
            return _value(said, name, cells, self._known)
        if (value := met.get(cells)) is None:
            value = _value(said, name, cells, self._known)
            if value is not None and len(met) < MOST_MET:
                met[cells] = value
        return value

    def _settle(self, said: Said, texts: Mapping[str, Told]) -> None:
        values = said.values
        place = values.get("locality", ""), values.get("jurisdiction")
        if not said.faults and (pair := self._settled.get(place)):
            values["jurisdiction"], values["locality"] = pair
            return
        _settle_place(said, texts, self._known)
        if "locality" in values and len(self._settled) < MOST_MET:
            self._settled[place] = values["jurisdiction"], values["locality"]


def _value(said: Said, name: str, cells: Told, known: Known) -> Any:
    """None where the field says nothing, or what it says is a fault."""
    try:
        if text := _one(cells):
            return _READERS.get(name, _text)(name, text, known)
    except Wrong as wrong:
        said.faults.append(_fault(said, name, _shown(cells), str(wrong), known))
    return None


def _shown(cells: Told) -> str:
    return cells if isinstance(cells, str) else " ".join(cells)


def missing(said: Said, known: Known) -> list[Fault]:
    """What a new unit lacks."""
    if said.values.keys() >= NEEDED:
        return []
    told = said.values.keys() | said.unread
    lacking = (name for name in REQUIRED if name not in told and not _faulty(said, name, known))
    return [_fault(said, name, "", "没有填写，新登记的企业必须填写", known) for name in lacking]


def fault_of(said: Said, name: str, value: str, words: str, known: Known) -> Fault:
    return _fault(said, name, value, words, known)


def _fault(said: Said, name: str, value: str, words: str, known: Known) -> Fault:
    title = known.titles[name]
    return Fault(said.row, title, clean(value)[:SHOWN], f'第 {said.row} 行"{title}"{words}')


def _faulty(said: Said, name: str, known: Known) -> bool:
    return any(each.column == known.titles[name] for each in said.faults)


def _one(cells: Told) -> str:
    """The value of a field whose heading may stand over several columns."""
    if isinstance(cells, str):
        text = cells
    else:
        told = {clean(each): each for each in cells if clean(each)}
        if len(told) > 1:
            raise Wrong("有几列且内容不同；请只保留一列，或在导入页指明读取哪一列")
        text = next(iter(told.values()), "")
    if text.startswith("="):
        raise Wrong("是公式，文件里没有保存计算结果；请复制后用“选择性粘贴—数值”再导入")
    if text in _ERRORS:
        raise Wrong(f"公式出错（{text}）；请改正后再导入")
    return text


def _text(name: str, text: str, _: Known) -> str:
    plain = clean(text)
    if len(plain) > (most := LONGEST.get(name, SHOWN)):
        raise Wrong(f"超过 {most} 个字；请缩短")
    return plain


def _name(name: str, text: str, known: Known) -> str:
    plain = _text(name, text, known)
    if plain and not any(map(str.isalpha, plain)):
        raise Wrong("里没有文字；请核对是否错列")
    return plain


def _code(_: str, text: str, __: Known) -> str:
    if codes.as_number(text):
        raise Wrong("被表格软件按数字保存，末几位已丢失；请把该列设为文本后重新录入代码")
    code = codes.clean(text)
    if wrong := codes.brief(code):
        raise Wrong(wrong)
    return code


def _jurisdiction(_: str, text: str, known: Known) -> int:
    found = known.jurisdictions.get(key(text))
    if found is None:
        raise Wrong("不是已登记的管辖区；请填写名称或代码，如“顺义区”")
    if known.allowed is not None and found not in known.allowed:
        raise Wrong("不在您的管辖范围内；只能导入本管辖区的企业")
    return found


def _industry(_: str, text: str, known: Known) -> str:
    """By code, with or without its section's letter, or by name; an unknown class counts to its division."""
    plain = key(text)
    if found := known.industries.get(plain):
        return found
    if match := re.match(r"[a-t]?(\d{2,4})(?!\d)", plain):
        for length in range(len(match[1]), 1, -1):
            if found := known.industries.get(match[1][:length]):
                return found
    raise Wrong("不是 GB/T 4754—2017 的行业代码或名称；请核对")


def _size(_: str, text: str, known: Known) -> str:
    if found := known.sizes.get(key(text)):
        return found
    raise Wrong("应为大型、中型、小型或微型")


def _people(_: str, text: str, __: Known) -> int:
    found = _PEOPLE.fullmatch("".join(clean(text).split()))
    if found is None or (count := int(found[1].replace(",", ""))) > MOST_PEOPLE:
        raise Wrong("应为不小于 0 的整数")
    return count


def _day(_: str, text: str, known: Known) -> str:
    plain = clean(text)
    if plain.isdecimal() and int(plain) in _SERIAL:
        return (_DAY_NAMES[known.since_1904] + timedelta(days=int(plain))).isoformat()
    if found := _DATE.fullmatch(plain):
        try:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        except ValueError:
            pass
    raise Wrong("不是日期；请按 2026-03-16 的格式填写")


def _areas(_: str, text: str, known: Known) -> list[str]:
    words = [word for word in (key(each) for each in _SPLIT.split(text)) if word not in {"", "无", "否", "-"}]
    if strange := [word for word in words if word not in known.areas]:
        raise Wrong(f"里的“{strange[0][:SHOWN]}”不是已有的特殊领域；请核对")
    return sorted({known.areas[word] for word in words})


def _sites(name: str, text: str, _: Known) -> list[str]:
    found = list(dict.fromkeys(word for word in (clean(each) for each in _SPLIT.split(text)) if word))
    if any(len(each) > LONGEST[name] for each in found):
        raise Wrong(f"有一处超过 {LONGEST[name]} 个字；请用顿号分开")
    return found


_READERS: Final[Mapping[str, Callable[[str, str, Known], Any]]] = {
    "name": _name,
    "uscc": _code,
    "jurisdiction": _jurisdiction,
    "industry": _industry,
    "size": _size,
    "head_count": _people,
    "start_by": _day,
    "areas": _areas,
    "sites": _sites,
}


def _settle_place(said: Said, texts: Mapping[str, Told], known: Known) -> None:
    """A locality is looked for in its jurisdiction; one whose name stands once says the jurisdiction too."""
    text = said.values.pop("locality", "")
    if not text:
        return
    if _faulty(said, "jurisdiction", known):
        said.unread.add("locality")
        return
    where = said.values.get("jurisdiction")
    found = known.localities.get(key(text), ())
    fitting = [pair for pair in found if where in {None, pair[0]}]
    if len(fitting) == 1 and (known.allowed is None or fitting[0][0] in known.allowed):
        said.values["jurisdiction"], said.values["locality"] = fitting[0]
        return
    words = "不是该管辖区的街道、乡镇或园区；请核对名称"
    if len(fitting) > 1:
        words = "在几个管辖区都有；请填写管辖区"
    elif where is None and fitting:
        words = "不在您的管辖范围内；只能导入本管辖区的企业"
    said.faults.append(_fault(said, "locality", _shown(texts["locality"]), words, known))
