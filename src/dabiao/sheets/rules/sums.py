"""Raw sums per outermost element: what a sheet keeps, so that saving one answer costs the same anywhere.

Replacing an answer adds `effect(new) - effect(old)` to the sums of the line's outermost element (`change`).
Floors and rates are computed on reading (`scoring.score_sums`): they are not additive.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Final

from dabiao.sheets.rules.items import preset, score_item
from dabiao.sheets.rules.values import Answer, Answers, ItemScore, Sums
from dabiao.standards.rules.rulebook import Line, Rulebook

_SUMS: Final = len(fields(Sums))
_NOTHING: Final = Sums()


def effect(score: ItemScore) -> Sums:
    """What one answered line adds to the sums of its outermost element."""
    return Sums(
        answered=1,
        answered_points=score.points,
        not_applicable=0 if score.applies else score.points,
        lost=score.lost,
        extra=score.extra,
        total=score.total,
        vetoed=int(score.vetoed),
    )


def change(rulebook: Rulebook, key: str, old: Answer | None, new: Answer | None) -> tuple[str, Sums]:
    """The outermost element of line `key`, and what to add to its sums when `new` replaces `old`.

    None stands for no answer: then the line is unanswered, or as preset where it lies out of scope.
    KeyError where the rulebook has no such line.
    """
    line = rulebook.line(key)
    return line.outermost, difference(score_line(rulebook, line, old), score_line(rulebook, line, new))


def difference(old: ItemScore | None, new: ItemScore | None) -> Sums:
    """What to add to the sums where one line's score becomes another; None where it has none."""
    return (effect(new) if new else _NOTHING) - (effect(old) if old else _NOTHING)


def opening(rulebook: Rulebook) -> dict[str, Sums]:
    """Sums of a sheet just opened, by outermost element in the order printed, `FREE` ("") last."""
    return sums(rulebook, {})


def sums(rulebook: Rulebook, answers: Answers) -> dict[str, Sums]:
    """Sums of all answers. Answers to lines the rulebook no longer has count for nothing."""
    return totals(rulebook, score_lines(rulebook, answers))


def totals(rulebook: Rulebook, scores: Mapping[str, ItemScore]) -> dict[str, Sums]:
    """Sums of scored lines, by outermost element."""
    by_key = rulebook.by_key
    found = added((by_key[key].outermost, score) for key, score in scores.items() if key in by_key)
    return {key: found.get(key, _NOTHING) for key in rulebook.extents}


def added(scored: Iterable[tuple[str, ItemScore]]) -> dict[str, Sums]:
    """The sum of `effect` of each, by the outermost element it is told with; without making one of each."""
    raw: dict[str, list[int]] = {}
    for element, score in scored:
        kept = raw.get(element) or raw.setdefault(element, [0] * _SUMS)
        kept[0] += 1
        kept[1] += score.points
        if not score.applies:
            kept[2] += score.points
        if score.lost or score.extra or score.total or score.vetoes:
            kept[3] += score.lost
            kept[4] += score.extra
            kept[5] += score.total
            kept[6] += score.vetoed
    return {element: Sums(*numbers) for element, numbers in raw.items()}


def given(rulebook: Rulebook, answers: Answers) -> dict[str, Sums]:
    """What answers to lines that have none add, by outermost element: `change` of each, summed.

    KeyError where the rulebook has no such line.
    """
    lines, scheme = [rulebook.by_key[key] for key in answers], rulebook.book.scheme
    pairs = zip(lines, answers.values(), strict=True)
    after = added([(line.outermost, score_item(scheme, line, answer, why=False)) for line, answer in pairs])
    before = added((line.outermost, preset(line)) for line in lines if line.preset)
    return {element: sums - before[element] if element in before else sums for element, sums in after.items()}


def score_lines(rulebook: Rulebook, answers: Answers) -> dict[str, ItemScore]:
    """Every line answered or preset, scored, in the order of the rulebook."""
    scheme, found = rulebook.book.scheme, dict[str, ItemScore]()
    for key, line in rulebook.by_key.items():
        answer = answers.get(key)
        if answer is not None:
            found[key] = score_item(scheme, line, answer)
        elif line.preset:
            found[key] = preset(line)
    return found


def score_line(
    rulebook: Rulebook, line: Line, answer: Answer | None, *, why: bool = True
) -> ItemScore | None:
    """None while the line is unanswered and in scope. Without `why` no sentence is made: for sums alone."""
    if answer is not None:
        return score_item(rulebook.book.scheme, line, answer, why=why)
    return preset(line) if line.preset else None
