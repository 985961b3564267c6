"""The organizing unit files its reviewers and experts; one of them is suspended, one withdrawn."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from dabiao.base.clock import day_of
from dabiao.demo.cast import Cast
from dabiao.demo.story import Story
from dabiao.demo.words.reading import telling
from dabiao.kernel.roles import Role
from dabiao.people.models import Qualification
from dabiao.people.services import qualifications
from dabiao.people.services.qualifications import Filed

YEARS: Final = 6  # of a file; the city is two years old
KINDS: Final = ((Role.REVIEWER, "PSY"), (Role.EXPERT, "ZJ"))
PAUSED_AGO, WITHDRAWN_AGO = 40, 75  # days


@dataclass
class Qualifying:
    story: Story
    people: Cast

    def plan(self, founding: datetime) -> None:
        self.story.plan(founding + timedelta(hours=2), self._file)
        self.story.plan(self.story.ago(PAUSED_AGO), self._suspend)
        self.story.plan(self.story.ago(WITHDRAWN_AGO), self._withdraw)

    def _file(self, at: datetime) -> None:
        """Everybody with trades of their own."""
        dice, first = self.story.dice("qualifications"), day_of(at)
        until = date(first.year + YEARS, first.month, 1)
        for role, sign in KINDS:
            for number, login in enumerate(self._logins(role), start=1):
                trades = dice.sample(telling()["specialties"], dice.choice((1, 2, 2, 3)))
                told = Filed(role, f"示例{sign}{number:03}", tuple(trades), first, until)
                account, by = self.people.accounts[login], self.people.actor(Role.ORGANIZER)
                qualifications.file_qualification(account=account, told=told, by=by, at=at)

    def _logins(self, role: Role) -> list[str]:
        return [login for login in self.people.accounts if login.rstrip("0123456789") == role]

    def _suspend(self, at: datetime) -> None:
        row, by = self._last(Role.REVIEWER), self.people.actor(Role.ORGANIZER_LEAD)
        said = {"reason": telling()["suspended"], "version": row.version, "by": by, "at": at}
        qualifications.suspend(row=row, since=day_of(at), until=None, **said)

    def _withdraw(self, at: datetime) -> None:
        row, by = self._last(Role.EXPERT), self.people.actor(Role.ORGANIZER_LEAD)
        said = {"reason": telling()["withdrawn"], "version": row.version, "by": by, "at": at}
        qualifications.withdraw(row=row, since=day_of(at), **said)

    def _last(self, role: Role) -> Qualification:
        return Qualification.objects.filter(kind=role).order_by("-number")[0]
