"""What of a grading is put before the public: frozen payloads of notices, certificates, bulletins."""

from datetime import datetime
from typing import Any, Final

from dabiao.base.clock import day_of
from dabiao.base.journal.entries import Writing
from dabiao.base.models import PublicRecord
from dabiao.grading.models import Grading

PUBLICITY, BULLETIN, CERTIFICATE = "publicity", "announcement", "certificate"
LEVELS: Final = {"level_1": "一级", "level_2": "二级", "level_3": "三级", "small_micro": "小微"}


def told(grading: Grading) -> dict[str, Any]:
    """Of whom and by whom: nothing personal."""
    unit = grading.unit
    return {
        "unit": unit.name,
        "uscc": unit.uscc or "",
        "jurisdiction": grading.jurisdiction.name,
        "jurisdiction_code": grading.jurisdiction.code,
        "industry": unit.industry.name,
        "industry_code": unit.industry.code,
        "level": grading.level,
        "level_title": LEVELS.get(grading.level, grading.level),
        "review_unit": grading.body.name,
        "organizing": grading.organizing.name,
        "owner": grading.department.name,
        "standard": f"{grading.case.edition.standard.title}（{grading.case.edition.standard.number}）",
        "score": str((grading.report.score or {}).get("score") or ""),
        "report": grading.report.number,
    }


def publicity_of(grading: Grading) -> PublicRecord | None:
    return PublicRecord.objects.filter(kind=PUBLICITY, number=grading.notice).first()


def end_publicity(w: Writing, grading: Grading, why: str, at: datetime) -> None:
    """It stays readable, and says how it ended."""
    record = publicity_of(grading) if grading.notice else None
    if record is not None and "outcome" not in record.payload:
        payload = {**record.payload, "outcome": why, "ended_on": day_of(at).isoformat()}
        w.change(record, until=day_of(at), payload=payload)
