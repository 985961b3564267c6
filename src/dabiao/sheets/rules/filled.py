"""Score an authority's own table, filled in by hand: what is written counts, nothing is worked out again."""

from dabiao.kernel.errors import Invalid
from dabiao.kernel.points import spell
from dabiao.sheets.rules.scoring import score_result
from dabiao.sheets.rules.values import ItemScore, Result
from dabiao.standards.rules.book import Book
from dabiao.standards.rules.rulebook import Line, Rulebook
from dabiao.standards.tables.values import FilledAnswer, FilledTable


def score_filled(book: Book, filled: FilledTable) -> Result:
    """A negative 实际得分 is an item at 0 and an extra off the outermost element; an empty one is missing.

    A veto item below its points is unsatisfied. Invalid where the table has errors, or gives an item
    more than its points.
    """
    rulebook = Rulebook(book, edition=book.number, day="")
    if errors := [*map(str, filled.errors), *_over(rulebook, filled)]:
        raise Invalid(f"填写的评分表有 {len(errors)} 处错误，请改正后重新计算：{'；'.join(errors)}")
    scores = {
        line.key: _score(line, filled.answers[line.key])
        for line in rulebook.lines()
        if line.key in filled.answers
    }
    return score_result(rulebook, scores)


def _over(rulebook: Rulebook, filled: FilledTable) -> list[str]:
    return [
        f"第{given.row}行：实际得分 {spell(given.actual)} 分超过标准分值 {spell(line.item.points)} 分"
        for line in rulebook.lines()
        if (given := filled.answers.get(line.key)) and not given.na
        if given.actual is not None and given.actual > line.item.points
    ]


def _score(line: Line, given: FilledAnswer) -> ItemScore:
    full = line.item.points
    if given.na or given.actual is None:
        return ItemScore(full, 0, 0, 0, applies=False)
    lost = full - max(given.actual, 0)
    extra = max(-given.actual, 0)
    return ItemScore(
        points=full,
        lost=lost,
        extra=extra,
        total=0,
        applies=True,
        vetoes=line.vetoes if lost or given.fails else (),
        reasons=_reasons(given, lost, extra),
    )


def _reasons(given: FilledAnswer, lost: int, extra: int) -> tuple[str, ...]:
    if not lost and not extra:
        return ()
    more = f"，另从所在类目追加扣除 {spell(extra)} 分" if extra else ""
    words = f"（{given.words.strip()}）" if given.words.strip() else ""
    return (f"填写的得分比标准分值少 {spell(lost)} 分{more}{words}",)
