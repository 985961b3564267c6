"""The demonstration city: made once, in one transaction, in an empty database; found again afterwards."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction

from dabiao.base import records
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.base.models import JournalEntry
from dabiao.demo import cast, crowd, firms, norms, permissions, plots, qualifying, territory
from dabiao.demo.editions.reading import GENERAL
from dabiao.demo.mark import KIND, NUMBER, City, found
from dabiao.demo.stories import recognising
from dabiao.demo.stories import telling as stories
from dabiao.demo.story import Story
from dabiao.hazards.models import Hazard
from dabiao.hazards.states import HazardState
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import Refused
from dabiao.kernel.roles import Role

FOUNDED: Final = 1270  # days before now: the first certificates have run out since


def made(*, seed: int, scale: float, at: datetime) -> City:
    """The city; made now if the database is empty. Refused where it holds anything else."""
    known = found()
    if known is not None:
        _refuse_another(known, seed, scale)
        return known
    if JournalEntry.objects.exists():
        raise Refused(
            "数据库里已有其他数据，不能建立演示城市，以免混在一起。"
            "请用 DABIAO_DATA 或 DABIAO_DATABASE_URL 指定一个新的位置再试。"
        )
    with transaction.atomic():
        return _told(seed, scale, at)


def _refuse_another(known: City, seed: int, scale: float) -> None:
    if (known.seed, known.scale) != (seed, scale):
        raise Refused(
            f"这里已有演示城市（--seed {known.seed} --scale {known.scale:g}）。"
            "要另建一座，请用 DABIAO_DATA 指定一个新的文件夹，或者先删去原来的。"
        )


def _told(seed: int, scale: float, at: datetime) -> City:
    story = Story(seed, at)
    founding = story.ago(FOUNDED, 8, 30)
    land = territory.settle(founding)
    people = cast.gather(founding)
    people.offices(land, story.dice("offices"), founding)
    people.reviewers(land, story.dice("reviewers"), founding)
    qualifying.Qualifying(story, people).plan(founding)
    standards = norms.Norms(story, land, people)
    standards.plan(founding)
    busy = max(1, round(plots.CORE * min(scale, 1)))
    settlement = plots.Settlement(story, people, firms.Registry(land), busy)
    settlement.plan(founding)
    many = max(0, round(crowd.UNITS * scale) - busy)
    recognising.plan(story, people, founding)
    if scale >= 1:
        stories.Telling(story, people, settlement.registry).plan(founding)
        many = max(0, many - stories.many())
    everybody = crowd.Crowd(story, land, people.actor(Role.BUREAU_CITY), busy, many)
    story.plan(founding + timedelta(hours=4), everybody.register)
    story.tell()
    return _kept(City(seed, scale, at.isoformat(), _logins(people), _ids(settlement, standards)), at)


def _logins(people: cast.Cast) -> list[dict[str, Any]]:
    order = list(Role)
    shown = sorted(people.logins, key=lambda each: (order.index(each.role), each.login))
    return [asdict(each) for each in shown]


def _ids(settlement: plots.Settlement, standards: norms.Norms) -> dict[str, int]:
    course = settlement.course
    assert course is not None  # noqa: S101  number 0 is always settled
    open_ones = Hazard.objects.filter(unit=course.home.unit).exclude(state=HazardState.CLOSED)
    hazard = open_ones.order_by("id").first()
    return {
        "unit": course.home.unit.pk,
        "self_assessment": course.row.pk,
        "sheet": course.row.sheet_id,
        "edition": standards.editions[GENERAL].pk,
        "hazard": hazard.pk if hazard else 0,
    }


def _kept(city: City, at: datetime) -> City:
    """Leave the mark by which the city is known again."""
    mark = records.draft(KIND, NUMBER, day_of(at), asdict(city))
    with journal.writing(permissions.BUILD, by=TIME, at=at, on=mark) as w:
        w.create(mark)
    return city
