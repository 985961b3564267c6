"""The heap of a worker that serves: what it has loaded stays to its end, so nothing need walk it again.

Python's collector of cycles starts after every 700 new objects, and from time to time walks all there are: a
hundred thousand and more once models, addresses and templates are loaded. A delivery of a visit makes that
many dictionaries that it would start ten times, and now and then hold up everybody for the whole walk. What
is loaded is therefore put aside, and the rest is looked through less often: what garbage in cycles waits for
that stays below some ten megabytes.
"""

import gc
from typing import Final

YOUNG: Final = 50_000  # new objects before the collector starts: more than the largest delivery makes


def settle() -> None:
    """Called once, when everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
