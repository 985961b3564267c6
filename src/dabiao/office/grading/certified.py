"""A certificate as it is printed, and what its plaque says."""

from dabiao.grading.documents.certificate import Printed, plaque
from dabiao.grading.models import Certificate, Grading

LEVELS = {"level_1": "一级", "level_2": "二级", "level_3": "三级", "small_micro": "小微"}


def certificate_of(grading: Grading) -> Certificate | None:
    """Once it is announced."""
    rows = Certificate.objects.filter(grading=grading).select_related("bulletin", "record")
    return rows.first()


def printed(row: Certificate) -> Printed:
    """Of what was frozen when it was issued."""
    told, made = row.record.payload, row.bulletin.decided_at
    assert made is not None  # noqa: S101  an announced bulletin is decided
    return Printed(
        number=row.number,
        unit=told["unit"],
        uscc=told["uscc"],
        level=LEVELS.get(row.level, row.level),
        issued=row.issued_on.isoformat(),
        last=row.last_on.isoformat(),
        by=told["owner"],
        statement=row.statement,
        made_at=made,
    )


def plaque_of(row: Certificate | None) -> tuple[str, ...]:
    """The lines of the plaque 牌匾; none before the announcement."""
    return plaque(printed(row)) if row is not None and row.bulletin.decided_at else ()
