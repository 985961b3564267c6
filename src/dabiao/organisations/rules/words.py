"""How a unit is found: what its card says, the words it is entered under, and the words that are asked for.

Words narrow down, the card decides: whatever is wanted has all words asked for, and so may some other cards.
A word is a letter for its kind and what it says, without spaces or signs:

    n示例 n例精 …   two characters of the name side by side, and the last one alone
    pslj pljm …     three of its initials, and the last two and one
    c111 c110 …     three characters of the code, from every second place
    j3 l17 d4       jurisdiction, locality, department
    i34 zsmall agraindust   industry, size, special area
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import add
from typing import Final, NamedTuple

from dabiao.organisations.rules.letters import initials

SHORTEST_CODE: Final = 4  # characters somebody must give of a code
SHORTEST_INITIALS: Final = 2
GRAM: Final = 3  # of a code, and of initials
MOST_GRAMS: Final = 5  # of a code asked for: its end tells more than its beginning
PLAIN: Final = re.compile("[\u4e00-\u9fff0-9a-z]*")  # what folding leaves as it is
UNSEEN: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"})


class Card(NamedTuple):
    """What a unit is found by; `code` may be empty. Lists are written as they are kept: /C/34/."""

    name: str
    initials: str
    code: str
    jurisdiction: int
    locality: int
    department: int
    industry: str  # section, division, class
    size: str
    areas: str


@dataclass(frozen=True, slots=True)
class Word:
    """A whole word, or with `begins` any word that begins so."""

    text: str
    begins: bool = False


Together = tuple[Word, ...]
Query = tuple[tuple[Together, ...], ...]  # each of these: one of these: all of these


class _Kept(dict[int, int | None]):
    """Code point -> itself, or None for signs, spaces and what cannot be seen; filled as they come."""

    def __missing__(self, code: int) -> int | None:
        kind = unicodedata.category(chr(code))
        self[code] = None if kind[0] in "PS" or kind in UNSEEN else code
        return self[code]


_KEPT = _Kept()


def fold(text: str) -> str:
    """As typed -> as compared: half-width, lower case, without spaces, signs and what cannot be seen."""
    if PLAIN.fullmatch(text):
        return text
    plain = _settled(_settled(text).casefold())
    return _settled(plain.translate(_KEPT))


def _settled(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def written(card: Card) -> str:
    """All words of a card, space between, some of them twice; the same card gives the same."""
    name, initials, code, jurisdiction, locality, department, industry, size, areas = card
    pairs = _pairs("n", name) + _threes("p", initials)
    grams = [f"c{code[place : place + GRAM]}" for place in range(0, len(code) - GRAM + 1, 2)]
    keys = f"j{jurisdiction} l{locality} d{department} z{size}"
    return " ".join((*pairs, *grams, keys, *_listed(industry, industry_word), *_listed(areas, area_word)))


def _pairs(kind: str, text: str) -> list[str]:
    """Each two characters side by side, and the last alone, so that one character is found too."""
    return [kind + pair for pair in map(add, text, text[1:])] + [kind + text[-1]] if text else []


def _threes(kind: str, text: str) -> list[str]:
    """Each three, and the last two and one. Of two letters there are not enough to tell names apart."""
    return [kind + three for three in map(add, map(add, text, text[1:]), text[2:])] + _pairs(kind, text[-2:])


@cache  # there are some hundred lists
def _listed(kept: str, word: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(word(part) for part in kept.split("/") if part)


def industry_word(code: str) -> str:
    return f"i{code.casefold()}"


def area_word(area: str) -> str:
    return f"a{fold(area)}"


def one_of(kind: str, keys: Iterable[int]) -> tuple[Together, ...]:
    return tuple((Word(f"{kind}{key}"),) for key in keys)


@dataclass(frozen=True, slots=True)
class Sought:
    """A text somebody looks for, as it can be meant."""

    name: str
    initials: str = ""  # empty: cannot be meant
    code: str = ""

    @property
    def columns(self) -> tuple[tuple[str, str], ...]:
        """(column of the card, what it must contain): one of them."""
        pairs = (("name", self.name), ("initials", self.initials), ("code", self.code))
        return tuple(pair for pair in pairs if pair[1])

    def words(self) -> tuple[Together, ...]:
        """One of these, each all together. What initials contain they contain of the name as well."""
        ways = [_grams("p", self.initials, GRAM)] if self.initials else [_grams("n", self.name, 2)]
        return (*ways, *(_code(self.code) if self.code else ()))


def sought(text: str) -> Sought | None:
    """None where nothing is left to look for."""
    folded = fold(text)
    if not folded:
        return None
    plain = folded.isascii()
    return Sought(
        folded,
        folded if plain and len(folded) >= SHORTEST_INITIALS else "",
        folded if plain and len(folded) >= SHORTEST_CODE else "",
    )


def means(text: str, name: str, code: str) -> bool:
    """Whether this text finds that unit: the plain statement of what search does."""
    wanted = sought(text)
    if wanted is None:
        return False
    folded = fold(name)
    told = {"name": folded, "initials": initials(folded), "code": fold(code)}
    return any(part in told[column] for column, part in wanted.columns)


def _grams(kind: str, text: str, size: int) -> Together:
    if len(text) < size:
        return (Word(kind + text, begins=True),)
    return tuple(Word(kind + text[place : place + size]) for place in range(len(text) - size + 1))


def _code(part: str) -> tuple[Together, ...]:
    """The part may begin at an even or at an odd place of the code."""
    return tuple(_from(part, start) for start in (0, 1))


def _from(part: str, start: int) -> Together:
    places: Sequence[int] = range(start, len(part) - GRAM + 1, 2)
    return tuple(Word(f"c{part[place : place + GRAM]}") for place in places[-MOST_GRAMS:])


SPREAD: Final = 1 << 24  # keys are scattered within so many; further ones the same way again
STEP: Final = 10_368_889  # odd, about SPREAD / 1.618: neighbours come to lie far apart
BACK: Final = pow(STEP, -1, SPREAD)


def scattered(key: int) -> int:
    """A place of its own for every key, as if drawn at random."""
    return key - key % SPREAD + key % SPREAD * STEP % SPREAD


def key_of(place: int) -> int:
    """The key that is scattered to this place."""
    return place - place % SPREAD + place % SPREAD * BACK % SPREAD
