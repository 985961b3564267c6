"""`dabiao serve` and `dabiao migrate`."""

import os

import click

from dabiao.base import clock, listening, startup
from dabiao.organisations import tasks as organisations


@click.command(help="运行本系统。数据库由 DABIAO_DATABASE_URL 指定，文件夹由 DABIAO_DATA 指定。")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="监听的端口")
@click.option("--workers", type=click.IntRange(1, 64), default=None, help="工作进程数，缺省为处理器核数")
def serve(host: str, port: int, workers: int | None) -> None:
    listening.free_port(host, port)
    for name in startup.ready_schema():
        click.echo(f"数据库结构已更新：{name}", err=True)
    organisations.complete_cards(clock.now())
    startup.ready_static()
    click.echo(f"运行于 http://{host}:{port}/ ，按 Ctrl-C 停止。", err=True)
    listening.serve(host, port, workers or os.cpu_count() or 1)


@click.command(help="建立数据库，或把数据库结构更新到当前版本")
def migrate() -> None:
    done = startup.migrate()
    for name in done:
        click.echo(name)
    organisations.complete_cards(clock.now())
    click.echo(f"已执行 {len(done)} 项更新。" if done else "数据库结构已是最新。")
