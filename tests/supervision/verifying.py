"""A verification, step by step: drawn, arranged, pledged, opened, filled, signed by both sides, concluded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from dabiao.base.journal import entries as journal
from dabiao.grading.models import Certificate, Grading
from dabiao.grading.permissions.announcing import ANNOUNCE
from dabiao.kernel.actor import TIME, Actor
from dabiao.organisations import services as organisations
from dabiao.organisations.models import Unit
from dabiao.organisations.rules import codes
from dabiao.people.models import Account
from dabiao.reviews.models import Report
from dabiao.reviews.rules.recusal import Declared
from dabiao.sheets.rules.values import Answer
from dabiao.sheets.services import closing
from dabiao.supervision.models import Verification, VerificationDraw, VerifyingVisit
from dabiao.supervision.queries import verifications as queries
from dabiao.supervision.queries.lots import Lot
from dabiao.supervision.services import arranging, concluding, drawing
from dabiao.supervision.services.arranging import Going
from grading.reported import Stage, _keys, filled, staged
from world import AT

FROZEN = datetime(2026, 9, 1, 2, tzinfo=UTC)
SET = datetime(2026, 9, 2, 2, tzinfo=UTC)
VISIT = date(2026, 9, 4)
THERE = datetime(2026, 9, 4, 3, tzinfo=UTC)
ENDED = datetime(2026, 9, 7, 2, tzinfo=UTC)
DUE = date(2027, 3, 31)
LATE = datetime(2027, 4, 1, 2, tzinfo=UTC)
LEAD, BESIDE = "second_city", "second_district"
SAID = {
    "level_kept": "制度和现场保持达标时的水平。",
    "review_quality": "评审记录与现场一致。",
    "hazards_and_improvement": "班组每周排查，台账连续。",
}
PARTIES = ("industry_city", "bureau_district")


@dataclass
class Verifying:
    """Of a unit that attained level 2 on 20 May 2026."""

    stage: Stage

    def actor(self, who: str, at: datetime = SET) -> Actor:
        return self.stage.actor(who, at)

    def account(self, who: str) -> Account:
        return self.stage.world.accounts[who]

    @property
    def lot(self) -> Lot:
        grading = Grading.objects.select_related("department", "jurisdiction").earliest("id")
        return Lot(grading.department, grading.jurisdiction, 2026, "level_2")

    @property
    def row(self) -> Verification:
        return queries.read().latest("id")

    @property
    def visit(self) -> VerifyingVisit:
        return queries.visits(self.row)[-1]

    def frozen(self, at: datetime = FROZEN, who: str = "industry_city") -> VerificationDraw:
        return drawing.freeze(lot=self.lot, by=self.actor(who, at), at=at)

    def seeded(
        self, row: VerificationDraw, at: datetime = FROZEN, who: Sequence[str] = PARTIES
    ) -> VerificationDraw:
        for name in who:
            drawing.seed(row=row, word=f"示例词{name}", by=self.actor(name, at), at=at)
        return row

    def drawn(self, at: datetime = FROZEN) -> Verification:
        self.seeded(self.frozen(at), at)
        return self.row

    def going(self, **more: object) -> Going:
        told = {"day": VISIT, "lead": self.account(LEAD), "others": [self.account(BESIDE)]}
        return Going(**{**told, **more})

    def arranged(self, who: str = "industry_city", at: datetime = SET, **more: object) -> VerifyingVisit:
        told = self.going(**more)
        arranging.arrange(verification=self.row, told=told, by=self.actor(who, at), at=at)
        return self.visit

    def pledged(self, *who: str, at: datetime = SET) -> VerifyingVisit:
        for name in who or (LEAD, BESIDE):
            verifier = self.visit.verifiers.select_related("visit__verification").get(
                account=self.account(name)
            )
            verifier.visit = self.visit
            arranging.pledge(verifier=verifier, declared=Declared(), by=self.actor(name, at), at=at)
        return self.visit

    def opened(self, at: datetime = SET) -> VerifyingVisit:
        self.arranged()
        self.pledged()
        arranging.open_visit(visit=self.visit, by=self.actor(LEAD, at), at=at)
        return self.visit

    def looked(self, at: datetime = THERE, **found: Answer) -> VerifyingVisit:
        """Every line with words and a picture; those named as told."""
        filled(self.visit.sheet, self.actor(LEAD, at), at, _keys(found), closing=False)
        return self.visit

    def signed(self, at: datetime = THERE) -> VerifyingVisit:
        concluding.close(visit=self.visit, remark="", by=self.actor(LEAD, at), at=at)
        by = self.actor("officer", at)
        closing.sign_sheet(sheet=self.visit.sheet_id, side="unit", by=by, at=at)
        return self.visit

    def concluded(
        self, *majors: str, who: str = LEAD, at: datetime = ENDED, **more: object
    ) -> VerifyingVisit:
        told = {"words": SAID, "majors": majors, "by": self.actor(who, at), "at": at}
        concluding.conclude(visit=self.visit, **{**told, **more})
        return self.visit

    def verified(self, *majors: str, **found: Answer) -> VerifyingVisit:
        self.opened()
        self.looked(**found)
        self.signed()
        return self.concluded(*majors)


def attained() -> Verifying:
    stage = staged(areas=())
    stage.attained()
    return Verifying(stage)


def drawn() -> Verifying:
    made = attained()
    made.drawn()
    return made


def more(made: Verifying, number: int, issued: date = date(2026, 6, 1)) -> Certificate:
    """Another unit of the same lot, announced on a day; past the services, in the journal."""
    first = Certificate.objects.select_related("grading__report").earliest("id")
    unit = _unit(made, number)
    report, grading = first.grading.report, first.grading
    with journal.writing(ANNOUNCE, by=TIME, at=AT, on=first.bulletin) as w:
        w.create(_again(report, edition=number + 1, number=f"BG2026{number:05d}x"))
        w.create(
            _again(grading, report=Report.objects.latest("id"), unit=unit, number=f"FH2026{number:05d}x")
        )
        told = {"grading": grading, "unit": unit, "number": f"示例证{number:05d}", "issued_on": issued}
        return w.create(_again(first, **told))


def _again(row: object, **values: object) -> object:
    row.pk = None
    row._state.adding = True
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _unit(made: Verifying, number: int) -> Unit:
    world = made.stage.world
    facts = organisations.UnitFacts(
        name=f"示例第{number}机械厂",
        uscc=codes.complete(f"91110000MB00{number:05d}"),
        jurisdiction=world.jurisdictions["east"],
        locality=world.bodies["street_east"],
        department=world.bodies["industry_east"],
        industry=world.industry,
        size="medium",
        principal="示例负责人",
        head_count=40,
        sites=["厂区"],
    )
    return organisations.register_unit(facts=facts, by=TIME, at=AT)
