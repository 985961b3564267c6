"""What came of a file of units, in the shape of the public contract and with what a person wants to see."""

from typing import Any

from dabiao.organisations.rules.entering import Fault
from dabiao.organisations.services.examining import Examined
from dabiao.organisations.services.importing import Entered
from dabiao.organisations.tables.values import FileFault


def contract(examined: Examined, entered: Entered, *, written: bool) -> dict[str, Any]:
    columns = examined.columns
    return {
        "rows": examined.rows,
        "created": entered.created,
        "updated": entered.updated,
        "unchanged": entered.unchanged,
        "errors": [_error(each) for each in examined.faults],
        "error_count": examined.fault_count,
        "found": {str(fate): count for fate, count in examined.counts.items()},
        "written": written,
        "kind": examined.opened.kind,
        "columns": {name: [place + 1 for place in places] for name, places in columns.places.items()},
        "headings": list(columns.headings),
        "unread": list(columns.unread),
        "remarks": examined.opened.remarks,
        "sample": [[line.number, *(cell[:40] for cell in line.cells)] for line in examined.sample],
    }


def unreadable(fault: FileFault) -> dict[str, Any]:
    """A file that is no table of ours: one error of the whole file."""
    error = {"row": 0, "column": "", "value": "", "message": str(fault)}
    return {"rows": 0, "created": 0, "updated": 0, "errors": [error], "error_count": 1, "remarks": []}


def _error(fault: Fault) -> dict[str, Any]:
    return {"row": fault.row, "column": fault.column, "value": fault.value, "message": fault.message}
