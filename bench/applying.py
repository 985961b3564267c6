"""The page on which an application is audited, condition by condition, and signing in."""

from collections.abc import Callable, Iterator
from functools import partial

from django.contrib.auth import hashers
from django.test import Client
from django.urls import reverse

from bench import clocking, visitor
from bench.city import City, regulated
from bench.rows import Aim, Row
from creation.applying import Applicant
from dabiao.base.journal import entries as journal
from dabiao.creation.models import Case
from dabiao.creation.permissions.cases import FIND
from world import AT, PASSWORD

CASE = Aim(ms=60)
LONG = 500
READ = (
    ("SELECT * FROM creation_case WHERE id = %s", "id"),
    ("SELECT * FROM creation_case_finding WHERE case_id = %s", "id"),
    ("SELECT * FROM creation_case_site WHERE case_id = %s", "id"),
    ("SELECT * FROM creation_case_correction WHERE case_id = %s", "id"),
    ("SELECT * FROM organisations_unit WHERE id = %s", "unit_id"),
    ("SELECT * FROM standing_fact WHERE unit_id = %s", "unit_id"),
    ("SELECT * FROM hazards_hazard WHERE unit_id = %s", "unit_id"),
    ("SELECT * FROM creation_self_assessment WHERE id = %s", "assessment_id"),
    ("SELECT * FROM creation_commitment WHERE id = %s", "commitment_id"),
    ("SELECT * FROM creation_leading_group WHERE unit_id = %s", "unit_id"),
    ("SELECT * FROM creation_assessor WHERE unit_id = %s", "unit_id"),
)


def rows(city: City, times: int) -> Iterator[Row]:
    regulated(city.world)
    unit = {"key": "other_unit", "officer": "stranger_officer", "principal": "stranger_principal"}
    case = Applicant(city.world, department="other_industry_district", **unit).prepared().received()
    for who, name in (("organizer", "office:case_audit"), ("stranger_officer", "office:case")):
        act = partial(_get, visitor.signed_in(city, who), reverse(name, args=[case.pk]))
        timing, floor = clocking.by_turns(act, bare(city, case), times)
        yield Row(f"page of a case, {name.partition(':')[2]}, {who}", timing, floor, CASE, size=len(act()))
    _remember(city, case)
    act = partial(_get, visitor.signed_in(city, "organizer"), reverse("office:case", args=[case.pk]))
    timing, floor = clocking.by_turns(act, bare(city, case), times)
    yield Row(f"page of a case with {LONG} entries of history", timing, floor, CASE, size=len(act()))
    yield from _signing_in(city, max(times // 4, 1))


def _remember(city: City, case: Case) -> None:
    """As many entries as a case of many years of corrections might have."""
    for number in range(LONG):
        note = {"reason": f"第 {number + 1} 次补充说明"}
        with journal.writing(FIND, by=city.world.actor("organizer"), at=AT, on=case, note=note):
            pass


def _get(client: Client, url: str) -> bytes:
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return response.content


def bare(city: City, case: Case) -> Callable[[], None]:
    """The rows the page is made of, from the floor's own connection; on its copy they may not be there."""

    def read() -> None:
        for statement, key in READ:
            city.floor.all(statement, getattr(case, "pk" if key == "id" else key))

    return read


def _signing_in(city: City, times: int) -> Iterator[Row]:
    """With the hashing that production uses; nearly all of it is that."""
    account = city.world.accounts["officer"]
    account.password = hashers.make_password(PASSWORD, hasher="pbkdf2_sha256")
    type(account).objects.filter(pk=account.pk).update(password=account.password)
    url = reverse("sign_in")

    def sign_in() -> None:
        client = Client(SERVER_NAME="127.0.0.1")
        answer = client.post(url, {"login": account.login, "password": PASSWORD})
        assert answer.status_code == 302, answer.status_code

    bare = partial(hashers.check_password, PASSWORD, account.password)
    timing, floor = clocking.by_turns(sign_in, bare, times, warm=1)
    yield Row("sign in", timing, floor, note="next to hashing the password bare")
