"""What self-assessors write: for a line of the sheet, by the dice of its unit, one believable answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from dabiao.demo.words.reading import Finding, findings, telling
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.standards.rules.book import Effect, Item, Rule
from dabiao.standards.rules.rulebook import FREE, Line

MOST = 3  # of one thing found by these dice
KINDS = (("查文件", "papers"), ("查现场", "onsite"), ("询问", "asking"))


@dataclass(frozen=True, slots=True)
class Hand:
    """How somebody fills a sheet. Chances are of one; `always` are items with a finding in any case."""

    words: str  # edition of `words.findings`
    places: tuple[str, ...]
    deducted: float = 0.5  # of the items there are findings for
    absent: float = 0.7  # of the items that may not apply
    wordy: float = 0.4  # of those that conform
    loose: float = 0.0  # of the items there are no findings for
    always: frozenset[str] = frozenset()
    fails: frozenset[str] = frozenset()  # items whose veto is hit


@dataclass(frozen=True, slots=True)
class Written:
    """An answer, and the finding it came from, for whoever puts it right."""

    answer: Answer
    finding: Finding | None = None


def written(line: Line, hand: Hand, dice: Random) -> Written:
    """One answer; the same dice give the same one."""
    item = line.item
    if line.outermost == FREE:
        return Written(Answer(Verdict.CONFORMS, words="经核对公开名单和本企业情况，不存在这种情形。"))
    reason = telling()["absent"].get(item.key)
    if reason and dice.random() < hand.absent and hand.words == _edition_of(item.key):
        return Written(Answer(Verdict.NOT_APPLICABLE, reason=reason))
    found = _found(line, hand, dice)
    if found is not None:
        return _deducted(found, hand, dice)
    return Written(Answer(Verdict.CONFORMS, words=_conforming(item, hand, dice)))


def _found(line: Line, hand: Hand, dice: Random) -> Finding | None:
    """What is wrong here, if anything. Vetoes are hit only where the story wants it."""
    item = line.item
    if item.key in hand.fails:
        return _own_words(item.rules[0], dice, telling()["failing"])
    if line.vetoes:
        return None
    known = findings(hand.words).get(item.key, ())
    if known and item.key in hand.always:
        return known[0]
    if known and dice.random() < hand.deducted:
        return dice.choice(known)
    mild = [rule for rule in item.rules if rule.effect in {Effect.EACH, Effect.ONCE} and not _grave(rule)]
    if known or not mild or dice.random() >= hand.loose:
        return None
    rule = dice.choice(mild)
    return _own_words(rule, dice, telling()["otherwise_once" if rule.effect is Effect.ONCE else "otherwise"])


def _own_words(rule: Rule, dice: Random, pattern: str) -> Finding:
    """A finding in the words of the rule itself."""
    count = dice.randint(1, MOST) if rule.effect is Effect.EACH else 1
    phrase = re.split(r"的，|，", re.sub("每缺.*", "缺失", rule.text.lstrip("※")))[0].removesuffix("的")
    words = pattern.format(place="{place}", phrase=phrase, count=count, unit=rule.unit)
    return Finding(rule.key, count, words, **dice.choice(telling()["causes"]))


def _grave(rule: Rule) -> bool:
    return bool(rule.veto or rule.total or rule.extra)


def _deducted(found: Finding, hand: Hand, dice: Random) -> Written:
    words = found.words.format(place=dice.choice(hand.places))
    used = (Deduction(found.rule, found.count),)
    return Written(Answer(Verdict.DEDUCTED, deductions=used, words=words), found)


def _conforming(item: Item, hand: Hand, dice: Random) -> str:
    """Words now and then, by how the item is checked."""
    if dice.random() >= hand.wordy:
        return ""
    kinds = [kind for word, kind in KINDS if word in item.check] or ["onsite"]
    said: Sequence[str] = telling()["conforms"][dice.choice(kinds)]
    return dice.choice(said).format(place=dice.choice(hand.places))


def _edition_of(key: str) -> str:
    """Items of the general edition have three numbers, those of the small one two."""
    return "general" if key.count(".") > 1 else "small"
