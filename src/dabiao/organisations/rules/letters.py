"""Pinyin initials: one letter for each character, as people type them to find a firm.

The readings are pypinyin's. Its package takes half a second and tens of megabytes to import, and a
millisecond a name; its data files alone, read once, give a table that turns a name around in microseconds.
"""

import unicodedata
from functools import cache
from importlib.util import find_spec
from operator import add
from pathlib import Path
from typing import Any, Final

import orjson

LONGEST: Final = 4  # characters of a phrase worth knowing: 重庆, 银行, 音乐, 长城
SHORTEST: Final = 2


def initials(folded: str) -> str:
    """As long as the folded text: letters and digits stay, what has no reading stays too."""
    plain = folded.translate(_letters())
    if _heads().isdisjoint(map(add, folded, folded[1:])):
        return plain
    doubtful = _phrases().keys() & _doubtful(folded)
    return _corrected(folded, plain, doubtful) if doubtful else plain


def _doubtful(folded: str) -> set[str]:
    """Parts of the text that can be phrases."""
    heads = _heads()
    return {
        folded[place : place + size]
        for place in range(len(folded) - 1)
        if folded[place : place + SHORTEST] in heads
        for size in range(SHORTEST, LONGEST + 1)
    }


def _corrected(folded: str, plain: str, phrases: set[str]) -> str:
    """By phrase, longer ones over shorter ones."""
    told = list(plain)
    for phrase in sorted(phrases, key=lambda each: (len(each), each)):
        place = folded.find(phrase)
        while place >= 0:
            told[place : place + len(phrase)] = _phrases()[phrase]
            place = folded.find(phrase, place + 1)
    return "".join(told)


@cache
def _letters() -> dict[int, str]:
    """Character -> first letter of its commonest reading."""
    return {int(code): _letter(readings.split(",")[0]) for code, readings in _data("pinyin_dict").items()}


@cache
def _phrases() -> dict[str, str]:
    """Phrases whose letters differ from those of their characters."""
    spelled = {
        phrase: "".join(_letter(each[0]) for each in readings)
        for phrase, readings in _data("phrases_dict").items()
        if SHORTEST <= len(phrase) <= LONGEST
    }
    return {phrase: told for phrase, told in spelled.items() if told != phrase.translate(_letters())}


@cache
def _heads() -> frozenset[str]:
    """The two characters such a phrase begins with: most names hold none of these pairs."""
    return frozenset(phrase[:SHORTEST] for phrase in _phrases())


def _letter(reading: str) -> str:
    """ā -> a, ḿ -> m."""
    return unicodedata.normalize("NFD", reading)[0]


def _data(name: str) -> dict[str, Any]:
    found = find_spec("pypinyin")
    assert found is not None  # noqa: S101  a dependency of ours
    assert found.origin is not None  # noqa: S101  a package of files
    return dict(orjson.loads(Path(found.origin).with_name(f"{name}.json").read_bytes()))
