"""`dabiao maintenance on|off`: who comes meanwhile is told when to come back; devices wait by themselves."""

from datetime import datetime, timedelta
from typing import Final

import click

from dabiao.base import clock
from dabiao.base.clock import SHANGHAI
from dabiao.base.upkeep import pausing
from dabiao.kernel.errors import Invalid

MOST: Final = timedelta(days=2)  # longer is no maintenance: somebody has forgotten it


@click.group(help="系统维护：期间打开页面的人会看到何时恢复，现场设备自动等待")
def maintenance() -> None:
    pass


@maintenance.command(help="开始维护，到时自动结束")
@click.option("--until", default="", metavar="TIME", help="恢复的时刻，ISO 格式，缺省时区为北京时间")
@click.option(
    "--minutes", type=click.IntRange(1, 2880), default=30, show_default=True, help="或者多少分钟之后"
)
def on(until: str, minutes: int) -> None:
    now = clock.now()
    moment = _moment(until) if until else now + timedelta(minutes=minutes)
    if not now < moment <= now + MOST:
        raise Invalid("恢复的时刻应在现在之后两天之内，请核对日期和时间。")
    pausing.pause(moment)
    click.echo(
        f"维护到 {moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}，提前结束请执行 dabiao maintenance off。"
    )


@maintenance.command(help="结束维护")
def off() -> None:
    click.echo("维护已结束。" if pausing.resume() else "没有在维护。")


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid(f"看不懂时刻 {text}，请写成 2026-03-16T22:00 的样子。") from error
    return found if found.tzinfo else found.replace(tzinfo=SHANGHAI)
