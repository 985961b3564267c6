"""The command `dabiao`. A command's module is imported when it is asked for, once the settings stand."""

import os
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

import click
import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db import DatabaseError

from dabiao.cli import chinese
from dabiao.kernel.errors import DabiaoError, Invalid

# Name -> "module:attribute" of a click command or group.
COMMANDS: Final[Mapping[str, str]] = {
    "backup": "dabiao.cli.upkeep:backup",
    "deliver": "dabiao.cli.upkeep:deliver",
    "demo": "dabiao.cli.demo:demo",
    "doctor": "dabiao.cli.upkeep:doctor",
    "industries": "dabiao.cli.industries:industries",
    "journal": "dabiao.cli.journal:journal",
    "law": "dabiao.cli.law:law_group",
    "maintenance": "dabiao.cli.maintenance:maintenance",
    "migrate": "dabiao.cli.serving:migrate",
    "policy": "dabiao.cli.declared:policy",
    "reindex": "dabiao.cli.upkeep:reindex",
    "restore": "dabiao.cli.upkeep:restore",
    "routes": "dabiao.cli.declared:routes",
    "score": "dabiao.cli.standards:score",
    "serve": "dabiao.cli.serving:serve",
    "standards": "dabiao.cli.standards:standards",
    "tick": "dabiao.cli.upkeep:tick",
    "units": "dabiao.cli.units:units",
}


class Later(click.Group):
    """Finds commands by name, so that `--help` is quick and models are imported after `django.setup`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabiao.config.settings")
        django.setup()
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Whatever a person can put right is said in words, without a traceback."""
        try:
            return super().invoke(ctx)
        except DabiaoError as error:
            raise click.ClickException(_told(error)) from error
        except DatabaseError as error:
            raise click.ClickException(_database(error)) from error
        except (ImproperlyConfigured, CommandError) as error:
            raise click.ClickException(f"配置不对：{error}") from error
        except OSError as error:
            raise click.ClickException(
                f"文件或网络操作失败：{chinese.why(error)}。请核对路径和权限。"
            ) from error


def _told(error: DabiaoError) -> str:
    if isinstance(error, Invalid) and error.fields:
        return "\n".join([error.text, *(text for text in error.fields.values() if text != error.text)])
    return error.text


def _database(error: DatabaseError) -> str:
    first = str(error).partition("\n")[0]
    if "no such table" in first or ("relation" in first and "does not exist" in first):
        return "数据库里还没有本系统的表，请先运行 dabiao migrate。"
    return f"数据库出错：{first}。请核对 DABIAO_DATABASE_URL，并确认数据库可以连接。"


@click.group(cls=Later, help="达标：企业安全生产标准化信息系统")
def main() -> None:
    pass


chinese.speak()
