"""Answers that share a visit are judged by the days on which each may have been done, as each act alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabiao.field.queries import visits
from dabiao.field.rules.acts import RECORD, Sent
from dabiao.field.rules.moments import FAR
from dabiao.field.services import performing
from dabiao.field.services.delivery import _Desk, _Here
from dabiao.field.services.performing import Doing
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import DabiaoError

NOW = datetime(2026, 4, 8, 7, tzinfo=UTC)
HOURS = st.integers(-6, 2).map(lambda count: NOW + timedelta(hours=9 * count))
REACHES = st.sampled_from([timedelta(0), timedelta(hours=9), timedelta(days=2), 2 * FAR])
DAYS = st.integers(-4, 2).map(lambda count: (NOW + timedelta(days=count)).date())


class Somewhere:
    """All of a visit that is asked here."""

    key, clause = "review-1", "quality-2015/4"


def said(ask, *told):
    try:
        ask(*told)
    except DabiaoError as error:
        return type(error), error.text
    return None


@given(st.lists(st.tuples(HOURS, REACHES), min_size=2), st.sets(DAYS))
def test_one_after_the_other_they_are_told_what_each_is_told_alone(many, unqualified):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(visits, "fault", lambda visit, account, day: f"{day}" if day in unqualified else "")
        by = Actor(account=1, name="示例")
        here = _Here(_Desk("", by, NOW, {}), Somewhere())
        for done_at, uncertainty in many:
            sent = Sent("", RECORD, "review-1", 1, done_at, uncertainty, 0, None, {}, "")
            alone = Doing(sent, Somewhere(), 0, by, NOW)
            assert said(here._qualified, sent, 0) == said(performing.qualified, alone)
