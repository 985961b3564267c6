"""Groups and classes of industries from a file: all or nothing, and units of them are met."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from dabiao.cli.main import main
from dabiao.organisations.models import Industry, Unit
from dabiao.organisations.rules.classes import Class, read
from organisations.files import HEADS, code, csv_text, row
from world import World

ROWS = (
    ["代码", "类别名称"],
    ["C", "制造业"],
    ["34", "通用设备制造业"],
    ["341", "锅炉"],
    ["C3411", "锅炉制造"],
)


def run(path: Path, *rows: list[str], status: int = 0) -> str:
    path.write_text(csv_text(rows))
    result = CliRunner().invoke(main, ["industries", "import", str(path), "--json"])
    assert result.exit_code == status, result.output
    return result.output


def test_groups_and_classes_come_below_their_division(world: World, tmp_path: Path) -> None:
    told = json.loads(run(tmp_path / "a.csv", *ROWS))
    assert (told["created"], told["unchanged"]) == (2, 0)
    found = Industry.objects.get(code="3411")
    assert (found.name, found.parent and found.parent.code) == ("锅炉制造", "341")
    assert json.loads(run(tmp_path / "b.csv", *ROWS))["unchanged"] == 2
    units = tmp_path / "c.csv"
    units.write_text(csv_text([list(HEADS), row(101, industry="C3411")]))
    CliRunner().invoke(main, ["units", "import", str(units)])
    assert Unit.objects.get(uscc=code(101)).industry == found


def test_a_wrong_row_stops_all(world: World, tmp_path: Path) -> None:
    before = Industry.objects.count()
    assert "没有列出" in run(tmp_path / "a.csv", *ROWS, ["9911", "示例"], status=1)
    assert Industry.objects.count() == before


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [("341", "", "名称"), ("34A", "示例", "代码"), ("99", "示例", "大类"), ("341", "长" * 90, "名称")],
)
def test_what_is_wrong_is_told(code: str, name: str, words: str) -> None:
    (fault,) = read([(2, code, name)], {"34": "通用设备制造业"}).faults
    assert words in fault
    assert "第 2 行" in fault


def test_a_class_without_its_group_is_told() -> None:
    found = read([(2, "3411", "锅炉制造")], {"34": "通用设备制造业"})
    assert found.classes == (Class("3411", "锅炉制造", "341"),)
    assert "341" in found.faults[0]
