"""The command `dabiao`. A command's module is imported when it is asked for, once the settings stand."""

import os
from collections.abc import Mapping
from importlib import import_module
from typing import Final

import click
import django

# Name -> "module:attribute" of a click command or group.
COMMANDS: Final[Mapping[str, str]] = {
    "standards": "dabiao.cli.standards:standards",
    "score": "dabiao.cli.standards:score",
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


@click.group(cls=Later, help="达标：企业安全生产标准化信息系统")
def main() -> None:
    pass
