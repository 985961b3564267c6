"""Contracts and reviews on the stage: one of each unit in the states before the gate; hand-overs."""

from datetime import date

from addresses.stage import OWNERS, TODAY, Stage
from dabiao.base.files import store
from dabiao.base.models import StoredFile
from dabiao.creation.models import Case
from dabiao.hazards.models import Evidence, Handover, Hazard
from dabiao.reviews.models import Conflict, InitialVisit, Namesake, Notice, Review, ServiceContract
from dabiao.sheets.models import Sheet
from dabiao.sheets.services.opening import open_sheet
from sheets import photographs
from world import AT

SIGNED = date(2026, 3, 31)
CONTRACTS = {
    "training": ("training", "entered"),
    "entered": ("review", "entered"),
    "in_force": ("review", "in_force"),
    "declined": ("review", "declined"),
}
NAMESAKE = "示例重名"
REVIEWS = ("engaged", "told", "visiting", "held", "cleared", "reported", "stopped", "closed")


def furnish(stage: Stage) -> None:
    taken = store.take_in([photographs.pdf()])
    told = {"size": taken.size, "kind": taken.kind, "facts": {}, "kept_at": AT}
    paper, _ = StoredFile.objects.get_or_create(digest=taken.digest, defaults=told)
    for number, owner in enumerate(OWNERS):
        case = Case.objects.filter(unit=stage.world.units[owner], state="accepted").earliest("id")
        advice, _, signed, _ = (
            _contract(stage, owner, name, f"FW2026{number}{n:04d}", paper) for n, name in enumerate(CONTRACTS)
        )
        Namesake.objects.create(reviewing=signed, advice=advice, name=NAMESAKE, found_at=AT)
        for n, state in enumerate(REVIEWS):
            review = _review(stage, case, state, f"PS2026{number + 3}{n:04d}")
            _hanging(stage, owner, review, state, advice)
        _handover(stage, owner)


def _contract(stage: Stage, owner: str, name: str, number: str, paper: StoredFile) -> ServiceContract:
    case = Case.objects.filter(unit=stage.world.units[owner], state="accepted").earliest("id")
    kind, state = CONTRACTS[name]
    body = stage.world.bodies["review_unit"]
    row = ServiceContract.objects.create(
        number=number,
        kind=kind,
        unit_id=case.unit_id,
        jurisdiction_id=case.jurisdiction_id,
        locality_id=case.locality_id,
        case=case if kind == "review" else None,
        body=body,
        firm=body.name,
        unit_signer="示例",
        firm_signer="示例",
        scope="示例服务",
        signed_on=SIGNED,
        begins_on=SIGNED,
        fee=100,
        file=paper,
        state=state,
        entered_by=stage.world.accounts["officer"],
        entered_at=AT,
    )
    first = stage.things.get("contract", {}).get("training", {}).get(owner, {"key": row.pk})
    stage.put("contract", name, owner, {"key": row.pk, "version": 1, "advice": first["key"]})
    return row


def _review(stage: Stage, case: Case, state: str, number: str) -> Review:
    names = ("unit_id", "jurisdiction_id", "locality_id", "department_id", "organizing_id", "level")
    return Review.objects.create(
        number=number,
        case=case,
        body=stage.world.bodies["review_unit"],
        state="engaged" if state == "told" else state,
        opened_at=AT,
        contracted_on=SIGNED,
        **{name: getattr(case, name) for name in names},
    )


def _hanging(stage: Stage, owner: str, row: Review, state: str, advice: ServiceContract) -> None:
    if state != "engaged":
        sent = {"sent_by": stage.world.accounts["review_admin"], "sent_at": AT, "sent_on": SIGNED}
        for to in (row.unit.department, row.locality):
            Notice.objects.create(review=row, to=to, **sent)
    key = 0
    if state in {"visiting", "held"}:
        visit = _visit(stage, row, "" if state == "visiting" else "hold")
        if state == "visiting":
            stage.put("visit", "open", owner, {"visit": f"initial-{visit.pk}", "digest": "0" * 64})
        key = _found(row, visit) if state == "held" else 0
    if state == "stopped":
        told = {"kind": "same_firm", "words": "同一机构", "first": "一", "second": "二"}
        Conflict.objects.create(review=row, contract=advice, found_at=AT, found_on=SIGNED, **told)
    file = _shown(key) if key else 0
    stage.put("review", state, owner, {"key": row.pk, "version": 1, "hazard": key, "file": file})


def _shown(hazard: int) -> int:
    """What shows that it was put right."""
    like = Evidence.objects.earliest("id")
    return Evidence.objects.create(hazard_id=hazard, file_id=like.file_id, received_at=AT).pk


def _found(review: Review, visit: InitialVisit) -> int:
    """A hazard that the visit found, reported done."""
    like = Hazard.objects.filter(unit=review.unit_id, state="done").latest("id")
    fields = {each.attname: getattr(like, each.attname) for each in Hazard._meta.concrete_fields[1:]}
    fields |= {"origin": "initial_visit", "origin_key": visit.pk, "number": f"YH初访{review.pk}"}
    fields |= {"confirmer_id": review.body_id, "limit": TODAY}
    return Hazard.objects.create(**fields).pk


def _visit(stage: Stage, review: Review, outcome: str) -> InitialVisit:
    by, lead = stage.actor("reviewer"), stage.world.accounts["reviewer"]
    book = Sheet.objects.filter(unit=review.unit_id).earliest("id").rulebook
    sheet = open_sheet(occasion="initial_visit", unit=review.unit, rulebook=book, lead=lead, by=by, at=AT)
    more = {"outcome": outcome, "closed_on": SIGNED} if outcome else {}
    visitors = [{"account": lead.pk, "name": lead.name, "number": "示例"}]
    told = {"visit_on": TODAY, "visitors": visitors, "begun_at": AT, "begun_on": SIGNED}
    return InitialVisit.objects.create(review=review, turn=1, sheet=sheet, lead=lead, **told, **more)


def _handover(stage: Stage, owner: str) -> None:
    hazard = Hazard.objects.filter(unit=stage.world.units[owner]).earliest("id")
    bodies = stage.world.bodies
    for state, to in (("sent", "enforcement_east"), ("answered", "enforcement_east")):
        row = Handover.objects.create(
            hazard=hazard,
            kind="enforcement" if state == "sent" else "report",
            category="safety",
            sender=bodies["review_unit"],
            to=bodies[to],
            words="请依法查处",
            sent_at=AT,
            sent_on=SIGNED,
            due=date(2026, 4, 8),
            **({"acknowledged_at": AT, "answered_at": AT, "answer": "已查处"} if state == "answered" else {}),
        )
        stage.put("handover", state, owner, {"key": row.pk, "version": 1})
