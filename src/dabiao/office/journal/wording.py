"""What tables, columns and stored values are called, for those who read the journal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dabiao.base.clock import SHANGHAI
from dabiao.creation.models.assessors import From, Trainer
from dabiao.creation.models.groups import Place, WorkKind
from dabiao.creation.states.assessments import TITLES as ASSESSMENT
from dabiao.creation.states.commitments import TITLES as COMMITMENT
from dabiao.creation.states.cycles import TITLES as CYCLE
from dabiao.hazards.models import HazardKind, RiskLevel
from dabiao.hazards.states import TITLES as HAZARD
from dabiao.kernel.roles import TITLES as ROLES
from dabiao.organisations.models import Size
from dabiao.people.rules.qualifications import KINDS
from dabiao.programme.models import Topic
from dabiao.sheets.states import TITLES as SHEET

TABLES = {
    "people_account": "账号",
    "people_posting": "任职",
    "people_qualification": "评审资格",
    "people_suspension": "暂停评审资格",
    "organisations_unit": "企业",
    "organisations_site": "企业场所",
    "organisations_body": "机构",
    "organisations_jurisdiction": "管辖区",
    "organisations_industry": "行业",
    "organisations_industry_duty": "行业归口",
    "organisations_area_duty": "特殊领域归口",
    "organisations_recognition": "评审单位认定",
    "organisations_unit_import": "企业名册导入",
    "standards_standard": "标准",
    "standards_edition": "标准版次",
    "standards_edition_item": "标准项目",
    "standards_use": "行业适用标准",
    "standards_making": "标准制修订任务",
    "standards_veto_overlay": "达标否决项",
    "standards_rulebook": "规则册",
    "sheets_sheet": "评分表",
    "sheets_answer": "评分答复",
    "sheets_total": "评分合计",
    "sheets_picture": "影像",
    "sheets_writer": "评分人员",
    "sheets_assignment": "要素分派",
    "sheets_signature": "签字",
    "hazards_hazard": "隐患或不符合项",
    "hazards_risk_point": "风险点",
    "hazards_screening": "隐患排查",
    "hazards_evidence": "整改证据",
    "hazards_demand": "工作要求",
    "hazards_handover": "隐患移交",
    "reviews_review": "评审",
    "reviews_contract": "服务合同",
    "reviews_notice": "签约通报",
    "reviews_conflict": "咨询评审冲突",
    "reviews_initial_visit": "初访",
    "creation_assessor": "自评员",
    "creation_commitment": "承诺书",
    "creation_cycle": "创建周期",
    "creation_group_member": "领导小组成员",
    "creation_leading_group": "领导小组",
    "creation_meeting": "领导小组会议",
    "creation_training": "自评员培训",
    "creation_training_fund": "自评员培训经费",
    "creation_work": "创建工作记录",
    "creation_self_assessment": "自评",
    "programme_feedback": "公众意见",
    "base_calendar_year": "工作日历",
    "base_public_record": "公开记录",
    "base_stored_file": "文件",
}

COLUMNS = {
    "account_id": "账号",
    "activity": "作业活动",
    "address": "地址",
    "amount": "安排经费（元）",
    "answered": "已答项数",
    "answered_points": "已答标准分（千分之一分）",
    "areas": "特殊领域",
    "assessor_id": "自评员",
    "attendance": "参加人员",
    "basis": "依据",
    "began_on": "开始日期",
    "body_id": "机构",
    "caption": "说明",
    "cause": "原因分析",
    "certificate": "证书编号",
    "checklist": "检查表",
    "closed_at": "销号或关闭时间",
    "closed_why": "结束原因",
    "copied": "沿用未核对",
    "corrective": "整改措施",
    "cycle_id": "创建周期",
    "decisions": "议定事项",
    "deductions": "扣分",
    "department": "部门、车间或班组",
    "digest": "内容摘要",
    "document": "成立文件",
    "done": "落实情况",
    "done_at": "现场办理时间",
    "done_by": "报告人（账号）",
    "done_on": "落实日期",
    "done_words": "完成情况",
    "due": "期限",
    "edition_id": "标准版次",
    "element": "要素",
    "ended_on": "结束日期",
    "ended_why": "结束原因",
    "evidence": "证据",
    "extra": "追加扣除（千分之一分）",
    "file_id": "文件",
    "formed_on": "成立日期",
    "filed_by_id": "建档单位",
    "found": "发现隐患数",
    "found_at": "发现时间",
    "from": "取自",
    "group_id": "领导小组",
    "handed_in_at": "提交时间",
    "hazard_id": "隐患或不符合项",
    "head_count": "从业人数",
    "held_on": "召开日期",
    "holidays": "放假的日子",
    "hours": "学时",
    "in_force": "施行日期",
    "industry_id": "行业",
    "is_active": "正常使用",
    "issuer": "提出部门",
    "item": "项目",
    "jurisdiction_id": "管辖区",
    "kind": "类别",
    "label": "版次",
    "letter": "文本版本",
    "level": "等级",
    "line": "项目",
    "locality_id": "属地",
    "login": "登录名",
    "lost": "扣分（千分之一分）",
    "made_at": "开立时间",
    "major": "重大或否决",
    "measures": "管控措施",
    "moves": "状态变化",
    "name": "名称",
    "not_applicable": "不涉及分值（千分之一分）",
    "number": "编号",
    "opened_at": "打开时间",
    "opinion": "结论",
    "password": "密码",
    "payload": "公布内容",
    "people": "人员或人数",
    "place": "次序",
    "places": "排查范围",
    "post": "职务",
    "posted_on": "公示日期",
    "posted_where": "公示地点",
    "posting_ends": "公示截止",
    "preventive": "预防措施",
    "principal": "主要负责人",
    "provider": "培训单位",
    "qualification_id": "评审资格",
    "reason": "理由",
    "received": "收到日期",
    "received_at": "收到时间",
    "record_id": "公开记录",
    "recorded_at": "登记时间",
    "recorded_by_id": "记录人（账号）",
    "recurs_id": "此前同类问题",
    "remark": "签字意见",
    "removed_on": "移出日期",
    "removed_why": "移出理由",
    "reply": "答复",
    "responsible": "责任人",
    "result": "评分结果",
    "returned": "退回理由",
    "review_on": "下次复核",
    "risk_id": "风险点",
    "role": "岗位",
    "rulebook_id": "规则册",
    "screened_on": "排查日期",
    "sheet_id": "评分表",
    "signed_at": "签字时间",
    "signer": "签署人",
    "since": "起始日",
    "site_id": "场所",
    "size": "规模或大小",
    "source": "依据或来源",
    "specialties": "专业",
    "standard_id": "标准",
    "started_at": "发起时间",
    "state": "状态",
    "subjects": "议题",
    "text": "内容",
    "title": "标题",
    "topic": "类别",
    "total": "总分倒扣（千分之一分）",
    "trade": "工种或专业",
    "unit_id": "企业",
    "until": "终止日",
    "uscc": "统一社会信用代码",
    "used": "已支出（元）",
    "valid_until": "有效期至",
    "verdict": "评判",
    "version": "版本",
    "vetoed": "否决项数",
    "withdrawn": "已撤销",
    "words": "文字",
    "working_weekends": "上班的周末",
    "year": "年度",
}

VERDICTS = {"conforms": "符合", "deducted": "扣分", "not_applicable": "不涉及"}
LEVELS = {"level_1": "一级", "level_2": "二级", "level_3": "三级", "small_micro": "小微"}
# column, or table and column -> what its values are called
VALUES: Mapping[str, Mapping[str, str]] = {
    "verdict": VERDICTS,
    "level": LEVELS,
    "role": {role.value: title for role, title in ROLES.items()},
    "people_qualification.kind": KINDS,
    "topic": {str(value): str(title) for value, title in Topic.choices},
    "creation_group_member.place": {str(value): str(title) for value, title in Place.choices},
    "creation_work.kind": {str(value): str(title) for value, title in WorkKind.choices},
    "creation_assessor.kind": {str(value): str(title) for value, title in From.choices},
    "creation_training.by": {str(value): str(title) for value, title in Trainer.choices},
    "organisations_unit.size": {str(value): str(title) for value, title in Size.choices},
    "hazards_risk_point.level": {str(value): str(title) for value, title in RiskLevel.choices},
    "hazards_hazard.kind": {str(value): str(title) for value, title in HazardKind.choices},
    "hazards_hazard.state": {state.value: title for state, title in HAZARD.items()},
    "creation_commitment.state": {state.value: title for state, title in COMMITMENT.items()},
    "creation_cycle.state": {state.value: title for state, title in CYCLE.items()},
    "creation_self_assessment.state": {state.value: title for state, title in ASSESSMENT.items()},
    "sheets_sheet.state": {state.value: title for state, title in SHEET.items()},
}


def column(name: str) -> str:
    return COLUMNS.get(name, name)


def value(table: str, name: str, stored: Any) -> Any:
    """A stored value as people call it; a moment as their clock shows it. Anything else stays as it is."""
    if not isinstance(stored, str):
        return stored
    titles = VALUES.get(f"{table}.{name}", VALUES.get(name, {}))
    return titles.get(stored, _moment(stored) if name.endswith("_at") else stored)


def _moment(stored: str) -> str:
    try:
        return f"{datetime.fromisoformat(stored).astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
    except ValueError:
        return stored
