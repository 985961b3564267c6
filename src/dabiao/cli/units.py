"""`dabiao units import`: a file of units, checked as a whole and entered as a whole."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from dabiao.base import clock
from dabiao.cli.reporting import json_option, report
from dabiao.kernel.actor import Actor, Post
from dabiao.kernel.roles import Role
from dabiao.organisations.models import UnitImport
from dabiao.organisations.services import import_jobs
from dabiao.organisations.services.examining import Examined, examining
from dabiao.organisations.services.importing import Entered, import_units
from dabiao.organisations.services.outcome import contract, unreadable
from dabiao.organisations.tables.headings import TITLES
from dabiao.organisations.tables.values import FileFault
from dabiao.people import queries
from dabiao.people.models import Account

BY = Actor(None, "命令行", (Post(Role.SYSTEM_ADMIN, title="命令行"),))
SHOWN = 50  # faults told to a person
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help="企业名册")
def units() -> None:
    pass


@units.command("import", help="导入企业名册（xlsx 或 csv）：先整份检查，有一处错误就一行也不写入")
@click.argument("file", type=FILE)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="列号=字段",
    help=f"指明某列（从 1 起）读作：{'、'.join(TITLES)}；留空为不读",
)
@click.option("--dry-run", is_flag=True, help="只检查，不写入")
@json_option
def import_(file: Path, columns: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    told = _told(file, dict(map(_corrected, columns)), dry_run)
    report(told, _lines(told), as_json=as_json)
    if told["errors"]:
        raise SystemExit(1)


@units.command("work", help="办理一件已提交的名册导入（由页面启动；中断后可以再运行）")
@click.argument("key", type=int)
def work(key: int) -> None:
    job = UnitImport.objects.filter(pk=key).first()
    account = Account.objects.filter(pk=job.account, is_active=True).first() if job else None
    if job is None or account is None:
        raise click.ClickException("没有这件导入，或者提交人的账号已停用。")
    import_jobs.work(job=job, by=queries.actor(account, clock.today()), at=clock.now())


def _corrected(said: str) -> tuple[int, str]:
    place, _, name = said.partition("=")
    if not place.isdecimal() or (name and name not in TITLES):
        raise click.BadParameter(f"“{said}”应为 列号=字段，例如 3=name。")
    return int(place) - 1, name


def _told(file: Path, corrected: dict[int, str], dry_run: bool) -> dict[str, Any]:
    at = clock.now()
    try:
        with examining(file, by=BY, day=clock.day_of(at), corrected=corrected) as examined:
            writing = not (dry_run or examined.fault_count)
            entered = _entered(examined, file, at) if writing else Entered()
            return contract(examined, entered, written=writing)
    except FileFault as fault:
        return unreadable(fault)


def _entered(examined: Examined, file: Path, at: datetime) -> Entered:
    with file.open("rb") as content:
        source = hashlib.file_digest(content, "sha256").hexdigest()
    return import_units(examined=examined, source=source, title=file.name[:200], by=BY, at=at)


def _lines(told: dict[str, Any]) -> Iterator[str]:
    if "kind" in told:
        yield told["kind"]
        read = (f"{TITLES[name]}←第 {'、'.join(map(str, at))} 列" for name, at in told["columns"].items())
        yield f"读作：{'；'.join(read)}"
        found = told["found"]
        counts = f"新增 {found['new']}，更新 {found['changed']}，无变化 {found['same']}"
        yield f"共 {told['rows']} 行：{counts}"
    yield from (f"说明：{each}" for each in told["remarks"])
    yield from (each["message"] for each in told["errors"][:SHOWN])
    if told["error_count"]:
        yield f"有 {told['error_count']} 处错误，一行也没有写入。"
    elif told["written"]:
        yield f"已写入：新增 {told['created']}，更新 {told['updated']}。"
    else:
        yield "只作了检查，没有写入。"
