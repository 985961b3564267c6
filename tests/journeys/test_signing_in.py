"""Every role finds its work behind the real form."""

import pytest

from journeys.conftest import Casting

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_every_role_has_a_home(cast: Casting, screen: str) -> None:
    for who in ("officer", "assessor", "industry_city", "industry_district", "locality", "system_admin"):
        someone = cast(who, screen)
        someone.look("home")
