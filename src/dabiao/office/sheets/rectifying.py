"""What was found and is to be put right, for the printed sheet."""

from dabiao.creation.models import SelfAssessment
from dabiao.hazards.models import Hazard
from dabiao.hazards.states import TITLES, HazardState
from dabiao.office.sheets.opened import Opened
from dabiao.sheets.documents.values import Rectification
from dabiao.sheets.rules.occasions import Occasion


def rectifications(found: Opened) -> tuple[Rectification, ...]:
    """Hazards and non-conformities that came of this sheet, in the order entered; none while it is open."""
    if found.sheet.occasion != Occasion.SELF_ASSESSMENT or not found.closed:
        return ()
    origin = SelfAssessment.objects.filter(sheet=found.sheet).values("pk")
    rows = Hazard.objects.filter(origin=Occasion.SELF_ASSESSMENT, origin_key__in=origin).order_by("id")
    return tuple(rectification(found, row) for row in rows)


def rectification(found: Opened, row: Hazard) -> Rectification:
    """One row of the list; its item and its measures are said once, in one sentence."""
    line = found.book.by_key.get(row.standard_item.rpartition("#")[2])
    number = line.item.number if line else ""
    measures = [each.rstrip("。；;") for each in (row.corrective, row.preventive) if each]
    return Rectification(
        item=number,
        problem=row.text.removeprefix(number).strip(),
        measure="；".join(measures),
        responsible=row.responsible,
        due=row.due,
        state=TITLES[HazardState(row.state)],
    )
