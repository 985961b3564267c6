"""Raw sums per outermost element: what a sheet keeps, so that saving one answer costs the same anywhere.

Replacing an answer adds `effect(new) - effect(old)` to the sums of the line's outermost element (`change`).
Floors and rates are computed on reading (`scoring.score_sums`): they are not additive.
"""

from collections.abc import Mapping

from dabiao.sheets.rules.items import preset, score_item
from dabiao.sheets.rules.values import Answer, Answers, ItemScore, Sums
from dabiao.standards.rules.rulebook import Line, Rulebook


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
    return line.outermost, _worth(rulebook, line, new) - _worth(rulebook, line, old)


def opening(rulebook: Rulebook) -> dict[str, Sums]:
    """Sums of a sheet just opened, by outermost element in the order printed, `FREE` ("") last."""
    return sums(rulebook, {})


def sums(rulebook: Rulebook, answers: Answers) -> dict[str, Sums]:
    """Sums of all answers. Answers to lines the rulebook no longer has count for nothing."""
    return totals(rulebook, score_lines(rulebook, answers))


def totals(rulebook: Rulebook, scores: Mapping[str, ItemScore]) -> dict[str, Sums]:
    """Sums of scored lines, by outermost element."""
    kept = {key: Sums() for key in rulebook.extents}
    for line in rulebook.lines():
        if line.key in scores:
            kept[line.outermost] += effect(scores[line.key])
    return kept


def score_lines(rulebook: Rulebook, answers: Answers) -> dict[str, ItemScore]:
    """Every line answered or preset, scored, in the order of the rulebook."""
    scored = ((line.key, score_line(rulebook, line, answers.get(line.key))) for line in rulebook.lines())
    return {key: score for key, score in scored if score is not None}


def score_line(rulebook: Rulebook, line: Line, answer: Answer | None) -> ItemScore | None:
    """None while the line is unanswered and in scope."""
    if answer is not None:
        return score_item(rulebook.book.scheme, line, answer)
    return preset(line) if line.preset else None


def _worth(rulebook: Rulebook, line: Line, answer: Answer | None) -> Sums:
    score = score_line(rulebook, line, answer)
    return effect(score) if score else Sums()
