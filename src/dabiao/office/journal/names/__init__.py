"""What tables and columns are called, for those who read the journal."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import yaml

HERE: Final = Path(__file__).parent


def _read(name: str) -> dict[str, str]:
    read: dict[str, str] = yaml.safe_load((HERE / f"{name}.yaml").read_bytes())
    return read


TABLES: Final[Mapping[str, str]] = _read("tables")
COLUMNS: Final[Mapping[str, str]] = _read("columns") | _read("links") | _read("own_columns")


def table(name: str) -> str:
    return TABLES.get(name, name)


def column(name: str, of: str = "") -> str:
    """`of`: the table, which may call a column otherwise than others do."""
    return COLUMNS.get(f"{of}.{name}", COLUMNS.get(name, name))
