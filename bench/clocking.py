"""Taking the time: product and floor by turns, so that a busy moment falls on both."""

from collections.abc import Callable
from statistics import median, quantiles
from time import perf_counter

from bench.rows import Timing

Act = Callable[[], object]
WARM = 5


def by_turns(product: Act, floor: Act, times: int, warm: int = WARM) -> tuple[Timing, Timing]:
    """Both timed `times` times, one after the other."""
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(times + warm):
        for act, found in zip((product, floor), taken, strict=True):
            spent = once(act)
            if turn >= warm:
                found.append(spent)
    return timing(taken[0]), timing(taken[1])


def once(act: Act) -> float:
    """Milliseconds one call takes."""
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def timing(taken: list[float]) -> Timing:
    p95 = quantiles(taken, n=20, method="inclusive")[-1] if len(taken) > 1 else taken[0]
    return Timing(median(taken), p95, len(taken))
