"""The one dictionary from announcements to what is done about them (architecture, section 4)."""

from collections.abc import Callable, Mapping
from typing import Any

REACTIONS: Mapping[str, tuple[Callable[[Mapping[str, Any], str], None], ...]] = {}
