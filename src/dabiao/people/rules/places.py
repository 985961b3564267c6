"""Which roles are held where: at a unit, or at a body of a kind, of the city or of a district."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dabiao.kernel.roles import TITLES, UNIT_ROLES, Role

UNIT = "unit"


class Tier(StrEnum):
    """A city body has no jurisdiction of its own; a district's has."""

    EITHER = "either"
    CITY = "city"
    DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class Place:
    """`kind` is a kind of body (organisations) or UNIT."""

    kind: str
    tier: Tier = Tier.EITHER


PLACES: Mapping[Role, Place] = {
    **{role: Place(UNIT) for role in UNIT_ROLES},
    Role.REVIEW_ADMIN: Place("review_unit"),
    Role.REVIEWER: Place("review_unit"),
    Role.EXPERT: Place("organizing_unit"),
    Role.ORGANIZER: Place("organizing_unit"),
    Role.ORGANIZER_LEAD: Place("organizing_unit"),
    Role.INDUSTRY_CITY: Place("industry_dept", Tier.CITY),
    Role.INDUSTRY_DISTRICT: Place("industry_dept", Tier.DISTRICT),
    Role.LOCALITY: Place("locality", Tier.DISTRICT),
    Role.BUREAU_CITY: Place("emergency_bureau", Tier.CITY),
    Role.BUREAU_DISTRICT: Place("emergency_bureau", Tier.DISTRICT),
    Role.COMMITTEE_CITY: Place("committee", Tier.CITY),
    Role.COMMITTEE_DISTRICT: Place("committee", Tier.DISTRICT),
    Role.ENFORCEMENT: Place("enforcement"),
    Role.SYSTEM_ADMIN: Place("operator"),
    Role.SECURITY_ADMIN: Place("operator"),
    Role.AUDIT_ADMIN: Place("operator"),
    Role.CLIENT: Place("operator"),
}

KINDS = {
    UNIT: "企业",
    "review_unit": "评审单位",
    "organizing_unit": "评审组织单位",
    "industry_dept": "行业主管部门",
    "locality": "街道、乡镇或园区",
    "emergency_bureau": "应急管理局",
    "committee": "安委会办公室",
    "enforcement": "执法机构",
    "operator": "系统运行单位",
}
TIERS = {Tier.EITHER: "", Tier.CITY: "市级", Tier.DISTRICT: "区级"}


def fault(role: Role, kind: str, *, district: bool) -> str:
    """Empty where the role fits the place; else what is wrong and what to do."""
    place = PLACES.get(role)
    if place is None:
        return f"“{TITLES[role]}”不是可以任命的岗位，请重新选择。"
    here = Tier.DISTRICT if district else Tier.CITY
    if place.kind == kind and (place.tier in {Tier.EITHER, here} or kind == UNIT):
        return ""
    return f"“{TITLES[role]}”只能在{TIERS[place.tier]}{KINDS[place.kind]}任职，请核对岗位或所在单位。"
