"""Canonical bytes and named digests: what is content-addressed or signed goes through here."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import orjson

SHA256: Final = "sha256"
SM3: Final = "sm3"
ALGORITHMS: Final = (SHA256, SM3)


def _sm3(data: bytes) -> Any:
    return hashlib.new(SM3, data)


HASHES: Final[Mapping[str, Callable[[bytes], Any]]] = {SHA256: hashlib.sha256, SM3: _sm3}


def canonical(value: Any) -> bytes:
    """JSON of plain values with sorted keys and no spaces, in UTF-8: equal values, equal bytes."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def digest(data: bytes, algorithm: str = SHA256) -> str:
    """ "sha256:…" or "sm3:…" in hex; ValueError for another algorithm, so that nothing weak slips in."""
    if algorithm not in HASHES:
        raise ValueError(f"不支持的摘要算法：{algorithm}")
    return f"{algorithm}:{HASHES[algorithm](data).hexdigest()}"


def digests(each: Iterable[bytes]) -> list[str]:
    """`digest` of each, by SHA-256."""
    return [f"{SHA256}:{hashlib.sha256(one).hexdigest()}" for one in each]


def algorithm_of(named: str) -> str:
    """The algorithm a digest names; ValueError where it names none of ours."""
    algorithm, _, rest = named.partition(":")
    if algorithm not in ALGORITHMS or not rest:
        raise ValueError(f"不是带算法名的摘要：{named}")
    return algorithm
