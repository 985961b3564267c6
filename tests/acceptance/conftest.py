"""The installed command, run as a stranger runs it: another process, a data folder of its own, SQLite."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest

DABIAO = Path(sys.executable).with_name("dabiao")
TABLES = Path(__file__).resolve().parents[2].parent / "shared/data/standards"
SMALL, WAREHOUSE = "small-enterprise-67.xlsx", "warehouse-164.xlsx"

Done = subprocess.CompletedProcess[str]


@dataclass(frozen=True)
class Machine:
    """One data folder and the command."""

    data: Path

    def run(self, *words: str) -> Done:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("DABIAO_", "DJANGO_"))
        }
        environment = {**kept, "DABIAO_DATA": str(self.data)}
        command = [str(DABIAO), *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    def does(self, *words: str) -> str:
        """What a command that must work says."""
        done = self.run(*words)
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout

    def told(self, *words: str) -> Any:
        """What a command that must work says in JSON."""
        return json.loads(self.does(*words, "--json"))

    @property
    def written(self) -> bool:
        return (self.data / "dabiao.sqlite3").exists()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Nothing there yet."""
    return Machine(tmp_path / "data")


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """Both real tables imported."""
    made = Machine(tmp_path_factory.mktemp("imported"))
    made.does("standards", "import", str(real(WAREHOUSE)), "--number", "CK-164")
    made.does("standards", "import", str(real(SMALL)), "--number", "XW-67")
    return made


@pytest.fixture
def served(imported: Machine, tmp_path: Path) -> Machine:
    """A copy of a used data folder, to be damaged or carried away."""
    made = Machine(tmp_path / "copy")
    made.data.mkdir()
    for path in imported.data.iterdir():
        if path.is_file():
            (made.data / path.name).write_bytes(path.read_bytes())
    return made


def real(name: str) -> Path:
    """A real table; where the folder is not beside the checkout the test says so and is skipped."""
    if not (TABLES / name).exists():
        pytest.skip(f"没有 {TABLES}/{name}，真实评分表的测试未运行。")
    return TABLES / name


def filled(
    name: str, folder: Path, *, points: int, actual: int, said: Mapping[int, Mapping[int, Any]]
) -> Path:
    """A copy of a real table with full marks in the column `actual`, except what `said` puts into rows."""
    book = openpyxl.load_workbook(real(name))
    sheet = book.worksheets[0]
    for row in item_rows(sheet, points):
        cells = said.get(row, {actual: float(sheet.cell(row, points).value)})
        for column, value in cells.items():
            sheet.cell(row, column).value = value
    path = folder / f"filled-{name}"
    book.save(path)
    return path


def item_rows(sheet: Any, points: int) -> Iterable[int]:
    """Rows of items: with points and a method beside them, sums apart."""
    for row in range(3, sheet.max_row):
        value, method = sheet.cell(row, points).value, sheet.cell(row, points + 1).value
        is_item = str(value or "").replace(".", "").isdigit() and method and "小计" not in str(method)
        if is_item:
            yield row
