"""One item whole: what is asked, how it is judged, what was answered, what is still missing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from dabiao.base.clock import day_of
from dabiao.kernel.permit import Permit
from dabiao.kernel.points import spell
from dabiao.office.sheets.citing import Cited, areas, cited
from dabiao.office.sheets.opened import Opened, standing
from dabiao.office.sheets.outcome import Outcome, outcome
from dabiao.office.sheets.photos import Photo, photos
from dabiao.office.sheets.previous import Previous, previous
from dabiao.office.sheets.register import Registered, registered
from dabiao.office.sheets.rows import titles
from dabiao.sheets.models import Answer
from dabiao.sheets.rules import values
from dabiao.sheets.rules.values import Deduction
from dabiao.sheets.rules.wording import day
from dabiao.standards.rules.book import Effect, Item, Rule
from dabiao.standards.rules.rulebook import FREE, Line, Veto


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A deduction rule as a row to tap. `amount` is what one count takes, `more` what follows besides."""

    key: str
    text: str
    effect: str
    each: int  # thousandths a count takes off the item, 0 for FREE
    amount: str
    more: str
    unit: str
    count: int
    points: str  # FREE: the amount set by hand
    words: str

    @property
    def used(self) -> bool:
        return self.count > 0


@dataclass(frozen=True, slots=True)
class VetoShown:
    text: str
    since: str
    source: str
    basis: Cited


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The words on the three buttons: what takes no points cannot be deducted from."""

    conforms: str = "符合"
    deducted: str = "扣分"
    absent: str = "不涉及"


@dataclass(frozen=True, slots=True)
class ItemShown:
    line: Line
    item: Item
    place: int
    lines: int
    above: str
    element: str
    verdicts: Verdicts
    rules: tuple[RuleShown, ...]
    vetoes: tuple[VetoShown, ...]
    areas: tuple[str, ...]
    permit: Permit
    row: Answer | None
    given: values.Answer | None
    outcome: Outcome
    photos: tuple[Photo, ...]
    previous: Previous | None
    registered: Registered | None
    following: str
    preceding: str

    @property
    def editable(self) -> bool:
        return self.permit.granted

    @property
    def citation(self) -> str:
        """As people cite; a clause of ours by its title."""
        return cited(self.item.citation).title if self.item.citation else ""

    @property
    def version(self) -> int:
        return self.row.version if self.row else 0

    @property
    def recorded_at(self) -> datetime | None:
        return self.row.received_at if self.row else None


POINTLESS: Final = Verdicts(deducted="不符合")
# A condition is worded as the fault itself: 符合 beside it could be read either way.
CONDITION: Final = Verdicts(conforms="没有此情形", deducted="有此情形")


def shown(found: Opened, line: Line) -> ItemShown:
    """Everything the item's pane shows; a constant number of queries."""
    row = Answer.objects.filter(sheet=found.sheet, line=line.key).select_related("recorded_by").first()
    stands = standing(row)
    answer = stands.answer if stands else None
    pictures = photos(found.sheet, line.key)
    keys = list(found.book.by_key)
    place = keys.index(line.key)
    heads, roots = titles(found.book), found.book.book.outermost()
    return ItemShown(
        line=line,
        item=line.item,
        place=place + 1,
        lines=len(keys),
        above=heads[line.outermost] if roots.get(line.item.element) != line.item.element else "",
        element=heads[line.item.element],
        verdicts=_verdicts(line),
        rules=tuple(_rule(line.item, rule, answer) for rule in line.item.rules),
        vetoes=tuple(_veto(veto) for veto in line.vetoes),
        areas=areas(line.item.areas, day_of(found.sheet.opened_at)),
        permit=found.may_write(line),
        row=row,
        given=answer,
        outcome=outcome(line, found.judged(line, answer, len(pictures))),
        photos=pictures,
        previous=previous(found.sheet, line),
        registered=registered(found, line.item),
        following=keys[place + 1] if place + 1 < len(keys) else "",
        preceding=keys[place - 1] if place else "",
    )


def _verdicts(line: Line) -> Verdicts:
    if line.item.element == FREE:
        return CONDITION
    return Verdicts() if line.item.rules else POINTLESS


def _rule(item: Item, rule: Rule, answer: values.Answer | None) -> RuleShown:
    used = next((each for each in answer.deductions if each.rule == rule.key), None) if answer else None
    return RuleShown(
        key=rule.key,
        text=rule.text,
        effect=str(rule.effect),
        each={Effect.ZERO: item.points, Effect.EACH: rule.points, Effect.ONCE: rule.points}.get(
            rule.effect, 0
        ),
        amount=_amount(item, rule),
        more=_more(rule),
        unit=rule.unit or "处",
        count=used.count if used else 0,
        points=_points(rule, used),
        words=used.words if used else "",
    )


def _points(rule: Rule, used: Deduction | None) -> str:
    return spell(used.points) if used and rule.effect is Effect.FREE else ""


def _amount(item: Item, rule: Rule) -> str:
    if rule.effect is Effect.ZERO:
        return "不得分"
    if rule.effect is Effect.EACH:
        return f"每{rule.unit or '处'} −{spell(rule.points)}"
    if rule.effect is Effect.ONCE:
        return f"−{spell(rule.points)}"
    return f"最多 −{spell(item.points)}" if rule.effect is Effect.FREE else ""


def _more(rule: Rule) -> str:
    """What the rule takes besides the item's own points, where its text does not say it already."""
    found = [f"追加扣除 {spell(rule.extra)}"] if rule.extra and "追加" not in rule.text else []
    found += [f"总分倒扣 {spell(rule.total)}"] if rule.total and "倒扣" not in rule.text else []
    found += ["否决"] if rule.veto else []
    when = "扣满时" if rule.exhausted and found else ""
    return when + "、".join(found)


def _veto(veto: Veto) -> VetoShown:
    return VetoShown(veto.text, day(veto.since) if veto.since else "", veto.source, cited(veto.clause))
