"""The whole journal verified, and replayed against the tables, after all imports: time and memory."""

import resource
from collections.abc import Callable, Iterator
from functools import partial

from bench import clocking
from bench.city import City
from bench.rows import Row, Timing
from dabiao.base.journal import replay, verify
from dabiao.organisations.models import Unit

ACTS: tuple[tuple[str, Callable[[], object]], ...] = (
    ("journal verify", verify.verify),
    ("journal replay against the tables", replay.compare),
)


def rows(city: City, _: int) -> Iterator[Row]:
    """Memory is the most this process ever held."""
    number = Unit.objects.count()
    for name, act in ACTS:
        taken = clocking.once(partial(act))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        yield Row(f"{name}, {number:,} units", Timing(taken, taken), note=f"{memory:.0f} MB")
