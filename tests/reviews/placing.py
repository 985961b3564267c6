"""A review put into the state CLEARED by journal writing, so that what follows does not wait for the gate."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from creation.applying import Applicant
from dabiao.base.clock import day_of
from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.hazards import services as hazards
from dabiao.kernel.actor import TIME, Actor
from dabiao.kernel.roles import Role
from dabiao.organisations.services import recognitions
from dabiao.organisations.services.recognitions import Recognising
from dabiao.people import queries as people_queries
from dabiao.people import services as people
from dabiao.people.models import Account
from dabiao.people.services.qualifications import Filed, file_qualification
from dabiao.reviews.models import CheckKind, ExpertDraw, Plan, Report, Review
from dabiao.reviews.permissions.plans import PLAN
from dabiao.reviews.queries import rectifications as queries
from dabiao.reviews.rules.recusal import Declared
from dabiao.reviews.rules.visits import Span
from dabiao.reviews.services import drawing, meetings, plans, rectifications, reporting
from dabiao.reviews.services.meetings import Held
from dabiao.reviews.services.plans import Planned
from dabiao.reviews.services.rectifications import Measures
from dabiao.reviews.states.reviews import ReviewState
from dabiao.sheets import queries as sheets
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.sheets.services import closing, pictures
from dabiao.sheets.services.answering import record_answer
from dabiao.standards.models import Edition
from dabiao.standards.services import rulebooks
from editions import published
from sheets import photographs
from world import AT, DAY, PASSWORD, SINCE, World

CLEARED = datetime(2026, 4, 1, 2, tzinfo=UTC)  # a Wednesday
FIRST, LAST = date(2026, 4, 8), date(2026, 4, 9)
OPENED = datetime(2026, 4, 8, 2, tzinfo=UTC)


@dataclass
class Placed:
    """A review and its people; `review` as the database has it."""

    world: World
    key: int
    second: int  # another reviewer of the review unit

    @property
    def review(self) -> Review:
        rows = Review.objects.select_related("case__cycle", "unit", "body", "organizing", "rulebook__edition")
        return rows.get(pk=self.key)

    @property
    def plan(self) -> Plan:
        return Plan.objects.get(review=self.key, withdrawn_at=None)

    def actor(self, who: str) -> Actor:
        if who == "second":
            return people_queries.actor(Account.objects.get(pk=self.second), DAY)
        return self.world.actor(who)

    def account(self, who: str) -> Account:
        return Account.objects.get(pk=self.second) if who == "second" else self.world.accounts[who]

    def drawn(self, count: int = 1) -> ExpertDraw:
        row = drawing.freeze(
            review=self.review, specialty="机械", count=count, by=self.actor("review_admin"), at=CLEARED
        )
        for who in ("review_admin", "organizer"):
            drawing.seed(row=row, word=f"示例词{who}", by=self.actor(who), at=CLEARED)
        return row

    def told(self, **more: object) -> Planned:
        reviewers = [self.account("second")]
        plain: dict[str, object] = {
            "leader": self.account("reviewer"),
            "reviewers": reviewers,
            "place": "会议室",
        }
        return Planned(**{"span": Span(FIRST, LAST), **plain, **more})

    def planned(self, **more: object) -> Plan:
        review = self.review
        by = self.actor("review_admin")
        return plans.make(review=review, told=self.told(**more), version=review.version, by=by, at=CLEARED)

    def accepted(self, *who: str) -> None:
        for name in who or ("reviewer", "second"):
            member = self.plan.members.get(account=self.account(name))
            plans.accept(member=member, declared=Declared(), by=self.actor(name), at=CLEARED)


def placed(world: World, edition: Edition | None = None) -> Placed:
    """For an accepted case; two qualified reviewers, a qualified expert. Without an edition, a small one."""
    edition = edition or published(world)
    applicant = Applicant(world).prepared()
    case = applicant.decided(applicant.proposed(applicant.received()))
    by, body = world.actor("review_admin"), world.bodies["review_unit"]
    book = rulebooks.open(
        edition=edition, day=case.accepted_on, areas=case.unit.areas, level=case.level, by=by, at=CLEARED
    )
    review = Review(
        number="PS202600001",
        case=case,
        unit=case.unit,
        jurisdiction=case.jurisdiction,
        locality=case.locality,
        department=case.department,
        organizing=case.organizing,
        body=body,
        level=case.level,
        rulebook=book,
        state=ReviewState.CLEARED,
        opened_at=CLEARED,
        contracted_on=day_of(CLEARED),
        cleared_on=day_of(CLEARED),
    )
    with journal.writing(PLAN, by=by, at=CLEARED, on=review) as w:
        w.create(review)
    second = people.open_account(login="second", name="示例second", password=PASSWORD, by=TIME, at=AT)
    people.give_posting(account=second, role=Role.REVIEWER, body=body, since=SINCE, by=TIME, at=AT)
    files = (
        ("reviewer", world.accounts["reviewer"]),
        ("reviewer", second),
        ("expert", world.accounts["expert"]),
    )
    for n, (kind, account) in enumerate(files):
        told = Filed(kind, f"示例资{n}", ("机械", "电气"), SINCE, date(2029, 1, 1))
        file_qualification(account=account, told=told, by=world.actor("organizer_lead"), at=AT)
    recognising = Recognising(body, None, case.level, SINCE, "示例认定文件")
    recognitions.grant(recognising=recognising, by=world.actor("industry_city"), at=AT)
    return Placed(world, review.pk, second.pk)


# From the plan to the report, step by step.

ATTENDANCE = [
    {"name": "示例reviewer", "side": "team", "duty": "组长"},
    {"name": "示例officer", "side": "unit", "duty": "安全管理员"},
]
HELD = Held(ATTENDANCE, "通报评审安排和结果")
SIGNED = datetime(2026, 4, 9, 8, tzinfo=UTC)
PLANNED = datetime(2026, 4, 13, 2, tzinfo=UTC)
DONE = datetime(2026, 4, 20, 2, tzinfo=UTC)
CONFIRMED = datetime(2026, 4, 22, 2, tzinfo=UTC)
REPORTED = datetime(2026, 4, 23, 2, tzinfo=UTC)
MEASURES = Measures(
    "保养不及时", "更换护罩", "纳入点检", "示例张三", "2000元", "停用该设备", date(2026, 4, 30)
)


def began(placed_: Placed) -> Placed:
    placed_.planned()
    placed_.accepted()
    review = placed_.review
    meetings.begin(review=review, told=HELD, version=review.version, by=placed_.actor("reviewer"), at=OPENED)
    return placed_


def filled(placed_: Placed, *deducted: str, but: str = "", who: str = "reviewer") -> Placed:
    """Every line answered with words and a picture; those named lose points."""
    sheet, by = placed_.plan.sheet, placed_.actor(who)
    assert sheet is not None
    for line in sheets.rulebook(sheet).lines():
        if line.key == but:
            continue
        answer = Answer(Verdict.CONFORMS, words="查记录和现场，符合要求")
        if line.key in deducted:
            rule = line.item.rules[-1]
            answer = Answer(Verdict.DEDUCTED, (Deduction(rule.key, 1),), "2号机护罩缺失")
        record_answer(sheet=sheet.pk, line=line.key, answer=answer, version=0, by=by, at=OPENED)
        taken = store.take_in([photographs.jpeg()])
        pictures.attach_picture(sheet=sheet.pk, line=line.key, taken=taken, by=by, at=OPENED)
    return placed_


def signed(placed_: Placed, *sides: tuple[str, str]) -> Placed:
    """The closing meeting, and the signatures after the leader's."""
    review = placed_.review
    sheet = meetings.conclude(review=review, told=HELD, by=placed_.actor("reviewer"), at=SIGNED)
    for who, side in sides or (("second", "team"), ("officer", "unit")):
        closing.sign_sheet(sheet=sheet.pk, side=side, by=placed_.actor(who), at=SIGNED)
    return placed_


def delivered(placed_: Placed) -> Placed:
    review = placed_.review
    meetings.deliver(review=review, version=review.version, by=placed_.actor("reviewer"), at=SIGNED)
    return placed_


def with_findings(placed_: Placed) -> Placed:
    """Two findings delivered."""
    return delivered(signed(filled(began(placed_), "1.2.1", "2.1.3")))


def rectified(placed_: Placed, at: datetime = DONE) -> Placed:
    """Every open finding guided, planned, done; all of it reported."""
    officer, team = placed_.actor("officer"), placed_.actor("second")
    for row in queries.findings(placed_.review):
        if row.hazard.state in {"closed", "done"}:
            continue
        rectifications.guide(finding=row, words="更换并固定护罩", by=team, at=PLANNED)
        due = row.hazard.limit or MEASURES.due
        told = replace(MEASURES, due=due)
        rectifications.plan(finding=row, told=told, version=row.hazard.version, by=officer, at=PLANNED)
        taken = [store.take_in([photographs.pdf()])]
        hazards.report_done(hazard=row.hazard, words="已更换", taken=taken, by=officer, at=PLANNED)
    review = placed_.review
    rectifications.report_rectified(review=review, version=review.version, by=officer, at=at)
    return placed_


def confirmed(placed_: Placed) -> Placed:
    for row in queries.findings(placed_.review):
        if row.hazard.state == "done":
            told = {"kind": CheckKind.PAPER, "words": "照片可见护罩已装"}
            rectifications.confirm(finding=row, by=placed_.actor("second"), at=CONFIRMED, **told)
    return placed_


def reported(placed_: Placed, at: datetime = REPORTED) -> Report:
    review = placed_.review
    by = placed_.actor("reviewer")
    return reporting.submit(review=review, opinion="达到二级", version=review.version, by=by, at=at)
