"""From what the scorer gives to the lines of the document. Pure; the caller adds people, places, pictures."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dabiao.sheets.documents.values import (
    DeductionLine,
    ElementRow,
    GroupRate,
    ItemLine,
    Outcome,
    Picture,
)
from dabiao.sheets.rules.values import (
    FAILED,
    Answer,
    Answers,
    Deduction,
    ElementScore,
    ItemScore,
    Result,
    Verdict,
)
from dabiao.sheets.rules.wording import GROUPS, level_word
from dabiao.standards.rules.book import Book, Effect, Element, Item, Rule
from dabiao.standards.rules.rulebook import FREE, Line, Rulebook

FREE_TITLE: Final = "达标否决条件"
Pictures = Mapping[str, tuple[Picture, ...]]  # by line key


def outcome(result: Result, *, whole: bool = True) -> Outcome:
    """The verdict. A provisional one shows the running score and says so; some items alone make no level."""
    open_yet = bool(result.missing)
    return Outcome(
        full=result.full,
        not_applicable=result.not_applicable,
        applicable=result.applicable,
        obtained=result.obtained,
        total_deduction=result.total_deduction,
        score=result.provisional if open_yet else result.score,
        level=level_word(result.level) if result.level and whole else "",
        failed=result.level == FAILED and whole,
        provisional=open_yet,
        missing=len(result.missing),
        reasons=result.reasons if whole else (),
        vetoes=result.vetoes,
        groups=tuple(GroupRate(GROUPS[key], rate) for key, rate in (result.groups or {}).items()),
        p=result.p,
    )


def element_rows(book: Book, result: Result) -> tuple[ElementRow, ...]:
    """One row per outermost element, in the order of the result; free conditions have none."""
    titles = {element.key: _title(element) for element in book.elements}
    return tuple(_row(each, titles[each.key]) for each in result.elements if each.key in titles)


def _row(each: ElementScore, title: str) -> ElementRow:
    return ElementRow(
        title=title,
        full=each.full,
        not_applicable=each.not_applicable,
        applicable=each.applicable,
        obtained=each.obtained,
        extra=each.extra,
        rate=each.rate,
        group=GROUPS.get(each.group, "").removesuffix("要求"),  # the column is narrow
        answered=each.answered,
        items=each.items,
    )


def item_lines(
    rulebook: Rulebook, answers: Answers, result: Result, pictures: Pictures
) -> tuple[ItemLine, ...]:
    """Every line of the rulebook with its answer, free conditions last; preset ones are not applicable."""
    places = _places(rulebook.book)
    return tuple(
        replace(
            _answered(line, answers.get(line.key), result.items.get(line.key)),
            within=places[line.item.element][0],
            element=places[line.item.element][1],
            veto=bool(line.vetoes),
            condition=line.item.element == FREE,
            pictures=pictures.get(line.key, ()),
        )
        for line in rulebook.lines()
    )


def _places(book: Book) -> dict[str, tuple[str, str]]:
    """Of every element: title of the outermost one it lies in (empty: itself), own title."""
    titles = {element.key: _title(element) for element in book.elements}
    roots = book.outermost()
    return {FREE: ("", FREE_TITLE)} | {
        key: ("" if roots[key] == key else titles[roots[key]], title) for key, title in titles.items()
    }


def _title(element: Element) -> str:
    return f"{element.number} {element.title}".strip()


def _answered(line: Line, answer: Answer | None, score: ItemScore | None) -> ItemLine:
    """What was said about the line and what it costs; a score without an answer is a preset one."""
    item = line.item
    blank = ItemLine(item.number, item.element, item.requirement, item.points)
    if score is None:
        return blank
    scored = replace(blank, obtained=score.obtained, extra=score.extra, total=score.total)
    if answer is None:
        return replace(scored, verdict=Verdict.NOT_APPLICABLE, reason=line.preset)
    return replace(
        scored,
        verdict=answer.verdict,
        deductions=_deductions(item, answer),
        words=answer.words,
        reason=answer.reason,
    )


def _deductions(item: Item, answer: Answer) -> tuple[DeductionLine, ...]:
    if answer.verdict is not Verdict.DEDUCTED:
        return ()
    rules = {rule.key: rule for rule in item.rules}
    used = [(rules[each.rule], each) for each in answer.deductions if each.rule in rules]
    return tuple(_deduction(item, rule, each) for rule, each in used)


def _deduction(item: Item, rule: Rule, used: Deduction) -> DeductionLine:
    return DeductionLine(rule.text, used.count, _taken(item, rule, used), used.words)


def _taken(item: Item, rule: Rule, used: Deduction) -> int:
    """What the rule alone takes, never more than the item has."""
    amounts = {
        Effect.ZERO: item.points,
        Effect.EACH: rule.points * used.count,
        Effect.ONCE: rule.points,
        Effect.FREE: used.points,
    }
    return min(amounts.get(rule.effect, 0), item.points)
