"""Read a filled copy of an authority's own table against the book made of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dabiao.kernel.points import spell
from dabiao.standards.rules.book import Book, Item
from dabiao.standards.tables import answers, matching, sheets
from dabiao.standards.tables.grid import letter, plain
from dabiao.standards.tables.matching import Matches
from dabiao.standards.tables.numbers import thousandths
from dabiao.standards.tables.opening import open_table
from dabiao.standards.tables.raw import RawItem, SheetRead, together
from dabiao.standards.tables.roles import Role
from dabiao.standards.tables.values import Fault, FilledAnswer, FilledTable, Hints, Spot, TableError

_FEW = 3  # items of other points that may be slips


def read_filled(
    source: Path | str | bytes, book: Book, filename: str = "", hints: Hints | None = None
) -> FilledTable:
    """The answers of a filled table. TableError where the file is no table, has no 实际得分 column or is of
    another standard; faults of single rows are in `errors`, and then nothing of it should be scored."""
    opened, _ = open_table(source, filename)
    chosen = sheets.choose(opened, replace(hints or Hints(), filled=True))
    for read in chosen.reads:
        _refuse_unclear(read, told="actual" in (hints or Hints()).columns)
    return _Filling(book, chosen.reads).table()


@dataclass(slots=True)
class _Filling:
    book: Book
    reads: Sequence[SheetRead]
    answers: dict[str, FilledAnswer] = field(default_factory=dict)
    errors: list[Fault] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def table(self) -> FilledTable:
        rows = [(read, raw) for read in self.reads for raw in read.items]
        matches = matching.match(self.book, [raw for _, raw in rows])
        self._refuse_other_table(len(rows), len(matches.found))
        self._refuse_other_edition([raw for _, raw in rows], matches)
        self.errors += [fault for read in self.reads for fault in read.faults]
        for place, (read, raw) in enumerate(rows):
            if place in matches.found:
                self._take(read, raw, self.book.items[matches.found[place]])
            else:
                twice = any(raw.requirement == rows[other][1].requirement for other in matches.found)
                self.errors.append(_stray(read, raw, several=place in matches.ambiguous, twice=twice))
        self.remarks += self._told(matches, rows)
        missing = tuple(item.key for item in self.book.items if item.key not in self.answers)
        return FilledTable(self.answers, tuple(self.errors), missing, tuple(self.remarks))

    def _refuse_other_table(self, rows: int, found: int) -> None:
        if 2 * found < min(rows, len(self.book.items)):
            what = f"这张表与标准《{self.book.title}》对不上：{rows} 条中只有 {found} 条相同。"
            raise TableError(what, "请检查所选的标准和文件。")

    def _refuse_other_edition(self, rows: Sequence[RawItem], matches: Matches) -> None:
        other = [
            row for row, item in matches.found.items() if rows[row].points != self.book.items[item].points
        ]
        if len(other) > _FEW and 2 * len(other) > len(matches.found):
            what = f"{len(matches.found)} 条中有 {len(other)} 条的标准分值不同。"
            raise TableError(f"这张表像是《{self.book.title}》的另一版：{what}", "请检查所选的版次和文件。")

    def _take(self, read: SheetRead, raw: RawItem, item: Item) -> None:
        if raw.points != item.points:
            spot = _spot(read, raw.row, Role.POINTS)
            what = f"标准分值 {spell(raw.points)} 与标准中的 {spell(item.points)} 不一致。"
            self.errors.append(Fault(spot, what, "请按标准改回。"))
            return
        try:
            given = answers.answer(raw, item, na_column=bool(read.heading.column(Role.NOT_APPLICABLE)))
        except answers.Wrong as wrong:
            self.errors.append(Fault(_spot(read, wrong.row, wrong.role), wrong.what, wrong.todo))
            return
        if given is not None:
            self.answers[item.key] = given
            self.remarks += [*_unfounded(read, raw, item, given), *_unlike(read, raw, given)]

    def _told(self, matches: Matches, rows: list[tuple[SheetRead, RawItem]]) -> Iterator[str]:
        for place in matches.alike:
            read, raw = rows[place]
            item = self.book.items[matches.found[place]]
            yield f"{_spot(read, raw.row)}的考评内容与标准略有不同，按 {item.number} 对应，请确认。"
        gone = [
            item for place, item in enumerate(self.book.items) if place not in set(matches.found.values())
        ]
        for item in gone:
            yield f"标准中的 {item.number}（{_begin(item.requirement)}）在表里没有对应的行。"


def _refuse_unclear(read: SheetRead, *, told: bool) -> None:
    if not read.heading.column(Role.ACTUAL):
        raise TableError(f"工作表“{read.grid.name}”没有“实际得分”列。", "请使用填好的评分表。")
    claims = [each for each in read.heading.columns if each.meaning.role is Role.ACTUAL]
    best = min(each.meaning.rank for each in claims)
    used = [each for each in claims if each.meaning.rank == best and _in_use(read, each.place)]
    if len(used) > 1 and not told:
        named = "、".join(f"{letter(each.place)}列“{each.heading}”" for each in used)
        raise TableError(f"{named}都填了得分，分不清用哪一列。", "请只保留一列，或指明列。")


def _in_use(read: SheetRead, column: int) -> bool:
    return any(read.grid.at(raw.row, column) for raw in read.items)


def _stray(read: SheetRead, raw: RawItem, *, several: bool, twice: bool) -> Fault:
    text = _begin(together(raw.requirement) or together(raw.method))
    what = f"“{text}”在标准里找不到对应的条目。"
    if twice:
        what = f"“{text}”另有一行对应标准里的同一条。"
    elif several:
        what = f"“{text}”在标准里有几条相同，分不清是哪一条。"
    return Fault(_spot(read, raw.row), what, "请恢复原表的内容，或删去这一行。")


def _unfounded(read: SheetRead, raw: RawItem, item: Item, given: FilledAnswer) -> Iterator[str]:
    """An extra deduction larger than the item's rules speak of is told, not refused."""
    allowed = sum(rule.extra + rule.total for rule in item.rules)
    if given.actual is not None and -given.actual > allowed:
        yield (
            f"{_spot(read, raw.row, Role.ACTUAL)}追加扣除 {spell(-given.actual)} 分，"
            f"超过本条考评办法写明的 {spell(allowed)} 分，请确认。"
        )


def _unlike(read: SheetRead, raw: RawItem, given: FilledAnswer) -> Iterator[str]:
    """What is said to be taken off against what is left: the score counts, and that they differ is told."""
    for row, text in raw.filled.get(Role.DEDUCTED, []):
        off = thousandths(text)
        if off is None or given.actual is None or given.actual < 0 or abs(off) == raw.points - given.actual:
            continue
        left = f"实际得分 {spell(given.actual)} 分对不上（标准分值 {spell(raw.points)} 分）"
        yield f"{_spot(read, row, Role.DEDUCTED)}写扣 {spell(abs(off))} 分，与{left}，按得分计算，请核对。"


def _spot(read: SheetRead, row: int, role: Role = Role.OTHER) -> Spot:
    return Spot(read.grid.name, row, letter(read.heading.column(role)))


def _begin(text: str) -> str:
    short = plain(text)
    return short if len(short) <= 20 else f"{short[:20]}…"  # noqa: PLR2004  -- enough to find the row by
