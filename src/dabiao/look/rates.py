"""How often one address may do something that costs us: counted in a cache, kept nowhere else.

Where a rate is counted decides what it protects:
- SHARED, in files of the data folder: one count for all workers, which survives a restart. Whatever guards a
  secret against trying (passwords, codes, numbers of receipts; allauth's own rates lie there too), people's
  time (what the public sends in) or a few very long runs (verifying the journal) is counted so.
- HERE, in the memory of each worker: `--workers N` lets through N times as much at most, and a restart begins
  anew. Only for what protects the processor of many small requests: to count in a file costs more than what
  is counted (renamed over the one before, it is flushed to disk: 29 ms of a delivery).
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from allauth.account.adapter import get_adapter
from django.core.cache import caches
from django.http import HttpRequest

from dabiao.kernel.errors import TooMany

SHARED: Final = "default"
HERE: Final = "here"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many times from one address; free again so many seconds after the last."""

    name: str
    times: int
    seconds: int
    counted: str = SHARED


def spend(rate: Rate, request: HttpRequest, words: object) -> None:
    """Count one; TooMany once the address has used up its share. Two at the same instant may count as one."""
    address, counts = str(get_adapter().get_client_ip(request)), caches[rate.counted]
    key = f"rate:{rate.name}:{sha256(address.encode()).hexdigest()}"
    used = int(counts.get(key, 0))
    if used >= rate.times:
        raise TooMany(str(words), retry=rate.seconds)
    counts.set(key, used + 1, rate.seconds)
