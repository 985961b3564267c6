"""`dabiao journal …`, `doctor`, `deliver`, `tick`: shapes and exit statuses of the contract."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection

import flushing
from base import tiny
from dabiao.base.models import Announcement
from dabiao.cli.journal import journal
from dabiao.cli.upkeep import deliver, doctor, tick
from dabiao.kernel.errors import OutOfTurn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DABIAO_DATA = tmp_path
    return tmp_path


def run(command: Any, *arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments), catch_exceptions=False)


def test_verify_and_replay_answer_in_the_contracts_shape() -> None:
    tiny.write(tiny.record("1"))
    for arguments in (("verify", "--json"), ("replay", "--compare", "--json")):
        done = run(journal, *arguments)
        plain = json.loads(done.stdout)
        assert (done.exit_code, plain["status"], plain["entries"], plain["broken"]) == (0, "ok", 1, [])
    assert run(journal, "replay").exit_code != 0


def test_what_is_broken_is_named_and_fails() -> None:
    tiny.write(tiny.record("1"))
    with flushing.lifted(), connection.cursor() as cursor:
        cursor.execute("UPDATE base_journal_entry SET act = 'x'")
    done = run(journal, "verify", "--json")
    (broken,) = json.loads(done.stdout)["broken"]
    assert (done.exit_code, set(broken)) == (1, {"entry", "subject", "what"})
    assert "内容与摘要不符" in run(journal, "verify").output


def test_a_checkpoint_can_be_checked_against(folder: Path) -> None:
    tiny.write(tiny.record("1"))
    done = run(journal, "checkpoint")
    assert done.exit_code == 0
    (folder / "point.json").write_text(done.stdout, "utf-8")
    assert run(journal, "verify", "--from-checkpoint", str(folder / "point.json")).exit_code == 0
    (folder / "point.json").write_text(done.stdout.replace('"last":1', '"last":2'), "utf-8")
    done = run(journal, "verify", "--json", "--from-checkpoint", str(folder / "point.json"))
    assert (done.exit_code, json.loads(done.stdout)["status"]) == (1, "unprovable")
    with pytest.raises(OutOfTurn, match="没有新的台账条目"):
        run(journal, "checkpoint")


def test_doctor_answers_as_json() -> None:
    plain = json.loads(run(doctor, "--json").output)
    assert set(plain) == {"ok", "findings"}
    assert all(set(finding) == {"what", "todo", "grave"} for finding in plain["findings"])


def test_deliver_once_fails_while_news_waits(settings: Any) -> None:
    Announcement.objects.create(name="Happened", payload={"number": "1"}, made_at=tiny.AT)
    settings.DABIAO_REACTIONS = "base.test_outbox.FAILING"
    assert run(deliver, "--once").exit_code == 1
    settings.DABIAO_REACTIONS = "base.test_outbox.REACTIONS"
    Announcement.objects.update(retry_at=None)
    assert run(deliver, "--once").exit_code == 0


def test_tick_takes_a_moment_of_beijing(settings: Any) -> None:
    settings.DABIAO_TASKS = "base.test_tick.TASKS"
    done = run(tick, "--at", "2026-03-16T09:00", "--json")
    tasks = json.loads(done.stdout)["tasks"]
    assert done.exit_code == 1, "one of the tasks fails"
    assert {"task", "result", "error"} == set(tasks[0])
    assert run(tick, "--at", "morgen").exit_code != 0


def test_a_checkpoint_that_is_no_text_is_told_as_damaged(folder: Path) -> None:
    tiny.write(tiny.record("1"))
    (folder / "point.json").write_bytes(b"\xff\xfe\x81")
    done = run(journal, "verify", "--from-checkpoint", str(folder / "point.json"))
    assert done.exit_code == 1
    assert "存证点文件已损坏或签名无效，请换用原始文件。" in done.output
