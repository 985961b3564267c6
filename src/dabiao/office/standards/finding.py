"""Fetching what a person may see, or answering that it does not exist."""

from typing import Final, TypeVar

from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import CITY_ROLES, DISTRICT_ROLES, Role
from dabiao.look.addresses import Request
from dabiao.office.frame import READING
from dabiao.organisations.models import Body
from dabiao.standards.models import Edition, EditionItem, Making, Standard, VetoOverlay, owned
from dabiao.standards.permissions import owns

READERS: Final = READING
KEEPERS: Final = frozenset({Role.INDUSTRY_CITY, Role.BUREAU_CITY})
LEADERS: Final = frozenset({Role.BUREAU_CITY, Role.COMMITTEE_CITY})
OPENERS: Final = CITY_ROLES
WATCHERS: Final = CITY_ROLES | DISTRICT_ROLES


T = TypeVar("T")


def standard(request: Request, key: int) -> Standard:
    rows = Standard.objects.visible_to(request.actor).select_related("owner")
    return _or_absent(rows.filter(pk=key).first())


def own_standard(request: Request, key: int) -> Standard:
    """One's own; somebody else's answers as if it were not there."""
    found = standard(request, key)
    return found if owns(request.actor, found.owner_id) else _or_absent(None)


def edition(request: Request, key: int) -> Edition:
    rows = Edition.objects.visible_to(request.actor).select_related("standard__owner")
    return _or_absent(rows.filter(pk=key).first())


def own_edition(request: Request, key: int) -> Edition:
    found = edition(request, key)
    return found if owns(request.actor, found.standard.owner_id) else _or_absent(None)


def draft(request: Request, key: int) -> Edition:
    """One's own draft; once published its pages of correction are gone."""
    found = own_edition(request, key)
    return found if found.draft else _or_absent(None)


def item(of: Edition, key: str) -> EditionItem:
    return _or_absent(of.items.filter(key=key).first())


def making(request: Request, key: int) -> Making:
    """Duties are followed by all authorities."""
    return _or_absent(
        Making.objects.select_related("department", "industry", "standard").filter(pk=key).first()
    )


def own_veto(request: Request, key: int) -> VetoOverlay:
    rows = VetoOverlay.objects.select_related("department", "standard", "edition__standard")
    found = rows.filter(pk=key).first()
    return _or_absent(found if found and owns(request.actor, found.department_id) else None)


def own_body(request: Request) -> Body:
    """The city body a person keeps standards for."""
    return _or_absent(Body.objects.filter(pk__in=owned(request.actor), jurisdiction=None).first())


def _or_absent(found: T | None) -> T:
    if found is None:
        raise Absent
    return found
