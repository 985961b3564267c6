"""An accepted case, and its review carried as far as a story needs."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from creation.applying import Applicant, fresh
from dabiao.base.files import store
from dabiao.creation.models import Case
from dabiao.organisations.services import recognitions
from dabiao.organisations.services.recognitions import Recognising
from dabiao.people.services import qualifications
from dabiao.people.services.qualifications import Filed
from dabiao.reviews.models import InitialVisit, Review, ServiceContract
from dabiao.reviews.services import contracts, engaging
from dabiao.reviews.services import visiting as visits
from dabiao.reviews.services.contracts import Told
from dabiao.reviews.services.visiting import Serious
from dabiao.sheets import queries as sheets
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.sheets.services.answering import record_answer
from dabiao.sheets.services.pictures import attach_picture
from editions import published
from sheets import photographs
from world import AT, SINCE, World

SIGNED = datetime(2026, 3, 27, 2, tzinfo=UTC)  # a Friday
LEVEL = "level_2"


def accepted(world: World) -> Case:
    """A unit that has been accepted, and a review unit recognised for its trade."""
    published(world)
    applicant = Applicant(world).prepared()
    case = applicant.decided(applicant.proposed(applicant.received()))
    recognise(world)
    return fresh(case)


def recognise(world: World, level: str = LEVEL) -> None:
    said = Recognising(world.bodies["review_unit"], None, level, SINCE, "示例公告")
    recognitions.grant(recognising=said, by=world.actor("bureau_city"), at=AT)


def review_told(world: World, **more: Any) -> Told:
    told = Told(
        kind="review",
        scope="二级达标评审",
        signed_on=SIGNED.date(),
        begins_on=SIGNED.date(),
        unit_signer="示例负责人",
        firm_signer="示例经理",
        body=world.bodies["review_unit"],
        legal_person="示例甲",
        fee=30_000,
    )
    return replace(told, **more)


def consulting_told(world: World, **more: Any) -> Told:
    """By the same firm, signed before the review; entered whenever."""
    early = date(2026, 3, 10)
    kept: dict[str, Any] = {"kind": "consulting", "scope": "创建辅导", "signed_on": early, "begins_on": early}
    return review_told(world, **{**kept, "ends_on": date(2026, 4, 10), **more})


def paper() -> store.Taken:
    return store.take_in([photographs.pdf()])


def entered(world: World, told: Told, at: datetime = SIGNED, unit: str = "unit") -> ServiceContract:
    by = world.actor("officer")
    return contracts.enter(unit=world.units[unit], told=told, taken=paper(), by=by, at=at)


def confirmed(world: World, row: ServiceContract, at: datetime = SIGNED) -> ServiceContract:
    by = world.actor("review_admin")
    return engaging.confirm(contract=row, version=row.version, by=by, at=at)


def engaged(world: World) -> Review:
    """A review under contract; nobody has been told yet."""
    accepted(world)
    row = confirmed(world, entered(world, review_told(world)))
    return Review.objects.get(case=row.case_id)


def notified(world: World) -> Review:
    review = engaged(world)
    engaging.notify(review=review, by=world.actor("review_admin"), at=SIGNED)
    return review


VISITED = datetime(2026, 3, 30, 2, tzinfo=UTC)  # a Monday


def qualify(world: World, who: str = "reviewer", until: date = date(2028, 1, 1)) -> None:
    told = Filed("reviewer", f"示例评{who}", ("机械",), SINCE, until)
    by = world.actor("organizer_lead")
    qualifications.file_qualification(account=world.accounts[who], told=told, by=by, at=AT)


def visiting(world: World) -> InitialVisit:
    """The departments were told, a qualified reviewer is on the spot."""
    review = notified(world)
    qualify(world)
    return begun(world, review)


def begun(world: World, review: Review, at: datetime = VISITED, **more: Any) -> InitialVisit:
    by, lead = world.actor("review_admin"), world.accounts["reviewer"]
    told = {"visit_on": at.date(), "lead": lead, "visitors": [lead], **more}
    return visits.begin(review=review, by=by, at=at, **told)


def filled(world: World, visit: InitialVisit, wrong: tuple[str, ...] = (), at: datetime = VISITED) -> None:
    """Every line answered, with words and a picture; `wrong` lines are deducted."""
    by, picture = world.actor("reviewer"), store.take_in([photographs.jpeg((64, 48))])
    for line in sheets.rulebook(visit.sheet).lines():
        deduction = Deduction(line.item.rules[0].key, 1) if line.item.rules else Deduction("", 1)
        bad = Answer(Verdict.DEDUCTED, (deduction,), "未做到")
        answer = bad if line.key in wrong else Answer(Verdict.CONFORMS, words="现场核查符合")
        record_answer(sheet=visit.sheet_id, line=line.key, answer=answer, version=0, by=by, at=at)
        attach_picture(sheet=visit.sheet_id, line=line.key, taken=picture, by=by, at=at)


def closed(
    world: World, visit: InitialVisit, outcome: str, *serious: Serious, at: datetime = VISITED
) -> InitialVisit:
    by, words = world.actor("reviewer"), "现场核验情况"
    return visits.close(visit=visit, outcome=outcome, words=words, serious=serious, by=by, at=at)


def cleared(world: World) -> Review:
    """The gate is passed."""
    visit = visiting(world)
    filled(world, visit)
    return closed(world, visit, "clear").review
