"""Scoring a whole sheet with the pure scorer, next to adding up the same numbers."""

from collections.abc import Iterator

from bench import clocking
from bench.city import SHEET, City
from bench.rows import Row
from dabiao.sheets import queries
from dabiao.sheets.rules.scoring import score
from dabiao.sheets.rules.values import Answer, Deduction, Verdict


def rows(city: City, times: int) -> Iterator[Row]:
    book = queries.rulebook(city.sheets[SHEET])
    answers = {key: _answer(number) for number, key in enumerate(book.by_key)}
    numbers = [(line.item.points, number % 4 * 1000) for number, line in enumerate(book.by_key.values())]
    timing, floor = clocking.by_turns(lambda: score(book, answers), lambda: _add(numbers), times)
    yield Row(f"score {SHEET} items", timing, floor)


def _answer(number: int) -> Answer:
    if number % 4 == 0:
        return Answer(Verdict.CONFORMS)
    return Answer(Verdict.DEDUCTED, (Deduction("1", number % 4),), "缺少三月的检查记录")


def _add(numbers: list[tuple[int, int]]) -> int:
    return sum(points - min(points, lost) for points, lost in numbers)
