"""`make demo`: what is told, what is done only when needed, and what stands in the way."""

import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import DatabaseError

from dabiao.base import listening, startup
from dabiao.cli import demo as command
from dabiao.cli.main import main
from dabiao.demo import mark, opening, preparing, run, telling
from dabiao.demo.mark import City
from dabiao.kernel.errors import Refused
from dabiao.organisations import tasks as units

LOGIN = {
    "login": "unit_officer",
    "role": "unit_officer",
    "body": "示例厂",
    "name": "王安",
    "hint": "从这里开始",
}
CITY = City(1, 1.0, "2026-11-20T06:30:00+00:00", [LOGIN], {"unit": 1})


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own, and nothing asked for on the command line."""
    monkeypatch.setenv("DABIAO_DATA", str(tmp_path))
    monkeypatch.setenv("DABIAO_ENV", "development")
    monkeypatch.delenv("DABIAO_PORT", raising=False)
    monkeypatch.delenv("DABIAO_DATABASE_URL", raising=False)
    monkeypatch.setattr(sys, "argv", ["run"])
    return tmp_path


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine on which everything is ready; what is called is noted."""
    noted: list[str] = []
    for name, answer in {"waiting_migrations": [], "ready_static": False, "ready_schema": []}.items():
        monkeypatch.setattr(startup, name, lambda *_, name=name, answer=answer: noted.append(name) or answer)
    for name in ("free_port", "serve"):
        monkeypatch.setattr(listening, name, lambda *_, name=name, **__: noted.append(name))
    monkeypatch.setattr(mark, "found", lambda: CITY)
    monkeypatch.setattr(run, "time_passing", nullcontext)
    monkeypatch.setattr(run, "apart", preparing.prepare)
    return noted


def raises(error: BaseException) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_a_start_looks_at_everything_tells_and_serves(
    calls: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main() == 0
    assert calls == ["free_port", "waiting_migrations", "ready_static", "serve"]
    told = capsys.readouterr().out
    assert "http://127.0.0.1:8000/office/" in told
    assert "unit_officer" in told
    assert mark.PASSWORD in told
    assert "数据保留" in told


def test_a_second_start_tells_the_same_and_only_serves(
    calls: list[str], surroundings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (surroundings / "dabiao.sqlite3").touch()
    (surroundings / "static").mkdir()
    assert run.main() == 0
    first = capsys.readouterr().out
    calls.clear()
    assert run.main() == 0
    assert calls == ["free_port", "serve"]
    assert capsys.readouterr().out == first


def test_what_a_pull_brought_is_looked_at(
    calls: list[str], surroundings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (surroundings / "dabiao.sqlite3").touch()
    (surroundings / "static").mkdir()
    package = surroundings / "package"
    (package / "sheets" / "migrations").mkdir(parents=True)
    monkeypatch.setattr(run, "PACKAGE", package)
    run.main()
    (package / "sheets" / "migrations" / "0009_new.py").touch()
    calls.clear()
    run.main()
    assert "waiting_migrations" in calls


def test_what_a_pull_brought_is_applied(
    calls: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(startup, "waiting_migrations", lambda: ["sheets.0009_new"])
    monkeypatch.setattr(startup, "ready_static", lambda: True)
    monkeypatch.setattr(units, "complete_cards", lambda _: calls.append("complete_cards"))
    assert run.main() == 0
    assert "complete_cards" in calls
    told = capsys.readouterr().out
    assert "更新数据库结构 … 完成" in told
    assert "静态文件已更新" in told


def test_an_empty_database_gets_its_city(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mark, "found", lambda: None)
    monkeypatch.setattr(opening, "_make", lambda: calls.append("made") or CITY)
    assert run.main() == 0
    assert calls[-2:] == ["made", "serve"]


@pytest.mark.parametrize(
    "case",
    [
        ("ready_static", Refused("数据库里已有其他数据。"), "已有其他数据"),
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
    assert run.main() == 1
    assert said in capsys.readouterr().err
    assert "serve" not in calls


def test_what_prepares_it_is_not_what_serves_it(
    calls: list[str], surroundings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server forked from a process that made PDFs would hang at its first one."""
    monkeypatch.undo()
    monkeypatch.setenv("DABIAO_DATA", str(surroundings))
    asked: list[object] = []

    def done(told: object, **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(told)
        (surroundings / run.KEPT).write_text("digest\nwords")
        return subprocess.CompletedProcess([], len(asked) - 1)

    monkeypatch.setattr(subprocess, "run", done)
    assert run.told() == "words"
    assert asked == [[sys.executable, "-m", run.PREPARER]]
    with pytest.raises(SystemExit):
        run.told()  # what stood in the way has been said


def test_what_serves_it_has_loaded_nothing_of_the_product() -> None:
    told = "import sys, dabiao.demo.run; sys.exit(bool({'typst', 'django'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", told], check=False).returncode == 0


def test_ctrl_c_stops_cleanly(calls: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "serve", raises(KeyboardInterrupt()))
    assert run.main() == 0


def test_a_taken_port_names_another(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setenv("DABIAO_PORT", str(port))
        assert run.main() == 1
    assert f"make demo PORT={port + 1}" in capsys.readouterr().err


def test_the_port_comes_from_the_command_line_or_the_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run.asked() == 8000
    monkeypatch.setenv("DABIAO_PORT", "8123")
    assert run.asked() == 8123
    monkeypatch.setattr(sys, "argv", ["run", "--port", "8124"])
    assert run.asked() == 8124


@pytest.mark.parametrize("error", [None, Refused("数据库里已有其他数据。")])
def test_the_command_reports_or_refuses(monkeypatch: pytest.MonkeyPatch, error: Exception | None) -> None:
    monkeypatch.setattr(command.startup, "migrate", list)
    monkeypatch.setattr(command.city, "made", raises(error) if error else lambda **_: CITY)
    monkeypatch.setattr(telling, "cases", list)
    told = CliRunner().invoke(main, ["demo", "--seed", "3"])
    assert told.exit_code == (1 if error else 0)
    assert ("已有其他数据" if error else "unit_officer") in told.output
