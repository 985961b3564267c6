"""The ground the city stands on: jurisdictions, bodies, industries, and who answers for what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from dabiao.kernel.actor import TIME
from dabiao.organisations import services
from dabiao.organisations.data import reading
from dabiao.organisations.models import Body, BodyKind, Industry, IndustryDuty, Jurisdiction

REVIEW_UNITS = (
    *("示例安泰安全技术服务有限公司", "示例衡正安全评价咨询有限公司", "示例中联安全科技有限公司"),
    *("示例正源安全评价有限公司", "示例华盾安全技术研究院", "示例众安职业安全服务有限公司"),
)
ORGANIZING = "示例安全生产标准化评审组织中心"
OPERATOR = "示例城市运行信息中心"
DISTRICT_KINDS = (
    (BodyKind.COMMITTEE, "committee", "安委会办公室"),
    (BodyKind.BUREAU, "bureau", "应急管理局"),
    (BodyKind.ENFORCEMENT, "enforcement", "应急管理综合执法队"),
)


@dataclass
class Territory:
    """By id: jurisdictions as in `organisations.data`; bodies as `bureau`, `bureau-shunyi`,
    `economy-shunyi`, `shunyi-renhe`; industries by code."""

    jurisdictions: dict[str, Jurisdiction] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    industries: dict[str, Industry] = field(default_factory=dict)

    def body(self, *parts: str) -> Body:
        return self.bodies["-".join(part for part in parts if part)]

    def department(self, industry: str, jurisdiction: str = "") -> Body:
        """The department proposed for an industry division, of the city or of a district."""
        return self.body(reading.departments().of(industry)[0].department, jurisdiction)


def settle(at: datetime) -> Territory:
    """Enter everything, as the installer does, in four acts."""
    land, since = Territory(), reading.departments().since
    _jurisdictions(land)
    services.establish(rows=list(land.jurisdictions.values()), by=TIME, at=at)
    _city(land, since)
    for row in reading.jurisdictions():
        _district(land, row, since)
    services.establish(rows=list(land.bodies.values()), by=TIME, at=at)
    _industries(land)
    services.establish(rows=list(land.industries.values()), by=TIME, at=at)
    services.establish(rows=list(_duties(land, since)), by=TIME, at=at)
    return land


def _jurisdictions(land: Territory) -> None:
    for place, row in enumerate(reading.jurisdictions(), start=1):
        land.jurisdictions[row.id] = Jurisdiction(
            code=row.id, name=row.name, short=row.short, region_code=row.region_code, place=place
        )


def _city(land: Territory, since: date) -> None:
    named = [
        (BodyKind.COMMITTEE, "committee", "市安委会办公室"),
        (BodyKind.BUREAU, "bureau", "市应急管理局"),
        (BodyKind.ENFORCEMENT, "enforcement", "市应急管理综合执法总队"),
        (BodyKind.ORGANIZING, "organizing", ORGANIZING),
        (BodyKind.OPERATOR, "operator", OPERATOR),
        *((BodyKind.REVIEW, f"review{place}", name) for place, name in enumerate(REVIEW_UNITS, start=1)),
        *((BodyKind.INDUSTRY, row.id, row.city) for row in reading.departments().departments),
    ]
    for kind, code, name in named:
        land.bodies[code] = Body(kind=kind, name=name, code=code, since=since)


def _district(land: Territory, row: reading.JurisdictionRow, since: date) -> None:
    """Its offices, its departments and its streets, each under the body above it."""
    above = [(kind, code, f"{row.name}{name}") for kind, code, name in DISTRICT_KINDS]
    above += [
        (BodyKind.INDUSTRY, each.id, f"{row.name}{each.district.removeprefix('区')}")
        for each in reading.departments().departments
    ]
    for kind, code, name in above:
        _add(land, f"{code}-{row.id}", kind, name, row.id, parent=land.bodies[code], since=since)
    bureau = land.body("bureau", row.id)
    for each in row.localities:
        _add(land, each.id, BodyKind.LOCALITY, each.name, row.id, parent=bureau, since=since)


def _add(
    land: Territory, code: str, kind: BodyKind, name: str, where: str, *, parent: Body, since: date
) -> None:
    land.bodies[code] = Body(
        kind=kind, name=name, code=code, jurisdiction=land.jurisdictions[where], parent=parent, since=since
    )


def _industries(land: Territory) -> None:
    for row in reading.industries():
        parent = land.industries[row.parent] if row.parent else None
        land.industries[row.code] = Industry(code=row.code, name=row.name, parent=parent)


def _duties(land: Territory, since: date) -> Iterable[IndustryDuty]:
    for duty in reading.departments().duties:
        if duty.industry:
            yield IndustryDuty(
                industry=land.industries[duty.industry],
                department=land.bodies[duty.department],
                nearest=duty.nearest,
                reason=duty.reason,
                since=since,
            )
