"""`make test` says plainly what it had to leave out, and asks both databases the same."""

from contextlib import nullcontext
from dataclasses import dataclass, field
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from journeys import proving

ROOT = Path(__file__).resolve().parents[2]
MARK = "pytest.mark." + "browser"  # in two parts: this file is no story


def _command() -> ModuleType:
    spec = spec_from_file_location("run_tests_command", ROOT / "tools" / "dev" / "run_tests.py")
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@dataclass
class Machine:
    """What is installed there, how each stage ends, and what was run."""

    command: ModuleType
    postgresql: bool = True
    chromium: bool = True
    ends: dict[str, int] = field(default_factory=dict)
    ran: list[tuple[str, list[str]]] = field(default_factory=list)

    def run(self, words: list[str], *, env: dict[str, str], **_: object) -> SimpleNamespace:
        kept = next(word for word in words if word.startswith("cache_dir="))
        stage = kept.rpartition("-")[2]
        self.ran.append((stage, words))
        return SimpleNamespace(returncode=self.ends.get(stage, 0))

    @property
    def stages(self) -> list[str]:
        return [stage for stage, _ in self.ran]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine(_command())
    monkeypatch.setattr(made.command, "IN_CI", False)
    monkeypatch.setattr(made.command, "answers", lambda: made.postgresql)
    monkeypatch.setattr(made.command, "shutil", SimpleNamespace(which=lambda _: made.chromium or None))
    monkeypatch.setattr(made.command, "subprocess", SimpleNamespace(run=made.run))
    return made


def test_where_everything_is_there_everything_runs(machine: Machine) -> None:
    assert machine.command.main() == 0
    assert machine.stages == ["sqlite", "postgresql", "browser"]


def test_both_databases_are_asked_the_same(machine: Machine) -> None:
    machine.command.main()
    (_, sqlite), (_, postgresql), _ = machine.ran
    assert [w for w in sqlite if "cache_dir" not in w] == [w for w in postgresql if "cache_dir" not in w]


@pytest.mark.parametrize(
    ("what", "said", "left"),
    [
        ("postgresql", "没有可用的 PostgreSQL（只在 SQLite 上测试）", ["sqlite", "browser"]),
        ("chromium", "没有Chromium", ["sqlite", "postgresql"]),
    ],
)
def test_what_is_absent_is_said_with_how_to_get_it(
    machine: Machine, capsys: pytest.CaptureFixture[str], what: str, said: str, left: list[str]
) -> None:
    setattr(machine, what, False)
    assert machine.command.main() == 0
    told = capsys.readouterr().out
    assert said in told
    assert f"apt-get install {what}" in told
    assert machine.stages == left


@pytest.mark.parametrize("what", ["postgresql", "chromium"])
def test_in_ci_nothing_may_be_absent(machine: Machine, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    monkeypatch.setattr(machine.command, "IN_CI", True)
    setattr(machine, what, False)
    assert machine.command.main() == 1


@pytest.mark.parametrize("stage", ["sqlite", "postgresql", "browser"])
def test_whatever_fails_fails_the_whole(machine: Machine, stage: str) -> None:
    machine.ends = {stage: 1}
    assert machine.command.main() == 1


def test_only_a_browser_is_given_a_second_chance(machine: Machine) -> None:
    machine.ends = {"sqlite": 1, "postgresql": 1, "browser": 1}
    machine.command.main()
    assert machine.stages == ["sqlite", "postgresql", "browser", "browser"]
    assert "--last-failed" in machine.ran[-1][1]


def test_stories_are_played_two_at_once_and_once_more_alone(machine: Machine) -> None:
    machine.ends = {"browser": 1}
    machine.command.main()
    (_, first), (_, again) = machine.ran[2:]
    assert first[first.index("-n") + 1] == "2"
    assert "-n" not in again


def test_what_could_not_begin_is_not_begun_again(machine: Machine) -> None:
    machine.ends = {"browser": 2}
    assert machine.command.main() == 2
    assert machine.stages == ["sqlite", "postgresql", "browser"]


def test_every_story_lies_where_stories_are_looked_for(machine: Machine) -> None:
    machine.command.main()
    assert machine.command.STORIES in machine.ran[2][1]
    told = [path for path in (ROOT / "tests").rglob("test_*.py") if MARK in path.read_text("utf-8")]
    assert told
    assert all(path.is_relative_to(ROOT / machine.command.STORIES) for path in told)


@pytest.mark.parametrize(
    ("ends", "asked"), [((0, 0), 2), ((1, 0), 1), ((0, 1), 2)], ids=["whole", "journal broken", "rows differ"]
)
def test_a_story_is_proven_by_both_commands(
    monkeypatch: pytest.MonkeyPatch, ends: tuple[int, int], asked: int
) -> None:
    told: list[tuple[str, ...]] = []

    def command(words: tuple[str, ...]) -> None:
        told.append(words)
        raise SystemExit(ends[len(told) - 1])

    monkeypatch.setattr(proving, "main", command)
    with pytest.raises(SystemExit) if any(ends) else nullcontext():
        proving.prove()
    assert told == [("journal", "verify"), ("journal", "replay", "--compare")][:asked]
