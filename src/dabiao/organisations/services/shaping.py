"""What a line says, as the columns of a unit: those of a new one, or those in which a known one changes."""

from datetime import date
from typing import Any, Final

from dabiao.organisations.queries import known as knowing
from dabiao.organisations.rules.departments import Ground, answering
from dabiao.organisations.rules.entering import Said
from dabiao.organisations.tables.staging import Fate, Staged

COLUMNS: Final = (
    *("name", "uscc", "uscc_exception", "jurisdiction_id", "locality_id", "department_id"),
    *("department_reason", "industry_id", "size", "head_count", "address", "principal", "start_by", "areas"),
)
START_BY: Final = COLUMNS.index("start_by")
ADDRESS: Final = COLUMNS.index("address")
_OF_FIELD: Final = {"jurisdiction": "jurisdiction_id", "locality": "locality_id", "industry": "industry_id"}


class Shaping:
    """Holds the keys of industries and remembers who answers where."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._industries = knowing.industry_keys()
        self._codes = {key: code for code, key in self._industries.items()}
        self._departments: dict[tuple[str, int], tuple[int, str]] = {}

    def new(self, said: Said) -> Staged:
        """The values of `COLUMNS` in their order, and behind them the names of sites."""
        get = said.values.get
        industry, where, code = said.values["industry"], said.values["jurisdiction"], get("uscc")
        values = (
            *(said.values["name"], code or None, "" if code else get("uscc_exception", "")),
            *(where, said.values["locality"], *self._department(industry, where)),
            *(self._industries[industry], said.values["size"], get("head_count", 0)),
            *(get("address", ""), get("principal", ""), get("start_by"), get("areas", [])),
            get("sites", ()),
        )
        return Staged(said.row, about(said), Fate.NEW, values)

    def changed(self, said: Said, row: dict[str, Any]) -> Staged:
        """`row`: the unit as it is known."""
        values = self._columns(said.values)
        changes = {name: value for name, value in values.items() if _differs(row, name, value)}
        if changes.keys() & {"industry_id", "jurisdiction_id"}:
            industry = self._codes[changes.get("industry_id", row["industry_id"])]
            where = changes.get("jurisdiction_id", row["jurisdiction_id"])
            changes["department_id"], changes["department_reason"] = self._department(industry, where)
        told = {"pk": row["pk"], "version": row["version"], "changes": changes}
        return Staged(said.row, about(said), Fate.CHANGED if changes else Fate.SAME, told)

    def _columns(self, said: dict[str, Any]) -> dict[str, Any]:
        """Field of the file -> column of the unit."""
        values = {_OF_FIELD.get(name, name): value for name, value in said.items()}
        if "industry" in said:
            values["industry_id"] = self._industries[said["industry"]]
        if values.get("uscc"):
            values.pop("uscc_exception", None)
        return values

    def _department(self, industry: str, jurisdiction: int) -> tuple[int, str]:
        place = (industry, jurisdiction)
        if place not in self._departments:
            found = answering(industry, jurisdiction, self._ground)
            self._departments[place] = (found.department, found.reason)
        return self._departments[place]


def about(said: Said) -> str:
    """Which unit a line is about: its code, or its name and jurisdiction."""
    return said.values.get("uscc") or f"/{said.values.get('name')}/{said.values.get('jurisdiction')}"


def _differs(row: dict[str, Any], name: str, value: Any) -> bool:
    if name in {"uscc", "sites"}:
        return False  # the code is who it is; sites are changed on the unit's page
    there = row[name].isoformat() if isinstance(row[name], date) else row[name]
    return bool(there != value)
