"""What is known of a review body or a person is read where they stand, by those who may know it."""

import pytest

from dabiao.base.clock import day_of
from dabiao.kernel.actor import PUBLIC
from dabiao.people.models import Qualification
from dabiao.people.services import qualifications
from dabiao.people.services.qualifications import Filed
from dabiao.standing.models import Fact
from dabiao.standing.services import Told, record
from office.story import Office
from world import AT

DAY = day_of(AT)
CIRCULAR = Told("body_circular", DAY, "评审走过场，通报批评", "示例通报", number="示例通1号")
REVOKED = Told("person_revoked", DAY, "出借证书", "示例决定", number="示例撤1号")


@pytest.fixture
def circular(office: Office) -> Fact:
    by = office.world.actor("bureau_city")
    return record(told=CIRCULAR, by=by, at=AT, body=office.world.bodies["review_unit"])


@pytest.fixture
def revoked(office: Office) -> Qualification:
    """A reviewer with a qualification on file, and the fact about the person."""
    world = office.world
    told = Filed("reviewer", "示例证9", ("机械",), DAY.replace(year=2025), DAY.replace(year=2029))
    account = world.accounts["reviewer"]
    row = qualifications.file_qualification(account=account, told=told, by=world.actor("organizer"), at=AT)
    record(told=REVOKED, by=world.actor("organizer_lead"), at=AT, person=account)
    return row


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("organizer", True),
        ("bureau_city", True),
        ("review_admin", True),  # posted there
        ("officer", False),
        ("enforcement", False),
        ("system_admin", False),
    ],
)
def test_what_is_known_of_a_body_stands_on_its_page(
    office: Office, circular: Fact, who: str, told: bool
) -> None:
    page = office.get(who, f"/office/bodies/{circular.body_id}/")
    assert (CIRCULAR.words in page, "示例通1号" in page, "示例通报" in page) == (told, told, told)
    assert f"/office/standing/{circular.pk}/" not in page  # a page of its own has only a unit's


def test_what_is_known_of_a_person_is_read_by_that_person_and_by_who_keeps_the_file(
    office: Office, revoked: Qualification
) -> None:
    assert "出借证书" in office.get("reviewer", "/office/qualifications/own/")
    assert "出借证书" in office.get("organizer", f"/office/qualifications/{revoked.pk}/")
    assert "出借证书" not in office.get("expert", "/office/qualifications/own/")


def test_what_nobody_recorded_leaves_no_empty_box(office: Office) -> None:
    body = office.world.bodies["review_unit"]
    assert "资格状况：" not in office.get("review_admin", f"/office/bodies/{body.pk}/")


def test_who_is_not_signed_in_is_told_nothing_of_anybody(office: Office, revoked: Qualification) -> None:
    """No account is no key: facts without a person are not those of nobody."""
    assert list(Fact.objects.visible_to(PUBLIC)) == []
