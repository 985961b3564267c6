"""What grading puts on the stage: public records that run and that have ended."""

from datetime import date

from addresses.stage import TODAY, Stage
from dabiao.base.models import PublicRecord

SINCE = date(2026, 3, 3)


def furnish(stage: Stage) -> None:
    _public(stage)


def _public(stage: Stage) -> None:
    for state, until in (("running", None), ("ended", TODAY)):
        for kind in ("certificate", "publicity"):
            number, title = f"示例{state}", {"title": "示例记录", "ends": "2026-04-30"}
            PublicRecord.objects.create(kind=kind, number=number, since=SINCE, until=until, payload=title)
        stage.put("public_record", state, "city", {"number": f"示例{state}"})
    stage.put("open_set", "published", "city", {"name": "certificates", "form": "csv"})
