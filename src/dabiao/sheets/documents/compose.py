"""From what the scorer gives to the lines of the document. Pure; the caller adds people, places, pictures."""

from collections.abc import Iterable, Mapping
from typing import Final

from dabiao.sheets.documents.values import (
    DeductionLine,
    ElementRow,
    GroupRate,
    ItemLine,
    Outcome,
    Picture,
)
from dabiao.sheets.rules.values import Answer, Answers, Deduction, ElementScore, ItemScore, Result, Veto
from dabiao.standards.rules.book import Book, Effect, Element, Group, Item, Rule, VetoLevel

GROUPS: Final = {Group.NONE: "", Group.BASIC: "基础管理", Group.ONSITE: "现场安全技术"}
Pictures = Mapping[str, tuple[Picture, ...]]  # by item key


def outcome(result: Result, *, level: str) -> Outcome:
    """The verdict; `level` in words. A provisional one shows the running score and says so."""
    open_yet = result.score is None
    return Outcome(
        full=result.full,
        not_applicable=result.not_applicable,
        obtained=result.obtained,
        total_deduction=result.total_deduction,
        score=result.provisional if open_yet else result.score,
        level=level,
        failed=result.level == "failed",
        provisional=open_yet,
        missing=len(result.missing),
        reasons=result.reasons,
        vetoes=result.vetoes,
        groups=tuple(GroupRate(GROUPS[Group(key)], rate) for key, rate in (result.groups or {}).items()),
        p=result.p,
    )


def element_rows(book: Book, result: Result) -> tuple[ElementRow, ...]:
    """One row per outermost element, in the order of the result."""
    titles = {element.key: _title(element) for element in book.elements}
    return tuple(_row(each, titles.get(each.key, each.name)) for each in result.elements)


def _row(each: ElementScore, title: str) -> ElementRow:
    return ElementRow(
        title=title,
        full=each.full,
        not_applicable=each.not_applicable,
        obtained=each.obtained,
        extra=each.extra,
        rate=each.rate,
        group=GROUPS[each.group],
        answered=each.answered,
        items=each.items,
    )


def item_lines(
    book: Book, answers: Answers, result: Result, *, pictures: Pictures, vetoes: Iterable[Veto] = ()
) -> tuple[ItemLine, ...]:
    """Every item of the book with its answer; `vetoes` are the rulebook's, to mark their items."""
    titles = {element.key: _title(element) for element in book.elements}
    outer = book.outermost()
    marked = {veto.item for veto in vetoes}
    return tuple(
        _line(item, answers.get(item.key), result.items.get(item.key), titles, outer, marked, pictures)
        for item in book.items
    )


def _title(element: Element) -> str:
    return f"{element.number} {element.title}".strip()


def _line(
    item: Item,
    answer: Answer | None,
    score: ItemScore | None,
    titles: Mapping[str, str],
    outer: Mapping[str, str],
    marked: set[str],
    pictures: Pictures,
) -> ItemLine:
    root = outer.get(item.element, item.element)
    return ItemLine(
        number=item.number,
        element=titles.get(item.element, item.element),
        within="" if root == item.element else titles.get(root, root),
        requirement=item.requirement,
        points=item.points,
        verdict=answer.verdict if answer else None,
        obtained=score.obtained if answer and score else None,
        deductions=_deductions(item, answer, score),
        words=answer.words if answer else "",
        reason=answer.reason if answer else "",
        veto=item.veto is not VetoLevel.NONE or item.key in marked,
        pictures=pictures.get(item.key, ()),
    )


def _deductions(item: Item, answer: Answer | None, score: ItemScore | None) -> tuple[DeductionLine, ...]:
    if answer is None or not answer.applies:
        return ()
    rules = {rule.key: rule for rule in item.rules}
    used = [(rules[each.rule], each) for each in answer.deductions if each.rule in rules]
    exhausted = score is not None and score.extra > sum(rule.extra for rule, _ in used if not rule.exhausted)
    return tuple(_deduction(item, rule, each, exhausted) for rule, each in used)


def _deduction(item: Item, rule: Rule, used: Deduction, exhausted: bool) -> DeductionLine:
    return DeductionLine(
        text=rule.text,
        count=used.count,
        points=_taken(item, rule, used),
        extra=rule.extra if exhausted or not rule.exhausted else 0,
        total=rule.total,
        words=used.words,
    )


def _taken(item: Item, rule: Rule, used: Deduction) -> int:
    """What the rule names, before the item's own floor at 0."""
    match rule.effect:
        case Effect.ZERO:
            return item.points
        case Effect.EACH:
            return min(rule.points * used.count, item.points)
        case Effect.ONCE:
            return min(rule.points, item.points)
        case Effect.FREE:
            return min(used.points, item.points)
    return 0
