"""Before serving: schema, static files, a free port; nothing is done twice."""

import socket
from pathlib import Path
from typing import Any

import pytest

from dabiao.base import listening, startup


def test_a_taken_port_is_told_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(listening.NotReady, match="端口已被占用"):
            listening.free_port("127.0.0.1", taken.getsockname()[1])


def test_a_free_port_passes() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    listening.free_port("127.0.0.1", free)


def test_static_files_are_collected_once_and_again_after_a_change(tmp_path: Path, settings: Any) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "one.css").write_text("a{}")
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    assert startup.ready_static()
    assert not startup.ready_static()
    (source / "two.css").write_text("b{}")
    assert startup.ready_static()
    assert (tmp_path / "collected" / "two.css").exists()


@pytest.mark.django_db
def test_a_database_up_to_date_is_left_alone() -> None:
    assert not startup.empty()
    assert startup.ready_schema() == []
    assert startup.migrate() == []


@pytest.mark.django_db
def test_a_city_in_use_is_not_changed_by_serving_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup.connection, "vendor", "postgresql")
    monkeypatch.setattr(startup, "waiting_migrations", lambda: ["people.0009_next"])
    with pytest.raises(listening.NotReady, match="请先备份，再运行 dabiao migrate"):
        startup.ready_schema()
