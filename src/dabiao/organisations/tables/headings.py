"""Which column says what: read from the headings, shown to the person, corrected by the person."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from dabiao.organisations.tables.values import WIDEST, FileFault, Line, Opened

LOOKED_AT: Final = 30  # lines looked at to find the headings
LEAST: Final = 2  # headings recognised
LONGEST: Final = 20  # characters of a heading: longer is a note

# field -> its title, and what else it is called
TITLES: Final[Mapping[str, str]] = {
    "name": "企业名称",
    "uscc": "统一社会信用代码",
    "uscc_exception": "无代码理由",
    "jurisdiction": "管辖区",
    "locality": "属地",
    "industry": "行业",
    "size": "规模",
    "head_count": "从业人数",
    "address": "地址",
    "principal": "主要负责人",
    "start_by": "应开始创建日期",
    "areas": "特殊领域",
    "sites": "场所",
}
_WORDS: Final[Mapping[str, str]] = {
    "name": "单位名称 名称 企业 单位 企业全称 单位全称 生产经营单位名称 公司名称 单位详细名称",
    "uscc": "信用代码 社会信用代码 统一信用代码 统一代码 机构代码 uscc 统一社会信用码",
    "uscc_exception": "无统一社会信用代码理由 无代码原因 无信用代码原因 没有代码的理由 代码例外理由",
    "jurisdiction": "所属区 区 区县 所在区 管辖 行政区 行政区划 所属区县 辖区",
    "locality": "街道 乡镇 街乡镇 街道乡镇 所属街道 所在街道 所属属地 属地街道 镇街 园区 街道(乡镇)",
    "industry": "行业代码 国民经济行业 所属行业 行业类别 国民经济行业代码 行业名称 国民经济行业分类 行业分类",
    "size": "企业规模 单位规模 规模类型 规模等级",
    "head_count": "从业人员 从业人员数 人数 员工人数 职工人数 从业人员人数 员工数",
    "address": "详细地址 单位地址 生产经营地址 企业地址 注册地址 经营地址 住所",
    "principal": "负责人 法定代表人 法人 企业主要负责人 法人代表",
    "start_by": "创建期限 应当开始创建的日期 开始创建期限 应创建日期",
    "areas": "特殊领域标记 高风险领域 特殊工艺",
    "sites": "场所名称 生产经营场所 厂区",
}
_MEANT: Final = {
    spelled: field for field, title in TITLES.items() for spelled in (title.lower(), *_WORDS[field].split())
}
_ENDS: Final = frozenset(word[-1] for word, field in _MEANT.items() if field == "name")
_NOISE: Final = re.compile(r"[\s*＊:：、/／\\_\-—·.。]|[(（\[【].*?[)）\]】]")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the headings stand, what they say, and the columns (from 0) each field is read from."""

    row: int
    headings: tuple[str, ...]
    places: Mapping[str, tuple[int, ...]]

    @property
    def unread(self) -> tuple[str, ...]:
        """Headings of columns nobody reads."""
        used = {place for places in self.places.values() for place in places}
        return tuple(text for place, text in enumerate(self.headings) if text and place not in used)

    def field_of(self, place: int) -> str:
        return next((field for field, places in self.places.items() if place in places), "")


def meant(heading: str) -> str:
    """The field a heading names; empty if none."""
    plain = unicodedata.normalize("NFKC", heading).lower()
    plain = "".join(char for char in plain if unicodedata.category(char) not in {"Cf", "Cc"})
    return _MEANT.get(_NOISE.sub("", plain), "")


def found(opened: Opened, corrected: Mapping[int, str] | None = None) -> Columns:
    """The line with most headings among the first; `corrected`: column -> field, or empty for none."""
    lines = []
    for line in opened.lines():
        lines.append(line)
        if len(lines) == LOOKED_AT:
            break
    best, read = _spanning(max(lines, key=lambda line: (len(_read(line)), -line.number)), lines)
    if len(read) < LEAST and not corrected:
        raise FileFault(
            "没有找到表头。", f"表头一行至少应有“{TITLES['name']}”“{TITLES['uscc']}”等列名，请核对后再导入。"
        )
    return corrected_columns(Columns(best.number, tuple(map(_short, best.cells)), read), corrected or {})


def _spanning(best: Line, lines: Iterable[Line]) -> tuple[Line, dict[str, tuple[int, ...]]]:
    """Headings may stand in two rows: below 所在地 stand 管辖区 and 属地, which say it better."""
    above = _read(best)
    below = next((line for line in lines if line.number > best.number), None)
    more = _read(below) if below is not None else {}
    told = {place for places in more.values() for place in places}
    if below is None or len(told) < LEAST or told != {n for n, text in enumerate(below.cells) if text}:
        return best, above
    kept = {field: tuple(place for place in places if place not in told) for field, places in above.items()}
    read = {field: (*kept.get(field, ()), *more.get(field, ())) for field in {**kept, **more}}
    width = range(max(len(best.cells), len(below.cells)))
    whole = Line(below.number, tuple(below.cell(place) or best.cell(place) for place in width))
    return whole, {field: places for field, places in read.items() if places}


def corrected_columns(columns: Columns, corrected: Mapping[int, str]) -> Columns:
    places: dict[str, tuple[int, ...]] = {}
    for place in range(min(len(columns.headings), WIDEST)):
        field = corrected.get(place, columns.field_of(place))
        if field in TITLES:
            places[field] = (*places.get(field, ()), place)
    if "name" not in places:
        raise FileFault(f"没有“{TITLES['name']}”一列。", "请指明哪一列是企业名称，或补上列名后再导入。")
    return Columns(columns.row, columns.headings, places)


def after(opened: Opened, columns: Columns) -> Iterator[Line]:
    """The lines below the headings; a heading repeated further down (a printed page) is left out."""
    place = columns.places["name"][0]
    for line in opened.lines():
        if line.number <= columns.row:
            continue
        text = line.cell(place)
        if not _ENDS.isdisjoint(text) and meant(text) == "name":
            continue
        yield line


def _read(line: Line) -> dict[str, tuple[int, ...]]:
    places: dict[str, tuple[int, ...]] = {}
    for place, text in enumerate(line.cells):
        if len(text) <= LONGEST and (field := meant(text)):
            places[field] = (*places.get(field, ()), place)
    return places


def _short(text: str) -> str:
    return " ".join(text.split())[:40]
