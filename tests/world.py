"""A small fixed cast for tests: two districts, two units, every role once, and some strangers.

Made through services, so that the journal has it. `World.actor("officer")` is the person as they act today.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.roles import Role
from dabiao.organisations import services as organisations
from dabiao.organisations.models import Body, BodyKind, Industry, IndustryDuty, Jurisdiction, Unit
from dabiao.organisations.rules import codes
from dabiao.people import queries as people_queries
from dabiao.people import services as people
from dabiao.people.models import Account

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # a Monday morning in Shanghai
DAY = date(2026, 3, 2)
SINCE = date(2026, 1, 1)
PASSWORD = "Shifan-2026-chengshi"

# name of the cast member -> role, and where: a unit or body key
CAST: dict[str, tuple[Role, str]] = {
    "principal": (Role.UNIT_PRINCIPAL, "unit"),
    "officer": (Role.UNIT_OFFICER, "unit"),
    "assessor": (Role.SELF_ASSESSOR, "unit"),
    "colleague": (Role.SELF_ASSESSOR, "unit"),
    "stranger_officer": (Role.UNIT_OFFICER, "other_unit"),
    "stranger_principal": (Role.UNIT_PRINCIPAL, "other_unit"),
    "stranger_assessor": (Role.SELF_ASSESSOR, "other_unit"),
    "review_admin": (Role.REVIEW_ADMIN, "review_unit"),
    "reviewer": (Role.REVIEWER, "review_unit"),
    "expert": (Role.EXPERT, "organizing"),
    "organizer": (Role.ORGANIZER, "organizing"),
    "organizer_lead": (Role.ORGANIZER_LEAD, "organizing"),
    "industry_city": (Role.INDUSTRY_CITY, "industry_city"),
    "other_industry_city": (Role.INDUSTRY_CITY, "other_industry_city"),
    "industry_district": (Role.INDUSTRY_DISTRICT, "industry_east"),
    "other_industry_district": (Role.INDUSTRY_DISTRICT, "industry_west"),
    "locality": (Role.LOCALITY, "street_east"),
    "other_locality": (Role.LOCALITY, "street_west"),
    "bureau_city": (Role.BUREAU_CITY, "bureau_city"),
    "bureau_district": (Role.BUREAU_DISTRICT, "bureau_east"),
    "committee_city": (Role.COMMITTEE_CITY, "committee_city"),
    "committee_district": (Role.COMMITTEE_DISTRICT, "committee_east"),
    "enforcement": (Role.ENFORCEMENT, "enforcement_east"),
    "system_admin": (Role.SYSTEM_ADMIN, "operator"),
    "security_admin": (Role.SECURITY_ADMIN, "operator"),
    "audit_admin": (Role.AUDIT_ADMIN, "operator"),
}

# key -> kind, name, jurisdiction (empty: the city)
BODIES: dict[str, tuple[BodyKind, str, str]] = {
    "committee_city": (BodyKind.COMMITTEE, "示例市安委会办公室", ""),
    "bureau_city": (BodyKind.BUREAU, "示例市应急管理局", ""),
    "industry_city": (BodyKind.INDUSTRY, "示例市工业主管部门", ""),
    "other_industry_city": (BodyKind.INDUSTRY, "示例市商务主管部门", ""),
    "organizing": (BodyKind.ORGANIZING, "示例评审组织单位", ""),
    "review_unit": (BodyKind.REVIEW, "示例安全技术服务有限公司", ""),
    "operator": (BodyKind.OPERATOR, "示例市政务信息中心", ""),
    "committee_east": (BodyKind.COMMITTEE, "示例东区安委会办公室", "east"),
    "bureau_east": (BodyKind.BUREAU, "示例东区应急管理局", "east"),
    "industry_east": (BodyKind.INDUSTRY, "示例东区工业主管部门", "east"),
    "industry_west": (BodyKind.INDUSTRY, "示例西区工业主管部门", "west"),
    "enforcement_east": (BodyKind.ENFORCEMENT, "示例东区执法大队", "east"),
    "street_east": (BodyKind.LOCALITY, "示例东街道", "east"),
    "street_west": (BodyKind.LOCALITY, "示例西街道", "west"),
}


@dataclass
class World:
    jurisdictions: dict[str, Jurisdiction] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    industry: Industry | None = None
    units: dict[str, Unit] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def actor(self, who: str, day: date = DAY) -> Actor:
        return people_queries.actor(self.accounts[who], day)


def build() -> World:
    """Everybody and everything, through services."""
    world = World()
    _territory(world)
    _units(world)
    _people(world)
    return world


def _territory(world: World) -> None:
    for place, (code, name) in enumerate((("east", "示例东区"), ("west", "示例西区"))):
        world.jurisdictions[code] = Jurisdiction(code=code, name=name, short=name, place=place)
    for key, (kind, name, code) in BODIES.items():
        area = world.jurisdictions[code] if code else None
        world.bodies[key] = Body(kind=kind, name=name, code=key, jurisdiction=area, since=SINCE)
    section = Industry(code="C", name="制造业")
    world.industry = Industry(code="34", name="通用设备制造业", parent=section)
    duty = IndustryDuty(industry=world.industry, department=world.bodies["industry_city"], since=SINCE)
    rows = [*world.jurisdictions.values(), *world.bodies.values(), section, world.industry, duty]
    organisations.establish(rows=rows, by=TIME, at=AT)


def _units(world: World) -> None:
    for number, (key, name, code) in enumerate(
        (("unit", "示例精密机械有限公司", "east"), ("other_unit", "示例粮食加工厂", "west"))
    ):
        facts = organisations.UnitFacts(
            name=name,
            uscc=codes.complete(f"91110000MA00{number:05d}"),
            jurisdiction=world.jurisdictions[code],
            locality=world.bodies[f"street_{code}"],
            department=world.bodies[f"industry_{code}"],
            industry=world.industry,
            size="medium",
            principal="示例负责人",
            head_count=120,
            sites=["主厂区"],
        )
        world.units[key] = organisations.register_unit(facts=facts, by=TIME, at=AT)


def _people(world: World) -> None:
    for who, (role, where) in CAST.items():
        account = people.open_account(login=who, name=f"示例{who}", password=PASSWORD, by=TIME, at=AT)
        place = {"unit": world.units[where]} if where in world.units else {"body": world.bodies[where]}
        people.give_posting(account=account, role=role, since=SINCE, by=TIME, at=AT, **place)
        world.accounts[who] = account
