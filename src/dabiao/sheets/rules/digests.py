"""What signatures stand on: a Merkle root over the digests of a sheet's parts. Pure; hashlib alone hashes.

Parts: the head (rulebook, occasion, result …), then every outermost element in the order printed, the free
conditions last, then answers kept from lines the rulebook no longer has, then what only the server knows of
all these (`received`). So a device can make every element's part (docs/field-protocol.md, section 7). Sheets
closed before there was a field page have no such part: what was received stands in their elements.
Every hash begins with a tag of its own, so that no part can pose as a leaf, nor a leaf as a node; an odd
node moves up unpaired, never doubled.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from dabiao.kernel.digests import SHA256, algorithm_of, canonical, digest
from dabiao.sheets.rules.values import Answer
from dabiao.standards.rules.rulebook import Rulebook

HEAD: Final = "head"
ELEMENT: Final = "element"
KEPT: Final = "kept"
RECEIVED: Final = "received"
_PART: Final = b"dabiao/sheet/part\x00"
_LEAF: Final = b"dabiao/sheet/leaf\x00"
_NODE: Final = b"dabiao/sheet/node\x00"
_SIGNED: Final = b"dabiao/sheet/signed\x00"
_LEFT: Final = "left"
_RIGHT: Final = "right"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by the digest of its bytes, with what is known of it; moments and places as text."""

    digest: str
    words: str = ""
    taken: str = ""
    place: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One answer as it is signed: what was found, its pictures in the order taken, who, when done and got."""

    answer: Answer
    pictures: tuple[Picture, ...] = ()
    by: str = ""
    done_at: str = ""
    received_at: str = ""

    def plain(self) -> dict[str, Any]:
        """Everything, as sheets were closed before there was a field page."""
        whole = asdict(self)
        return {**whole, "answer": self.answer.plain()}

    def seen(self) -> dict[str, Any]:
        """What a device knows of it; every name is there, also where it says nothing."""
        shown = (
            [{"digest": each.digest, "words": each.words} for each in self.pictures] if self.pictures else []
        )
        return {"answer": whole(self.answer), "by": self.by, "done_at": self.done_at, "pictures": shown}

    def received(self) -> list[Any]:
        """What only the server knows: when it came, what the pictures themselves say."""
        if not self.pictures:
            return [self.received_at, []]
        return [
            self.received_at,
            [[each.digest, each.taken, each.place, each.device] for each in self.pictures],
        ]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that the root covers; `key` is an outermost element's ("" for the free conditions)."""

    kind: str
    key: str
    digest: str

    def plain(self) -> dict[str, str]:
        """`read_parts` reads it back."""
        return {"kind": self.kind, "key": self.key, "digest": self.digest}


@dataclass(frozen=True, slots=True)
class Step:
    """One level up in a proof: the neighbour's hash and the side on which it stands."""

    side: str
    hash: str


def whole(answer: Answer) -> dict[str, Any]:
    """An answer with all its names: what devices and digests of elements carry."""
    used = [
        {"rule": each.rule, "count": each.count, "points": each.points, "words": each.words}
        for each in answer.deductions
    ]
    return {
        "verdict": str(answer.verdict),
        "deductions": used,
        "words": answer.words,
        "reason": answer.reason,
    }


def stored(answer: Answer) -> str:
    """Digest of one answer, by which a device compares what the server holds."""
    return digest(canonical(whole(answer)))


def covered(
    rulebook: Rulebook,
    head: Mapping[str, Any],
    records: Mapping[str, Record],
    algorithm: str = SHA256,
    *,
    before: bool = False,
    shown: Sequence[Part] = (),
) -> tuple[Part, ...]:
    """The list of what a root covers. Lines out of scope are in it as preset, unanswered ones as null.

    `before`: in the form from before the field page, without a part for what was received. `shown`: the
    parts of `elements` for the same records, where they have been worked out already.
    """
    told = Record.plain if before else Record.seen
    parts = [_part(HEAD, "", dict(head), algorithm)]
    parts += shown or _elements(rulebook, {key: told(each) for key, each in records.items()}, algorithm)
    kept = [[key, told(records[key])] for key in sorted(records.keys() - rulebook.by_key.keys())]
    if kept:
        parts.append(_part(KEPT, "", kept, algorithm))
    if not before:
        received = [[key, records[key].received()] for key in sorted(records)]
        parts.append(_part(RECEIVED, "", received, algorithm))
    return tuple(parts)


def elements(rulebook: Rulebook, records: Mapping[str, Record], algorithm: str = SHA256) -> tuple[Part, ...]:
    """What people sign on the spot: every outermost element, the free conditions last."""
    return tuple(_elements(rulebook, {key: each.seen() for key, each in records.items()}, algorithm))


def differing(ours: Sequence[Part], theirs: Sequence[Part]) -> tuple[str, ...]:
    """Keys of the parts that are not the same on both sides, in our order; then those we do not know."""
    mine, yours = {each.key: each for each in ours}, {each.key: each for each in theirs}
    return tuple(key for key in dict.fromkeys((*mine, *yours)) if mine.get(key) != yours.get(key))


def root(parts: Sequence[Part], algorithm: str = SHA256) -> str:
    """The Merkle root, with its algorithm's name; ValueError where nothing is covered."""
    return _climb([_leaf(each, algorithm) for each in parts], algorithm)


def statement(root: str, parts: Sequence[Part]) -> bytes:
    """The exact bytes that people sign: the root and the list of what it covers."""
    return _SIGNED + canonical({"root": root, "covered": [each.plain() for each in parts]})


def read_parts(plain: Sequence[Mapping[str, str]]) -> tuple[Part, ...]:
    """The inverse of `plain` on each part."""
    return tuple(Part(**each) for each in plain)


def changed(
    signed: str,
    parts: Sequence[Part],
    rulebook: Rulebook,
    head: Mapping[str, Any],
    records: Mapping[str, Record],
) -> tuple[Part, ...]:
    """Verify a closed sheet: the parts that are no longer, or not yet, as signed; empty = intact.

    ValueError where the list itself does not lead to the signed root.
    """
    algorithm = algorithm_of(signed)
    if not _same(root(parts, algorithm), signed):
        raise ValueError("所列的内容摘要与签字的摘要不符，清单本身已被改动")
    before = all(each.kind != RECEIVED for each in parts)
    now = covered(rulebook, head, records, algorithm, before=before)
    return tuple(each for each in dict.fromkeys((*parts, *now)) if each not in parts or each not in now)


def prove(parts: Sequence[Part], kind: str, key: str, algorithm: str = SHA256) -> tuple[Step, ...]:
    """What shows, together with one part, that the root covers it; ValueError where there is no such part."""
    at = next((place for place, each in enumerate(parts) if (each.kind, each.key) == (kind, key)), None)
    if at is None:
        raise ValueError(f"签字内容中没有这一部分：{kind} {key}")
    return tuple(_steps([_leaf(each, algorithm) for each in parts], at, algorithm))


def holds(signed: str, part: Part, steps: Sequence[Step]) -> bool:
    """Does the signed root cover this part? Needs nothing else of the sheet."""
    algorithm = algorithm_of(signed)
    found = _leaf(part, algorithm)
    for step in steps:
        if step.side not in {_LEFT, _RIGHT}:
            return False
        pair = (step.hash, found) if step.side == _LEFT else (found, step.hash)
        found = _node(*pair, algorithm)
    return _same(found, signed)


def _elements(rulebook: Rulebook, told: Mapping[str, Any], algorithm: str) -> list[Part]:
    found = _by_element(rulebook, told)
    return [_part(ELEMENT, key, lines, algorithm) for key, lines in found.items()]


def _by_element(rulebook: Rulebook, told: Mapping[str, Any]) -> dict[str, list[list[Any]]]:
    """Of every outermost element, [line key, record] in the order printed."""
    found: dict[str, list[list[Any]]] = {key: [] for key in rulebook.extents}
    for key, line in rulebook.by_key.items():
        plain = told.get(key) or ({"preset": line.preset} if line.preset else None)
        found[line.outermost].append([key, plain])
    return found


def _part(kind: str, key: str, content: Any, algorithm: str) -> Part:
    return Part(kind, key, digest(_PART + canonical([kind, key, content]), algorithm))


def _leaf(part: Part, algorithm: str) -> str:
    return digest(_LEAF + canonical([part.kind, part.key, part.digest]), algorithm)


def _node(left: str, right: str, algorithm: str) -> str:
    return digest(_NODE + canonical([left, right]), algorithm)


def _level(hashes: Sequence[str], algorithm: str) -> list[str]:
    """The next level up; the last of an odd number moves up as it is."""
    pairs = zip(hashes[::2], hashes[1::2], strict=False)
    odd = [hashes[-1]] if len(hashes) % 2 else []
    return [_node(left, right, algorithm) for left, right in pairs] + odd


def _climb(hashes: list[str], algorithm: str) -> str:
    if not hashes:
        raise ValueError("没有可以签字的内容")
    while len(hashes) > 1:
        hashes = _level(hashes, algorithm)
    return hashes[0]


def _steps(hashes: list[str], at: int, algorithm: str) -> list[Step]:
    steps = []
    while len(hashes) > 1:
        beside = at ^ 1
        if beside < len(hashes):
            steps.append(Step(_LEFT if beside < at else _RIGHT, hashes[beside]))
        hashes, at = _level(hashes, algorithm), at // 2
    return steps


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
