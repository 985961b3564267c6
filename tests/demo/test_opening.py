"""`make demo`: what is told, what is done only when needed, and what stands in the way."""

import socket
import sys
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import DatabaseError

from dabiao.base import startup
from dabiao.cli import demo as command
from dabiao.cli.main import main
from dabiao.demo import mark, opening, run
from dabiao.demo.mark import City
from dabiao.kernel.errors import Refused

LOGIN = {
    "login": "unit_officer",
    "role": "unit_officer",
    "body": "示例厂",
    "name": "王安",
    "hint": "从这里开始",
}
CITY = City(1, 1.0, "2026-11-20T06:30:00+00:00", [LOGIN], {"unit": 1})
Say = Callable[[Any], None]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine on which everything is ready; what is called is noted."""
    noted: list[str] = []
    ready = {"free_port": None, "waiting_migrations": [], "ready_static": False, "ready_schema": []}
    for name, answer in ready.items():
        monkeypatch.setattr(startup, name, lambda *_, name=name, answer=answer: noted.append(name) or answer)
    monkeypatch.setattr(startup, "serve", lambda *_, **__: noted.append("serve"))
    monkeypatch.setattr(mark, "found", lambda: CITY)
    monkeypatch.setattr(opening.telling, "cases", list)
    return noted


def test_a_second_start_does_nothing_but_look_and_serve(
    calls: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert opening.run("127.0.0.1", 8000, 1) == 0
    assert calls == ["free_port", "waiting_migrations", "ready_static", "serve"]
    told = capsys.readouterr().out
    assert "http://127.0.0.1:8000/office/" in told
    assert "unit_officer" in told
    assert mark.PASSWORD in told
    assert "数据保留" in told


def test_what_a_pull_brought_is_applied(
    calls: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(startup, "waiting_migrations", lambda: ["sheets.0009_new"])
    monkeypatch.setattr(startup, "ready_static", lambda: True)
    assert opening.run("127.0.0.1", 8000, 1) == 0
    told = capsys.readouterr().out
    assert "更新数据库结构 … 完成" in told
    assert "静态文件已更新" in told


def test_an_empty_database_gets_its_city(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mark, "found", lambda: None)
    monkeypatch.setattr(opening, "_make", lambda: calls.append("made") or CITY)
    assert opening.run("127.0.0.1", 8000, 1) == 0
    assert calls[-2:] == ["made", "serve"]


def raises(error: Exception) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    "case",
    [
        ("serve", Refused("数据库里已有其他数据。"), "已有其他数据"),
        ("ready_static", DatabaseError("disk I/O error"), "请核对 DABIAO_DATA"),
        ("ready_static", PermissionError("denied"), "请核对 DABIAO_DATA"),
    ],
)
def test_what_stands_in_the_way_is_told_in_words(
    calls: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    case: tuple[str, Exception, str],
) -> None:
    name, error, said = case
    monkeypatch.setattr(startup, name, raises(error))
    assert opening.run("127.0.0.1", 8000, 1) == 1
    assert said in capsys.readouterr().err


def test_ctrl_c_stops_cleanly(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup, "serve", raises(KeyboardInterrupt()))
    assert opening.run("127.0.0.1", 8000, 1) == 0


def test_a_taken_port_names_another(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert opening.run("127.0.0.1", port, 1) == 1
    assert f"make demo PORT={port + 1}" in capsys.readouterr().err


def test_the_port_comes_from_the_command_line_or_the_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["run"])
    monkeypatch.delenv("DABIAO_PORT", raising=False)
    assert run.asked() == 8000
    monkeypatch.setenv("DABIAO_PORT", "8123")
    assert run.asked() == 8123
    monkeypatch.setattr(sys, "argv", ["run", "--port", "8124"])
    assert run.asked() == 8124


@pytest.mark.parametrize("error", [None, Refused("数据库里已有其他数据。")])
def test_the_command_reports_or_refuses(monkeypatch: pytest.MonkeyPatch, error: Exception | None) -> None:
    monkeypatch.setattr(command.startup, "migrate", list)
    monkeypatch.setattr(command.city, "made", raises(error) if error else lambda **_: CITY)
    monkeypatch.setattr(opening.telling, "cases", list)
    told = CliRunner().invoke(main, ["demo", "--seed", "3"])
    assert told.exit_code == (1 if error else 0)
    assert ("已有其他数据" if error else "unit_officer") in told.output
