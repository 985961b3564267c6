"""Who sees draws and verifications: territory, unit, organizing unit; the review unit once concluded."""

import pytest

from dabiao.supervision.models import Verification, VerificationDraw
from supervision.verifying import Verifying

SEE = {"industry_city", "other_industry_city", "bureau_city", "industry_district", "bureau_district"}


@pytest.mark.parametrize(
    ("who", "draw", "drawn", "verified"),
    [
        *((who, True, True, True) for who in sorted(SEE)),
        ("organizer", False, True, True),
        ("officer", False, True, True),
        ("locality", False, True, True),
        ("reviewer", False, False, True),
        ("review_admin", False, False, True),
        ("other_industry_district", False, False, False),
        ("stranger_officer", False, False, False),
        ("other_locality", False, False, False),
    ],
)
def test_by_what_each_may_see(owed: Verifying, who: str, draw: bool, drawn: bool, verified: bool) -> None:
    actor = owed.actor(who)
    assert VerificationDraw.objects.visible_to(actor).exists() is draw
    assert Verification.objects.visible_to(actor).exists() is drawn
    Verification.objects.update(state="verified")
    assert Verification.objects.visible_to(actor).exists() is verified
