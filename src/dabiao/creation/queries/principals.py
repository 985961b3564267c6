"""Who is known as principal of a unit."""

from datetime import date

from dabiao.creation.rules.heads import Principals
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Unit
from dabiao.people.models import Posting


def principals(unit: Unit, day: date) -> Principals:
    """Accounts with that posting on the day, and the name registered; one query."""
    rows = Posting.objects.in_force(day).filter(unit=unit, role=Role.UNIT_PRINCIPAL, account__is_active=True)
    posted = tuple(rows.order_by("id").values_list("account_id", "account__name"))
    return Principals(posted, unit.principal)
