"""Freeze, draw, and compare a record with what its own list and words give."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

RECIPE: Final = "dabiao-draw@1"
LEAST_PARTIES: Final = 2  # one alone could try words until the outcome pleases


@dataclass(frozen=True, slots=True)
class Frozen:
    """Who may be drawn, in the order of their keys, and the digest told before any word is given."""

    keys: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The whole record of a draw. `order` holds everybody: who moves up stands there too."""

    frozen: Frozen
    words: tuple[tuple[str, str], ...]  # party -> what it gave, by party
    seed: str
    count: int
    order: tuple[str, ...]

    @property
    def chosen(self) -> tuple[str, ...]:
        return self.order[: self.count]

    def plain(self) -> dict[str, Any]:
        """What is stored and published."""
        return {
            "recipe": RECIPE,
            "keys": list(self.frozen.keys),
            "digest": self.frozen.digest,
            "words": dict(self.words),
            "seed": self.seed,
            "count": self.count,
            "order": list(self.order),
        }


def freeze(keys: Iterable[str]) -> Frozen:
    """ValueError where a key stands twice, or could be taken for two."""
    listed = sorted(keys)
    if len(set(listed)) != len(listed):
        raise ValueError("名单中有重复。")
    if any(not key or "\n" in key for key in listed):
        raise ValueError("名单中的编号不能为空，也不能换行。")
    return Frozen(tuple(listed), _sha256("\n".join(listed)))


def draw(frozen: Frozen, words: Mapping[str, str], count: int) -> Drawn:
    """The order that follows from list and words alone. ValueError where fewer than two parties gave one."""
    if sum(bool(word.strip()) for word in words.values()) < LEAST_PARTIES:
        raise ValueError("至少由两方各出一个随机词。")
    if any("\n" in f"{party}{word}" for party, word in words.items()):
        raise ValueError("随机词不能换行。")
    given = tuple(sorted(words.items()))
    seed = _sha256("\n".join([frozen.digest, *sorted(f"{party}={word}" for party, word in given)]))
    order = sorted(frozen.keys, key=lambda key: _sha256(f"{seed}\n{key}"))
    return Drawn(frozen, given, seed, count, tuple(order))


def read(plain: Mapping[str, Any]) -> Drawn:
    """A stored record as a value; nothing in it is believed before `differences` is asked."""
    frozen = Frozen(tuple(plain["keys"]), plain["digest"])
    words = tuple(sorted(plain["words"].items()))
    return Drawn(frozen, words, plain["seed"], plain["count"], tuple(plain["order"]))


def differences(drawn: Drawn) -> tuple[str, ...]:
    """What a repetition gives otherwise; empty where the record is true."""
    frozen = freeze(drawn.frozen.keys)
    again = draw(frozen, dict(drawn.words), drawn.count)
    said = {
        "名单与摘要不符": frozen != drawn.frozen,
        "种子与名单、随机词不符": again.seed != drawn.seed,
        "次序与种子不符": again.order != drawn.order,
    }
    return tuple(words for words, wrong in said.items() if wrong)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
