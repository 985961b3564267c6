"""Importing units: new, changed, same; by whom; with the department that follows and its reason."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from dabiao.base.journal import replay, verify
from dabiao.cli.main import main
from dabiao.kernel.errors import Invalid, Refused
from dabiao.organisations.models import Unit
from dabiao.organisations.services.examining import Examined, examining
from dabiao.organisations.services.importing import Entered, import_units
from organisations.files import HEADS, code, csv_text, row
from world import AT, DAY, World


def run(path: Path, *words: str, status: int = 0) -> Any:
    result = CliRunner().invoke(main, ["units", "import", str(path), "--json", *words])
    assert result.exit_code == status, result.output
    return json.loads(result.output)


def named(path: Path, *rows: list[str], heads: list[str] | None = None) -> Path:
    path.write_text(csv_text([heads or list(HEADS), *rows]))
    return path


def test_new_changed_and_same_are_told_apart(world: World, tmp_path: Path) -> None:
    assert run(named(tmp_path / "1.csv", row(101), row(102)))["created"] == 2
    told = run(named(tmp_path / "2.csv", row(101), row(102, people="13"), row(103)))
    assert (told["rows"], told["created"], told["updated"], told["unchanged"]) == (3, 1, 1, 1)
    changed = Unit.objects.get(uscc=code(102))
    assert (changed.head_count, changed.version) == (13, 2)
    assert Unit.objects.get(uscc=code(101)).version == 1
    assert (verify.verify().status, replay.compare().status) == ("ok", "ok")


def test_blank_cells_leave_what_is_known(world: World, tmp_path: Path) -> None:
    run(named(tmp_path / "1.csv", row(101)))
    told = run(named(tmp_path / "2.csv", ["示例甲101厂", code(101), "", "", "", "", "40"]))
    assert told["updated"] == 1
    unit = Unit.objects.get(uscc=code(101))
    assert (unit.locality, unit.head_count) == (world.bodies["street_east"], 40)


def test_a_wrong_jurisdiction_is_one_mistake_not_two(world: World, tmp_path: Path) -> None:
    told = run(named(tmp_path / "1.csv", row(101, where="示例南区")), status=1)
    assert [each["column"] for each in told["errors"]] == ["管辖区"]
    told = run(named(tmp_path / "2.csv", row(101, where="示例南区", street="")), status=1)
    assert [each["column"] for each in told["errors"]] == ["管辖区", "属地"]


@pytest.mark.obligation("U7-new-industries")
def test_each_unit_gets_its_department_and_the_reason(world: World, tmp_path: Path) -> None:
    run(named(tmp_path / "1.csv", row(101)))
    unit = Unit.objects.get(uscc=code(101))
    assert (unit.department, unit.department_reason) == (
        world.bodies["industry_city"],
        "通用设备制造业由其主管",
    )


def test_a_dry_run_writes_nothing(world: World, tmp_path: Path) -> None:
    told = run(named(tmp_path / "1.csv", row(101)), "--dry-run")
    assert (told["rows"], told["created"], told["found"]["new"]) == (1, 0, 1)
    assert not Unit.objects.filter(uscc=code(101)).exists()


def test_a_fault_is_told_by_row_column_and_what_to_do(world: World, tmp_path: Path) -> None:
    wrong = code(101)[:-1] + ("0" if code(101)[-1] != "0" else "1")
    told = run(named(tmp_path / "1.csv", row(100), row(101, code=wrong)), status=1)
    (error,) = told["errors"]
    assert (error["row"], error["column"], error["value"]) == (3, "统一社会信用代码", wrong)
    assert error["message"] == f'第 3 行"统一社会信用代码"校验位不符，应为 {code(101)[-1]}；请核对营业执照'
    assert not Unit.objects.filter(uscc=code(100)).exists()


def test_a_column_can_be_named_by_hand(world: World, tmp_path: Path) -> None:
    path = named(tmp_path / "1.csv", row(101), heads=["叫什么", *HEADS[1:]])
    assert "企业名称" in run(path, status=1)["errors"][0]["message"]
    assert run(path, "--column", "1=name")["created"] == 1


def test_units_without_a_code_are_known_by_name(world: World, tmp_path: Path) -> None:
    heads = [*HEADS, "无代码理由"]
    for count in (1, 0):
        told = run(named(tmp_path / "1.csv", [*row(101, code=""), "部队单位"], heads=heads))
        assert told["created"] == count
    assert Unit.objects.get(uscc_exception="部队单位").uscc is None


def enter(world: World, path: Path, who: str) -> tuple[Examined, Entered]:
    with examining(path, by=world.actor(who), day=DAY) as examined:
        return examined, import_units(examined=examined, by=world.actor(who), at=AT)


def test_a_district_imports_its_own_units_only(world: World, tmp_path: Path) -> None:
    assert enter(world, named(tmp_path / "1.csv", row(101)), "bureau_district")[1].created == 1
    west = row(102, where="示例西区", street="示例西街道")
    with pytest.raises(Invalid):
        enter(world, named(tmp_path / "2.csv", west), "bureau_district")
    moved = row(int("0"), code=str(world.units["other_unit"].uscc))
    with pytest.raises(Invalid):
        enter(world, named(tmp_path / "3.csv", moved), "bureau_district")


@pytest.mark.parametrize("who", ["officer", "reviewer", "locality", "organizer", "audit_admin"])
def test_others_import_nothing(who: str, world: World, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        enter(world, named(tmp_path / "1.csv", row(101)), who)
    assert Unit.objects.count() == len(world.units)


def test_what_was_read_before_is_read_no_differently_again(world: World, tmp_path: Path) -> None:
    """Values come back line after line; a fault comes back with them."""
    lines = [
        row(101),
        row(102),
        row(103, where="示例南区"),
        row(104, where="示例南区"),
        row(105, size="巨型"),
    ]
    told = run(named(tmp_path / "1.csv", *lines, row(106, size="巨型")), status=1)
    assert [(each["row"], each["column"]) for each in told["errors"]] == [
        (4, "管辖区"),
        (5, "管辖区"),
        (6, "规模"),
        (7, "规模"),
    ]
    assert run(named(tmp_path / "2.csv", *lines[:2]))["created"] == 2
    units = [Unit.objects.get(uscc=code(number)) for number in (101, 102)]
    assert units[0].locality == units[1].locality == world.bodies["street_east"]
