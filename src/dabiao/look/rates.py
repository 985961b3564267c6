"""How often one address may do something that costs us: counted in the cache, kept nowhere else."""

from dataclasses import dataclass
from hashlib import sha256

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from dabiao.kernel.errors import TooMany


@dataclass(frozen=True, slots=True)
class Rate:
    """So many times from one address; free again so many seconds after the last."""

    name: str
    times: int
    seconds: int


def spend(rate: Rate, request: HttpRequest, words: object) -> None:
    """Count one; TooMany once the address has used up its share. Two at the same instant may count as one."""
    address = str(get_adapter().get_client_ip(request))
    key = f"rate:{rate.name}:{sha256(address.encode()).hexdigest()}"
    used = int(cache.get(key, 0))
    if used >= rate.times:
        raise TooMany(str(words), retry=rate.seconds)
    cache.set(key, used + 1, rate.seconds)
