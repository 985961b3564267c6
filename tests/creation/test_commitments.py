"""The commitment letter: signed by the principal over the exact text, published, never hidden after."""

import hashlib
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao.base.models import Announcement, PublicRecord
from dabiao.creation.models import Commitment, Cycle
from dabiao.creation.queries import commitments as queries
from dabiao.creation.queries import facts
from dabiao.creation.rules import letters
from dabiao.creation.services import commitments
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import Absent, DabiaoError, Invalid, OutOfTurn, Refused
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Unit
from dabiao.people import services as people
from world import AT, DAY, PASSWORD, World

QUICK = settings(max_examples=60, derandomize=True, deadline=None)


@pytest.fixture
def unit(world: World) -> Unit:
    return world.units["unit"]


def signed(world: World, unit: Unit, who: str = "principal", password: str = PASSWORD) -> Commitment:
    shown = letters.digest(queries.letter(unit, world.accounts[who].name, DAY).text)
    return commitments.sign(unit=unit, password=password, digest=shown, by=world.actor(who), at=AT)


@pytest.mark.obligation("U16-commitment")
def test_the_principal_signs_and_it_is_public_at_once(world: World, unit: Unit) -> None:
    made = signed(world, unit)
    assert made.number == "CN202600001"
    assert made.letter == "commitment.letter@2023-01-01"
    assert f"本人示例principal，系{unit.name}" in made.text
    assert "2026年3月2日" in made.text
    assert "位于示例东区，所属行业为通用设备制造业" in made.text
    assert made.digest == f"sha256:{hashlib.sha256(made.text.encode()).hexdigest()}"
    record = PublicRecord.objects.get(kind="commitment")
    assert (record.number, record.since, record.until) == (made.number, DAY, None)
    assert (record.payload["text"], record.payload["digest"]) == (made.text, made.digest)
    assert Announcement.objects.filter(name="CommitmentPublished").count() == 1
    assert Cycle.objects.get() == made.cycle
    found = facts.commitment(unit.pk, DAY)
    assert (found.in_force, found.by_principal, found.signed_by) == (True, True, "示例principal")
    assert not facts.commitment(unit.pk, DAY - timedelta(days=1)).in_force


@pytest.mark.obligation("U16-commitment")
@pytest.mark.parametrize("who", ["officer", "assessor", "stranger_principal", "organizer"])
def test_nobody_signs_for_the_principal(world: World, unit: Unit, who: str) -> None:
    with pytest.raises(Refused):
        signed(world, unit, who)
    assert not Commitment.objects.exists()
    assert not PublicRecord.objects.filter(kind="commitment").exists()


def test_without_the_password_nothing_is_signed(world: World, unit: Unit) -> None:
    with pytest.raises(Invalid, match="密码不对"):
        signed(world, unit, password="别的密码")
    assert not Commitment.objects.exists()


def test_what_was_not_read_is_not_signed(world: World, unit: Unit) -> None:
    with pytest.raises(Invalid, match="请重新阅读"):
        commitments.sign(unit=unit, password=PASSWORD, digest="sha256:00", by=world.actor("principal"), at=AT)
    assert not Commitment.objects.exists()


def test_the_same_principal_signs_the_same_text_once(world: World, unit: Unit) -> None:
    signed(world, unit)
    with pytest.raises(OutOfTurn):
        signed(world, unit)
    assert Commitment.objects.count() == 1


@pytest.mark.obligation("U16-commitment")
def test_a_new_principals_takes_the_place_of_the_old_one_which_stays_visible(
    world: World, unit: Unit
) -> None:
    old = signed(world, unit)
    posting = world.accounts["principal"].postings.get()
    people.end_posting(posting=posting, until=DAY, by=TIME, at=AT)
    people.give_posting(
        account=world.accounts["colleague"], role=Role.UNIT_PRINCIPAL, unit=unit, since=DAY, by=TIME, at=AT
    )
    assert not facts.commitment(unit.pk, DAY).by_principal
    new = signed(world, unit, "colleague")
    old.refresh_from_db()
    assert (old.state, old.ended_why) == ("replaced", f"由 {new.number} 代替")
    gone = PublicRecord.objects.get(number=old.number)
    assert (gone.until, gone.payload["ended"]["state"]) == (DAY, "已重新签署")
    assert gone.payload["text"] == old.text
    assert facts.commitment(unit.pk, DAY).signed_by == "示例colleague"


def test_withdrawn_it_says_why_and_is_in_force_no_more(world: World, unit: Unit) -> None:
    made = signed(world, unit)
    told: dict[str, object] = {"commitment": made, "at": AT}
    refusals: list[tuple[str, str, type[DabiaoError]]] = [
        ("officer", "误签", Refused),
        ("principal", " ", Invalid),
    ]
    for who, reason, error in refusals:
        with pytest.raises(error):
            commitments.withdraw(reason=reason, by=world.actor(who), **told)
        assert queries.in_force(unit.pk) == made
    commitments.withdraw(reason="企业停业", by=world.actor("principal"), **told)
    assert queries.in_force(unit.pk) is None
    assert PublicRecord.objects.get(number=made.number).payload["ended"] == {
        "state": "已撤回",
        "why": "企业停业",
    }
    assert not facts.commitment(unit.pk, DAY).in_force
    with pytest.raises(OutOfTurn):
        commitments.withdraw(reason="企业停业", by=world.actor("principal"), **told)


def test_letters_are_seen_in_their_territory(world: World, unit: Unit) -> None:
    made = signed(world, unit)
    for who in ("assessor", "industry_district", "organizer"):
        assert queries.visible(world.actor(who), made.pk) == made
    for who in ("stranger_officer", "other_industry_district", "reviewer"):
        with pytest.raises(Absent):
            queries.visible(world.actor(who), made.pk)


@QUICK
@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(max_size=20), max_size=4))
def test_no_brace_is_left_in_a_filled_letter(known: dict[str, str]) -> None:
    template = "".join(f"前{{{name}}}后" for name in (*known, "missing"))
    known = {name: value.replace("{", "").replace("}", "") for name, value in known.items()}
    text = letters.filled(template, known)
    assert "{" not in text
    assert letters.UNKNOWN in text


def test_any_change_of_the_text_changes_the_digest() -> None:
    assert letters.digest("承诺") == letters.digest("承诺") != letters.digest("承诺。")
