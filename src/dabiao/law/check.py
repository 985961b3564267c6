"""Does every value stand on a clause? `check()` lists what is wrong in the law files and what to do."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from dabiao.kernel.days import Calendar
from dabiao.kernel.errors import DabiaoError
from dabiao.law import reading
from dabiao.law.reading import HERE, Document
from dabiao.law.values import Basis, clauses_in, frozen

NUMBERS: Final = frozenset({"working_days", "days", "months", "years", "percent", "points", "count"})
UNITS: Final = NUMBERS | {"list", "mapping", "word", "flag", "month_day"}
KEYS: Final = frozenset({"name", "title", "unit", "values", "checked"})
VALUE_KEYS: Final = frozenset({"value", "clause", "basis", "confirmed"})
STATUSES: Final = frozenset({"in_force", "replaced", "unconfirmed", "internal"})
PLACES: Final = ("parameters", "clauses", "calendars")


@dataclass(frozen=True, slots=True)
class Problem:
    """Where (file, and the name in it) and what, with what to do."""

    where: str
    text: str


def check(root: Path = HERE) -> list[Problem]:
    """Every fault of the law files: uncited or undated values, unknown documents, doubles, stray files."""
    try:
        return list(_problems(root))
    except (yaml.YAMLError, DabiaoError, OSError) as error:
        return [Problem(str(root.name), f"法规文件无法读取：{error}")]


def _problems(root: Path) -> Iterator[Problem]:
    known = set(reading.instruments(root))
    texts = set(reading.clauses(root))
    rows = list(reading.documents(root / "parameters"))
    yield from _strays(root, {path for path, _ in rows})
    yield from _instruments(root, known)
    yield from _names(rows)
    for path, row in rows:
        where = f"{path.name} {row.get('name', '（无名称）')}"
        for text in (*_shape(row), *_values(row, known, texts)):
            yield Problem(where, text)
    for path in sorted((root / "parameters").rglob("*.yaml")):
        yield from (Problem(path.name, text) for text in _doubled(path))
    yield from _calendars(root, known)


def _strays(root: Path, used: set[Path]) -> Iterator[Problem]:
    """Every file below the data folders must be read by somebody."""
    for place in PLACES:
        for path in sorted((root / place).rglob("*")):
            if path.is_file() and (path.suffix != ".yaml" or (place == "parameters" and path not in used)):
                yield Problem(path.name, "没有被读取的文件，请改为 .yaml 参数文件或删除。")


def _instruments(root: Path, known: set[str]) -> Iterator[Problem]:
    for one in reading.instruments(root).values():
        if one.status not in STATUSES:
            yield Problem("instruments.yaml", f"{one.id} 的状态 {one.status} 不在 {_listed(STATUSES)} 之中。")
        if (one.status == "replaced") != bool(one.replaced_by and one.replaced_on):
            yield Problem("instruments.yaml", f"{one.id} 已被代替的，应写明 replaced_by 和 replaced_on。")
        if one.replaced_by and one.replaced_by not in known:
            yield Problem("instruments.yaml", f"{one.id} 的 replaced_by 指向未登记的文件 {one.replaced_by}。")
    for path in sorted((root / "clauses").glob("*.yaml")):
        if path.stem not in known:
            yield Problem(path.name, f"条文文件没有对应的文件登记，请在 instruments.yaml 补充 {path.stem}。")


def _names(rows: Iterable[tuple[Path, Document]]) -> Iterator[Problem]:
    for name, times in Counter(str(row.get("name")) for _, row in rows).items():
        if times > 1:
            yield Problem(name, f"参数名称重复 {times} 次，请只保留一处。")


def _shape(row: Document) -> Iterator[str]:
    if missing := KEYS - row.keys():
        yield f"缺少 {_listed(missing)}。"
    if row.get("unit") not in UNITS:
        yield f"单位 {row.get('unit')} 不认识，应为 {_listed(UNITS)} 之一。"
    checked = row.get("checked")
    if not isinstance(checked, Mapping) or not isinstance(checked.get("on"), date) or not checked.get("by"):
        yield "checked 应写明核对日期 on 和核对人 by。"
    days = list(row.get("values") or ())
    if not days:
        yield "没有任何取值，请至少写一个起始日的取值。"
    elif not all(isinstance(day, date) for day in days):
        yield "取值应以起始日（年-月-日）为键。"
    elif days != sorted(days):
        yield "取值应按起始日由早到晚排列。"


def _values(row: Document, known: set[str], texts: set[str]) -> Iterator[str]:
    for since, dated in (row.get("values") or {}).items():
        if not isinstance(dated, Mapping):
            yield f"{since} 的取值应写明 {_listed(VALUE_KEYS)}。"
            continue
        if missing := VALUE_KEYS - dated.keys():
            yield f"{since} 的取值缺少 {_listed(missing)}。"
        if dated.get("basis") not in set(Basis):
            yield f"{since} 的依据类别 {dated.get('basis')} 应为 {_listed(Basis)} 之一。"
        if not isinstance(dated.get("confirmed"), bool):
            yield f"{since} 的 confirmed 应为 true 或 false。"
        yield from (f"{since} {text}" for text in _cited(dated, known, texts))
        if not _fits(row.get("unit"), dated.get("value")):
            yield f"{since} 的取值 {dated.get('value')} 与单位 {row.get('unit')} 不符。"


def _cited(dated: Mapping[str, Any], known: set[str], texts: set[str]) -> Iterator[str]:
    """Clauses name registered documents; where we hold the document's text, they name an item of it."""
    held = {text.partition("/")[0] for text in texts}
    for clause in (
        dated.get("clause") or "",
        *dated.get("also", ()),
        *clauses_in(frozen(dated.get("value"))),
    ):
        instrument = str(clause).partition("/")[0]
        if not clause:
            yield "没有写明依据条款。"
        elif instrument not in known:
            yield f"的依据 {clause} 不在 instruments.yaml 登记的文件之中。"
        elif instrument in held and clause not in texts:
            yield f"的依据 {clause} 在该文件的条文中找不到。"


def _fits(unit: object, value: object) -> bool:
    """Numbers are whole numbers, alone or by identifier; a float never fits."""
    if unit in NUMBERS:
        parts = value.values() if isinstance(value, Mapping) else (value,)
        return all(isinstance(part, int) and not isinstance(part, bool) and part >= 0 for part in parts)
    if unit == "month_day":
        return all(_is_month_day(part) for part in (value if isinstance(value, list) else [value]))
    kinds = {"list": list, "mapping": Mapping, "word": str, "flag": bool}
    return not _has_float(value) and isinstance(value, kinds.get(str(unit), object))


def _is_month_day(text: object) -> bool:
    try:
        date.fromisoformat(f"2023-{text}")
    except ValueError:
        return False
    return True


def _has_float(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(_has_float(part) for part in value.values())
    return any(map(_has_float, value)) if isinstance(value, list) else isinstance(value, float)


def _doubled(path: Path) -> Iterator[str]:
    """A key written twice would silently win over the first: YAML does not say so, we do."""
    waiting = [node for node in yaml.compose_all(path.read_bytes(), reading.Loader) if node]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            keys = Counter(key.value for key, _ in node.value)
            yield from (
                f"同一处 {key} 写了 {times} 次，请只保留一个。" for key, times in keys.items() if times > 1
            )
            waiting.extend(part for _, part in node.value)
        elif isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)


def _calendars(root: Path, known: set[str]) -> Iterator[Problem]:
    """A calendar's stated number of working days must come out, and its notice be registered."""
    for path, row in reading.documents(root / "calendars"):
        number = row["year"]
        found = Calendar({number: reading.year(row)}).count(number)
        if found != row["working_days"]:
            yield Problem(
                path.name, f"全年应有 {row['working_days']} 个工作日，按所列日期为 {found} 个，请核对通知。"
            )
        if row["clause"] not in known or path.stem != str(number):
            yield Problem(path.name, "文件名应为年份，通知应在 instruments.yaml 登记。")


def _listed(words: Iterable[object]) -> str:
    return "、".join(sorted(map(str, words)))
