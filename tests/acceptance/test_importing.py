"""`dabiao standards import`: the two real tables, dry and for good."""

import pytest

from acceptance.conftest import SMALL, WAREHOUSE, Machine, real

EXPECTED = {
    SMALL: {"items": 67, "points": "600", "elements": 6},
    WAREHOUSE: {"items": 164, "points": "1000", "elements": 13},
}


@pytest.mark.parametrize("name", [SMALL, WAREHOUSE])
def test_a_dry_run_tells_what_it_understood_and_writes_nothing(machine: Machine, name: str) -> None:
    told = machine.told("standards", "import", str(real(name)), "--dry-run")
    assert {key: told[key] for key in ("items", "points", "elements")} == EXPECTED[name]
    assert told["edition"] is None
    assert all(each["row"] and each["text"] for each in told["unread"])
    assert not machine.written


def test_an_import_gives_the_edition_it_made(machine: Machine) -> None:
    told = machine.told("standards", "import", str(real(SMALL)), "--number", "T-1", "--title", "示例标准")
    assert {key: told[key] for key in ("items", "points", "elements")} == EXPECTED[SMALL]
    assert isinstance(told["edition"], str)
    assert told["edition"]
    assert (told["number"], told["title"]) == ("T-1", "示例标准")


def test_no_phrase_that_was_not_read_is_lost(machine: Machine) -> None:
    """One condition without an effect, in row 91, and it is told in words too."""
    said = machine.does("standards", "import", str(real(WAREHOUSE)), "--dry-run")
    assert "没有读懂的扣分条款 1 条" in said
    assert "第91行" in said


def test_a_second_import_of_one_number_is_another_edition(served: Machine) -> None:
    second = served.told("standards", "import", str(real(SMALL)), "--number", "XW-67")
    first = served.told("score", "1", str(real(WAREHOUSE)))
    assert second["edition"] not in {str(first["edition"]), "2"}


def test_what_is_no_table_is_refused_in_words(
    machine: Machine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("no") / "no-table.xlsx"
    path.write_bytes(b"this is not a table")
    done = machine.run("standards", "import", str(path), "--json")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert "错误" in done.stderr
