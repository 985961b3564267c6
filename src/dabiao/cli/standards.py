"""`dabiao standards import` and `dabiao score`: an authority's table in, what was understood out."""

import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from django.core.management import call_command
from django.db import connection, transaction

from dabiao.base import clock
from dabiao.kernel.actor import TIME, Actor, Post
from dabiao.kernel.errors import DabiaoError
from dabiao.kernel.points import spell
from dabiao.kernel.roles import Role
from dabiao.organisations import services as organisations
from dabiao.organisations.models import Body, BodyKind
from dabiao.sheets.rules.contract import contract_json
from dabiao.sheets.rules.filled import score_filled
from dabiao.standards import queries
from dabiao.standards.models import Edition, Standard, StandardKind
from dabiao.standards.rules.choice import LEVELS
from dabiao.standards.services import drafts
from dabiao.standards.services import standards as registering
from dabiao.standards.services.drafts import FromFile
from dabiao.standards.tables.filled import read_filled
from dabiao.standards.tables.roles import said as columns_said
from dabiao.standards.tables.understanding import understand
from dabiao.standards.tables.values import Hints, TableError, Understanding, Unread

UNNAMED = "owner-to-be-named"
TABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help="评定标准")
def standards() -> None:
    pass


@standards.command("import", help="导入评分表，建立一版草案；报告读出的项目、分值、合计和没有读懂的条款")
@click.argument("file", type=TABLE)
@click.option("--title", default="", help="标准名称，缺省取表格标题")
@click.option("--number", default="", help="标准编号，缺省取表格中的编号；已登记的编号再建一版")
@click.option("--label", default="", help="版次，缺省为导入年份")
@click.option("--owner", default="", help="归口部门代码，缺省为市应急管理局")
@click.option("--level", "levels", multiple=True, type=click.Choice(list(LEVELS)), help="适用等级，可重复")
@click.option("--sheet", "sheets", multiple=True, help="只读取这些工作表")
@click.option("--header-row", type=int, default=0, help="表头末行的行号")
@click.option("--columns", default="", help="各列的用途，如“考评内容=C、标准分值=E”，自动识别不对时填写")
@click.option("--dry-run", is_flag=True, help="只看读出了什么，不写入")
@click.option("--json", "as_json", is_flag=True)
def import_(file: Path, **said: Any) -> None:
    try:
        hints = Hints(
            title=said["title"].strip(),
            number=said["number"].strip(),
            sheets=said["sheets"],
            header_row=said["header_row"],
            columns=columns_said(said["columns"]),
        )
        read = understand(file, hints=hints)
        written = not (said["dry_run"] or read.errors)
        edition = _kept(file, read, said["owner"], said["label"], said["levels"]) if written else None
    except (TableError, DabiaoError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    told = report(read, edition)
    click.echo(json.dumps(told, ensure_ascii=False) if said["as_json"] else "\n".join(_lines(told)))
    if read.errors:
        raise SystemExit(1)


@click.command(help="按一版标准（编号或标识，可以是草案）给填好的评分表计分并说明")
@click.argument("edition")
@click.argument("file", type=TABLE)
@click.option("--json", "as_json", is_flag=True)
def score(edition: str, file: Path, as_json: bool) -> None:
    found = queries.edition_named(edition)
    if found is None:
        raise click.ClickException(f"没有名为“{edition}”的标准版次，请用编号、“编号 版次”或标识。")
    book = queries.book(found)
    try:
        filled = read_filled(file, book)
        result = score_filled(book, filled)
    except (TableError, DabiaoError) as error:
        raise click.ClickException(str(error)) from error
    numbers = {item.key: item.number for item in book.items}
    told = {
        **{"edition": found.pk, "state": found.state, "draft": found.draft, **contract_json(result)},
        **{"missing": [numbers[key] for key in filled.missing], "remarks": list(filled.remarks)},
    }
    click.echo(json.dumps(told, ensure_ascii=False) if as_json else "\n".join(_score_lines(found, told)))


def report(read: Understanding, edition: Edition | None) -> dict[str, Any]:
    """The shape of the public contract, with what else a person should look at."""
    return {
        "items": read.counts.items,
        "points": spell(read.counts.points),
        "elements": read.counts.elements,
        "unread": [_unread(each) for each in read.unread],
        "edition": str(edition.pk) if edition else None,
        "name": edition.public_id if edition else None,
        "title": read.book.title,
        "number": read.book.number,
        "doubtful": [_unread(each) for each in read.doubtful],
        "sums": [
            {"where": e.where, "stated": spell(e.stated), "found": spell(e.found), "agrees": e.agrees}
            for e in read.sums
        ],
        "remarks": list(read.remarks),
        "left_out": [f"工作表“{each.name}”没有读取：{each.why}" for each in read.sheets if not each.used],
        "errors": [str(each) for each in read.errors],
    }


def _unread(each: Unread) -> dict[str, Any]:
    return {"row": each.row, "text": each.text, "item": each.item_key, "why": each.why, "sheet": each.sheet}


def _kept(file: Path, read: Understanding, owner: str, label: str, levels: tuple[str, ...]) -> Edition:
    """The draft, with the standard registered first if its number is new; all or nothing."""
    at = clock.now()
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    _ensure_schema()
    with transaction.atomic():
        number = read.book.number or f"T-{digest[:12]}"
        known = Standard.objects.filter(number=number).select_related("owner").first()
        body = known.owner if known else _owner(owner, at)
        by = Actor(None, "命令行", (Post(Role.INDUSTRY_CITY, body=body.pk, title=body.name),))
        standard = known or _registered(number, read, levels, by, at, owner=body)
        return drafts.open_draft_from_table(
            standard=standard,
            label=drafts.free_label(standard, label or f"{clock.day_of(at).year}版"),
            understood=read,
            file=FromFile(file.name, digest),
            by=by,
            at=at,
        )


def _registered(
    number: str, read: Understanding, levels: tuple[str, ...], by: Actor, at: datetime, *, owner: Body
) -> Standard:
    title = read.book.title or number
    small = "小微" in title or "小型" in title
    return registering.register(
        number=number,
        title=title[:160],
        kind=StandardKind.LOCAL if number.startswith("DB") else StandardKind.TABLE,
        owner=owner,
        levels=levels or (("small_micro",) if small else ("level_2", "level_3")),
        by=by,
        at=at,
    )


def _owner(code: str, at: datetime) -> Body:
    """The body named, else the city's emergency bureau, else one that waits for its name."""
    if code:
        found = Body.objects.filter(code=code, jurisdiction=None).first()
        if found is None:
            raise click.ClickException(f"没有代码为“{code}”的市级部门，请核对。")
        return found
    city = Body.objects.filter(jurisdiction=None, kind=BodyKind.BUREAU).first()
    return city or Body.objects.filter(code=UNNAMED).first() or _unnamed(clock.day_of(at), at)


def _unnamed(day: date, at: datetime) -> Body:
    body = Body(kind=BodyKind.INDUSTRY, name="待定归口部门", code=UNNAMED, since=day)
    organisations.establish(rows=[body], by=TIME, at=at)
    return body


def _ensure_schema() -> None:
    """An import into a database nobody has used yet begins by making its tables."""
    if Standard._meta.db_table not in connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)


def _lines(told: dict[str, Any]) -> list[str]:
    sums = [
        f"  {'✓' if e['agrees'] else '✗'} {e['where']}：载明 {e['stated']}，读出 {e['found']}"
        for e in told["sums"]
    ]
    phrases = [
        f"  {each['sheet']} 第{each['row']}行 {each['text']}（{each['why']}）" for each in told["unread"]
    ]
    return [
        f"{told['title']} {told['number']}".strip(),
        f"项目 {told['items']} 项，共 {told['points']} 分，一级要素 {told['elements']} 个",
        *(["合计："] if sums else []),
        *sums,
        f"没有读懂的扣分条款 {len(told['unread'])} 条，需要复核的 {len(told['doubtful'])} 条",
        *phrases,
        *(f"说明：{each}" for each in (*told["remarks"], *told["left_out"])),
        *(f"错误：{each}" for each in told["errors"]),
        f"草案：{told['name']}（标识 {told['edition']}）" if told["edition"] else "没有写入。",
    ]


def _score_lines(edition: Edition, told: dict[str, Any]) -> list[str]:
    head = f"{edition.public_id}（{edition.state_title}）"
    sums = f"满分 {told['full']}，不涉及 {told['not_applicable']}，得分 {told['obtained']}"
    score = "还有项目没有填写，暂无得分" if told["score"] is None else f"评分 {told['score']}"
    missing = [f"没有填写：{'、'.join(told['missing'])}"] if told["missing"] else []
    remarks = [f"说明：{each}" for each in told["remarks"]]
    return [head, sums, score, *missing, *(each["text"] for each in told["reasons"]), *remarks]
