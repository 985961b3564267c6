"""The rulebook a sheet is scored by: an edition as it stood on a day, with vetoes and scope. Plain values.

Immutable and content-addressed: equal content has equal digest, whatever order it was gathered in.
Its content names the edition's book by digest, so that a thousand rulebooks carry one book.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from typing import Any, Self

from dabiao.kernel.digests import SHA256, algorithm_of, canonical, digest
from dabiao.standards.rules.book import Book, Item, VetoLevel

FREE = ""  # stands for "no element": where the lines of free conditions lie
OUT_OF_SCOPE = "本项只适用于有相应特殊区域或工艺的单位，本单位登记中没有"
BOOKS = 64  # digests kept in memory
EDITION = "本标准"  # the source of a veto that the edition itself prints


@dataclass(frozen=True, slots=True)
class Veto:
    """A veto of the rulebook: on an item, or (item empty) a free condition with a line of its own."""

    key: str
    text: str
    since: str  # ISO day, empty: with the edition
    clause: str
    item: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to be answered: an item, or a free-condition veto (0 points, outermost `FREE`)."""

    item: Item
    outermost: str
    vetoes: tuple[Veto, ...] = ()
    preset: str = ""  # why the line is not applicable from the start; an answer given overrides it

    @property
    def key(self) -> str:
        return self.item.key


@dataclass(frozen=True, slots=True)
class Extent:
    """What one outermost element holds, whatever is answered."""

    points: int = 0
    lines: int = 0


@dataclass(frozen=True)
class Rulebook:
    """`edition` is the edition's public id, `day` (ISO) the day its vetoes and scope are taken on.

    `areas` are the special areas of the unit; None: scope unknown, everything applies.
    `level` is the level applied for. `only`: keys of the items a sheet is limited to, besides those with
    a veto; `bare`: to these alone; None: the whole book. ValueError where a veto or an item hangs in the air.
    """

    book: Book
    edition: str
    day: str
    vetoes: tuple[Veto, ...] = ()
    areas: tuple[str, ...] | None = None
    level: str = ""
    only: tuple[str, ...] | None = None
    bare: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "vetoes", tuple(sorted(self.vetoes, key=lambda veto: veto.key)))
        if self.areas is not None:
            object.__setattr__(self, "areas", tuple(sorted(set(self.areas))))
        if self.only is not None:
            object.__setattr__(self, "only", tuple(sorted(set(self.only))))
        _check(self)

    def plain(self, algorithm: str = SHA256) -> dict[str, Any]:
        """As JSON values; the book stands in it by its digest. What is whole says nothing of limits."""
        limited = (
            {} if self.only is None else {"only": list(self.only)} | ({"bare": True} if self.bare else {})
        )
        return {
            "edition": self.edition,
            "book": book_digest(self.book, algorithm),
            "day": self.day,
            "vetoes": [asdict(veto) for veto in self.vetoes],
            "areas": None if self.areas is None else list(self.areas),
            "level": self.level,
            **limited,
        }

    @classmethod
    def read(cls, plain: Mapping[str, Any], book: Book) -> Self:
        """The inverse of `plain`; ValueError if `book` is not the one it was made from.

        Costs a digest of the book: keep what you read, by the rulebook's digest.
        """
        if book_digest(book, algorithm_of(plain["book"])) != plain["book"]:
            raise ValueError("评定标准的内容与规则册记载的摘要不符，不能用于评分")
        return cls(
            book=book,
            edition=plain["edition"],
            day=plain["day"],
            vetoes=tuple(Veto(**each) for each in plain["vetoes"]),
            areas=None if plain["areas"] is None else tuple(plain["areas"]),
            level=plain["level"],
            only=None if plain.get("only") is None else tuple(plain["only"]),
            bare=bool(plain.get("bare")),
        )

    def canonical(self, algorithm: str = SHA256) -> bytes:
        return canonical(self.plain(algorithm))

    def digest(self, algorithm: str = SHA256) -> str:
        """Of the whole content, the book included through its own digest."""
        return digest(self.canonical(algorithm), algorithm)

    @cached_property
    def by_key(self) -> dict[str, Line]:
        """Every line by its key, in the order of `lines`."""
        roots = self.book.outermost()
        vetoes = _by_item(self.vetoes)
        every = [_line(item, roots[item.element], vetoes, self.areas) for item in self.book.items]
        items = [line for line in every if self._holds(line)]
        free = [] if self.bare else [_free(veto) for veto in self.vetoes if not veto.item]
        return {line.key: line for line in (*items, *free)}

    def _holds(self, line: Line) -> bool:
        return self.only is None or line.key in self.only or (bool(line.vetoes) and not self.bare)

    @cached_property
    def full(self) -> int:
        """Points of the whole book: every save asks for them."""
        return self.book.full

    @cached_property
    def extents(self) -> dict[str, Extent]:
        """By outermost element in the order printed; `FREE` last, always there."""
        found = {element.key: Extent() for element in self.book.elements if not element.parent}
        found[FREE] = Extent()
        for line in self.by_key.values():
            before = found[line.outermost]
            found[line.outermost] = Extent(before.points + line.item.points, before.lines + 1)
        return found

    def lines(self) -> tuple[Line, ...]:
        """What has to be answered: the items as printed, then the free conditions."""
        return tuple(self.by_key.values())

    def line(self, key: str) -> Line:
        """KeyError where the rulebook has no such line."""
        return self.by_key[key]


@lru_cache(maxsize=BOOKS)
def book_digest(book: Book, algorithm: str = SHA256) -> str:
    """Content digest of an edition's book; every sheet that is started asks for it."""
    return digest(canonical(book.plain()), algorithm)


def _by_item(vetoes: tuple[Veto, ...]) -> dict[str, list[Veto]]:
    found: dict[str, list[Veto]] = {}
    for veto in vetoes:
        found.setdefault(veto.item, []).append(veto)
    return found


def _line(
    item: Item, outermost: str, vetoes: Mapping[str, list[Veto]], areas: tuple[str, ...] | None
) -> Line:
    outside = areas is not None and item.areas and not set(areas) & set(item.areas)
    return Line(
        item=item,
        outermost=outermost,
        vetoes=(*_printed(item), *vetoes.get(item.key, ())),
        preset=OUT_OF_SCOPE if outside else "",
    )


def _printed(item: Item) -> tuple[Veto, ...]:
    """The veto that the edition itself prints on an item."""
    if item.veto is VetoLevel.NONE:
        return ()
    return (Veto(item.key, item.requirement, "", item.citation, item.key, EDITION),)


def _free(veto: Veto) -> Line:
    item = Item(
        key=veto.key,
        element=FREE,
        number="",
        requirement=veto.text,
        method="",
        points=0,
        veto=VetoLevel.VETO,
        citation=veto.clause,
    )
    return Line(item, FREE, (veto,))


def _check(rulebook: Rulebook) -> None:
    elements = {element.key for element in rulebook.book.elements}
    items = {item.key for item in rulebook.book.items}
    if len(items) != len(rulebook.book.items):
        raise ValueError("评定标准中有重复的项目编号")
    if lost := {item.element for item in rulebook.book.items} - elements:
        raise ValueError(f"项目所在的要素不存在：{'、'.join(sorted(lost))}")
    _check_vetoes(rulebook.vetoes, items)


def _check_vetoes(vetoes: tuple[Veto, ...], items: set[str]) -> None:
    if lost := {veto.item for veto in vetoes if veto.item} - items:
        raise ValueError(f"否决项所指的项目不在本标准中：{'、'.join(sorted(lost))}")
    keys = [veto.key for veto in vetoes]
    free = {veto.key for veto in vetoes if not veto.item}
    if len(set(keys)) != len(keys) or free & items:
        raise ValueError("否决项的编号重复，或与项目编号相同")
