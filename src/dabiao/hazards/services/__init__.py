"""Acts on findings, on the risk register, and screenings."""

from dabiao.hazards.services.findings import (
    Found,
    collect_demand,
    confirm,
    drafts,
    finish_demand,
    plan,
    report_done,
    send_back,
    stamp,
)

__all__ = [
    "Found",
    "collect_demand",
    "confirm",
    "drafts",
    "finish_demand",
    "plan",
    "report_done",
    "send_back",
    "stamp",
]
