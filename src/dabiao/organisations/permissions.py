"""Who may enter and change bodies, industries and units."""

from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, unseen
from dabiao.kernel.roles import DISTRICT_ROLES, Role
from dabiao.organisations.models import Body, Unit, UnitImport

KEEPING = (Role.SYSTEM_ADMIN, Role.INDUSTRY_CITY, Role.BUREAU_CITY)

ESTABLISH = act(
    "organisations.establish",
    "系统管理员建立管辖区、机构和行业分类",
    "internal/organisations",
    Role.SYSTEM_ADMIN,
)
CHANGE_BODY = act(
    "organisations.change_body",
    "系统管理员更名或者终止机构",
    "internal/organisations",
    Role.SYSTEM_ADMIN,
)
REGISTER_UNIT = act(
    "organisations.register_unit",
    "主管部门登记企业",
    "internal/organisations",
    *KEEPING,
    *DISTRICT_ROLES,
)
CHANGE_UNIT = act(
    "organisations.change_unit",
    "主管部门或企业更正企业信息",
    "uplift/13",
    *KEEPING,
    *DISTRICT_ROLES,
    Role.UNIT_OFFICER,
)

IMPORT_UNITS = act(
    "organisations.import_units",
    "主管部门整批登记和更新企业",
    "internal/organisations",
    *KEEPING,
    *DISTRICT_ROLES,
)

HAND_IN_FILE = act(
    "organisations.hand_in_units",
    "主管部门提交企业名册文件，核对后确认导入",
    "internal/organisations",
    *KEEPING,
    *DISTRICT_ROLES,
)
ASSIGN = act(
    "organisations.assign_department",
    "安委会办公室指定行业或特殊领域的主管部门",
    "uplift/7",
    Role.COMMITTEE_CITY,
    Role.COMMITTEE_DISTRICT,
    Role.SYSTEM_ADMIN,
)
REALIGN = act(
    "organisations.realign_departments",
    "主管部门调整后企业随之归口",
    "uplift/7",
    Role.COMMITTEE_CITY,
    Role.COMMITTEE_DISTRICT,
    Role.SYSTEM_ADMIN,
)
RECOGNISE = act(
    "organisations.recognise",
    "市行业主管部门和应急管理局认定评审单位，终止认定",
    "quality-2015/5",
    Role.INDUSTRY_CITY,
    Role.BUREAU_CITY,
)
IMPORT_CLASSES = act(
    "organisations.import_classes",
    "系统管理员导入行业中类和小类",
    "internal/organisations",
    Role.SYSTEM_ADMIN,
)
RESTAMP = act(
    "organisations.restamp",
    "企业变更管辖区或属地后，未办结的事项随之转移",
    "internal/organisations",
    Role.TIME,
)

ACTS = (
    CHANGE_BODY,
    ESTABLISH,
    REGISTER_UNIT,
    CHANGE_UNIT,
    IMPORT_UNITS,
    HAND_IN_FILE,
    ASSIGN,
    REALIGN,
    RECOGNISE,
    IMPORT_CLASSES,
    RESTAMP,
)


def may_establish(actor: Actor) -> Permit:
    return allowed if actor.holds(Role.SYSTEM_ADMIN, Role.TIME) else denied("由系统管理员办理。")


def may_keep(actor: Actor) -> Permit:
    """Renaming and ending bodies."""
    if actor.holds(Role.SYSTEM_ADMIN, Role.TIME):
        return allowed
    return denied("机构由系统管理员更名和终止。")


def may_register(actor: Actor, jurisdiction: int) -> Permit:
    if actor.holds(*KEEPING, Role.TIME) or jurisdiction in actor.jurisdictions(*DISTRICT_ROLES):
        return allowed
    return denied("只能登记本管辖区的企业。")


def may_change(actor: Actor, unit: Unit) -> Permit:
    if actor.at_unit(unit.pk, Role.UNIT_OFFICER):
        return allowed
    return may_register(actor, unit.jurisdiction_id)


def may_import(actor: Actor) -> Permit:
    """Of whom, is asked line by line."""
    if actor.holds(*KEEPING, *DISTRICT_ROLES, Role.TIME):
        return allowed
    return denied("由主管部门导入企业名册。")


def may_go_on(actor: Actor, job: UnitImport) -> Permit:
    """With a file one has handed in oneself, as long as one may import."""
    return may_import(actor).and_then(lambda: allowed if job.account == actor.account else unseen)


def may_assign(actor: Actor, department: Body) -> Permit:
    """The city's office anybody; a district's office the departments of its district."""
    if actor.holds(Role.COMMITTEE_CITY, Role.SYSTEM_ADMIN, Role.TIME):
        return allowed
    if department.jurisdiction_id in actor.jurisdictions(Role.COMMITTEE_DISTRICT):
        return allowed
    return denied("由安委会办公室指定；区安委会办公室只能指定本区部门。", "uplift/7")


def may_realign(actor: Actor) -> Permit:
    if actor.holds(Role.COMMITTEE_CITY, Role.COMMITTEE_DISTRICT, Role.SYSTEM_ADMIN, Role.TIME):
        return allowed
    return denied("由安委会办公室办理。", "uplift/7")


def may_recognise(actor: Actor) -> Permit:
    if actor.holds(Role.INDUSTRY_CITY, Role.BUREAU_CITY, Role.TIME):
        return allowed
    return denied("由市行业主管部门或市应急管理局认定。", "quality-2015/5")


def may_place(actor: Actor, unit: Unit) -> Permit:
    """Name, industry and place decide who answers for a unit: for its departments to change."""
    if may_register(actor, unit.jurisdiction_id):
        return allowed
    return denied("名称、行业、管辖区和属地由主管部门更正。", "uplift/7")


def may_restamp(actor: Actor) -> Permit:
    return allowed if actor.holds(Role.TIME) else denied("由系统自动办理。")
