"""The risk register as a table: columns by their headings, rows with what is wrong in them (uplift/13)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

LEVELS: Final[Mapping[str, tuple[str, str]]] = {
    "major": ("重大风险", "红"),
    "larger": ("较大风险", "橙"),
    "ordinary": ("一般风险", "黄"),
    "low": ("低风险", "蓝"),
}
# What people call a level, by its first characters.
_CALLED: Final = (("重大", "major"), ("较大", "larger"), ("一般", "ordinary"), ("低", "low"))
_COLOURS: Final = {"红": "major", "橙": "larger", "黄": "ordinary", "蓝": "low"}
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "place": ("场所", "部位", "地点", "区域"),
    "activity": ("作业活动", "活动", "风险点", "设备设施", "作业"),
    "kind": ("事故类型", "可能导致的事故", "风险类型", "类型"),
    "level": ("风险等级", "等级", "级别"),
    "measures": ("管控措施", "控制措施", "措施"),
    "responsible": ("责任人", "负责人"),
    "review_on": ("复核日期", "下次复核", "评审日期"),
}
LONGEST: Final[Mapping[str, int]] = {
    "place": 80,
    "activity": 80,
    "kind": 40,
    "measures": 2000,
    "responsible": 40,
}
MOST_ROWS: Final = 5000
_DAY: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk point as told."""

    place: str
    activity: str
    kind: str
    level: str
    measures: str
    responsible: str
    review_on: date

    @property
    def which(self) -> tuple[str, str, str]:
        """What makes it the same point again."""
        return (self.place, self.activity, self.kind)


@dataclass(frozen=True, slots=True)
class Fault:
    """`row` as a person counts it in the table."""

    row: int
    text: str


def columns(cells: Sequence[str]) -> dict[str, int]:
    """Which column holds what; the surest heading first."""
    found: dict[str, int] = {}
    for name, called in HEADINGS.items():
        for heading in called:
            place = next((n for n, cell in enumerate(cells) if heading in re.sub(r"\s", "", cell)), None)
            if place is not None and place not in found.values():
                found[name] = place
                break
    return found


def heading_row(rows: Mapping[int, Sequence[str]]) -> int | None:
    """The first row that names every column."""
    return next((number for number in sorted(rows) if len(columns(rows[number])) == len(HEADINGS)), None)


def read(rows: Mapping[int, Sequence[str]]) -> tuple[list[Risk], list[Fault]]:
    """Everything below the headings; nothing is guessed."""
    head = heading_row(rows)
    if head is None:
        wanted = "、".join(called[0] for called in HEADINGS.values())
        return [], [Fault(1, f"没有找到表头。请在一行里写齐：{wanted}；可以先下载模板。")]
    places, found = columns(rows[head]), dict[tuple[str, str, str], int]()
    risks: list[Risk] = []
    faults: list[Fault] = []
    for number in sorted(each for each in rows if each > head)[: MOST_ROWS + 1]:
        told = {name: _cell(rows[number], place) for name, place in places.items()}
        if not any(told.values()):
            continue
        wrong = [Fault(number, text) for text in faults_of(told)]
        faults += wrong
        if not wrong:
            risk = made(told)
            if risk.which in found:
                faults.append(Fault(number, f"与第 {found[risk.which]} 行是同一风险点，请合并"))
            found.setdefault(risk.which, number)
            risks.append(risk)
    if len(risks) > MOST_ROWS:
        faults.append(Fault(head, f"一次最多导入 {MOST_ROWS} 行，请分几次导入"))
    return risks, faults


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def faults_of(told: Mapping[str, str]) -> Iterator[str]:
    """What is missing or cannot be read, in words for a person."""
    for name, called in HEADINGS.items():
        text = told.get(name, "")
        if not text:
            yield f"“{called[0]}”没有填写"
        elif len(text) > LONGEST.get(name, len(text)):
            yield f"“{called[0]}”超过 {LONGEST[name]} 个字"
    if told.get("level") and level(told["level"]) is None:
        yield f"“风险等级”写的是“{told['level'][:20]}”，应为重大、较大、一般或低（或红橙黄蓝）"
    if told.get("review_on") and day(told["review_on"]) is None:
        yield f"“复核日期”写的是“{told['review_on'][:20]}”，应为日期，例如 2026-12-31"


def made(told: Mapping[str, str]) -> Risk:
    """The risk of a row without faults."""
    review, graded = day(told["review_on"]), level(told["level"])
    assert review is not None and graded is not None  # noqa: S101, PT018  asked before
    words = {name: told[name] for name in ("place", "activity", "kind", "measures", "responsible")}
    return Risk(**words, level=graded, review_on=review)


def level(text: str) -> str | None:
    """重大风险, 较大, 一般, 低, or a colour."""
    text = text.strip()
    if text in LEVELS:
        return text
    named = next((name for begin, name in _CALLED if text.startswith(begin)), None)
    return named or _COLOURS.get(text[:1])


def day(text: str) -> date | None:
    """2026-12-31, 2026/12/31, 2026年12月31日, with or without a time behind."""
    found = _DAY.match(text.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
