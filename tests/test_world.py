"""The cast itself stands."""

from dabiao.kernel.roles import Role
from world import CAST, World


def test_every_role_but_the_impersonal_has_somebody(world: World) -> None:
    played = {role for role, _ in CAST.values()}
    assert set(Role) - played == {Role.PUBLIC, Role.CLIENT, Role.TIME}


def test_an_actor_carries_unit_and_territory(world: World) -> None:
    officer = world.actor("officer")
    assert officer.at_unit(world.units["unit"].pk, Role.UNIT_OFFICER)
    assert not officer.at_unit(world.units["other_unit"].pk, Role.UNIT_OFFICER)
    assert world.actor("industry_district").jurisdictions(Role.INDUSTRY_DISTRICT) == (
        world.jurisdictions["east"].pk,
    )
