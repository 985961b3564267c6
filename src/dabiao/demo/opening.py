"""Opening the demonstration to whoever types `make demo`."""

from collections.abc import Callable
from importlib import import_module
from typing import TypeVar

import click
from django.db import DatabaseError

from dabiao.base import clock, startup
from dabiao.demo import mark, telling
from dabiao.demo.mark import City
from dabiao.kernel.errors import DabiaoError

T = TypeVar("T")
RULE = "─" * 100


def run(host: str, port: int, workers: int) -> int:
    """Serve until stopped; 0 unless something stood in the way, which is told in words."""
    try:
        startup.free_port(host, port)
        _tell(_prepare(), f"http://{host}:{port}")
        startup.serve(host, port, workers, quiet=True)
    except DabiaoError as error:
        click.echo(f"错误：{error.text}{_hint(error, port)}", err=True)
        return 1
    except (DatabaseError, OSError) as error:
        click.echo(f"错误：数据库或文件夹不能使用：{error}。请核对 DABIAO_DATA 的位置和权限。", err=True)
        return 1
    except KeyboardInterrupt:
        pass
    click.echo("演示已停止，数据保留；再次运行 make demo 可继续。")
    return 0


def _prepare() -> City:
    """Only what is needed: on a second start this takes no time worth mentioning."""
    if startup.waiting_migrations():
        _step("更新数据库结构", startup.ready_schema)
    if startup.ready_static():
        click.echo("静态文件已更新")
    return mark.found() or _step("建立演示城市（约十秒）", _make)


def _make() -> City:
    """The story is loaded only when it is to be told."""
    made: City = import_module("dabiao.demo.city").made(seed=1, scale=1.0, at=clock.now())
    return made


def _step(title: str, work: Callable[[], T]) -> T:
    click.echo(f"{title} …", nl=False)
    done = work()
    click.echo(" 完成")
    return done


def _tell(known: City, address: str) -> None:
    click.echo(RULE)
    click.echo("达标：企业安全生产标准化信息系统（演示，数据均为虚构）")
    click.echo(f"  公众网站  {address}/")
    click.echo(f"  工作平台  {address}/office/")
    click.echo(RULE)
    click.echo("\n".join(telling.lines(known)))
    click.echo(RULE)
    click.echo("按 Ctrl-C 停止")


def _hint(error: DabiaoError, port: int) -> str:
    return f"例如：make demo PORT={port + 1}" if isinstance(error, startup.NotReady) else ""
