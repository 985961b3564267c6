"""Accepted cases of the demonstration city: a contract, the notice, an initial visit that holds the gate."""

from datetime import datetime

from dabiao.base.clock import day_of
from dabiao.creation.models import Case
from dabiao.demo.homes import Home
from dabiao.demo.words.reading import reviews as words
from dabiao.hazards.rules.handovers import GENERAL
from dabiao.kernel.actor import Actor
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Recognition
from dabiao.organisations.services import recognitions
from dabiao.organisations.services.recognitions import Recognising
from dabiao.reviews.models import InitialVisit, Review, ServiceContract
from dabiao.reviews.services import contracts, engaging, visiting
from dabiao.reviews.services.contracts import Told
from dabiao.reviews.services.visiting import Serious
from dabiao.sheets import queries as sheets
from dabiao.sheets.rules.values import Answer, Verdict
from dabiao.sheets.services.answering import record_answer
from dabiao.sheets.services.pictures import attach_picture


class Engaging:
    """One accepted case, step after step on its days, up to a held gate."""

    def __init__(self, home: Home, case: Case) -> None:
        self.home, self.case = home, case
        self.admin, self.lead = str(Role.REVIEW_ADMIN), str(Role.REVIEWER)
        self.body = home.cast.body(self.admin)

    @property
    def review(self) -> Review:
        rows = Review.objects.select_related("case__cycle", "unit__locality", "unit__department", "body")
        return rows.get(case=self.case)

    def plan(self, accepted: datetime) -> None:
        later = self.home.story.later
        self.home.story.plan(later(accepted, 1, 14), self._sign)
        self.home.story.plan(later(accepted, 1, 16), self._confirm)
        self.home.story.plan(later(accepted, 2, 9), self._notify)
        self.home.story.plan(later(accepted, 2, 10), self._visit)
        self.home.story.plan(later(accepted, 2, 15), self._hold)

    def _sign(self, at: datetime) -> None:
        """The city has recognised the review unit; the unit chooses it."""
        day, home = day_of(at), self.home
        if not Recognition.objects.filter(body=self.body, level=self.case.level).exists():
            said = Recognising(self.body, None, self.case.level, day, words()["recognised"])
            recognitions.grant(recognising=said, by=home.cast.actor(str(Role.BUREAU_CITY)), at=at)
        told = Told(
            kind="review",
            scope=words()["scope"],
            signed_on=day,
            begins_on=day,
            unit_signer=home.unit.principal,
            firm_signer=words()["signer"],
            body=self.body,
            fee=words()["fee"],
        )
        taken = home.take(words()["paper"], at, "contract")
        contracts.enter(unit=home.unit, told=told, taken=taken, by=home.actor(), at=at)

    def _confirm(self, at: datetime) -> None:
        row = ServiceContract.objects.select_related("case__cycle", "unit", "body").get(case=self.case)
        engaging.confirm(contract=row, version=row.version, by=self.home.actor(self.admin), at=at)

    def _notify(self, at: datetime) -> None:
        engaging.notify(review=self.review, by=self.home.actor(self.admin), at=at)

    def _visit(self, at: datetime) -> None:
        lead, by = self.home.cast.accounts[self.lead], self.home.actor(self.admin)
        day = day_of(at)
        visiting.begin(review=self.review, visit_on=day, lead=lead, visitors=[lead], by=by, at=at)

    def _hold(self, at: datetime) -> None:
        """Everything is as it should be but for one thing, and that is grave."""
        by = self._lead()
        visit = InitialVisit.objects.select_related("sheet__rulebook").get(review=self.review)
        visit.review = self.review
        for line in sheets.rulebook(visit.sheet).lines():
            answer = Answer(Verdict.CONFORMS, words=words()["conforms"])
            record_answer(sheet=visit.sheet_id, line=line.key, answer=answer, version=0, by=by, at=at)
            taken = self.home.take(words()["seen"], at, "visit")
            attach_picture(sheet=visit.sheet_id, line=line.key, taken=taken, by=by, at=at)
        grave = [Serious(words()["grave"], major=True, category=GENERAL)]
        said = words()["held"]
        visiting.close(visit=visit, outcome="hold", words=said, serious=grave, by=by, at=at)

    def _lead(self) -> Actor:
        return self.home.actor(self.lead)
