"""Text as people paste it -> text as it is kept: without what cannot be seen, spaces in order."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_INVISIBLE: Final = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
_WIDE: Final = {
    code: code - 0xFEE0
    for block in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B))
    for code in range(*block)
}
# Whatever is not among these may have to be changed: full-width letters and digits are not.
_ODD: Final = re.compile(r"[^\u4e00-\u9fff0-9A-Za-z（）()·、，。；：—-]")


def clean(text: str) -> str:
    """Full-width digits and letters become half-width; punctuation of names stays as it is."""
    if not _ODD.search(text):
        return text
    shown = (
        " " if char in "\t\r\n" else char
        for char in text.translate(_WIDE)
        if char in "\t\r\n" or unicodedata.category(char) not in _INVISIBLE
    )
    return " ".join("".join(shown).split())


@lru_cache(maxsize=20_000)  # the words of a register come back line after line
def key(text: str) -> str:
    """For comparing names: half-width, lower case, without any spaces."""
    return "".join(unicodedata.normalize("NFKC", clean(text)).lower().split())
