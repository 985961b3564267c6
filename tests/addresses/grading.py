"""Gradings on the stage: one of each unit in each state, with what hangs on them; public records."""

from datetime import UTC, date, datetime
from typing import Any

from addresses.stage import OWNERS, TODAY, Stage
from dabiao.base.models import PublicRecord
from dabiao.creation.models import Case
from dabiao.grading.models import (
    Bulletin,
    Certificate,
    Copy,
    Grading,
    Objection,
    Opinion,
    Recheck,
    Ruling,
)
from dabiao.grading.states.gradings import GradingState as S
from dabiao.reviews.models import Report, Review
from dabiao.sheets.models import Sheet
from world import AT

SINCE = date(2026, 3, 3)
RECEIVED = date(2026, 3, 30)
DONE = datetime(2026, 3, 31, 2, tzinfo=UTC)
RULED = {S.JUDGED: "recheck", S.PROPOSED: "publicity", S.REFUSING: "refusal", S.REFUSED: "refusal"}
BEFORE_THE_PUBLIC = (S.PUBLICISED, S.REFUSING, S.ANNOUNCED)


def furnish(stage: Stage) -> None:
    _public(stage)
    for number, owner in enumerate(OWNERS):
        review = _review(stage, owner, f"PS2026{number:05d}")
        stage.put("reviewing", "reported", owner, {"key": review.pk, "name": "report"})
        for place, state in enumerate(S):
            row = _grading(review, state, f"{number}{place:04d}")
            stage.put("grading", state.value, owner, {"key": row.pk, "version": 1, "number": row.spoken})
            _hanging(stage, owner, row)
        stage.put("report", "submitted", owner, {"key": review.reports.earliest("id").pk})


def _review(stage: Stage, owner: str, number: str) -> Review:
    case, bodies = (
        Case.objects.filter(unit=stage.world.units[owner], state="accepted").earliest("id"),
        (stage.world.bodies),
    )
    return Review.objects.create(
        number=number,
        case=case,
        unit_id=case.unit_id,
        jurisdiction_id=case.jurisdiction_id,
        locality_id=case.locality_id,
        department_id=case.department_id,
        organizing_id=case.organizing_id,
        body=bodies["review_unit"],
        level=case.level,
        state="reported",
        opened_at=AT,
        contracted_on=SINCE,
    )


def _report(review: Review, number: str) -> Report:
    sheet = Sheet.objects.filter(unit=review.unit_id, state="closed").earliest("id")
    return Report.objects.create(
        number=f"BG2026{number}",
        review=review,
        edition=int(number[1:]) + 1,
        sheet=sheet,
        team=[],
        verdict="level_3",
        score={"score": "90"},
        opinion="达到三级",
        digest="示例",
        submitted_by_id=Case.objects.get(pk=review.case_id).submitted_by_id,
        submitted_on=RECEIVED,
        submitted_at=DONE,
    )


def _grading(review: Review, state: S, number: str) -> Grading:
    more: dict[str, Any] = {}
    if state in BEFORE_THE_PUBLIC:
        more = {"notice": f"GS2026{number}", "publicised_on": SINCE, "publicity_ends": RECEIVED}
    return Grading.objects.create(
        number=f"FH2026{number}",
        report=_report(review, number),
        review=review,
        case_id=review.case_id,
        unit_id=review.unit_id,
        jurisdiction_id=review.jurisdiction_id,
        locality_id=review.locality_id,
        department_id=review.department_id,
        district_id=review.unit.department_id,
        organizing_id=review.organizing_id,
        body_id=review.body_id,
        level=review.level,
        industrial=True,
        onsite=False,
        areas=[],
        why=[],
        state=state,
        received_at=DONE,
        received_on=RECEIVED,
        **more,
    )


def _hanging(stage: Stage, owner: str, row: Grading) -> None:
    people = stage.world.accounts
    if row.state in RULED:
        decided = (
            {"decided_by": people["organizer_lead"], "decided_at": DONE} if row.state == S.REFUSED else {}
        )
        Ruling.objects.create(
            grading=row,
            matter=RULED[S(row.state)],
            outcome="refuse" if row.state != S.PROPOSED else "pass",
            words="理由",
            proposed_by=people["organizer"],
            proposed_at=DONE,
            **decided,
        )
    if row.state == S.RECHECKING:
        extra = {
            "id": "dust-1",
            "area": "dust_explosion",
            "title": "泄爆",
            "met": None,
            "words": "",
            "by": "",
        }
        told = {"leader": people["organizer"], "visit_on": RECEIVED, "arranged_at": DONE, "extras": [extra]}
        Recheck.objects.create(grading=row, sheet=row.report.sheet, **told)
    if row.state == S.CONSULTING:
        _opinions(stage, owner, row)
    if row.state == S.PUBLICISED:
        _objections(stage, owner, row)
        payload = {"title": "示例公示", "ends": "2026-04-30"}
        PublicRecord.objects.create(kind="publicity", number=row.notice, since=SINCE, payload=payload)
        stage.put("public_record", "publicised", "city", {"number": row.notice})
    if row.state == S.ANNOUNCED:
        _bulletins(stage, owner, row)


def _opinions(stage: Stage, owner: str, row: Grading) -> None:
    for giver, state, body in (
        ("locality", "waiting", row.locality_id),
        ("industry_district", "given", row.district_id),
    ):
        given = (
            {"agrees": True, "words": "同意", "supervision": "无", "given_at": DONE}
            if state == "given"
            else {}
        )
        by = {"given_by": stage.world.accounts["industry_district"]} if given else {}
        told = {"about": "attainment", "giver": giver, "body_id": body, "asked_on": RECEIVED}
        made = Opinion.objects.create(grading=row, due=date(2026, 4, 8), **told, **given, **by)
        stage.put("opinion", state, owner, {"key": made.pk, "version": 1, "person": 0})
    _escalated(stage, owner, row)


def _escalated(stage: Stage, owner: str, row: Grading) -> None:
    """The locality's did not come: it is the district department's to give, or to name somebody."""
    above = "industry_east" if row.unit.jurisdiction.code == "east" else "industry_west"
    person = "industry_district" if above == "industry_east" else "other_industry_district"
    made = Opinion.objects.create(
        grading=row,
        about="attainment",
        giver="park",
        body_id=row.locality_id,
        above=stage.world.bodies[above],
        escalated_on=TODAY,
        asked_on=RECEIVED,
        due=date(2026, 3, 31),
    )
    key = stage.world.accounts[person].pk
    stage.put("opinion", "escalated", owner, {"key": made.pk, "version": 1, "person": key})


def _objections(stage: Stage, owner: str, row: Grading) -> None:
    people = stage.world.accounts
    stated = {"facts": "事实", "stated_by": people["organizer"], "stated_at": DONE}
    decided = {"upheld": False, "reply": "经核实", "decided_by": people["industry_city"], "decided_at": DONE}
    for place, (state, more) in enumerate(
        (("fresh", {}), ("stated", stated), ("decided", stated | decided)), 1
    ):
        made = Objection.objects.create(
            receipt=f"YY{row.number}-{place}",
            grading=row,
            decider_id=row.department_id,
            aim="unit",
            words="积尘",
            received_at=DONE,
            received_on=RECEIVED,
            **more,
        )
        stage.put("objection", state, owner, {"key": made.pk, "version": 1})


def _bulletins(stage: Stage, owner: str, row: Grading) -> None:
    people = stage.world.accounts
    for state in ("proposed", "announced"):
        decided = {"decided_by": people["organizer_lead"], "decided_at": DONE, "announced_on": RECEIVED}
        made = Bulletin.objects.create(
            number=f"GG{row.number}{state[0]}",
            department_id=row.department_id,
            title="示例公告",
            gradings=[row.pk],
            proposed_by=people["organizer"],
            proposed_at=DONE,
            **(decided if state == "announced" else {}),
        )
        stage.put("bulletin", state, owner, {"key": made.pk, "version": 1})
    _certificate(row, made)
    for state, body in (("sent", row.locality_id), ("acknowledged", row.locality_id)):
        again = made if state == "sent" else _another(made)
        taken = {"acknowledged_by": people["locality"], "acknowledged_at": DONE} if state != "sent" else {}
        told = {"body_id": body, "sent_on": RECEIVED, "due": date(2026, 4, 8)}
        copy = Copy.objects.create(bulletin=again, **told, **taken)
        stage.put("copy", state, owner, {"key": copy.pk, "version": 1})


def _another(bulletin: Bulletin) -> Bulletin:
    fields = {each.attname: getattr(bulletin, each.attname) for each in Bulletin._meta.concrete_fields}
    return Bulletin.objects.create(**{**fields, "id": None, "number": f"{bulletin.number}二"})


def _certificate(row: Grading, bulletin: Bulletin) -> None:
    payload = {"unit": row.unit.name, "uscc": "", "owner": "示例部门", "title": "证书"}
    record = PublicRecord.objects.create(
        kind="held_back", number=f"ZS{row.number}", since=RECEIVED, payload=payload
    )
    Certificate.objects.create(
        number=f"ZS{row.number}",
        grading=row,
        bulletin=bulletin,
        unit_id=row.unit_id,
        jurisdiction_id=row.jurisdiction_id,
        level=row.level,
        issued_on=RECEIVED,
        last_on=date(2029, 3, 30),
        statement="示例",
        rules=[],
        record=record,
    )


def _public(stage: Stage) -> None:
    _verified(stage)
    for state, until in (("running", None), ("ended", TODAY)):
        for kind in ("certificate", "publicity"):
            number, title = f"示例{state}", {"title": "示例记录", "ends": "2026-04-30"}
            PublicRecord.objects.create(kind=kind, number=number, since=SINCE, until=until, payload=title)
        stage.put("public_record", state, "city", {"number": f"示例{state}"})
    stage.put("open_set", "published", "city", {"name": "certificates", "form": "csv"})


def _verified(stage: Stage) -> None:
    payload = {"title": "评审报告", "unit": "示例", "body": "示例", "digest": "示例"}
    PublicRecord.objects.create(kind="report", number="BG202600001", since=SINCE, payload=payload)
    stage.put("report_record", "submitted", "city", {"number": "BG202600001"})
