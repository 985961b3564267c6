"""The same things many times over: rows copied past the services, to count statements and nothing else."""

from collections.abc import Iterable, Mapping
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
from dabiao.grading.models import Bulletin, Certificate, Copy, Grading, Objection, Opinion, Ruling
from dabiao.hazards.models import Demand, Evidence, Handover, Hazard, RiskPoint, Screening
from dabiao.organisations.models import AreaDuty, Recognition, Site, Unit, UnitImport
from dabiao.organisations.services import cards
from dabiao.people.models import Account, Posting, Qualification
from dabiao.programme.models import Feedback
from dabiao.reviews.models import (
    Check,
    Conflict,
    ExpertDraw,
    Finding,
    FollowUp,
    Member,
    Notice,
    Remark,
    Review,
    Revisit,
    ServiceContract,
)
from dabiao.sheets.models import Assignment, Contest, Picture, Sheet, Signature, Writer
from dabiao.standards.models import Edition, EditionItem, Making, Standard, StandardUse, VetoOverlay
from dabiao.standing.models import Fact
from dabiao.supervision.models import Verification, VerificationDraw, VerifyingVisit

TIMES, SOME = 25, 6  # of what there is in many states
Row = TypeVar("Row", bound=models.Model)


def multiply(stage: Stage) -> None:
    """Everything a list or a page shows, in all units and departments there are."""
    _units()
    _work(stage)
    _sheets()
    _people()
    _creating()
    _standards()
    _reviewing()
    _following()
    _supervising()
    _grading()
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


def many_of(row: Row, each: Iterable[Mapping[str, Any]]) -> list[Row]:
    """A copy for every set of values of its own."""
    fields = [one.attname for one in row._meta.concrete_fields if not one.primary_key]
    values = {name: getattr(row, name) for name in fields}
    return type(row)._base_manager.bulk_create([type(row)(**{**values, **own}) for own in each])


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
    for contest in Contest.objects.all():
        copies(contest)
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


def _reviewing() -> None:
    """Contracts, reviews with what hangs on them, hand-overs."""
    for contract in ServiceContract.objects.all():
        copies(contract, SOME, number="FW多{}")
    for conflict in Conflict.objects.all():
        copies(conflict)
    for review in Review.objects.all():
        again = copies(review, SOME, number="PS多{}")
        for notice in Notice.objects.filter(review=review):
            many_of(notice, [{"review_id": each.pk} for each in again])
    for remark in (*Remark.objects.all(), *ExpertDraw.objects.all()):
        copies(remark)
    people = Account.objects.filter(login__startswith="多人")
    for member in Member.objects.all():
        many_of(member, [{"account_id": each.pk} for each in people])
    for finding in Finding.objects.select_related("hazard"):
        found = copies(finding.hazard, number="YH评审多{}")
        many_of(finding, [{"hazard_id": each.pk} for each in found])
    for check in Check.objects.select_related("sheet").prefetch_related("covers"):
        sheets = [{"sheet_id": each.pk, "turn": 1 + n} for n, each in enumerate(copies(check.sheet), 1)]
        for again in many_of(check, sheets):
            many_of(check.covers.get(), [{"visit_id": again.pk}])
    for handover in Handover.objects.select_related("hazard"):
        found = copies(handover.hazard, number=f"YH移交{handover.pk}多{{}}")
        many_of(handover, [{"hazard_id": each.pk} for each in found])


def _following() -> None:
    """Follow-ups owed, their visits and what these found."""
    for visit in Revisit.objects.prefetch_related("covers"):
        states = [
            {"sheet_id": each.pk, "turn": 1 + n, "state": "called_off"}
            for n, each in enumerate(copies(visit.sheet), 1)
        ]
        for again in many_of(visit, states):
            many_of(visit.covers.get(), [{"visit_id": again.pk}])
    for hazard in Hazard.objects.filter(origin="follow_up_visit"):
        copies(hazard, number="YH回访多{}")
    for owed in FollowUp.objects.all():
        again = copies(owed.review, SOME, number="PS回访多{}")
        many_of(owed, [{"review_id": each.pk} for each in again])


def _grading() -> None:
    """Reports, gradings with what hangs on them, objections, bulletins, certificates, copies."""
    for grading in Grading.objects.select_related("report"):
        first = 1000 + grading.pk * SOME
        editions = [{"number": f"BG多{n}", "edition": n} for n in range(first, first + SOME)]
        reports = many_of(grading.report, editions)
        told = [{"report_id": n.pk, "number": f"FH多{n.pk}", "notice": ""} for n in reports]
        again = many_of(grading, told)
        for opinion in Opinion.objects.filter(grading=grading):
            many_of(opinion, [{"grading_id": each.pk} for each in again])
        for certificate in Certificate.objects.filter(grading=grading):
            many_of(certificate, [{"grading_id": n.pk, "number": f"ZS多{n.pk}"} for n in again])
        for ruling in Ruling.objects.filter(grading=grading):
            copies(ruling)
    for objection in Objection.objects.all():
        copies(objection, receipt="YY多{}")
    for bulletin in Bulletin.objects.all():
        again = copies(bulletin, SOME, number="GG多{}")
        for copy in Copy.objects.filter(bulletin=bulletin):
            many_of(copy, [{"bulletin_id": each.pk} for each in again])
    assert Grading.objects.count() > TIMES


def _supervising() -> None:
    """Draws, verifications, their visits with who goes, and what these found."""
    for visit in VerifyingVisit.objects.prefetch_related("verifiers"):
        verifiers, sheets = list(visit.verifiers.all()), copies(visit.sheet) if visit.sheet else []
        states = [
            {"sheet_id": each.pk, "turn": 2 + n, "state": "called_off"} for n, each in enumerate(sheets)
        ]
        for again in many_of(visit, states):
            many_of(verifiers[0], [{"visit_id": again.pk}])
    for hazard in Hazard.objects.filter(origin="verification"):
        copies(hazard, number="YH核查多{}")
    for at, row in enumerate(Verification.objects.select_related("certificate__grading__report")):
        certificate = row.certificate
        grading, first = certificate.grading, 20_000 + at * SOME  # numbers of few digits in the database
        editions = [{"number": f"BG查多{n}", "edition": n} for n in range(first, first + SOME)]
        reports = many_of(grading.report, editions)
        again = many_of(grading, [{"report_id": n.pk, "number": f"FH查多{n.pk}"} for n in reports])
        told = [{"grading_id": each.pk, "number": f"ZS查多{each.pk}"} for each in again]
        for n, each in enumerate(many_of(certificate, told)):
            year = 3000 + at * SOME + n
            many_of(row, [{"certificate_id": each.pk, "number": f"HC多{each.pk}", "year": year}])
    for n, draw in enumerate(VerificationDraw.objects.exclude(drawn_at=None)):
        copies(draw, part=1000 + n * TIMES)


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
