"""`dabiao law show` and `dabiao law check`."""

from datetime import date, datetime
from typing import Any, Final

import click

from dabiao import law
from dabiao.cli.reporting import json_option, report
from dabiao.law.check import check as faults

# How a parameter's unit is read; the others say nothing a person needs.
UNITS: Final = {
    "working_days": "个工作日",
    "days": "天",
    "months": "个月",
    "years": "年",
    "percent": "%",
    "points": "分",
    "count": "",
}
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group("law", help="法规参数：每个数字、期限、份额和情形，连同依据和起始日")
def law_group() -> None:
    pass


@law_group.command(help="显示一个参数的取值、依据条款和全部历次取值")
@click.argument("name")
@click.option("--on", "day", type=DAY, default=None, help="哪一天的取值，如 2026-03-01；缺省为最新")
@json_option
def show(name: str, day: datetime | None, as_json: bool) -> None:
    told = law.show(name, day.date() if day else None)
    report(told, _lines(told, day.date() if day else None), as_json=as_json)


@law_group.command(help="检查法规参数文件：缺依据、缺日期、重复和没有被读取的内容")
@json_option
def check(as_json: bool) -> None:
    found = [{"where": each.where, "text": each.text} for each in faults()]
    lines = [f"{each['where']}：{each['text']}" for each in found]
    good = f"法规参数 {len(law.parameters())} 项，全部有依据和起始日。"
    report(found, lines or [good], as_json=as_json)
    if found:
        raise SystemExit(1)


def _lines(told: dict[str, Any], day: date | None) -> list[str]:
    """For reading at a terminal."""
    asked = f"（{day.isoformat()}）" if day else ""
    values = [
        f"  自 {each['since']} 起 {each['value']}，{each['clause']}"
        + ("" if each["confirmed"] else "（待核实）")
        for each in told["values"]
    ]
    return [
        f"{told['title']}（{told['name']}）",
        f"取值{asked}：{_worth(told)}，自 {told['since']} 起{_caution(told)}",
        f"依据：{told['clause_title']}（{told['basis_title']}）",
        *([f"条文：{told['clause_text']}"] if told["clause_text"] else []),
        *([f"说明：{told['note']}"] if told["note"] else []),
        "历次取值：",
        *values,
    ]


def _worth(told: dict[str, Any]) -> str:
    return f"{told['value']} {UNITS.get(told['unit'], '')}".strip()


def _caution(told: dict[str, Any]) -> str:
    return f"，{told['caution']}" if told["caution"] else ""
