"""The same things many times over: rows copied past the services, to count statements and nothing else."""

from typing import Any, TypeVar

from django.db import models

from addresses.stage import Stage
from dabiao.base.models import JournalEntry, PublicRecord
from dabiao.creation.models import (
    Case,
    Decision,
    GroupMember,
    Meeting,
    SelfAssessment,
    Training,
    Work,
)
from dabiao.hazards.models import Demand, Evidence, Hazard, RiskPoint, Screening
from dabiao.organisations.models import AreaDuty, Recognition, Site, Unit, UnitImport
from dabiao.organisations.services import cards
from dabiao.people.models import Account, Posting, Qualification
from dabiao.programme.models import Feedback
from dabiao.sheets.models import Assignment, Picture, Sheet, Signature, Writer
from dabiao.standards.models import Edition, EditionItem, Making, Standard, StandardUse, VetoOverlay
from dabiao.standing.models import Fact

TIMES = 25
Row = TypeVar("Row", bound=models.Model)


def multiply(stage: Stage) -> None:
    """Everything a list or a page shows, in all units and departments there are."""
    _units()
    _work(stage)
    _sheets()
    _people()
    _creating()
    _standards()
    for row in PublicRecord.objects.all():
        copies(row, number="{}")
    for entry in JournalEntry.objects.filter(seq=1):
        copies(entry, seq=1000)
    for row in Feedback.objects.all():
        copies(row, receipt="{}")


def copies(row: Row, times: int = TIMES, **varied: Any) -> list[Row]:
    """Copies with new keys; a text holding {} is filled with a number of its own, a number counted up."""
    model, fields = type(row), [each.attname for each in row._meta.concrete_fields if not each.primary_key]
    values = {name: getattr(row, name) for name in fields}
    made = [model(**{**values, **{k: _vary(v, row.pk, n) for k, v in varied.items()}}) for n in range(times)]
    return model._base_manager.bulk_create(made)


def _vary(value: Any, key: Any, turn: int) -> Any:
    if isinstance(value, str):
        return value.format(f"{key}-{turn}")
    return value + turn if isinstance(value, int) else value


def _units() -> None:
    for unit in Unit.objects.all():
        for site in Site.objects.filter(unit=unit):
            copies(site)
        cards.enter(copies(unit, uscc=None, uscc_exception="示例", name="示例多家{}"))


def _work(stage: Stage) -> None:
    for assessment in SelfAssessment.objects.filter(state="handed_in").select_related("sheet"):
        for sheet in copies(assessment.sheet):
            copies(assessment, 1, sheet_id=sheet.pk, number=f"ZP多{sheet.pk}")
    for hazard in Hazard.objects.all():
        for evidence in hazard.evidence.all():
            copies(evidence)
        copies(hazard, number="YH多{}")
    for fact in Fact.objects.filter(corrected_at=None, corrects=None):
        copies(fact)
    for case in Case.objects.filter(state__in=["accepted", "received"]):
        copies(case, number="DB多{}")
        for decision in Decision.objects.filter(case=case):
            copies(decision)
    for demand in Demand.objects.all():
        copies(demand)
    for row in (*Recognition.objects.all(), *AreaDuty.objects.all()):
        copies(row)
    for job in UnitImport.objects.all():
        copies(job)


def _sheets() -> None:
    for sheet in Sheet.objects.all()[:30]:
        for picture in Picture.objects.filter(sheet=sheet):
            copies(picture)
        for signature in Signature.objects.filter(sheet=sheet):
            copies(signature)
    people = copies(Account.objects.order_by("pk")[0], login="多人{}")
    for writer in Writer.objects.filter(leads=True):
        rows = [Writer(sheet_id=writer.sheet_id, account=each) for each in people]
        Writer.objects.bulk_create(rows)
        given = [Assignment(sheet_id=writer.sheet_id, element="1", account=each) for each in people]
        Assignment.objects.bulk_create(given)


def _creating() -> None:
    """Members, minutes, self-assessors with their training, risk points, screenings."""
    for model in (Meeting, Work, Screening):
        for row in model.objects.all():
            copies(row)
    for member in GroupMember.objects.exclude(place="head"):
        copies(member)
    for training in Training.objects.select_related("assessor"):
        for assessor in copies(training.assessor):
            copies(training, 1, assessor_id=assessor.pk)
    for point in RiskPoint.objects.all():
        copies(point, place="多处{}")


def _people() -> None:
    for posting in Posting.objects.select_related("account"):
        copies(posting, 5)
        for account in copies(posting.account, 2, login=f"多号{posting.pk}-{{}}"):
            copies(posting, 1, account_id=account.pk)
    for row in Qualification.objects.all():
        for pause in row.suspensions.all():
            copies(pause)
        copies(row, number="示例证多{}")


def _standards() -> None:
    for edition in Edition.objects.select_related("standard"):
        for standard in copies(edition.standard, number="多标{}"):
            again = copies(edition, 1, standard_id=standard.pk, state="draft")[0]
            for item in EditionItem.objects.filter(edition=edition)[:2]:
                copies(item, 1, edition_id=again.pk)
            Edition.objects.filter(pk=again.pk).update(state=edition.state)  # nothing is added from then on
    for row in (*StandardUse.objects.all(), *VetoOverlay.objects.all(), *Making.objects.all()):
        copies(row)
    assert Standard.objects.count() > TIMES
    assert Evidence.objects.count() > TIMES
