"""`dabiao demo`: the demonstration city, told once."""

import click

from dabiao.base import clock, startup
from dabiao.cli.reporting import json_option, report
from dabiao.demo import city, telling


@click.command(help="建立演示城市：虚构的企业、部门、账号和处在各个环节的自评。数据库须为空。")
@click.option(
    "--seed", type=click.IntRange(0, 2**31), default=1, show_default=True, help="同一数字得到同一城市"
)
@click.option(
    "--scale",
    type=click.FloatRange(0.1, 1000),
    default=1.0,
    show_default=True,
    help="规模，1 为三百家企业，其中三十家有经过",
)
@json_option
def demo(seed: int, scale: float, as_json: bool) -> None:
    startup.migrate()
    told = city.made(seed=seed, scale=scale, at=clock.now())
    report(telling.plain(told), telling.lines(told), as_json=as_json)
