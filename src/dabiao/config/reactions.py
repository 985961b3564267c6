"""What is done about announcements (architecture, section 4), and what time does: one dictionary, one list."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

REACTIONS: Mapping[str, tuple[Callable[[Mapping[str, Any], str], None], ...]] = {}

# Each finds what is due at a moment and calls the service; `dabiao tick` runs them in this order.
TASKS: tuple[Callable[[datetime], object], ...] = ()
