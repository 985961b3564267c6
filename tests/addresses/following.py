"""Follow-ups after attaining: one of each unit owed, with a visit under way, met, released."""

from datetime import date

from addresses.stage import OWNERS, TODAY, Stage
from dabiao.creation.models import Case
from dabiao.hazards.models import Hazard
from dabiao.reviews.models import Finding, FollowUp, Overdue, Review, Revisit, Revisited
from dabiao.sheets.models import Sheet
from dabiao.sheets.services.opening import open_sheet
from world import AT

STATES = {"owed": "owed", "visiting": "owed", "met": "met", "released": "released"}
ANNOUNCED = date(2025, 9, 1)
DUE = date(2026, 3, 1)


def furnish(stage: Stage) -> None:
    for number, owner in enumerate(OWNERS):
        case = Case.objects.filter(unit=stage.world.units[owner], state="accepted").earliest("id")
        for n, (name, state) in enumerate(STATES.items()):
            review = _review(stage, case, f"PS2026{number + 9}{n:04d}")
            ended = {} if state == "owed" else {"ended_on": TODAY}
            told = {"announced_on": ANNOUNCED, "count": 1, "state": state, **ended}
            FollowUp.objects.create(review=review, **told)
            Overdue.objects.create(review=review, limit="follow_up_visit.limit", due=DUE, reported_on=TODAY)
            if name in {"visiting", "met"}:
                visit = _visited(stage, review, "open" if name == "visiting" else "concluded")
                if name == "visiting":
                    stage.put(
                        "visit", "following", owner, {"visit": f"followup-{visit.pk}", "digest": "0" * 64}
                    )
            lead = stage.world.accounts["reviewer"].pk
            stage.put("follow_up", name, owner, {"key": review.pk, "name": "arrange", "lead": lead})


def _review(stage: Stage, case: Case, number: str) -> Review:
    names = ("unit_id", "jurisdiction_id", "locality_id", "department_id", "organizing_id", "level")
    return Review.objects.create(
        number=number,
        case=case,
        body=stage.world.bodies["review_unit"],
        state="reported",
        opened_at=AT,
        contracted_on=ANNOUNCED,
        **{name: getattr(case, name) for name in names},
    )


def _visited(stage: Stage, review: Review, state: str) -> Revisit:
    """With a finding looked at again and, once concluded, one that lost points."""
    lead, by = stage.world.accounts["reviewer"], stage.actor("reviewer")
    book = Sheet.objects.filter(unit=review.unit_id).earliest("id").rulebook
    sheet = open_sheet(occasion="follow_up_visit", unit=review.unit, rulebook=book, lead=lead, by=by, at=AT)
    visitors = [{"account": lead.pk, "name": lead.name, "number": "示例"}]
    told = {"turn": 1, "visit_on": TODAY, "visitors": visitors, "begun_at": AT, "state": state}
    visit = Revisit.objects.create(review=review, sheet=sheet, lead=lead, **told)
    finding = Finding.objects.create(
        review=review, hazard=_hazard(review, "onsite_review", review.pk), item="1.1.1"
    )
    Revisited.objects.create(visit=visit, finding=finding, line="1.1.1")
    if state == "concluded":
        _hazard(review, "follow_up_visit", visit.pk)
    return visit


def _hazard(review: Review, origin: str, key: int) -> Hazard:
    like = Hazard.objects.filter(unit=review.unit_id, state="done").earliest("id")
    fields = {each.attname: getattr(like, each.attname) for each in Hazard._meta.concrete_fields[1:]}
    fields |= {"origin": origin, "origin_key": key, "number": f"YH回访{origin[:4]}{review.pk}"}
    fields |= {"confirmer_id": review.body_id, "limit": DUE}
    return Hazard.objects.create(**fields)
