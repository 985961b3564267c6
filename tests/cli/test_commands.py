"""Commands speak Chinese, report in the contract's shapes, and fail in words without a traceback."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import DatabaseError
from django.urls import path

from dabiao.base.listening import NotReady
from dabiao.cli import declared
from dabiao.cli.main import COMMANDS, Later, main
from dabiao.kernel.errors import Invalid

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    return lambda *words: CliRunner().invoke(main, list(words), prog_name="dabiao")


def test_the_list_of_commands_is_in_chinese(run: Run) -> None:
    told = run("--help")
    assert told.exit_code == 0
    assert "用法：" in told.output
    assert all(name in told.output for name in COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself_in_chinese(run: Run, name: str) -> None:
    told = run(name, "--help")
    assert told.exit_code == 0
    assert "显示本说明。" in told.output
    assert any("一" <= letter <= "鿿" for letter in told.output)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nix"], "没有命令 nix"),
        (["law", "show"], "缺少参数"),
        (["law", "show", "no.such"], "没有名为 no.such 的法规参数"),
        (["law", "show", "refusals.hard", "--on", "2001-01-01"], "起才有规定"),
        (["law", "show", "refusals.hard", "--on", "gestern"], "格式不对"),
        (["law", "show", "refusals.hard", "--nix"], "没有选项 --nix"),
        (["law", "show", "refusals.hard", "more"], "多出了参数"),
        (["serve", "--port", "99999"], "超出范围"),
        (["serve", "--workers", "many"], "不是数字"),
        (["serve", "--host", "192.0.2.1"], "不能使用"),
        (["routes", "--json=5"], "后面不写取值"),
    ],
)
def test_mistakes_are_told_in_words(run: Run, words: list[str], said: str) -> None:
    told = run(*words)
    assert told.exit_code != 0
    assert said in told.output
    assert "Traceback" not in told.output


def test_routes_name_every_address_with_its_policy(run: Run) -> None:
    told = json.loads(run("routes", "--json").stdout)
    home = next(each for each in told if each["name"] == "office:home")
    assert home["pattern"] == "/office/"
    assert home["methods"] == ["GET"]
    assert "unit_officer" in home["roles"]
    assert all(each["policy"] and each["methods"] for each in told)


def test_an_address_without_a_policy_fails_the_command(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = path("bare/", lambda request: None, name="bare")
    monkeypatch.setattr(declared, "addresses", lambda: [("/bare/", bare, "bare")])
    told = run("routes")
    assert told.exit_code != 0
    assert "1 个地址没有声明权限：/bare/" in told.output


def test_the_policy_table_holds_every_act_once(run: Run) -> None:
    told = json.loads(run("policy", "--json").stdout)
    names = [each["act"] for each in told]
    assert len(names) == len(set(names))
    saving = next(each for each in told if each["act"] == "sheets.record_answer")
    assert saving["roles"]["self_assessor"] is True
    assert saving["sentence"]
    assert saving["clause"] == "quality-2015/4"


def test_a_parameter_is_shown_with_clause_and_days(run: Run) -> None:
    told = json.loads(run("law", "show", "self_assessment.period", "--json").stdout)
    assert told["value"] == 12
    assert told["clause"] == "uplift/19"
    assert "取值" in run("law", "show", "self_assessment.period", "--on", "2026-03-01").output
    assert "取值：10 个工作日，" in run("law", "show", "self_assessment.posting.period").output


def test_the_law_files_are_checked(run: Run) -> None:
    told = run("law", "check")
    assert told.exit_code == 0
    assert "全部有依据" in told.output


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (DatabaseError("no such table: people_account"), "请先运行 dabiao migrate"),
        (DatabaseError("connection refused"), "请核对 DABIAO_DATABASE_URL"),
        (Invalid("不完整。", {"name": "请填写名称。"}), "请填写名称。"),
        (PermissionError("denied"), "请核对路径和权限"),
        (NotReady("端口已被占用。"), "端口已被占用。"),
    ],
)
def test_what_goes_wrong_underneath_is_told_in_words(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Later, "get_command", fail)
    told = run("law")
    assert told.exit_code == 1
    assert said in told.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("journal", "export", "{0}/none/x"), "“{0}/none/x”路径不存在。请核对路径和权限。"),
        (("journal", "export", "{0}/file/x"), "“{0}/file/x”路径中有一段是文件，不是文件夹。"),
        (("journal", "export", "{0}"), "“{0}”是文件夹，应为文件。"),
        (("backup", "{0}/file/x"), "“{0}/file/x”路径中有一段是文件，不是文件夹。"),
    ],
)
@pytest.mark.django_db
def test_a_path_that_cannot_be_had_is_said_in_chinese(
    tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    (tmp_path / "file").write_text("")
    done = CliRunner().invoke(main, [each.format(tmp_path) for each in arguments])
    assert done.exit_code
    assert said.format(tmp_path) in done.output
