"""From the passed re-check to the certificate or the refusal: opinions, publicity, objections, batches."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from dabiao.demo.stories.walk import Do, Walk
from dabiao.demo.words.reading import grading as words
from dabiao.grading.models import Bulletin, Copy, Objection, Opinion
from dabiao.grading.models.objections import Aim
from dabiao.grading.models.opinions import About
from dabiao.grading.services import announcing, copies, objections, opinions, publicity, refusing
from dabiao.grading.services.objections import Objected
from dabiao.grading.services.refusing import Doubt
from dabiao.kernel.actor import PUBLIC
from dabiao.kernel.roles import Role


def opine(role: Role, *, agrees: bool = True) -> Do:
    """The locality, or the district's department, says whether the level may be attained."""

    def give(walk: Walk, at: datetime) -> None:
        rows = Opinion.objects.filter(grading=walk.grading, about=About.ATTAINMENT, giver=str(role))
        row = rows.select_related("body").get()
        row.grading, said = walk.grading, words()["agrees" if agrees else "disagrees"]
        told = opinions.Said(agrees, said, words()["supervision"])
        opinions.give(opinion=row, said=told, version=row.version, by=walk.act(str(role)), at=at)

    return give


def propose(walk: Walk, at: datetime) -> None:
    grading, said = walk.grading, words()["publicity"]
    publicity.propose(grading=grading, words=said, version=grading.version, by=walk.department[0], at=at)


def publish(walk: Walk, at: datetime) -> None:
    """Another person of the department decides."""
    grading = walk.grading
    publicity.publish(grading=grading, version=grading.version, by=walk.department[1], at=at)


def object_to(aim: Aim) -> Do:
    """Somebody from the public."""

    def take(walk: Walk, at: datetime) -> None:
        said = Objected(aim.value, **words()["objections"][aim.value])
        objections.take_in(notice=walk.grading.notice, said=said, by=PUBLIC, at=at)

    return take


def explain(walk: Walk, at: datetime) -> None:
    """The organizing unit says what it saw."""
    row, facts = _objection(walk), words()["facts"]
    by = walk.act(str(Role.ORGANIZER))
    objections.state_facts(objection=row, facts=facts, version=row.version, by=by, at=at)


def settle(*, upheld: bool) -> Do:
    """Somebody else than the proposer answers."""

    def answer(walk: Walk, at: datetime) -> None:
        row, reply = _objection(walk), words()["upheld" if upheld else "unfounded"]
        by = walk.department[1]
        objections.settle(objection=row, upheld=upheld, reply=reply, version=row.version, by=by, at=at)

    return answer


def _objection(walk: Walk) -> Objection:
    rows = Objection.objects.filter(grading=walk.grading, decided_at=None)
    return rows.select_related("grading__case__cycle", "decider").latest("id")


def doubt(walk: Walk, at: datetime) -> None:
    grading, told = walk.grading, Doubt(words()["doubt"])
    refusing.propose(grading=grading, doubt=told, version=grading.version, by=walk.department[0], at=at)


def refuse(walk: Walk, at: datetime) -> None:
    grading = walk.grading
    refusing.decide(grading=grading, version=grading.version, by=walk.department[1], at=at)


@dataclass
class Batch:
    """Units that one bulletin announces; all of them walk in step, and the last one to come acts."""

    title: str
    many: int
    latest: bool = False
    waiting: list[Walk] = field(default_factory=list)

    def propose(self, walk: Walk, at: datetime) -> None:
        self._when_all(walk, lambda: self._proposed(walk, at))

    def announce(self, walk: Walk, at: datetime) -> None:
        self._when_all(walk, lambda: self._announced(walk, at))

    def acknowledge(self, walk: Walk, at: datetime) -> None:
        """Who had a copy says so; of the latest batch the district's department and bureau have not yet."""
        self._when_all(walk, lambda: self._acknowledged(walk, at))

    def _when_all(self, walk: Walk, act: Callable[[], object]) -> None:
        self.waiting.append(walk)
        if len(self.waiting) == self.many:
            act()
            self.waiting.clear()

    def _proposed(self, walk: Walk, at: datetime) -> None:
        gradings = [each.grading for each in self.waiting]
        announcing.propose(gradings=gradings, title=self.title, by=walk.department[0], at=at)

    def _announced(self, walk: Walk, at: datetime) -> None:
        row, by = self._bulletin(walk), walk.department[1]
        announcing.announce(bulletin=row, version=row.version, by=by, at=at)

    def _acknowledged(self, walk: Walk, at: datetime) -> None:
        row = self._bulletin(walk)
        later = [] if self.latest else [Role.INDUSTRY_DISTRICT, Role.BUREAU_DISTRICT]
        roles = [Role.LOCALITY, Role.ORGANIZER, *later]
        for copy in Copy.objects.filter(bulletin=row).select_related("body", "bulletin").order_by("id"):
            for role in roles:
                if copy.body_id == walk.home.cast.body(str(role)).pk:
                    copies.acknowledge(copy=copy, version=copy.version, by=walk.act(str(role)), at=at)

    def _bulletin(self, walk: Walk) -> Bulletin:
        rows = Bulletin.objects.filter(department=walk.grading.department_id, title=self.title)
        return rows.select_related("department").latest("id")
