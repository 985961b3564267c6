"""Who may do what with standards: an act belongs to the owner's people; a draft is seen by them alone."""

from dabiao.kernel.actor import Actor
from dabiao.kernel.acts import act
from dabiao.kernel.permit import Permit, allowed, denied, too_early, unseen
from dabiao.kernel.roles import CITY_ROLES, Role
from dabiao.organisations.models import Body, BodyKind
from dabiao.standards.models import KEEPERS, Edition, Making, Standard, StandardUse, VetoOverlay
from dabiao.standards.models import owned as kept_bodies

LEADERS = (Role.BUREAU_CITY, Role.COMMITTEE_CITY)
READERS = frozenset(Role) - {Role.PUBLIC, Role.TIME, Role.CLIENT}

REGISTER = act("standards.register", "标准归口部门登记标准", "uplift/1", *KEEPERS)
AMEND = act("standards.amend", "标准归口部门更正标准的登记信息", "uplift/1", *KEEPERS)
OPEN_DRAFT = act("standards.open_draft", "标准归口部门建立一版草案", "uplift/1", *KEEPERS)
CORRECT_ITEM = act("standards.correct_item", "标准归口部门改正草案中的项目", "uplift/1", *KEEPERS)
ADD_ITEM = act("standards.add_item", "标准归口部门在草案中补充项目", "uplift/1", *KEEPERS)
DROP_ITEM = act("standards.drop_item", "标准归口部门删去草案中的项目", "uplift/1", *KEEPERS)
RESTORE_ITEM = act("standards.restore_item", "标准归口部门恢复草案中删去的项目", "uplift/1", *KEEPERS)
MOVE_ITEM = act("standards.move_item", "标准归口部门移动草案中的项目", "uplift/1", *KEEPERS)
MERGE_ITEMS = act("standards.merge_items", "标准归口部门合并草案中的项目", "uplift/1", *KEEPERS)
SPLIT_ITEM = act("standards.split_item", "标准归口部门拆分草案中的项目", "uplift/1", *KEEPERS)
ADD_ELEMENT = act("standards.add_element", "标准归口部门在草案中补充要素", "uplift/1", *KEEPERS)
DROP_ELEMENT = act("standards.drop_element", "标准归口部门删去草案中的空要素", "uplift/1", *KEEPERS)
CORRECT_ELEMENT = act("standards.correct_element", "标准归口部门改正草案中的要素", "uplift/1", *KEEPERS)
SETTLE_PHRASE = act("standards.settle_phrase", "标准归口部门逐条确认扣分条款", "uplift/1", *KEEPERS)
SETTLE_SUM = act("standards.settle_sum", "标准归口部门说明合计不一致的理由", "uplift/1", *KEEPERS)
SET_SCHEME = act("standards.set_scheme", "标准归口部门确定评分办法和等级界限", "uplift/1", *KEEPERS)
PUBLISH = act("standards.publish", "标准归口部门发布一版标准", "uplift/1", *KEEPERS)
WITHDRAW = act("standards.withdraw", "标准归口部门废止一版标准", "uplift/1", *KEEPERS)
DISCARD = act("standards.discard", "标准归口部门作废草案", "uplift/1", *KEEPERS)
REAFFIRM = act("standards.reaffirm", "标准归口部门复审后确认标准继续有效", "uplift/1", *KEEPERS)
REVISE = act("standards.revise", "标准归口部门复审后决定修订标准", "uplift/1", *KEEPERS)
RETIRE = act("standards.retire", "标准归口部门复审后决定废止标准", "uplift/1", *KEEPERS)
CHASE = act(
    "standards.chase", "市应急管理局、市安委会办公室或时限催办满五年的标准", "uplift/1", *LEADERS, Role.TIME
)
OPEN_MAKING = act(
    "standards.open_making", "主管部门立项制修订标准，市级牵头部门可以交办", "uplift/1", *CITY_ROLES
)
PROGRESS_MAKING = act("standards.progress_making", "承办部门登记制修订进展", "uplift/1", *KEEPERS)
FINISH_MAKING = act("standards.finish_making", "承办部门办结制修订任务", "uplift/1", *KEEPERS)
DROP_MAKING = act("standards.drop_making", "承办部门终止制修订任务并说明理由", "uplift/1", *KEEPERS)
MAP = act("standards.map", "主管部门确定行业使用的标准", "uplift/4", *KEEPERS)
UNMAP = act("standards.unmap", "主管部门终止行业与标准的对应", "uplift/4", *KEEPERS)
ADD_VETO = act("standards.add_veto", "主管部门增加达标否决项", "uplift/2", *KEEPERS)
CHANGE_VETO = act("standards.change_veto", "主管部门调整达标否决项", "uplift/2", *KEEPERS)
LIFT_VETO = act("standards.lift_veto", "主管部门取消达标否决项", "uplift/2", *KEEPERS)
OPEN_RULEBOOK = act("standards.open_rulebook", "启用评分表时固定规则册", "uplift/4", *READERS, Role.TIME)

ACTS = (
    *(REGISTER, AMEND, OPEN_DRAFT, CORRECT_ITEM, ADD_ITEM, DROP_ITEM, RESTORE_ITEM, MOVE_ITEM),
    *(MERGE_ITEMS, SPLIT_ITEM, ADD_ELEMENT, DROP_ELEMENT, CORRECT_ELEMENT),
    *(SETTLE_PHRASE, SETTLE_SUM, SET_SCHEME, PUBLISH, WITHDRAW, DISCARD),
    *(REAFFIRM, REVISE, RETIRE, CHASE, OPEN_MAKING, PROGRESS_MAKING, FINISH_MAKING, DROP_MAKING),
    *(MAP, UNMAP, ADD_VETO, CHANGE_VETO, LIFT_VETO, OPEN_RULEBOOK),
)

FROZEN = "已发布的标准不能修改，也不能恢复为草案；需要调整的请另立新版，或通过达标否决项调整。"


def owns(actor: Actor, body: int | None) -> bool:
    """Keeps standards for that very body."""
    return actor.at_body(body, *KEEPERS)


def may_register(actor: Actor, owner: Body) -> Permit:
    """Only for one's own body, and only a city-level authority."""
    if not owns(actor, owner.pk):
        return denied(f"只有归口部门本身可以登记标准，{owner.name}不是您任职的部门。", "uplift/1")
    if owner.jurisdiction_id is not None:
        return denied("标准由市级部门归口，区级部门不能登记。", "uplift/1")
    return allowed


def may_keep(actor: Actor, standard: Standard) -> Permit:
    """Anything about the standard itself."""
    if owns(actor, standard.owner_id):
        return allowed
    return denied(f"这项标准由{standard.owner.name}归口，请由该部门办理。", "uplift/1")


def may_edit(actor: Actor, edition: Edition) -> Permit:
    """Change a draft. Somebody else's draft does not exist for you; a published one changes for nobody."""
    if not owns(actor, edition.standard.owner_id):
        return unseen if edition.draft else may_keep(actor, edition.standard)
    return allowed if edition.draft else too_early(FROZEN, "uplift/1")


def may_withdraw(actor: Actor, edition: Edition) -> Permit:
    """The time is asked by the move itself."""
    return may_keep(actor, edition.standard) if not edition.draft else may_edit(actor, edition)


def may_chase(actor: Actor, standard: Standard) -> Permit:
    if actor.holds(*LEADERS, Role.TIME):
        return allowed
    return denied("催办由市应急管理局或市安委会办公室办理。", "uplift/1")


def may_open_making(actor: Actor, department: Body) -> Permit:
    """For one's own department; the leading bodies may give the task to any city department."""
    if owns(actor, department.pk) or actor.holds(*LEADERS):
        return allowed
    return denied(f"{department.name}的制修订任务由该部门或市级牵头部门立项。", "uplift/1")


def may_keep_making(actor: Actor, making: Making) -> Permit:
    if owns(actor, making.department_id):
        return allowed
    return denied(f"这项任务由{making.department.name}承办，请由该部门办理。", "uplift/1")


def may_map(actor: Actor, standard: Standard, departments: frozenset[int]) -> Permit:
    """`departments` answer for the industry: they and the standard's owner may say what it uses."""
    if owns(actor, standard.owner_id) or departments & set(kept_bodies(actor)):
        return allowed
    return denied("行业使用什么标准，由该行业主管部门或标准归口部门确定。", "uplift/4")


def may_unmap(actor: Actor, use: StandardUse, departments: frozenset[int]) -> Permit:
    return may_map(actor, use.standard, departments)


def may_add_veto(actor: Actor, department: Body, standard: Standard | None) -> Permit:
    """On one's own standards; on any, or on all at once, only the emergency bureau of the city."""
    if not owns(actor, department.pk):
        return denied(f"达标否决项由{department.name}自己管理。", "uplift/2")
    if standard is not None and standard.owner_id != department.pk and not city_wide(department):
        return denied(f"{standard.number}由{standard.owner.name}归口，其否决项由该部门调整。", "uplift/2")
    return allowed


def may_keep_veto(actor: Actor, veto: VetoOverlay) -> Permit:
    if owns(actor, veto.department_id):
        return allowed
    return denied(f"这一否决项由{veto.department.name}管理，请由该部门调整。", "uplift/2")


def city_wide(department: Body) -> bool:
    """Do this body's overlays without a standard hold for every standard?"""
    return department.kind == BodyKind.BUREAU and department.jurisdiction_id is None
