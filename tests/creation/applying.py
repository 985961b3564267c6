"""A unit that has done all it must before it applies, and its application carried as far as a story needs."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.base.models import JournalEntry
from dabiao.creation.models import Case, SelfAssessment
from dabiao.creation.models.assessors import From, Trainer
from dabiao.creation.models.groups import Place
from dabiao.creation.queries import cases as queries
from dabiao.creation.queries import commitments as letters
from dabiao.creation.rules.letters import digest
from dabiao.creation.rules.rosters import Person
from dabiao.creation.services import assessments, assessors, commitments, groups
from dabiao.creation.services.assessors import Appointed, Course
from dabiao.creation.services.cases import auditing, deciding, drafting, receiving, submitting
from dabiao.creation.services.cases.auditing import Opinion
from dabiao.creation.services.cases.receiving import Missing
from dabiao.organisations.models import Site, Unit
from dabiao.organisations.permissions import CHANGE_UNIT
from dabiao.sheets import queries as sheets
from dabiao.sheets.rules.values import Answer, Verdict
from dabiao.sheets.services.answering import record_answer
from dabiao.standing import services as standing
from dabiao.standing.services import Told
from editions import published
from sheets import photographs
from world import AT, PASSWORD, World

HANDED_IN = datetime(2026, 3, 17, 2, tzinfo=UTC)  # the day after ten working days inside the unit
APPLIED = datetime(2026, 3, 18, 2, tzinfo=UTC)  # a Wednesday
RECEIVED = datetime(2026, 3, 20, 2, tzinfo=UTC)
AUDITED = datetime(2026, 3, 24, 2, tzinfo=UTC)
DECIDED = datetime(2026, 3, 25, 2, tzinfo=UTC)
SINCE = date(2026, 1, 5)
LICENSED = "conditions.licences"
# kind -> what more it says; recorded by the unit with a file
OWN = {
    "licence": {"number": "示例许1", "words": "安全生产许可证"},
    "safety_body": {"counts": {"officers": 2}, "words": "安全科"},
    "certificate_principal": {"number": "示例证1", "words": "培训合格证"},
    "certificate_safety_officer": {"counts": {"needed": 2, "held": 2}, "words": "培训合格证"},
    "certificate_special_operator": {"counts": {"needed": 1, "held": 1}, "words": "电工操作证"},
    "risk_control": {"words": "风险辨识评估和四色图"},
    "emergency_plan": {"counts": {"drills": 1}, "words": "综合应急预案"},
}
CAMPAIGNS = ("electricity", "fire")


@dataclass
class Applicant:
    """One unit with its people, and who looks after it."""

    world: World
    key: str = "unit"
    officer: str = "officer"
    principal: str = "principal"
    department: str = "industry_district"
    level: str = "level_2"
    without: tuple[str, ...] = ()  # what it has not done
    assessment: SelfAssessment | None = field(default=None)

    @property
    def unit(self) -> Unit:
        return Unit.objects.get(pk=self.world.units[self.key].pk)

    def prepared(self) -> "Applicant":
        """Everything but what it goes without."""
        unit, by = self.unit, self.world.actor("bureau_city")
        with journal.writing(CHANGE_UNIT, by=by, at=AT, on=unit) as w:
            w.change(unit, address="示例路1号")
        for name in ("group", "assessors", "commitment", "report"):
            if name not in self.without:
                getattr(self, f"_{name}")()
        self.facts()
        return self

    def facts(self) -> None:
        by = self.world.actor(self.officer)
        taken = store.take_in([photographs.pdf()])
        for kind, more in OWN.items():
            if kind not in self.without:
                told = Told(kind, SINCE, source="示例机关", **more)
                standing.record(told=told, unit=self.unit, taken=taken, by=by, at=AT)
        official = self.world.actor(self.department)
        for which in CAMPAIGNS:
            if which not in self.without:
                told = Told("campaign", SINCE, "验收合格", "示例验收意见", which=which)
                standing.record(told=told, unit=self.unit, by=official, at=AT)

    def _group(self) -> None:
        account = self.world.accounts[self.principal]
        head = Person(account.name, "总经理", account=account.pk)
        by = self.world.actor(self.officer)
        groups.form(
            unit=self.unit,
            document="安〔2026〕1号",
            formed_on=SINCE,
            joined=((Place.HEAD, head),),
            by=by,
            at=AT,
        )

    def _assessors(self) -> None:
        by = self.world.actor(self.officer)
        who = Appointed("示例自评员", From.WORKSHOP, "一车间", "机械加工", SINCE)
        row = assessors.appoint(unit=self.unit, who=who, by=by, at=AT)
        course = Course(Trainer.ORGANIZING, "示例评审组织单位", SINCE, SINCE, 8)
        assessors.record_training(unit=self.unit, assessors=[row], course=course, by=by, at=AT)

    def _commitment(self) -> None:
        account, by = self.world.accounts[self.principal], self.world.actor(self.principal)
        text = letters.letter(self.unit, account.name, date(2026, 3, 2)).text
        commitments.sign(unit=self.unit, password=PASSWORD, digest=digest(text), by=by, at=AT)

    def _report(self) -> None:
        by, account = self.world.actor(self.officer), self.world.accounts[self.officer]
        row = assessments.start(unit=self.unit, level=self.level, lead=account, by=by, at=AT)
        for line in sheets.rulebook(row.sheet).lines():
            given = Answer(Verdict.CONFORMS)
            record_answer(sheet=row.sheet_id, line=line.key, answer=given, version=0, by=by, at=AT)
        row = assessments.sign(assessment=row, opinion="总体符合", version=1, by=by, at=AT)
        assessments.post(assessment=row, where="公告栏", version=row.version, by=by, at=AT)
        self.assessment = assessments.hand_in(assessment=row, version=row.version, by=by, at=HANDED_IN)

    # The application, step by step.

    def drafted(self, at: datetime = APPLIED) -> Case:
        sites = list(Site.objects.filter(unit=self.unit))
        by = self.world.actor(self.officer)
        return drafting.draft(unit=self.unit, level=self.level, sites=sites, by=by, at=at)

    def submitted(self, at: datetime = APPLIED, **statements: str) -> Case:
        case = self.drafted(at)
        if statements:
            by = self.world.actor(self.officer)
            drafting.state_conditions(case=case, statements=statements, version=1, by=by, at=at)
        return submitting.submit(case=case, version=case.version, by=self.world.actor(self.principal), at=at)

    def received(self, at: datetime = RECEIVED, **statements: str) -> Case:
        case = self.submitted(**statements)
        by = self.world.actor("organizer")
        return receiving.receive(case=case, version=case.version, by=by, at=at)

    def correcting(self, case: Case, at: datetime, *words: str) -> Case:
        items = [Missing("材料", each) for each in words or ("请补交培训记录",)]
        by = self.world.actor("organizer")
        return receiving.ask_correction(case=case, items=items, version=case.version, by=by, at=at)

    def proposed(
        self, case: Case, outcome: str = auditing.ACCEPTED, at: datetime = AUDITED, **more: object
    ) -> Case:
        opinion = Opinion(outcome, "审核意见：示例", **more)
        by = self.world.actor("organizer")
        auditing.propose(case=case, opinion=opinion, version=case.version, by=by, at=at)
        return fresh(case)

    def decided(self, case: Case, at: datetime = DECIDED) -> Case:
        by = self.world.actor("organizer_lead")
        return deciding.decide(case=case, version=case.version, by=by, at=at)


def fresh(case: Case) -> Case:
    """As the database has it, with what its page reads."""
    rows = Case.objects.select_related(*queries.SHOWN, "correction", "assessment__sheet", "commitment")
    return rows.get(pk=case.pk)


def bare(world: World, *without: str) -> Applicant:
    published(world)
    return Applicant(world, without=without).prepared()


def at(day: date, hour: int = 2) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def nothing_changed(before: int) -> None:
    assert JournalEntry.objects.count() == before
