"""Who may give what to whom, and where a role can be held."""

from dataclasses import replace
from datetime import date

import pytest

from dabiao.kernel.actor import Actor, Post
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.kernel.roles import ADMIN_ROLES, UNIT_ROLES, Role
from dabiao.people import permissions, services
from dabiao.people.models import Account, Posting
from dabiao.people.rules import places
from world import AT, CAST, DAY, World


def test_every_role_of_the_cast_fits_where_it_is_held(world: World) -> None:
    for who, (role, where) in CAST.items():
        body = world.bodies.get(where)
        kind = body.kind if body else places.UNIT
        district = body.jurisdiction_id is not None if body else True
        assert not places.fault(role, kind, district=district), who


def test_impersonal_roles_are_held_nowhere() -> None:
    for role in (Role.PUBLIC, Role.TIME):
        assert "不是可以任命的岗位" in places.fault(role, places.UNIT, district=True)
    fits = {role for role in places.PLACES if not places.fault(role, places.UNIT, district=True)}
    assert fits == UNIT_ROLES


def test_a_role_of_the_city_is_not_held_in_a_district() -> None:
    assert not places.fault(Role.BUREAU_CITY, "emergency_bureau", district=False)
    assert "市级" in places.fault(Role.BUREAU_CITY, "emergency_bureau", district=True)
    assert "企业" in places.fault(Role.UNIT_OFFICER, "emergency_bureau", district=True)


@pytest.mark.parametrize(
    ("may", "holder"),
    [
        (permissions.may_give_posting, Role.SECURITY_ADMIN),
        (permissions.may_end_posting, Role.SECURITY_ADMIN),
        (permissions.may_lock, Role.SECURITY_ADMIN),
    ],
)
def test_three_administrators_share_what_nobody_may_do_alone(may, holder: Role) -> None:
    for role in Role:
        actor = Actor(1, "示例", (Post(role),))
        assert bool(may(actor, 2)) == (role in {holder, Role.TIME}), role
        assert bool(may(actor, 1)) == (role is Role.TIME), role
        assert bool(permissions.may_open_account(actor)) == (role in {Role.SYSTEM_ADMIN, Role.TIME})


def test_a_password_is_changed_by_its_owner_alone() -> None:
    for role in ADMIN_ROLES:
        assert not permissions.may_change_password(Actor(1, "示例", (Post(role),)), 2)
    assert permissions.may_change_password(Actor(1, "示例"), 1)
    assert not permissions.may_change_password(Actor(None, "公众"), None)


def test_acts_are_refused_to_those_who_may_not(world: World) -> None:
    by, target = world.actor("bureau_city"), world.accounts["reviewer"]
    posting = Posting.objects.get(account=target)
    with pytest.raises(Refused):
        services.open_account(login="x", name="示例", password="Chushi-mima-2026", by=by, at=AT)
    with pytest.raises(Refused):
        services.give_posting(
            account=target, role=Role.EXPERT, since=DAY, body=world.bodies["organizing"], by=by, at=AT
        )
    with pytest.raises(Refused):
        services.end_posting(posting=posting, until=DAY, by=by, at=AT)
    with pytest.raises(Refused):
        services.lock(account=target, reason="示例", version=1, by=by, at=AT)
    with pytest.raises(Refused):
        services.unlock(account=target, reason="示例", version=1, by=by, at=AT)
    assert Account.objects.get(pk=target.pk).is_active
    assert Posting.objects.get(pk=posting.pk).until is None


def test_locking_twice_is_out_of_turn(world: World) -> None:
    by, target = world.actor("security_admin"), world.accounts["reviewer"]
    services.lock(account=target, reason="示例", version=1, by=by, at=AT)
    with pytest.raises(OutOfTurn):
        services.lock(account=target, reason="示例", version=2, by=by, at=AT)
    services.unlock(account=target, reason="示例", version=2, by=by, at=AT)
    with pytest.raises(OutOfTurn):
        services.unlock(account=target, reason="示例", version=3, by=by, at=AT)


def test_an_administrator_role_ended_frees_the_way_to_another(world: World) -> None:
    by, target = world.actor("security_admin"), world.accounts["system_admin"]
    place = {"body": world.bodies["operator"], "by": by, "at": AT, "account": target}
    with pytest.raises(Invalid, match="三员分立"):
        services.give_posting(role=Role.AUDIT_ADMIN, since=date(2026, 3, 9), **place)
    posting = Posting.objects.get(account=target)
    services.end_posting(posting=posting, until=date(2026, 3, 9), by=by, at=AT)
    with pytest.raises(Invalid, match="三员分立"):
        services.give_posting(role=Role.AUDIT_ADMIN, since=date(2026, 3, 8), **place)
    assert services.give_posting(role=Role.AUDIT_ADMIN, since=date(2026, 3, 9), **place).pk


def test_a_posting_needs_a_place(world: World) -> None:
    actor = replace(world.actor("security_admin"))
    with pytest.raises(Invalid, match="请选择任职"):
        services.give_posting(
            account=world.accounts["reviewer"], role=Role.EXPERT, since=DAY, by=actor, at=AT
        )
