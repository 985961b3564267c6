"""`dabiao journal …`: check, compare, sign and export the journal 留痕台账."""

import sys
from pathlib import Path
from typing import Any

import click

from dabiao.base import clock
from dabiao.base.journal import checkpoints, export, forks, replay
from dabiao.base.journal import verify as checking
from dabiao.base.journal.findings import Status
from dabiao.cli.reporting import json_option, report

SHOWN = 20
TITLES = {
    Status.OK: "完好",
    Status.BROKEN: "已被破坏，请停止写入、保留现场，并与备份和各方保存的存证点核对",
    Status.UNPROVABLE: "无法证明",
}
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(help="留痕台账：核验、比对、存证、导出")
def journal() -> None:
    pass


@journal.command(help="核验台账是否完好；给出各方保存的存证点文件时，一并对照")
@click.option("--from-checkpoint", "given", type=FILE, multiple=True, help="存证点文件，可重复")
@json_option
def verify(given: tuple[Path, ...], as_json: bool) -> None:
    # What is no text is no checkpoint either: it is told as one that is damaged.
    documents = (path.read_text("utf-8", errors="replace") for path in given)
    found = checking.verify(documents, forks.available())
    _report(found.plain(), found.status, as_json)


@journal.command("replay", help="把台账从头重放，与业务表逐格比对")
@click.option("--compare", is_flag=True, help="与业务表比对")
@json_option
def replay_(compare: bool, as_json: bool) -> None:
    if not compare:
        raise click.UsageError("请加上 --compare：重放只用来与业务表比对，不改动任何数据。")
    found = replay.compare()
    _report(found.plain(), found.status, as_json)


@journal.command(help="签发存证点并写到标准输出；请交由其他单位保存")
def checkpoint() -> None:
    click.echo(checkpoints.make(clock.now()))


@journal.command("export", help="把台账导出为逐行 JSON，供 tools/verify_journal.py 独立核验")
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True), default="-")
def export_(file: str) -> None:
    with click.open_file(file, "w", encoding="utf-8") as opened:
        for line in export.lines():
            opened.write(line + "\n")


def _report(plain: dict[str, Any], status: Status, as_json: bool) -> None:
    """Print what was found; the exit status is 0 only when all is well."""
    report(plain, _lines(plain, status), as_json=as_json)
    sys.exit(0 if status == Status.OK else 1)


def _lines(plain: dict[str, Any], status: Status) -> list[str]:
    lines = [f"{TITLES[status]}：共 {plain['entries']} 条"]
    if without := plain.get("without_checkpoint"):
        lines.append(f"其中 {without} 条尚无存证点涵盖，请执行 dabiao journal checkpoint 并交他处保存")
    lines += plain.get("unprovable", [])
    lines += [_one(broken) for broken in plain["broken"][:SHOWN]]
    if (left := len(plain["broken"]) + plain["more"] - SHOWN) > 0:
        lines.append(f"……另有 {left} 处，用 --json 查看")
    return lines


def _one(broken: dict[str, Any]) -> str:
    entry = f"条目 {broken['entry']}，" if broken["entry"] is not None else ""
    column = f"，列 {broken['column']}" if broken.get("column") else ""
    return f"{entry}{broken['subject']}{column}：{broken['what']}"
