"""How much work something is, by what no busy machine changes: the calls of functions it takes."""

from collections.abc import Callable
from cProfile import Profile
from pstats import Stats


def calls(work: Callable[[], object]) -> int:
    """Work once, and count."""
    profile = Profile()
    profile.runcall(work)
    return int(vars(Stats(profile))["total_calls"])
