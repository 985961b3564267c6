"""What one answer does to one line. Every rule of an item acts on its own; extras and totals act once."""

from functools import lru_cache
from typing import Final

from dabiao.sheets.rules import wording
from dabiao.sheets.rules.values import Answer, Deduction, ItemScore, Verdict
from dabiao.standards.rules.book import Effect, Item, Rule, Scheme
from dabiao.standards.rules.rulebook import EDITION, Line, Veto

KEPT: Final = 1024  # sizes of items kept in memory


def score_item(scheme: Scheme, line: Line, answer: Answer, *, why: bool = True) -> ItemScore:
    """Points lost in the item (never more than it has), what goes off outside it, and why.

    Rules the item does not have, and amounts below 0, do nothing here: `faults.faults` names them and
    neither saving nor closing lets them by. Without `why` no sentence is made.
    """
    if answer.verdict is not Verdict.DEDUCTED:
        return untouched(line.item.points, applies=answer.verdict is not Verdict.NOT_APPLICABLE)
    item, used = line.item, _used(line.item, answer)
    counted = sum([_counted(rule, each) for rule, each in used])  # lists: every save asks for it twice
    zero = Effect.ZERO in [rule.effect for rule, _ in used]
    full = (zero and scheme.zero_exhausts) or 0 < item.points <= counted
    outside = _outside(item, used, full)
    return ItemScore(
        points=item.points,
        lost=item.points if zero else min(counted, item.points),
        extra=sum([rule.extra for rule in outside]),
        total=sum([rule.total for rule in outside]),
        applies=True,
        vetoes=(*line.vetoes, *[_clause(item, rule) for rule in outside if rule.veto]),
        reasons=_reasons(item, used, counted, outside) if why else (),
    )


def preset(line: Line) -> ItemScore:
    """A line outside the unit's scope, before anybody says otherwise."""
    return untouched(line.item.points, applies=False)


@lru_cache(maxsize=KEPT)
def untouched(points: int, *, applies: bool) -> ItemScore:
    """Nothing lost: most lines of most sheets, and the same value for all of them."""
    return ItemScore(points, 0, 0, 0, applies)


def _used(item: Item, answer: Answer) -> list[tuple[Rule, Deduction]]:
    """Each rule used, once, in the order printed: counts and free amounts of one rule are added up."""
    found, named = [], [each.rule for each in answer.deductions if each.count > 0]
    for rule in item.rules:
        if rule.key in named:
            mine = [each for each in answer.deductions if each.rule == rule.key and each.count > 0]
            found.append((rule, _merged(item, rule, mine)))
    return found


def _merged(item: Item, rule: Rule, mine: list[Deduction]) -> Deduction:
    free = min(sum([max(each.points, 0) for each in mine]), item.points)
    words = "；".join([each.words.strip() for each in mine if each.words.strip()])
    return Deduction(rule.key, sum([each.count for each in mine]), free, words)


def _counted(rule: Rule, used: Deduction) -> int:
    if rule.effect is Effect.FREE:
        return used.points
    times = {Effect.EACH: used.count, Effect.ONCE: 1}
    return rule.points * times.get(rule.effect, 0)


def _outside(item: Item, used: list[tuple[Rule, Deduction]], full: bool) -> list[Rule]:
    """The rules whose extra, total and veto act: by their own trigger, or (扣满) by the item being used up.

    Counted deductions alone use an item up; 不得分 does only where the edition says so.
    """
    triggered = [rule for rule, _ in used if not rule.exhausted]
    return triggered + [rule for rule in item.rules if rule.exhausted and full]


def _clause(item: Item, rule: Rule) -> Veto:
    return Veto(f"{item.key}/{rule.key}", rule.text, "", item.citation, item.key, EDITION)


def _reasons(
    item: Item, used: list[tuple[Rule, Deduction]], counted: int, outside: list[Rule]
) -> tuple[str, ...]:
    found = [wording.deduction(item, rule, each) for rule, each in used if _deducts(rule)]
    if counted > item.points:
        found.append(wording.capped(item))
    return (*found, *[wording.exhausted(item, rule) for rule in outside if rule.exhausted])


def _deducts(rule: Rule) -> bool:
    """Not a clause that only says what follows from the item being used up."""
    return not rule.exhausted or rule.effect is not Effect.NONE
