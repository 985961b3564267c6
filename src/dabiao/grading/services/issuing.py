"""A certificate: its number by the scheme of law, its last day, its signed statement, its public record."""

from datetime import date, datetime
from typing import Any

from dabiao import law
from dabiao.base import records as base
from dabiao.base import serials
from dabiao.base.clock import day_of
from dabiao.base.journal import signing
from dabiao.base.journal.entries import Writing
from dabiao.grading.documents import statements
from dabiao.grading.documents.statements import Statement
from dabiao.grading.models import Bulletin, Certificate, Grading
from dabiao.grading.rules import numbers
from dabiao.grading.services import records
from dabiao.kernel.days import DAY


def certificate(w: Writing, bulletin: Bulletin, grading: Grading, at: datetime) -> Certificate:
    """Inside the announcement: row, statement and public record in one step."""
    day = day_of(at)
    scheme, years = law.on(day)["grading.certificate.number"], law.on(day)["grading.certificate.validity"]
    serial = serials.following(f"certificate:{grading.level}:{day.year}")
    number = numbers.number(scheme.table, grading.level, day.year, serial)
    last = numbers.last_day(day, years.number)
    statement = _statement(grading, number, day, last)
    record = w.create(_record(grading, bulletin, number, (day, last), statement))
    return w.create(
        Certificate(
            number=number,
            grading=grading,
            bulletin=bulletin,
            unit_id=grading.unit_id,
            jurisdiction_id=grading.jurisdiction_id,
            level=grading.level,
            issued_on=day,
            last_on=last,
            statement=statement,
            rules=[scheme.plain(), years.plain()],
            record=record,
        )
    )


def _statement(grading: Grading, number: str, day: date, last: date) -> str:
    unit = grading.unit
    told = Statement(
        number=number,
        unit=unit.name,
        uscc=unit.uscc or "",
        level=grading.level,
        issued=day.isoformat(),
        last=last.isoformat(),
        by=grading.department.name,
    )
    return statements.sign(told, signing.signing_key())


def _record(
    grading: Grading, bulletin: Bulletin, number: str, days: tuple[date, date], statement: str
) -> Any:
    """In force until the first day no longer: the day after its last."""
    issued, last = days
    payload = {
        **records.told(grading),
        "title": f"{grading.unit.name}安全生产标准化{records.LEVELS.get(grading.level, '')}企业",
        "certificate": number,
        "bulletin": bulletin.number,
        "issued": issued.isoformat(),
        "last": last.isoformat(),
        "statement": statement,
    }
    return base.draft(records.CERTIFICATE, number, issued, payload, until=last + DAY)
