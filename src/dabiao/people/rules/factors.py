"""Who must have a second factor: everybody who acts for an authority, an agency or the system."""

from collections.abc import Iterable
from typing import Final

from dabiao.kernel.roles import UNIT_ROLES, Role

OFFICIAL: Final = frozenset(Role) - UNIT_ROLES - {Role.PUBLIC, Role.TIME, Role.CLIENT}


def needed(roles: Iterable[Role]) -> bool:
    """One official posting is enough."""
    return not OFFICIAL.isdisjoint(roles)
