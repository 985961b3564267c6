"""The list of items and the list of elements, lean: a line of a sheet of hundreds is one short row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dabiao.kernel.points import spell
from dabiao.office.sheets.opened import Given
from dabiao.sheets.rules import closing
from dabiao.sheets.rules.share import Share
from dabiao.sheets.rules.values import ItemScore, Sums
from dabiao.standards.rules.rulebook import FREE, Line, Rulebook

SHORT: Final = 40
DASH: Final = "—"
FREE_TITLE: Final = "达标否决条件"
NO_SUCH_CONDITION: Final = "没有此情形"

# state -> icon, words for those who listen
STATES: Final = {
    "unanswered": ("circle", "未答"),
    "preset": ("ban", "默认不涉及"),
    "conforms": ("circle-check", "符合"),
    "deducted": ("circle-minus", "扣分"),
    "vetoed": ("shield-x", "触及否决"),
    "na": ("ban", "不涉及"),
}
TAGS: Final = {
    closing.Kind.UNANSWERED: "un",
    closing.Kind.FAULT: "nw",
    closing.Kind.WORDS: "nw",
    closing.Kind.REASON: "nw",
    closing.Kind.PICTURE: "np",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One item in the list. `tags` are what filters ask for; `got` is empty while unanswered."""

    key: str
    element: str  # the outermost
    inner: str
    number: str
    words: str
    points: str
    got: str
    state: str
    tags: str
    pictures: int
    version: int
    veto: bool
    mandatory: bool
    copied: bool

    @property
    def icon(self) -> str:
        return STATES[self.state][0]

    @property
    def state_words(self) -> str:
        return state_words(self.state, self.inner)


@dataclass(frozen=True, slots=True)
class RowMaker:
    """Makes rows of one sheet for one person."""

    book: Rulebook
    occasion: str
    share: Share

    def row(
        self, line: Line, given: Given | None, pictures: int, judged: closing.Judged | None = None
    ) -> Row:
        """`judged`: what the answer is worth and lacks, where that has been worked out by now."""
        if judged is None:
            answer = given.answer if given else None
            judged = closing.judged(self.book, line, answer, "x" * pictures, self.occasion)
        score = judged.score
        return Row(
            key=line.key,
            element=line.outermost,
            inner=line.item.element,
            number=line.item.number,
            words=line.item.requirement[:SHORT],
            points=spell(line.item.points) if line.item.points else "",
            got=_got(line, score),
            state=state(given, score),
            tags=self._tags(line, given, judged),
            pictures=pictures,
            version=given.version if given else 0,
            veto=bool(line.vetoes),
            mandatory=line.item.mandatory,
            copied=bool(given and given.copied),
        )

    def _tags(self, line: Line, given: Given | None, judged: closing.Judged) -> str:
        score, found = judged.score, {TAGS[gap.kind] for gap in judged.gaps}
        found |= {"de"} if score and (score.lost or score.extra or score.total or score.vetoed) else set()
        found |= {"na"} if score and not score.applies else set()
        found |= {"ve"} if line.vetoes else set()
        found |= {"co"} if given and given.copied else set()
        found |= {"mi"} if mine(self.share, line.outermost) else set()
        return " ".join(sorted(found))


def _got(line: Line, score: ItemScore | None) -> str:
    """Empty while unanswered and where there is nothing to get; what leaves the denominator is no nought."""
    if score is None or not line.item.points:
        return ""
    return spell(score.obtained) if score.applies else DASH


def mine(share: Share, element: str) -> bool:
    """Mine by assignment, or nobody's in particular."""
    return share.writes and (element in share.mine or element not in share.taken)


def state_words(name: str, element: str) -> str:
    """What a state is called; a condition that was not found is no 符合."""
    return NO_SUCH_CONDITION if element == FREE and name == "conforms" else STATES[name][1]


def state(given: Given | None, score: ItemScore | None) -> str:
    if given is None or score is None:
        return "preset" if score else "unanswered"
    if score.vetoed:
        return "vetoed"
    return {"conforms": "conforms", "deducted": "deducted"}.get(given.answer.verdict, "na")


def titles(book: Rulebook) -> dict[str, str]:
    """Element -> number and title; `FREE` has one of its own."""
    return {FREE: FREE_TITLE} | {
        each.key: f"{each.number} {each.title}".strip() for each in book.book.elements
    }


@dataclass(frozen=True, slots=True)
class ElementRow:
    """One outermost element: how far it is, what was deducted, whose it is."""

    key: str
    title: str
    answered: int
    items: int
    lost: str
    owner: str = ""
    mine: bool = False
    closed_to_me: bool = False


def element_rows(
    book: Rulebook, totals: Mapping[str, Sums], owners: Mapping[str, str], share: Share
) -> tuple[ElementRow, ...]:
    heads = titles(book)
    return tuple(
        ElementRow(
            key=key,
            title=heads[key],
            answered=totals.get(key, Sums()).answered,
            items=extent.lines,
            lost=lost(totals.get(key, Sums())),
            owner=owners.get(key, ""),
            mine=key in share.mine,
            closed_to_me=share.writes and not share.leads and not mine(share, key),
        )
        for key, extent in book.extents.items()
        if extent.lines
    )


def lost(sums: Sums) -> str:
    """Everything taken off in an element, empty where nothing is."""
    taken = sums.lost + sums.extra + sums.total
    return f"−{spell(taken)}" if taken else ""
