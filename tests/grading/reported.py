"""A report handed in for an accepted case of level 2, and its grading carried as far as a story needs.

The review before it is put into the database past its services; everything after goes through ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from creation.applying import Applicant
from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.creation.models import Case
from dabiao.grading import tasks
from dabiao.grading.models import Bulletin, Grading, Objection, Opinion, Recheck, Ruling
from dabiao.grading.queries import gradings as queries
from dabiao.grading.rules import outcomes, papers
from dabiao.grading.rules.papers import Checked
from dabiao.grading.services import announcing, judging, objections, opinions, publicity, rechecks
from dabiao.grading.services.objections import Objected
from dabiao.grading.services.opinions import Said
from dabiao.grading.services.rechecks import Visit
from dabiao.kernel.actor import PUBLIC, TIME, Actor
from dabiao.kernel.roles import Role
from dabiao.organisations.permissions import CHANGE_UNIT
from dabiao.people import queries as people_queries
from dabiao.people import services as people
from dabiao.reviews.models import Report, Review
from dabiao.reviews.states.reviews import ReviewState
from dabiao.sheets import permissions as sheet_permissions
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Picture, Sheet
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.sheets.services.answering import record_answer
from dabiao.sheets.services.closing import close_sheet
from dabiao.sheets.services.opening import open_sheet
from dabiao.standards.services import rulebooks
from dabiao.standing import services as standing
from dabiao.standing.services import Told
from editions import published
from sheets import photographs
from world import AT, PASSWORD, SINCE, World, build

REVIEWED = datetime(2026, 4, 20, 2, tzinfo=UTC)
REPORTED = datetime(2026, 4, 27, 2, tzinfo=UTC)  # a Monday; working days follow until 1 May
AUDITED = datetime(2026, 4, 28, 2, tzinfo=UTC)
VISITED = datetime(2026, 4, 29, 2, tzinfo=UTC)
JUDGED = datetime(2026, 4, 30, 2, tzinfo=UTC)
CONSULTED = datetime(2026, 5, 7, 2, tzinfo=UTC)
PUBLISHED = datetime(2026, 5, 8, 2, tzinfo=UTC)
ENDS = date(2026, 5, 18)  # the seventh working day (9 May is worked)
ANNOUNCED = datetime(2026, 5, 20, 2, tzinfo=UTC)
FINE = Answer(Verdict.CONFORMS, words="现场查看，符合")
VETOED = Answer(Verdict.DEDUCTED, (Deduction("1"),), words="没有排查隐患")
LESS = Answer(Verdict.DEDUCTED, (Deduction("1"),), words="没有落实")
SECOND = {
    "second_city": (Role.INDUSTRY_CITY, "industry_city"),
    "second_district": (Role.INDUSTRY_DISTRICT, "industry_east"),
}


@dataclass
class Stage:
    """World, case and grading; every step is done by whoever has to do it."""

    world: World
    case: Case
    answers: dict[str, Answer] = field(default_factory=dict)

    def actor(self, who: str, at: datetime = REPORTED) -> Actor:
        return people_queries.actor(self.world.accounts[who], at.date())

    @property
    def review(self) -> Review:
        return Review.objects.get(case=self.case)

    @property
    def grading(self) -> Grading:
        return Grading.objects.select_related(*queries.SHOWN).latest("id")

    @property
    def recheck(self) -> Recheck:
        return Recheck.objects.select_related("grading__review", "grading__case__cycle", "sheet").latest("id")

    # The organizing unit.

    def received(self, at: datetime = REPORTED) -> Grading:
        tasks.tick(at)
        return self.grading

    def audited(self, at: datetime = AUDITED, **checked: Checked) -> Grading:
        grading = self.received(at)
        told = {point.id: checked.get(point.id, Checked(met=True)) for point in papers.checklist()}
        by, version = self.actor("organizer", at), grading.version
        return rechecks.audit_papers(grading=grading, checked=told, words="", version=version, by=by, at=at)

    def arranged(self, at: datetime = VISITED) -> Recheck:
        grading = self.audited()
        visit = Visit(at.date(), self.world.accounts["organizer"], [self.world.accounts["expert"]])
        by = self.actor("organizer", at)
        rechecks.arrange(grading=grading, visit=visit, version=grading.version, by=by, at=at)
        return self.recheck

    def seen(self, at: datetime = VISITED, **found: Answer) -> Recheck:
        """Sheet filled and closed, extras answered, the district took part."""
        recheck = self.arranged(at)
        filled(recheck.sheet, self.actor("organizer", at), at, self.answers | _keys(found))
        for extra in list(recheck.extras):
            self.intensified(extra["id"], met=True, at=at)
        self.joined(at)
        return self.recheck

    def joined(self, at: datetime = VISITED) -> None:
        """The district took part."""
        for opinion in Opinion.objects.filter(about="recheck"):
            by = self.actor("industry_district", at)
            opinions.join(opinion=read(opinion), people="示例科员", version=opinion.version, by=by, at=at)

    def intensified(self, item: str, *, met: bool, at: datetime = VISITED) -> None:
        row = self.recheck
        told = {"recheck": row, "item": item, "met": met, "words": "现场所见", "version": row.version}
        rechecks.answer_extra(**told, by=self.actor("organizer", at), at=at)

    def rechecked(self, at: datetime = VISITED, majors: Sequence[str] = (), **found: Answer) -> Grading:
        self.seen(at, **found)
        grading, by = self.grading, self.actor("organizer", at)
        rechecks.finish(grading=grading, majors=majors, version=grading.version, by=by, at=at)
        return self.grading

    def judged(
        self, outcome: str = outcomes.PASS, at: datetime = JUDGED, formal: Sequence[str] = ()
    ) -> Ruling:
        grading, by = self.grading, self.actor("organizer", at)
        taken = store.take_in([photographs.pdf()]) if formal else None
        opinion = judging.Opinion(outcome, "复核意见：示例", formal)
        return judging.judge(
            grading=grading, opinion=opinion, version=grading.version, by=by, at=at, taken=taken
        )

    def decided(self, at: datetime = JUDGED) -> Grading:
        grading, by = self.grading, self.actor("organizer_lead", at)
        return judging.decide(grading=grading, version=grading.version, by=by, at=at)

    def passed(self, **found: Answer) -> Grading:
        self.rechecked(**found)
        self.opinion("recheck", "industry_district", at=JUDGED)
        self.judged()
        return self.decided()

    # Opinions, publicity, announcement.

    def opinion(
        self, about: str, who: str, *, agrees: bool = True, at: datetime = CONSULTED, giver: str = ""
    ) -> Opinion:
        row = read(Opinion.objects.get(grading=self.grading, about=about, giver=giver or who))
        said = Said(agrees, "意见：示例", "日常监管无异常", "示例科员" if about == "recheck" else "")
        return opinions.give(opinion=row, said=said, version=row.version, by=self.actor(who, at), at=at)

    def consulted(self, **found: Answer) -> Grading:
        self.passed(**found)
        self.opinion("attainment", "locality")
        self.opinion("attainment", "industry_district")
        return self.grading

    def proposed(self, at: datetime = PUBLISHED) -> Ruling:
        grading, by = self.grading, self.actor("industry_city", at)
        return publicity.propose(grading=grading, words="拟公示", version=grading.version, by=by, at=at)

    def publicised(self, at: datetime = PUBLISHED) -> Grading:
        self.consulted()
        self.proposed(at)
        return self.published(at)

    def published(self, at: datetime = PUBLISHED, who: str = "second_city") -> Grading:
        grading, by = self.grading, self.actor(who, at)
        return publicity.publish(grading=grading, version=grading.version, by=by, at=at)

    def objected(self, at: datetime = PUBLISHED, aim: str = "unit") -> Objection:
        said = Objected(aim, "该企业车间积尘严重")
        return objections.take_in(notice=self.grading.notice, said=said, by=PUBLIC, at=at)

    def batch(self, at: datetime = ANNOUNCED) -> Bulletin:
        by = self.actor("industry_city", at)
        return announcing.propose(gradings=[self.grading], title="示例公告", by=by, at=at)

    def announced(self, at: datetime = ANNOUNCED, who: str = "second_city") -> Bulletin:
        bulletin = Bulletin.objects.latest("id")
        by = self.actor(who, at)
        return announcing.announce(bulletin=bulletin, version=bulletin.version, by=by, at=at)

    def attained(self) -> Bulletin:
        self.publicised()
        self.batch()
        return self.announced()


def read(opinion: Opinion) -> Opinion:
    rows = Opinion.objects.select_related(
        "grading__case__cycle", "grading__review", "grading__unit__industry", "body"
    )
    return rows.get(pk=opinion.pk)


def _keys(found: dict[str, Answer]) -> dict[str, Answer]:
    """item_2_1_2 -> 2.1.2"""
    return {name.removeprefix("item_").replace("_", "."): answer for name, answer in found.items()}


def filled(
    sheet: Sheet | None,
    by: Actor,
    at: datetime,
    answers: dict[str, Answer],
    *,
    closing: bool = True,
    but: Sequence[str] = (),
) -> None:
    """Every line with words and a picture, then closed; those named in `but` are left open."""
    assert sheet is not None
    taken = store.take_in([photographs.jpeg()])
    lines = [each for each in sheets.rulebook(sheet).lines() if each.key not in but]
    with journal.writing(sheet_permissions.ATTACH, by=by, at=at, on=sheet) as w:
        file = store.row(w, taken, at)
        rows = [
            Picture(sheet=sheet, line=each.key, file=file, recorded_by_id=by.account, received_at=at)
            for each in lines
        ]
        w.create_all(rows)
    for line in lines:
        answer = answers.get(line.key, FINE)
        record_answer(sheet=sheet.pk, line=line.key, answer=answer, version=0, by=by, at=at)
    if closing:
        close_sheet(sheet=sheet.pk, by=by, at=at, side="team")


def staged(level: str = "level_2", areas: Sequence[str] = ("dust_explosion",)) -> Stage:
    """World, accepted case, review reported."""
    world = build()
    published(world)
    unit, by = world.units["unit"], world.actor("bureau_city")
    with journal.writing(CHANGE_UNIT, by=by, at=AT, on=unit) as w:
        w.change(unit, areas=list(areas))
    second_officials(world)
    applicant = Applicant(world, level=level).prepared()
    said = {} if not areas else {"refusals.hard:campaigns": "已验收"}
    case = applicant.received(**said)
    if areas:
        _campaign(applicant)
    stage = Stage(world, applicant.decided(applicant.proposed(case)))
    reported(stage)
    return stage


def second_officials(world: World) -> None:
    """Those who decide what a colleague has proposed."""
    for who, (role, where) in SECOND.items():
        account = people.open_account(login=who, name=f"示例{who}", password=PASSWORD, by=TIME, at=AT)
        place = {"body": world.bodies[where]}
        people.give_posting(account=account, role=role, since=SINCE, by=TIME, at=AT, **place)
        world.accounts[who] = account


def staged_plain() -> Stage:
    """A unit without special areas."""
    return staged(areas=())


def _campaign(applicant: Applicant) -> None:

    by = applicant.world.actor("industry_district")
    told = Told("campaign", SINCE, "验收合格", "示例验收意见", which="dust_explosion")
    standing.record(told=told, unit=applicant.unit, by=by, at=AT)


def reported(stage: Stage, at: datetime = REPORTED) -> Report:
    """A review of the case in the state `reported`, with a closed sheet and its report."""
    case, world = stage.case, stage.world
    by = stage.actor("reviewer", at)
    review = Review(
        number="PS202600001",
        case=case,
        unit=case.unit,
        jurisdiction_id=case.jurisdiction_id,
        locality_id=case.locality_id,
        department_id=case.department_id,
        organizing_id=case.organizing_id,
        body=world.bodies["review_unit"],
        level=case.level,
        state=ReviewState.REPORTED,
        opened_at=REVIEWED - timedelta(days=10),
        contracted_on=date(2026, 4, 8),
        reported_at=at,
    )
    told = {"edition": case.edition, "day": case.accepted_on, "areas": case.unit.areas, "level": case.level}
    rulebook = rulebooks.open(**told, by=by, at=REVIEWED)
    lead = world.accounts["reviewer"]
    sheet = open_sheet(
        occasion="onsite_review", unit=case.unit, rulebook=rulebook, lead=lead, by=by, at=REVIEWED
    )
    filled(sheet, by, REVIEWED, {})
    sheet.refresh_from_db()
    review.rulebook = rulebook
    with journal.writing(sheet_permissions.SIGN, by=by, at=at, on=case) as w:
        w.create(review)
        return w.create(report(review, sheet, lead.pk, at))


def report(review: Review, sheet: Sheet, author: int, at: datetime, edition: int = 1) -> Report:
    return Report(
        number=f"BG2026{edition:05d}",
        review=review,
        edition=edition,
        sheet=sheet,
        team=[],
        verdict=review.level,
        score=sheet.result,
        opinion="达到二级",
        digest=sheet.digest,
        submitted_by_id=author,
        submitted_on=at.date(),
        submitted_at=at,
    )


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
