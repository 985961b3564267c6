"""Which icons the built sprite holds: the same list the build reads."""

from functools import cache
from pathlib import Path
from typing import Final

LIST: Final = Path(__file__).with_name("icons.txt")


@cache
def names() -> frozenset[str]:
    lines = (line.strip() for line in LIST.read_text(encoding="utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#")) | {"mark"}
