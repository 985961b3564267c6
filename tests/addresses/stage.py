"""The world the addresses are asked in: three units, things in every state, people who left.

`Stage.things[kind][state][owner]` are the words and numbers that fill an address and a body.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from dabiao.base import clock
from dabiao.kernel.actor import TIME
from dabiao.kernel.roles import Role
from dabiao.organisations import services as organisations
from dabiao.organisations.rules import codes
from dabiao.people import queries as people_queries
from dabiao.people import services as people
from dabiao.people.models import Account
from world import AT, PASSWORD, SINCE, World, build

NOW = datetime(2026, 4, 1, 2, tzinfo=UTC)  # a Wednesday morning in Shanghai
TODAY = date(2026, 4, 1)
OWNERS = ("unit", "neighbour", "other_unit")
ANONYMOUS = "anonymous"

Thing = dict[str, Any]


@dataclass
class Stage:
    world: World
    things: dict[str, dict[str, dict[str, Thing]]] = field(default_factory=dict)

    def put(self, kind: str, state: str, owner: str, thing: Thing) -> None:
        self.things.setdefault(kind, {}).setdefault(state, {})[owner] = thing

    def actor(self, who: str) -> Any:
        return people_queries.actor(self.world.accounts[who], TODAY)

    @property
    def cast(self) -> list[str]:
        return [*self.world.accounts, ANONYMOUS]


@contextmanager
def frozen(moment: datetime = NOW) -> Iterator[None]:
    """The clock stands: faces read it through the module, so one place is enough."""
    running: Callable[[], datetime] = clock.now
    clock.now = lambda: moment
    try:
        yield
    finally:
        clock.now = running


def people_and_places() -> World:
    """The small world, a neighbour in the same district, and those whose posting ended yesterday."""
    world = build()
    _neighbour(world)
    place = {"unit": world.units["neighbour"]}
    _post(world, "neighbour_officer", Role.UNIT_OFFICER, **place)
    _post(world, "neighbour_principal", Role.UNIT_PRINCIPAL, **place)
    _leave(world, "former", Role.UNIT_OFFICER, unit=world.units["unit"])
    _leave(world, "former_official", Role.INDUSTRY_DISTRICT, body=world.bodies["industry_east"])
    _leave(world, "moved", Role.SELF_ASSESSOR, unit=world.units["unit"])
    _give(world.accounts["moved"], Role.SELF_ASSESSOR, unit=world.units["other_unit"])
    return world


def _neighbour(world: World) -> None:
    facts = organisations.UnitFacts(
        name="示例邻近仓储有限公司",
        uscc=codes.complete("91110000MA0000007"),
        jurisdiction=world.jurisdictions["east"],
        locality=world.bodies["street_east"],
        department=world.bodies["industry_east"],
        industry=world.industry,
        size="medium",
        principal="示例负责人",
        head_count=30,
        sites=["仓库"],
    )
    world.units["neighbour"] = organisations.register_unit(facts=facts, by=TIME, at=AT)


def _post(world: World, who: str, role: Role, **place: Any) -> Any:
    account = people.open_account(login=who, name=f"示例{who}", password=PASSWORD, by=TIME, at=AT)
    world.accounts[who] = account
    return _give(account, role, **place)


def _give(account: Account, role: Role, **place: Any) -> Any:
    return people.give_posting(account=account, role=role, since=SINCE, by=TIME, at=AT, **place)


def _leave(world: World, who: str, role: Role, **place: Any) -> None:
    """Posted, and gone from today on: yesterday was the last day."""
    people.end_posting(posting=_post(world, who, role, **place), until=TODAY, by=TIME, at=AT)
