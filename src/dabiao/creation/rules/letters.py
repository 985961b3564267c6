"""A letter from its template: placeholders filled from what is known; the digest over the exact text."""

import re
from collections.abc import Mapping
from typing import Final

from dabiao.kernel import digests

_PLACE: Final = re.compile(r"\{(\w+)\}")
UNKNOWN: Final = "（未登记）"


def filled(template: str, known: Mapping[str, str]) -> str:
    """Every placeholder replaced; what is not known is said so, never left as a brace."""
    return _PLACE.sub(lambda found: known.get(found[1], "") or UNKNOWN, template)


def edition(version: str) -> str:
    """A version (`commitment.letter@2023-01-01`) as people say it: by the day its text is in force from."""
    return f"{version.rpartition('@')[2]} 版"


def digest(text: str) -> str:
    """Over the text in UTF-8, named by its algorithm, so that anybody can reckon it again."""
    return digests.digest(text.encode())
