"""The closed list of roles (glossary). Policy, demonstration and address tests use these identifiers."""

from enum import StrEnum


class Role(StrEnum):
    PUBLIC = "public"
    UNIT_PRINCIPAL = "unit_principal"
    UNIT_OFFICER = "unit_officer"
    SELF_ASSESSOR = "self_assessor"
    REVIEW_ADMIN = "review_admin"
    REVIEWER = "reviewer"
    EXPERT = "expert"
    ORGANIZER = "organizer"
    ORGANIZER_LEAD = "organizer_lead"
    INDUSTRY_CITY = "industry_city"
    INDUSTRY_DISTRICT = "industry_district"
    LOCALITY = "locality"
    BUREAU_CITY = "bureau_city"
    BUREAU_DISTRICT = "bureau_district"
    COMMITTEE_CITY = "committee_city"
    COMMITTEE_DISTRICT = "committee_district"
    ENFORCEMENT = "enforcement"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    CLIENT = "client"
    TIME = "time"


TITLES = {
    Role.PUBLIC: "公众",
    Role.UNIT_PRINCIPAL: "主要负责人",
    Role.UNIT_OFFICER: "安全管理员",
    Role.SELF_ASSESSOR: "自评员",
    Role.REVIEW_ADMIN: "评审单位管理员",
    Role.REVIEWER: "评审员",
    Role.EXPERT: "评审专家",
    Role.ORGANIZER: "评审组织单位经办",
    Role.ORGANIZER_LEAD: "评审组织单位负责人",
    Role.INDUSTRY_CITY: "市行业主管部门",
    Role.INDUSTRY_DISTRICT: "区行业主管部门",
    Role.LOCALITY: "属地",
    Role.BUREAU_CITY: "市应急管理局",
    Role.BUREAU_DISTRICT: "区应急管理局",
    Role.COMMITTEE_CITY: "市安委会办公室",
    Role.COMMITTEE_DISTRICT: "区安委会办公室",
    Role.ENFORCEMENT: "执法机构",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员（系统）",
    Role.AUDIT_ADMIN: "审计管理员",
    Role.CLIENT: "对接系统",
    Role.TIME: "时限（系统自动）",
}

UNIT_ROLES = frozenset({Role.UNIT_PRINCIPAL, Role.UNIT_OFFICER, Role.SELF_ASSESSOR})
CITY_ROLES = frozenset({Role.INDUSTRY_CITY, Role.BUREAU_CITY, Role.COMMITTEE_CITY})
DISTRICT_ROLES = frozenset({Role.INDUSTRY_DISTRICT, Role.BUREAU_DISTRICT, Role.COMMITTEE_DISTRICT})
# Three-way separation of administration: no account holds two of them.
ADMIN_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
