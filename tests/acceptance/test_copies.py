"""`doctor`, `backup` and `restore`: a copy that is proven, and a damaged one that is refused."""

from pathlib import Path

from acceptance.conftest import Machine


def test_doctor_finds_nothing_wrong(served: Machine) -> None:
    told = served.run("doctor", "--json")
    assert "Traceback" not in told.stderr
    assert told.stdout


def test_a_backup_comes_back_the_same(served: Machine, machine: Machine, tmp_path: Path) -> None:
    copy = tmp_path / "copies"
    served.does("backup", str(copy))
    machine.does("restore", str(copy))
    assert machine.told("journal", "verify")["status"] == "ok"
    assert machine.told("journal", "verify")["entries"] == served.told("journal", "verify")["entries"]
    assert machine.told("journal", "replay", "--compare")["status"] == "ok"


def test_a_damaged_copy_is_refused(served: Machine, machine: Machine, tmp_path: Path) -> None:
    copy = tmp_path / "copies"
    served.does("backup", str(copy))
    largest = max((path for path in copy.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)
    content = bytearray(largest.read_bytes())
    content[len(content) // 2] ^= 1
    largest.write_bytes(content)
    done = machine.run("restore", str(copy))
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert not machine.written


def test_a_folder_in_use_is_not_overwritten(served: Machine, tmp_path: Path) -> None:
    copy = tmp_path / "copies"
    served.does("backup", str(copy))
    assert served.run("restore", str(copy)).returncode != 0
