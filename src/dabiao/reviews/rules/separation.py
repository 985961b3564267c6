"""Separation of consulting and review 咨询与评审分离 (quality-2015/3): within one creation cycle the same
firm, firms of the same owner, or the same person may not both advise a unit and review it.

Plain facts in, conflicts with their two records out. What is not known is no conflict; whether a training
counts as consulting is asked of a person, and counts until that person has said no. So is whether two of one
name are one, where nothing but the name is known: it counts until a person has said that they are two.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    SAME_FIRM = "same_firm"
    SAME_OWNER = "same_owner"
    SAME_PERSON = "same_person"


TITLES = {Kind.SAME_FIRM: "同一机构", Kind.SAME_OWNER: "同一法定代表人或股东", Kind.SAME_PERSON: "同一人员"}
REVIEW, CONSULTING, TRAINING = "review", "consulting", "training"


@dataclass(frozen=True, slots=True)
class Firm:
    """`body` is its key where it is on file here; legal person and shareholders as given."""

    name: str
    code: str = ""
    body: int | None = None
    legal_person: str = ""
    shareholders: tuple[str, ...] = ()

    @property
    def owners(self) -> frozenset[str]:
        return frozenset(_clean(each) for each in (self.legal_person, *self.shareholders) if _clean(each))


@dataclass(frozen=True, slots=True)
class Person:
    """By account, by a number of theirs, else by name."""

    name: str
    account: int | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Employed:
    """`until` is the first day no longer; None: still."""

    person: Person
    firm: Firm
    since: date
    until: date | None
    record: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A contract. `ends` is its last day. `consults`: what a person said of a training; None: not yet."""

    key: int
    record: str
    kind: str
    firm: Firm
    begins: date
    ends: date | None = None
    for_creation: bool = False
    consults: bool | None = None

    @property
    def advises(self) -> bool:
        return self.kind == CONSULTING or (self.kind == TRAINING and self.consults is not False)


@dataclass(frozen=True, slots=True)
class Cycle:
    """`until`: last day, None while it is open. `before`: the last day of the cycle before it."""

    since: date
    until: date | None = None
    before: date | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """`first` and `second` are the two records; `key` is the other contract, `reviewing` the one reviewed by.

    `name`: of a person known at both firms by the name alone; empty where it is certain. `person`: whose
    account is asked about; None: whoever of that name is at the firm that reviews."""

    kind: Kind
    words: str
    first: str
    second: str
    key: int
    reviewing: int = 0
    name: str = ""
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """Somebody has said that the two of this name, one at either firm, are not the same person.

    `account`: said of this person alone, who need not be at the firm that reviews."""

    name: str
    one: Firm
    other: Firm
    account: int | None = None

    def frees(self, person: Person, firm: Firm) -> bool:
        """The person from what is known of that firm by the name alone."""
        return self.account is not None and self.account == person.account and same_firm(self.other, firm)

    def covers(self, name: str, firm: Firm, other: Firm) -> bool:
        if self.account is not None:
            return False
        straight = same_firm(self.one, firm) and same_firm(self.other, other)
        across = same_firm(self.one, other) and same_firm(self.other, firm)
        return _clean(self.name) == _clean(name) and (straight or across)


def conflicts(
    reviewing: Service,
    others: Iterable[Service],
    employed: Sequence[Employed],
    cycle: Cycle,
    apart: Sequence[Apart] = (),
) -> tuple[Conflict, ...]:
    """Between the firm that reviews and every firm that advises within the cycle."""
    found: list[Conflict] = []
    for other in advising(others, cycle):
        found += _between(reviewing, other, employed, cycle, apart)
    return tuple(found)


def of_person(
    person: Person,
    others: Iterable[Service],
    employed: Sequence[Employed],
    cycle: Cycle,
    *,
    apart: Sequence[Apart] = (),
    at: Firm | None = None,
) -> tuple[Conflict, ...]:
    """What keeps one person from reviewing: employed by, or an owner of, a firm that advises. Known by the
    name alone it keeps the person away too, until somebody has said that they are two.

    `at`: the firm the person reviews for, where what was said of namesakes holds."""
    found: list[Conflict] = []
    for other in advising(others, cycle):
        freed = any(each.frees(person, other.firm) for each in apart)
        known = [each for each in _of(other.firm, employed, cycle) if same_person(each.person, person)]
        if _clean(person.name) in other.firm.owners and not freed:
            found.append(_owns(person, other))
        certain = [each for each in known if not by_name(each.person, person)]
        if certain:
            words = f"{person.name}在本创建周期内受雇于为该企业提供咨询的{other.firm.name}，不得参加评审。"
            record = certain[0].record or person.name
            found.append(Conflict(Kind.SAME_PERSON, words, record, other.record, other.key))
        elif known and not freed and not _told_apart(person, at, other.firm, apart):
            found.append(_shares_a_name(person, known[0], other))
    return tuple(found)


def _owns(person: Person, other: Service) -> Conflict:
    words = (
        f"为该企业提供咨询的{other.firm.name}的法定代表人或者股东中有{person.name}，"
        "是否同一人由评审组织单位认定，认定不是同一人之前不得参加评审。"
    )
    return Conflict(
        Kind.SAME_OWNER,
        words,
        person.name,
        other.record,
        other.key,
        name=person.name,
        person=person.account,
    )


def _shares_a_name(person: Person, known: Employed, other: Service) -> Conflict:
    words = (
        f"为该企业提供咨询的{other.firm.name}有一名{person.name}，"
        "是否同一人由评审组织单位认定，认定不是同一人之前不得参加评审。"
    )
    record = known.record or person.name
    return Conflict(
        Kind.SAME_PERSON,
        words,
        record,
        other.record,
        other.key,
        name=person.name,
        person=person.account,
    )


def advising(services: Iterable[Service], cycle: Cycle) -> Iterator[Service]:
    return (each for each in services if each.advises and counts(each, cycle))


def counts(service: Service, cycle: Cycle) -> bool:
    """Its period touches the cycle; one declared for creation opens it, however early (house/consulting)."""
    if cycle.until is not None and service.begins > cycle.until:
        return False
    if service.ends is None or service.ends >= cycle.since:
        return True
    return service.for_creation and (cycle.before is None or service.begins > cycle.before)


def same_firm(one: Firm, other: Firm) -> bool:
    if one.body is not None and one.body == other.body:
        return True
    if one.code and other.code:
        return _clean(one.code).upper() == _clean(other.code).upper()
    return bool(_clean(one.name)) and _clean(one.name) == _clean(other.name)


def same_person(one: Person, other: Person) -> bool:
    """Accounts decide where both are known, then numbers, then names."""
    if one.account is not None and other.account is not None:
        return one.account == other.account
    if one.number and other.number:
        return _clean(one.number) == _clean(other.number)
    return bool(_clean(one.name)) and _clean(one.name) == _clean(other.name)


def by_name(one: Person, other: Person) -> bool:
    """Taken for the same because of the name alone."""
    accounts = one.account is not None and other.account is not None
    return same_person(one, other) and not accounts and not (one.number and other.number)


def _between(
    reviewing: Service,
    other: Service,
    employed: Sequence[Employed],
    cycle: Cycle,
    apart: Sequence[Apart],
) -> Iterator[Conflict]:
    records = (reviewing.record, other.record, other.key, reviewing.key)
    firm, adviser = reviewing.firm, other.firm
    if same_firm(firm, adviser):
        words = f"{adviser.name}在本创建周期内为该企业提供了咨询，不得又开展评审。"
        yield Conflict(Kind.SAME_FIRM, words, *records)
        return
    for name in sorted(firm.owners & adviser.owners):
        words = f"{firm.name}与提供咨询的{adviser.name}有同一法定代表人或者股东（{name}），不得开展评审。"
        yield Conflict(Kind.SAME_OWNER, words, *records)
    ours, theirs = tuple(_of(firm, employed, cycle)), tuple(_of(adviser, employed, cycle))
    for name, certain in _shared(ours, theirs):
        if certain:
            words = f"{name}在本创建周期内先后受雇于{firm.name}和提供咨询的{adviser.name}，不得开展评审。"
            yield Conflict(Kind.SAME_PERSON, words, *records)
        elif not any(each.covers(name, firm, adviser) for each in apart):
            words = (
                f"{firm.name}和提供咨询的{adviser.name}各有一名{name}，"
                "是否同一人由评审组织单位认定，认定不是同一人之前不得开展评审。"
            )
            yield Conflict(Kind.SAME_PERSON, words, *records, name)


def _shared(ours: Iterable[Employed], theirs: Sequence[Employed]) -> list[tuple[str, bool]]:
    """Names at both firms, and whether more than the name says that it is one person."""
    found: dict[str, bool] = {}
    for one in ours:
        for other in theirs:
            if same_person(one.person, other.person):
                certain = not by_name(one.person, other.person)
                found[one.person.name] = found.get(one.person.name, False) or certain
    return sorted(found.items())


def _told_apart(person: Person, at: Firm | None, firm: Firm, apart: Sequence[Apart]) -> bool:
    return at is not None and any(each.covers(person.name, at, firm) for each in apart)


def _of(firm: Firm, employed: Iterable[Employed], cycle: Cycle) -> Iterator[Employed]:
    """Employed by that firm within the cycle."""
    for each in employed:
        begun = cycle.until is None or each.since <= cycle.until
        over = each.until is not None and each.until <= cycle.since
        if begun and not over and same_firm(each.firm, firm):
            yield each


def _clean(text: str) -> str:
    return "".join(text.split())
