"""Which icons the built sprite holds: the same list the build reads."""

from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

LIST: Final = Path(__file__).with_name("icons.txt")


@cache
def names() -> frozenset[str]:
    lines = (line.strip() for line in LIST.read_text(encoding="utf-8").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#")) | {"mark"}


@cache
def sprite() -> str:
    """Address of the sprite; what files are called is read once in a process anyway."""
    return static("built/icons.svg")


@lru_cache(maxsize=512)
def drawn(name: str, label: str) -> SafeString:
    """An icon of the sprite, the same words every time; LookupError for one that is not in the list."""
    if name not in names():
        raise LookupError(f"{name}: not in look/icons.txt; add it there and run `npm run build`")
    address = f"{sprite()}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)
