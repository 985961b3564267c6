"""The command `dabiao`."""

import os

import click
import django


@click.group(help="达标：企业安全生产标准化信息系统")
def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dabiao.config.settings")
    django.setup()
