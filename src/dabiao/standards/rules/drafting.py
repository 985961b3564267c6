"""What a person has confirmed about a draft, and what still stands in the way of publishing it.

`Edition.source` is the plain form: nothing read from a table is taken over silently.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Any, Self


class PhraseKind(StrEnum):
    UNREAD = "unread"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Settled:
    """Who confirmed it when, with what words; `was` is what the importer had made of it, if changed."""

    account: int | None
    name: str
    at: str  # canonical moment
    words: str = ""
    was: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A deduction phrase nobody could read, or one read on weak words."""

    id: str
    kind: PhraseKind
    item: str
    rule: str  # key of the rule made of it, empty: none
    text: str
    why: str
    row: int = 0
    sheet: str = ""
    settled: Settled | None = None

    @property
    def spot(self) -> str:
        """Where in the file, as the person sees it."""
        where = f"第{self.row}行" if self.row else ""
        return f"{self.sheet} {where}".strip()


@dataclass(frozen=True, slots=True)
class Sum:
    """A stated sum against what was found; a difference needs a reason."""

    where: str
    stated: int
    found: int
    settled: Settled | None = None
    of: str = ""  # as in the table's SumCheck

    @property
    def agrees(self) -> bool:
        return self.stated == self.found

    @property
    def open(self) -> bool:
        return not self.agrees and self.settled is None


@dataclass(frozen=True, slots=True)
class Removed:
    """An item taken out of the draft, as it was: it can be put back with its place and open phrases."""

    item: Mapping[str, Any]  # the item's plain form
    place: int
    by: Settled
    phrases: tuple[Mapping[str, Any], ...] = ()

    @property
    def key(self) -> str:
        return str(self.item["key"])


@dataclass(frozen=True, slots=True)
class Source:
    """Where a draft comes from and what was confirmed about it."""

    file: str = ""  # content digest
    file_name: str = ""
    sheets: tuple[Mapping[str, Any], ...] = ()
    columns: tuple[Mapping[str, Any], ...] = ()
    remarks: tuple[str, ...] = ()
    rows: Mapping[str, int] | None = None  # item key -> its first row in the file
    sums: tuple[Sum, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    scheme: Settled | None = None  # who set scheme and thresholds
    removed: tuple[Removed, ...] = ()

    @property
    def waiting(self) -> tuple[Phrase, ...]:
        return tuple(each for each in self.phrases if each.settled is None)

    @property
    def differing(self) -> tuple[Sum, ...]:
        return tuple(each for each in self.sums if each.open)

    def phrase(self, key: str) -> Phrase:
        """KeyError where there is none."""
        return {each.id: each for each in self.phrases}[key]

    def with_phrase(self, key: str, settled: Settled) -> Self:
        changed = (replace(each, settled=settled) if each.id == key else each for each in self.phrases)
        return replace(self, phrases=tuple(changed))

    def with_sum(self, place: int, settled: Settled) -> Self:
        changed = (
            replace(each, settled=settled) if at == place else each for at, each in enumerate(self.sums)
        )
        return replace(self, sums=tuple(changed))

    def without_item(self, item: Mapping[str, Any], place: int, by: Settled) -> Self:
        """A dropped item takes its open phrases along, and is kept to be put back."""
        gone = tuple(each for each in self.phrases if each.item == item["key"] and not each.settled)
        kept = tuple(each for each in self.phrases if each not in gone)
        removed = Removed(item, place, by, tuple(asdict(each) for each in gone))
        return replace(self, phrases=kept, removed=(*self.removed, removed))

    def with_item_back(self, key: str) -> Self:
        """Its open phrases wait again, each at its place in the file."""
        back = next(each for each in self.removed if each.key == key)
        phrases = (*self.phrases, *(_phrase(each) for each in back.phrases))
        kept = tuple(each for each in self.removed if each.key != key)
        return replace(self, phrases=tuple(sorted(phrases, key=lambda each: int(each.id))), removed=kept)

    def with_rules_moved(self, moved: Mapping[tuple[str, str], tuple[str, str]]) -> Self:
        """Phrases follow their rules into other items; what hung on an item alone follows its key."""
        return replace(self, phrases=tuple(_followed(each, moved) for each in self.phrases))

    def plain(self) -> dict[str, Any]:
        """As JSON values, empty ones left out."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """The inverse of `plain`; unknown keys are left alone."""
        known = {each.name: plain[each.name] for each in fields(cls) if each.name in plain}
        return cls(
            **{
                **known,
                "sheets": tuple(known.get("sheets", ())),
                "columns": tuple(known.get("columns", ())),
                "remarks": tuple(known.get("remarks", ())),
                "sums": tuple(Sum(**{**each, "settled": _settled(each)}) for each in known.get("sums", ())),
                "phrases": tuple(_phrase(each) for each in known.get("phrases", ())),
                "scheme": _settled({"settled": known.get("scheme")}),
                "removed": tuple(
                    Removed(
                        **{**each, "by": Settled(**each["by"]), "phrases": tuple(each.get("phrases", ()))}
                    )
                    for each in known.get("removed", ())
                ),
            }
        )


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that keeps a draft from being published: where, and what to do."""

    where: str
    text: str
    item: str = ""

    def __str__(self) -> str:
        return f"{self.where}：{self.text}" if self.where else self.text


def obstacles(source: Source, faults: Iterable[Obstacle]) -> tuple[Obstacle, ...]:
    """Unconfirmed phrases, differing sums without a reason, no scheme, then faults of the book itself."""
    return (
        *(Obstacle(each.spot, f"扣分条款“{each.text}”尚未由人确认。", each.item) for each in source.waiting),
        *(
            Obstacle(each.where, "合计与文件载明的不一致，请改正分值，或写明理由。")
            for each in source.differing
        ),
        *(() if source.scheme else (Obstacle("评分办法", "尚未确定评分办法和等级界限。"),)),
        *faults,
    )


def _settled(plain: Mapping[str, Any]) -> Settled | None:
    found = plain.get("settled")
    return Settled(**found) if found else None


def _followed(phrase: Phrase, moved: Mapping[tuple[str, str], tuple[str, str]]) -> Phrase:
    item, rule = moved.get((phrase.item, phrase.rule), (phrase.item, phrase.rule))
    return replace(phrase, item=item, rule=rule)


def _phrase(plain: Mapping[str, Any]) -> Phrase:
    return Phrase(**{**plain, "kind": PhraseKind(plain["kind"]), "settled": _settled(plain)})
