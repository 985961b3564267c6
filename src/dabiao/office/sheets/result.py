"""A score explained for the screen: elements, deductions, vetoes, reasons with their clauses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from dabiao.kernel.points import PERCENT, TENTH, spell
from dabiao.look.shapes import ReasonShown
from dabiao.office.sheets import score
from dabiao.office.sheets.citing import cited
from dabiao.office.sheets.rows import titles
from dabiao.sheets.rules.values import FAILED, ElementScore, Reason, Result
from dabiao.sheets.rules.wording import GROUPS, day, level_word, percent
from dabiao.standards.rules.rulebook import Rulebook

FAILING: Final = ("按得分不达标", "不予通过")  # how `sheets.rules.reasons` says it


@dataclass(frozen=True, slots=True)
class ElementShown:
    title: str
    full: str
    absent: str
    extra: str
    obtained: str
    rate: str
    share: str  # the rate as a whole number for the bar, empty where nothing applies
    answered: int
    items: int


@dataclass(frozen=True, slots=True)
class DeductionShown:
    """One item that lost something, with its sentences."""

    key: str
    name: str
    lost: str
    outside: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    score: score.Shown
    full: str
    absent: str
    applicable: str
    extra: str
    obtained: str
    total: str
    groups: tuple[tuple[str, str], ...]
    elements: tuple[ElementShown, ...]
    reasons: tuple[ReasonShown, ...]
    deductions: tuple[DeductionShown, ...]


def explained(book: Rulebook, found: Result) -> Explained:
    """The same words for a running score and for a final one."""
    heads = titles(book)
    return Explained(
        score=score.shown(found),
        full=spell(found.full),
        absent=spell(found.not_applicable),
        applicable=spell(found.applicable),
        extra=_off(sum(each.extra for each in found.elements)),
        obtained=spell(found.obtained),
        total=spell(found.total_deduction) if found.total_deduction else "",
        groups=tuple((GROUPS[key], f"{percent(rate)}%") for key, rate in (found.groups or {}).items()),
        elements=tuple(_element(each, heads[each.key]) for each in found.elements),
        reasons=tuple(reason(each) for each in found.reasons),
        deductions=tuple(_deductions(book, found)),
    )


def sealed(book: Rulebook, counted: Result, frozen: Mapping[str, Any]) -> Explained:
    """A closed sheet's result: level and reasons as they were signed."""
    found = explained(book, counted)
    level = frozen["level"]
    shown = replace(found.score, level=level_word(level) if level else "", failed=level == FAILED)
    return replace(found, score=shown, reasons=tuple(reason(Reason(**each)) for each in frozen["reasons"]))


def _element(each: ElementScore, title: str) -> ElementShown:
    rate = None if each.rate is None else percent(each.rate, TENTH)
    return ElementShown(
        title=title,
        full=spell(each.full),
        absent=spell(each.not_applicable) if each.not_applicable else "",
        extra=_off(each.extra),
        obtained=spell(each.obtained),
        rate="—" if rate is None else rate,
        share="" if each.rate is None else str(int(each.rate * PERCENT)),
        answered=each.answered,
        items=each.items,
    )


def _off(thousandths: int) -> str:
    return f"−{spell(thousandths)}" if thousandths else ""


def reason(told: Reason) -> ReasonShown:
    """A sentence with its clause; one that fails the sheet is marked so."""
    basis = cited(told.clause) if told.clause else None
    since = f"自{day(told.since)}起施行" if told.since else ""
    met = False if any(each in told.text for each in FAILING) else None
    return ReasonShown(
        fact=told.text,
        rule=since,
        clause=basis.title if basis else "",
        text=basis.text if basis else "",
        met=met,
    )


def _deductions(book: Rulebook, found: Result) -> Iterator[DeductionShown]:
    for key, each in found.items.items():
        if not each.reasons and not each.vetoed:
            continue
        item = book.line(key).item
        outside = [f"追加扣除 {spell(each.extra)} 分"] if each.extra else []
        outside += [f"总分倒扣 {spell(each.total)} 分"] if each.total else []
        outside += ["触及否决"] if each.vetoed else []
        yield DeductionShown(
            key=key,
            name=f"{item.number} {item.requirement}".strip(),
            lost=f"−{spell(each.lost)}" if each.lost else "",
            outside="，".join(outside),
            texts=each.reasons,
        )
