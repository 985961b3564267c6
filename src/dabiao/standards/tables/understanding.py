"""Understand an authority's scoring table: the book it is, and everything a person should check."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Final

from dabiao.kernel.points import points
from dabiao.standards.rules.book import Book, Effect, Item, Scheme
from dabiao.standards.rules.phrases import Phrase, Reading, read_method
from dabiao.standards.tables import lines, sheets, totals, vetoes
from dabiao.standards.tables.grid import Grid, letter, plain
from dabiao.standards.tables.numbers import dotted, printed
from dabiao.standards.tables.opening import open_table
from dabiao.standards.tables.raw import RawItem, SheetRead, together
from dabiao.standards.tables.roles import Role
from dabiao.standards.tables.tree import Path as Headings
from dabiao.standards.tables.tree import Tree
from dabiao.standards.tables.values import Counts, Fault, Hints, SheetUse, Spot, Understanding, Unread

_GENERIC: Final = re.compile(
    r"(?:Sheet|工作表|表|附表|附件|第.{1,3}页|Table|评分表|评分细则|考评表|续表)[\d一二三四五]*", re.I
)
_STANDARD: Final = re.compile(r"[A-Z]{2,4}\d{0,2}(?:/[A-Z])?\s*\d+(?:\.\d+)?\s*[—–-]{1,2}\s*\d{4}")
_COVERS: Final = re.compile(r"标准|细则|评[分定审]|考[评核]|办法|规范")
_OWN_NUMBERS: Final = 0.9  # share of printed numbers that must differ, for them to serve as numbers of items


def understand(source: Path | str | bytes, filename: str = "", hints: Hints | None = None) -> Understanding:
    """Read a table as it comes. TableError where it is no table; faults in single rows are in `errors`."""
    hints = hints or Hints()
    opened, name = open_table(source, filename)
    chosen = sheets.choose(opened, hints)
    return _Builder(hints, chosen.reads, chosen.uses, name, _cover(opened.grids, chosen.reads)).build()


def _cover(grids: Sequence[Grid], reads: Sequence[SheetRead]) -> str:
    """The title on a cover sheet ahead of several sheets, whose own titles are but those of their parts."""
    if len(reads) == 1:
        return ""
    ahead = takewhile(lambda grid: all(grid.name != read.grid.name for read in reads), grids)
    titles = (lines.title(grid, grid.last + 1)[0] for grid in ahead)
    return next((each for each in titles if _COVERS.search(each)), "")


@dataclass(slots=True)
class _Builder:
    hints: Hints
    reads: Sequence[SheetRead]
    uses: Sequence[SheetUse]
    name: str
    cover: str = ""
    tree: Tree = field(default_factory=Tree)
    items: dict[str, Item] = field(default_factory=dict)
    rows: dict[str, Spot] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    doubtful: list[Unread] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    lost: list[Fault] = field(default_factory=list)
    reserved: frozenset[str] = frozenset()  # numbers the table prints: none is given to another item
    places: dict[int, str] = field(default_factory=dict)  # id of an item read -> key of its element

    def build(self) -> Understanding:
        above = [lines.title(read.grid, read.heading.first) for read in self.reads]
        notes = [note for _, said in above for note in said]
        notes += [note for read in self.reads for note in read.notes]
        self._take_items(vetoes.legend(notes))
        own = next((each for each, _ in above if each), "")
        title = self.hints.title or self.cover or own or self.name
        book = Book(
            title=title,
            number=self.hints.number or _number("".join(each for each, _ in above) + self.cover + self.name),
            scheme=Scheme(zero_exhausts=self.hints.zero_exhausts),
            elements=self.tree.grouped(),
            items=tuple(self.items.values()),
            notes=tuple(dict.fromkeys(notes)),
        )
        return self._answer(book)

    def _answer(self, book: Book) -> Understanding:
        outermost = sum(not each.parent for each in book.elements)
        return Understanding(
            book=book,
            counts=Counts(len(book.items), book.full, outermost),
            sheets=tuple(self.uses),
            columns=sheets.columns(self.reads),
            sums=(*totals.of_elements(book), *totals.of_rows(self.reads, book, self.places)),
            unread=tuple(self.unread),
            doubtful=tuple(self.doubtful),
            remarks=(*self.remarks, *self._sheet_remarks(), *_exhaustion(book), *_shares(book)),
            errors=(*(fault for read in self.reads for fault in read.faults), *self.lost),
            rows=self.rows,
        )

    def _take_items(self, marks: vetoes.Legend) -> None:
        numbers, repeated = _item_numbers(self.reads)
        self.remarks += repeated
        self.reserved = frozenset(numbers.values())
        if numbers:
            self.remarks += _shared_numbers(self.reads)
        for read in self.reads:
            category = self._category(read)
            stated = {(*category, *path): points for path, points in read.level_points.items()}
            for raw in read.items:
                path = (*category, *raw.levels) or (self.name,)
                self._take(read, raw, self.tree.key(path, stated), numbers.get(id(raw), ""), marks)
            self.lost += [
                Fault(
                    Spot(read.grid.name, row),
                    "写有分值，下面却没有条目。",
                    "请补上条目，或删去这一行的分值。",
                )
                for path, row in read.level_rows.items()
                if not self.tree.has((*category, *path))
            ]

    def _category(self, read: SheetRead) -> Headings:
        """Of several sheets each is a category, unless its name says nothing or only repeats its heading."""
        outermost = {printed(item.levels[0]).title for item in read.items if item.levels}
        name = read.grid.name
        if len(self.reads) == 1 or _GENERIC.fullmatch(plain(name)) or outermost == {printed(name).title}:
            return ()
        self.remarks.append(f"工作表“{name}”作为一个类目。")
        return (name,)

    def _take(self, read: SheetRead, raw: RawItem, element: str, number: str, marks: vetoes.Legend) -> None:
        method, requirement = together(raw.method), together(raw.requirement)
        shared = plain(raw.within) if plain(raw.within) in self.reserved else ""
        reading = read_method(method, raw.points)
        number = key = self._key(number or shared or self._numbered(element, requirement))
        veto, doubts = vetoes.judged(raw, requirement, [rule.text for rule in reading.rules], marks)
        self.items[key] = Item(
            key=key,
            element=element,
            number=number,
            requirement=_without(number, requirement),
            method=method,
            points=raw.points,
            rules=reading.rules,
            check=raw.texts[Role.CHECK],
            veto=veto,
            mandatory=_says_yes(raw.texts[Role.MANDATORY]),
            citation=together([raw.texts[Role.CITATION], raw.basis]),
        )
        self.places[id(raw)] = element
        self.rows[key] = Spot(read.grid.name, raw.row, letter(read.heading.column(Role.REQUIREMENT)))
        self._note(key, reading)
        self.doubtful += [self._at(key, Phrase("", *each)) for each in (*raw.doubts, *doubts)]

    def _numbered(self, element: str, requirement: str) -> str:
        """The number the requirement begins with, if it is one below its element, else the next free one."""
        own = dotted(requirement)
        if own.startswith(f"{element}.") and own not in self.items:
            return own
        ordinal = sum(each.element == element for each in self.items.values()) + 1
        while f"{element}.{ordinal}" in {*self.items, *self.reserved}:
            ordinal += 1
        return f"{element}.{ordinal}"

    def _key(self, number: str) -> str:
        key, again = number, 1
        while key in self.items:
            again += 1
            key = f"{number}-{again}"
        return key

    def _note(self, key: str, reading: Reading) -> None:
        self.unread += [self._at(key, each) for each in reading.unread]
        self.doubtful += [self._at(key, each) for each in reading.doubtful]

    def _at(self, key: str, phrase: Phrase) -> Unread:
        spot = self.rows[key]
        return Unread(spot.row, key, phrase.text, phrase.why, spot.sheet, phrase.rule)

    def _sheet_remarks(self) -> Iterator[str]:
        for read in self.reads:
            yield from (*read.heading.remarks, *read.remarks)
            if read.joined:
                rows = "、".join(str(row) for row in read.joined)
                yield f"{read.grid.name}：第{rows}行没有标准分值，并入上一条。"
            if read.grid.hidden:
                yield f"{read.grid.name}：第{_some(read.grid.hidden)}行是隐藏行，已照常读取，请确认。"
            unseen = [place for place in sorted(read.grid.hidden_columns) if read.grid.holds(place)]
            if unseen:
                yield f"{read.grid.name}：{_letters(unseen)}列是隐藏列，已照常读取，请确认。"
            if read.grid.cut_at:
                yield f"{read.grid.name}：第{read.grid.cut_at}行以前连续千行空白，其后没有读取。"
            if read.heading.basis:
                yield f"{read.grid.name}：{_letters(read.heading.basis)}列的要求记作各条的依据。"


def _some(rows: frozenset[int]) -> str:
    return "、".join(str(row) for row in sorted(rows)[:20])


def _letters(places: Sequence[int]) -> str:
    return "、".join(letter(place) for place in places)


def _number(text: str) -> str:
    found = _STANDARD.search(text)
    return found[0] if found else ""


def _item_numbers(reads: Sequence[SheetRead]) -> tuple[dict[int, str], list[str]]:
    """The printed number of each item, where the numbers tell items apart; else that they do not."""
    printed_numbers = {id(raw): plain(raw.texts[Role.NUMBER]) for read in reads for raw in read.items}
    given = Counter(text for text in printed_numbers.values() if text)
    if not given:
        return {}, []
    twice = [text for text, count in given.items() if count > 1]
    if len(given) < _OWN_NUMBERS * given.total():
        return {}, [f"编号有重复（如“{twice[0]}”），不能区分条目，没有采用，已另行编号。"]
    told = [f"编号“{text}”用了 {given[text]} 次，重复的已加后缀，请确认。" for text in twice]
    return printed_numbers, told


def _shared_numbers(reads: Sequence[SheetRead]) -> Iterator[str]:
    """Numbers printed once, in a merged cell, for several items."""
    within = Counter(plain(raw.within) for read in reads for raw in read.items if raw.within)
    for text, count in within.items():
        yield f"编号“{text}”的单元格合并了 {count + 1} 条，后面的已加后缀（如“{text}-2”），请确认。"


def _without(number: str, requirement: str) -> str:
    """The requirement without the number it begins with, which is kept as its number."""
    return (
        requirement.lstrip()[len(number) :].lstrip("、.． ") if dotted(requirement) == number else requirement
    )


def _says_yes(text: str) -> bool:
    return bool(text) and plain(text) not in vetoes.NO


def _exhaustion(book: Book) -> Iterator[str]:
    count = sum(rule.exhausted for item in book.items for rule in item.rules)
    if count:
        yield f"有 {count} 处“扣满”后追加扣除；单独“不得分”是否也算扣满，请在评分办法中选定（缺省不算）。"
    free = sum(rule.effect is Effect.FREE for item in book.items for rule in item.rules)
    if free:
        yield f"有 {free} 处扣分条款没有读出，评分时由人工确定扣分额度，以该条分值为限。"


def _shares(book: Book) -> Iterator[str]:
    """Shares of a whole where points were expected: 5 % is read by spreadsheets as 0.05."""
    if book.full == points("1") and len(book.items) > 1:
        yield "各项标准分值合计为 1 分，像是按百分比写的权重。请在原表改填分数后重新导入，或确认就是如此。"
