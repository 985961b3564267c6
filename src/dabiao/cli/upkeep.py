"""`dabiao backup`, `restore`, `doctor`, `reindex`, `deliver`, `tick`: what operators or the clock run."""

import sys
import time
from datetime import datetime
from pathlib import Path

import click

from dabiao.base import clock, outbox
from dabiao.base import tick as ticking
from dabiao.base.journal import triggers, undoing, verify
from dabiao.base.journal.findings import Status
from dabiao.base.upkeep import backup as copying
from dabiao.base.upkeep import doctor as examining
from dabiao.cli.reporting import json_option, report
from dabiao.field.services import watermark
from dabiao.organisations.services import cards

PAUSE = 5  # seconds between rounds of delivery
FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(help="把数据库、文件和密钥备份到空文件夹，并读回核对")
@click.argument("folder", metavar="DIR", type=FOLDER)
def backup(folder: Path) -> None:
    receipt = watermark.highest()  # before the copy begins: it holds everything up to here
    made = copying.backup(folder, clock.now())
    watermark.move(receipt, clock.now())
    click.echo(f"已备份并核对 {len(made.files)} 个文件，台账到第 {made.last} 位。清单摘要 {made.digest}")


@click.command(help="把备份恢复到空的数据库和数据文件夹；损坏的备份不恢复")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
def restore(folder: Path) -> None:
    manifest = copying.restore(folder)
    if verify.verify().status == Status.BROKEN:
        raise click.ClickException(
            "已恢复，但台账核验不通过，请执行 dabiao journal verify 查看，换用另一份备份。"
        )
    click.echo(f"已恢复 {manifest.made_at} 的备份，台账到第 {manifest.last} 位，核验完好。")


@click.command(help="体检：哪里不对，怎么办")
@click.option("--mend", is_flag=True, help="先补建缺失的触发器，做完或撤销中断的整批办理")
@json_option
def doctor(mend: bool, as_json: bool) -> None:
    if mend:
        triggers.restore()
        undoing.mend(clock.now())
    found = examining.doctor()
    grave = any(finding.grave for finding in found)
    plain = {"ok": not grave, "findings": [finding.plain() for finding in found]}
    lines = [f"{'【须处理】' if one.grave else '【提示】'}{one.what}\n    → {one.todo}" for one in found]
    report(plain, [*lines, "有须处理的问题。" if grave else "没有须处理的问题。"], as_json=as_json)
    sys.exit(1 if grave else 0)


@click.command(help="按登记信息重建企业的检索；办理不受影响")
def reindex() -> None:
    click.echo(f"已重建 {cards.rebuild()} 家企业的检索")


@click.command(help="投递通知；不加 --once 则一直运行")
@click.option("--once", is_flag=True, help="投递到没有可投的为止就结束；仍有失败的以非零状态结束")
def deliver(once: bool) -> None:
    while True:
        count = outbox.deliver()
        while more := outbox.deliver():
            count += more
        if once:
            _say_delivered(count)
            return
        time.sleep(PAUSE)


def _say_delivered(count: int) -> None:
    waiting = outbox.waiting().count()
    click.echo(f"已投递 {count} 条，尚有 {waiting} 条待投递")
    sys.exit(1 if waiting else 0)


@click.command(help="做到期该做的事：期限、到期、提醒，随后投递通知、编排台账次序")
@click.option("--at", "at", default="", metavar="TIME", help="按这一时刻，ISO 格式，缺省时区为北京时间")
@json_option
def tick(at: str, as_json: bool) -> None:
    done = ticking.tick(_moment(at) if at else clock.now())
    plain = {"tasks": [{"task": one.task, "result": _plain(one.result), "error": one.error} for one in done]}
    report(plain, [f"{one.task}：{one.error or one.result}" for one in done], as_json=as_json)
    sys.exit(1 if any(one.error for one in done) else 0)


def _plain(result: object) -> object:
    return result if result is None or isinstance(result, int) else str(result)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"“{text}”不是时刻，请写成 2026-03-16T09:00", param_hint="--at") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.SHANGHAI)
