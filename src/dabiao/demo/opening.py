"""Preparing the demonstration of `make demo`: schema, static files, the city; and what to tell."""

from collections.abc import Callable
from importlib import import_module
from typing import TypeVar

import click
from django.db import DatabaseError

from dabiao.base import clock, startup
from dabiao.base.listening import NotReady
from dabiao.demo import mark, telling
from dabiao.demo.mark import City
from dabiao.organisations import tasks as organisations

T = TypeVar("T")
RULE = "─" * 100


def prepared(address: str) -> str:
    """Everything up to date and the city there; answers what to tell of it. NotReady, in words, where the
    database or the folder cannot be used; Refused where they hold other data."""
    try:
        if startup.waiting_migrations():
            _step("更新数据库结构", startup.ready_schema)
            organisations.complete_cards(clock.now())
        if startup.ready_static():
            click.echo("静态文件已更新")
        known = mark.found() or _step("建立演示城市（约半分钟）", _make)
    except (DatabaseError, OSError) as error:
        text = f"数据库或文件夹不能使用：{error}。请核对 DABIAO_DATA 的位置和权限。"
        raise NotReady(text) from error
    return "\n".join(_told(known, address))


def _make() -> City:
    """The story is loaded only when it is to be told. Files of its reports are kept at once, as on paper."""
    made: City = import_module("dabiao.demo.city").made(seed=1, scale=1.0, at=clock.now())
    import_module("dabiao.office.reviews.made").keep_waiting(clock.now())
    return made


def _step(title: str, work: Callable[[], T]) -> T:
    click.echo(f"{title} …", nl=False)
    done = work()
    click.echo(" 完成")
    return done


def _told(known: City, address: str) -> list[str]:
    return [
        RULE,
        "达标：企业安全生产标准化信息系统（演示，数据均为虚构）",
        f"  公众网站  {address}/",
        f"  工作平台  {address}/office/",
        RULE,
        *telling.logins(known),
        RULE,
        "按 Ctrl-C 停止",
    ]
