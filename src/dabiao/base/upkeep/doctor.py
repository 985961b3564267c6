"""The check-up: every check in turn; one that fails is itself a finding, and none hides the others."""

from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.module_loading import import_string

from dabiao.base.upkeep import data, machine
from dabiao.base.upkeep.findings import Finding

Check = Callable[[], Iterator[Finding]]

ON_MACHINE: tuple[Check, ...] = (machine.open_keys, machine.disk, machine.fonts, machine.algorithm)
ON_DATA: tuple[Check, ...] = (
    data.journal_triggers,
    data.journal,
    data.bulk_acts,
    data.strange_tables,
    data.files,
    data.news,
    data.working_days,
)


def doctor() -> list[Finding]:
    """Everything found, grave things first; empty when all is well."""
    found = [finding for check in (*ON_MACHINE, *_data_checks()) for finding in _run(check)]
    return sorted(found, key=lambda finding: not finding.grave)


def _data_checks() -> tuple[Check, ...]:
    """What is stored can only be judged where the database answers and has this version's tables."""
    try:
        connection.ensure_connection()
        behind = list(data.schema())
    except DatabaseError as error:
        reason = str(error).strip()[:200]
        return (lambda: iter([Finding(f"数据库连不上：{reason}", "检查 DABIAO_DATABASE_URL 与数据库服务")]),)
    return (lambda: iter(behind),) if behind else (*ON_DATA, *_of_subjects())


def _of_subjects() -> tuple[Check, ...]:
    """Checks of the subjects, from the one list in config."""
    found: tuple[Check, ...] = import_string(settings.DABIAO_CHECKS)
    return found


def _run(check: Check) -> list[Finding]:
    try:
        return list(check())
    except Exception as error:  # a check that cannot be made is worth knowing, whatever the reason
        name = getattr(check, "__name__", "")
        return [Finding(f"检查 {name} 没有做成：{error!r}"[:300], "把这段文字交给维护人员")]
