"""The scorer: a rulebook and answers in, a score with its reasons out. Pure, exact, the same everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from typing import Final

from dabiao.kernel.points import rate
from dabiao.sheets.rules import grades, values
from dabiao.sheets.rules.reasons import explain
from dabiao.sheets.rules.sums import score_lines, totals
from dabiao.sheets.rules.values import FAILED, Answers, ElementScore, ItemScore, Raw, Result, Running, Sums
from dabiao.standards.rules.book import Element, Group, Scheme, SchemeKind
from dabiao.standards.rules.rulebook import Extent, Rulebook

Got = tuple[int, int]  # of one outermost element: points that apply, and what is got of them after extras
_NONE: Final = Sums().raw()


def score(rulebook: Rulebook, answers: Answers, performance_level: str | None = None) -> Result:
    """Score a sheet. The level is the lower of the score's and `performance_level` (安全绩效), if given.

    ValueError where `performance_level` belongs to another ladder of levels than the edition's.
    """
    return score_result(rulebook, score_lines(rulebook, answers), performance_level)


def score_result(
    rulebook: Rulebook,
    scores: Mapping[str, ItemScore],
    performance_level: str | None = None,
    sums: Mapping[str, Sums] | None = None,
) -> Result:
    """The same from lines already scored, by line key; `sums`: their totals, where they are known by now."""
    running = score_sums(rulebook, totals(rulebook, scores) if sums is None else sums, performance_level)
    hit = tuple(veto for each in scores.values() for veto in each.vetoes)
    return Result(
        **{each.name: getattr(running, each.name) for each in fields(Running)},
        items=scores,
        vetoes=hit,
        missing=tuple(key for key in rulebook.by_key if key not in scores),
        reasons=explain(rulebook, running, hit, performance_level),
    )


def score_sums(rulebook: Rulebook, sums: Mapping[str, Sums], performance_level: str | None = None) -> Running:
    """The running score from the sums kept per outermost element, `FREE` ("") among them; absent ones are 0.

    Equals `score` of the same answers in every field of `Running`.
    """
    return score_raw(rulebook, {key: each.raw() for key, each in sums.items()}, performance_level)


def score_raw(
    rulebook: Rulebook, sums: Mapping[str, Raw], performance_level: str | None = None, *, parts: bool = True
) -> Running:
    """The same from their bare numbers. Without `parts` no element is told of: every save asks for the score
    of the whole sheet, and only the page that is opened for the score of each element."""
    scheme, outermost = rulebook.book.scheme, _outermost(rulebook)
    got = _got([sums.get(each.key, _NONE) for each in outermost])
    whole = values.whole(sums.values())
    applicable = sum([applies for applies, _ in got])  # lists: every save asks, and an iterator is a call
    obtained = max(0, sum([points for _, points in got]) - whole.total)  # for each element
    lines = len(rulebook.by_key)
    share = rate(obtained, applicable)
    groups = _groups(outermost, got) if scheme.kind is SchemeKind.TWO_GROUPS else None
    shown = None if share is None else _shown(scheme, share)
    done = whole.answered == lines
    by_score = grades.level(scheme, share, groups or {}) if done and share is not None else None
    return Running(
        full=rulebook.full,
        not_applicable=whole.not_applicable,
        applicable=applicable,
        obtained=obtained,
        total_deduction=whole.total,
        rate=share,
        score=shown if done else None,
        provisional=shown,
        by_score=by_score,
        level=_level(by_score, performance_level, whole.vetoed),
        elements=_elements(rulebook, sums, got) if parts else (),
        answered=whole.answered,
        lines=lines,
        vetoed=whole.vetoed,
        groups=groups,
        p=None if groups is None or share is None else grades.p_value(share),
    )


def _outermost(rulebook: Rulebook) -> list[Element]:
    return [each for each in rulebook.book.elements if not each.parent]


def _got(sums: Sequence[Raw]) -> list[Got]:
    return [
        (applies, left if (left := applies - lost - extra) > 0 else 0)
        for _, points, not_applicable, lost, extra, *_ in sums
        for applies in [points - not_applicable]
    ]


def _elements(rulebook: Rulebook, sums: Mapping[str, Raw], got: list[Got]) -> tuple[ElementScore, ...]:
    pairs = zip(_outermost(rulebook), got, strict=True)
    return tuple(
        _element(each, rulebook.extents[each.key], Sums(*sums.get(each.key, _NONE)), both)
        for each, both in pairs
    )


def _element(element: Element, extent: Extent, sums: Sums, got: Got) -> ElementScore:
    applicable, obtained = got
    return ElementScore(
        key=element.key,
        name=element.title,
        full=extent.points,
        not_applicable=sums.not_applicable,
        applicable=applicable,
        obtained=obtained,
        extra=sums.extra,
        group=element.group,
        answered=sums.answered,
        items=extent.lines,
    )


def _groups(elements: list[Element], got: list[Got]) -> dict[Group, Fraction]:
    """Exact rate of each group in which anything applies; what goes off the grand total is in neither."""
    found = {}
    for group in grades.GRADED:
        mine = [both for each, both in zip(elements, got, strict=True) if each.group is group]
        share = rate(sum(points for _, points in mine), sum(applies for applies, _ in mine))
        if share is not None:
            found[group] = share
    return found


def _shown(scheme: Scheme, share: Fraction) -> Decimal:
    return grades.rate_score(share) if scheme.kind is SchemeKind.RATE else grades.p_score(share)


def _level(by_score: str | None, performance: str | None, vetoed: int) -> str | None:
    """A veto fails, whatever is answered after it."""
    if vetoed:
        return FAILED
    if by_score is None or performance is None:
        return by_score
    return grades.lower(by_score, performance)
