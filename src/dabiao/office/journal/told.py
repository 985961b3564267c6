"""A journal entry in words: table and column names as people call them, values as they read."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from dabiao.base import canonical
from dabiao.base.models import JournalEntry
from dabiao.kernel.roles import TITLES, Role
from dabiao.law import clause_title

HOW = {"create": "新增", "change": "更改", "remove": "移除"}
KEYED = "以密钥摘要留存，不显示原文"
LONGEST = 300

# What tables and columns hold, where the column's own name would tell nobody anything.
TABLES = {
    "people_account": "账号",
    "people_posting": "任职",
    "organisations_unit": "企业",
    "organisations_site": "企业场所",
    "organisations_body": "机构",
    "organisations_jurisdiction": "管辖区",
    "organisations_industry": "行业",
    "organisations_industry_duty": "行业归口",
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
    "hazards_evidence": "整改证据",
    "hazards_demand": "工作要求",
    "creation_self_assessment": "自评",
    "programme_feedback": "公众意见",
    "base_calendar_year": "工作日历",
    "base_public_record": "公开记录",
    "base_stored_file": "文件",
}
COLUMNS = {
    "state": "状态",
    "version": "版本",
    "name": "名称",
    "login": "登录名",
    "role": "岗位",
    "since": "起始日",
    "until": "终止日",
    "is_active": "正常使用",
    "areas": "特殊领域",
    "text": "内容",
    "words": "文字",
    "cause": "原因分析",
    "corrective": "整改措施",
    "preventive": "预防措施",
    "responsible": "责任人",
    "due": "期限",
    "opinion": "结论",
    "verdict": "评判",
    "deductions": "扣分",
    "password": "密码",
    "number": "编号",
    "title": "标题",
}


@dataclass(frozen=True, slots=True)
class Value:
    column: str
    shown: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row touched: what it is, how, and the values it got."""

    thing: str
    key: str
    how: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as the page shows it."""

    row: JournalEntry
    sentence: str
    clause: str
    who: str
    posts: str
    done: str
    changes: tuple[Change, ...]
    note: tuple[Value, ...]


def entry(row: JournalEntry) -> Entry:
    body = canonical.loads(row.body)
    by = body["by"]
    return Entry(
        row=row,
        sentence=body["sentence"],
        clause="" if body["clause"].startswith("internal/") else clause_title(body["clause"]),
        who=by["name"],
        posts="、".join(f"{post['title']} {_role(post['role'])}".strip() for post in by["posts"]),
        done=body["done"],
        changes=tuple(_change(each) for each in body["changes"]),
        note=tuple(Value(key, _value(value)) for key, value in body.get("note", {}).items()),
    )


def _role(name: str) -> str:
    return TITLES[Role(name)] if name in set(Role) else name


def _change(told: dict[str, Any]) -> Change:
    table, key = told["table"], str(told["key"])
    secret = _secret(table)
    values = tuple(
        Value(COLUMNS.get(name, name), KEYED if name in secret else _value(value))
        for name, value in told["values"].items()
    )
    return Change(TABLES.get(table, table), key, HOW.get(told["how"], told["how"]), values)


@cache
def _secret(table: str) -> frozenset[str]:
    """Columns whose values the journal holds as keyed digests only."""
    model = next((each for each in apps.get_models() if each._meta.db_table == table), None)
    return frozenset(getattr(model, "journal_secret", ()))


def _value(value: Any) -> str:
    if value is None or value == "":
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    text = value if isinstance(value, str) else canonical.dumps(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……"


def chain(name: str) -> str:
    """people_account:12 -> 账号 12."""
    table, _, key = name.partition(":")
    return f"{TABLES.get(table, table)} {key}"


def tables() -> list[tuple[str, str]]:
    """For the filter: chains begin with one of these."""
    known: list[type[models.Model]] = [
        each for each in apps.get_models() if each.__module__.startswith("dabiao.")
    ]
    names = {each._meta.db_table for each in known if not getattr(each, "journal_exempt", "")}
    return sorted(((name, TABLES.get(name, name)) for name in names), key=lambda each: each[1])
