"""`dabiao routes` and `dabiao policy`: what addresses and acts declare, read from the declarations."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import click
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import module_has_submodule

from dabiao.cli.reporting import json_option, report
from dabiao.kernel.acts import Act
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Policy

OWN = "dabiao."


@click.command(help="列出全部地址：格式、方法、名称、谁可以访问")
@json_option
def routes(as_json: bool) -> None:
    told = [_route(*each) for each in addresses()]
    report(told, (_route_line(each) for each in told), as_json=as_json)
    if open_ones := [each["pattern"] for each in told if not each["policy"]]:
        raise click.ClickException(f"有 {len(open_ones)} 个地址没有声明权限：{'、'.join(open_ones)}")


@click.command(help="列出权限表：每项办理事项、谁可以办、依据")
@json_option
def policy(as_json: bool) -> None:
    told = [_act(each) for each in acts()]
    report(told, (_act_line(each) for each in told), as_json=as_json)


def addresses() -> list[tuple[str, URLPattern, str]]:
    """Every address: whole pattern, its declaration, its name with namespace."""
    return list(_walk(get_resolver(), "/", ()))


def acts() -> list[Act]:
    """Every act of every subject, by name."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith(OWN)]
    found = [config.name for config in ours if module_has_submodule(config.module, "permissions")]
    listed: list[Act] = [each for name in found for each in import_module(f"{name}.permissions").ACTS]
    return sorted(listed, key=lambda each: each.id)


def _walk(
    resolver: URLResolver, before: str, spaces: tuple[str, ...]
) -> Iterator[tuple[str, URLPattern, str]]:
    for each in resolver.url_patterns:
        pattern = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            inner = (*spaces, each.namespace) if each.namespace else spaces
            yield from _walk(each, pattern, inner)
        else:
            yield pattern, each, ":".join((*spaces, each.name or ""))


def _route(pattern: str, declared: URLPattern, name: str) -> dict[str, Any]:
    """An address without a policy keeps an empty one, which fails the command."""
    found: Policy | None = getattr(declared.callback, "policy", None)
    return {
        "pattern": pattern,
        "methods": list(found.methods) if found else [],
        "name": name,
        "policy": found.sentence if found else "",
        "roles": sorted(found.roles) if found else [],
    }


def _route_line(told: dict[str, Any]) -> str:
    return f"{'、'.join(told['methods']):10} {told['pattern']:60} {told['policy'] or '（没有声明权限）'}"


def _act(act: Act) -> dict[str, Any]:
    roles = {role.value: True for role in Role if role in act.roles}
    return {
        "act": act.name,
        "version": act.version,
        "sentence": act.sentence,
        "roles": roles,
        "clause": act.clause,
    }


def _act_line(told: dict[str, Any]) -> str:
    return f"{told['act']:36} {told['sentence']}（{told['clause']}；{'、'.join(told['roles'])}）"
