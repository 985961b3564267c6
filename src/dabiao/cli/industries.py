"""`dabiao industries import`: groups and classes of GB/T 4754 below the divisions."""

from dataclasses import asdict
from pathlib import Path

import click

from dabiao.base import clock
from dabiao.cli.reporting import json_option, report
from dabiao.kernel.actor import Actor, Post
from dabiao.kernel.roles import Role
from dabiao.organisations.services.industries import import_classes
from dabiao.organisations.tables.values import FileFault

BY = Actor(None, "命令行", (Post(Role.SYSTEM_ADMIN, title="命令行"),))
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help="国民经济行业分类")
def industries() -> None:
    pass


@industries.command("import", help="导入行业中类、小类（两列：代码、名称），有一处错误就一行也不写入")
@click.argument("file", type=FILE)
@json_option
def import_(file: Path, as_json: bool) -> None:
    try:
        entered = import_classes(path=file, by=BY, at=clock.now())
    except FileFault as fault:
        raise click.ClickException(str(fault)) from fault
    counts = f"新增 {entered.created}，改名 {entered.renamed}，无变化 {entered.unchanged}"
    report(asdict(entered), [f"行业分类：{counts}。"], as_json=as_json)
