"""What is on a screen may be older than the act of a colleague: an answer, never a fault of ours."""

from collections.abc import Callable
from copy import copy

import pytest

from creation.applying import nothing_changed
from dabiao.base.models import JournalEntry
from dabiao.kernel.errors import OutOfTurn, Refused
from dabiao.reviews.models import Extension, Member, Notice, Remark, RemarkKind, Review
from dabiao.reviews.rules.recusal import Declared
from dabiao.reviews.services import drawing, engaging, meetings, oversight, plans, rectifications
from dabiao.reviews.states.reviews import ReviewState
from reviews.engaging import SIGNED as TOLD
from reviews.engaging import notified
from reviews.placing import (
    CLEARED,
    DONE,
    HELD,
    OPENED,
    PLANNED,
    SIGNED,
    Placed,
    began,
    with_findings,
)
from world import World

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], object]) -> None:
    before = JournalEntry.objects.count()
    with pytest.raises((OutOfTurn, Refused)):
        act()
    nothing_changed(before)


def withdrawn(cleared: Placed) -> None:
    review = cleared.review
    by = cleared.actor("review_admin")
    plans.withdraw(review=review, reason="调整日期", version=review.version, by=by, at=CLEARED)


def test_the_plan_is_withdrawn_while_the_opening_meeting_is_put_down(cleared: Placed) -> None:
    cleared.planned()
    cleared.accepted()
    seen = cleared.review
    withdrawn(cleared)
    told = {"told": HELD, "version": seen.version, "by": cleared.actor("reviewer"), "at": OPENED}
    refused(lambda: meetings.begin(review=seen, **told))


def test_the_plan_is_withdrawn_twice(cleared: Placed) -> None:
    cleared.planned()
    seen = cleared.review
    withdrawn(cleared)
    told = {"reason": "调整", "version": seen.version, "by": cleared.actor("review_admin"), "at": CLEARED}
    refused(lambda: plans.withdraw(review=seen, **told))


@pytest.mark.parametrize("act", ["conclude", "deliver"])
def test_the_review_is_stopped_while_it_is_concluded_or_delivered(cleared: Placed, act: str) -> None:
    seen = began(cleared).review
    Review.objects.filter(pk=seen.pk).update(state=ReviewState.STOPPED)
    by = cleared.actor("reviewer")
    acts = {
        "conclude": lambda: meetings.conclude(review=seen, told=HELD, by=by, at=SIGNED),
        "deliver": lambda: meetings.deliver(review=seen, version=seen.version, by=by, at=SIGNED),
    }
    refused(acts[act])


def _member(cleared: Placed) -> Member:
    rows = Member.objects.select_related("plan__review__case__cycle", "account")
    return rows.get(plan=cleared.plan, account=cleared.account("second"))


def test_a_plan_withdrawn_meanwhile_is_not_joined(cleared: Placed) -> None:
    cleared.planned()
    seen = _member(cleared)
    withdrawn(cleared)
    by = cleared.actor("second")
    refused(lambda: plans.accept(member=seen, declared=Declared(), by=by, at=CLEARED))


def test_one_answers_once_from_two_screens(cleared: Placed) -> None:
    cleared.planned()
    one, other, by = _member(cleared), _member(cleared), cleared.actor("second")
    plans.decline(member=one, reason="另有任务", by=by, at=CLEARED)
    refused(lambda: plans.accept(member=other, declared=Declared(), by=by, at=CLEARED))


def test_two_words_given_at_once_are_both_there(cleared: Placed) -> None:
    row = drawing.freeze(
        review=cleared.review, specialty="机械", count=1, by=cleared.actor("review_admin"), at=CLEARED
    )
    other = copy(row)
    drawing.seed(row=row, word="示例甲", by=cleared.actor("review_admin"), at=CLEARED)
    drawn = drawing.seed(row=other, word="示例乙", by=cleared.actor("organizer"), at=CLEARED)
    assert sorted(drawn.words.values()) == ["示例乙", "示例甲"]
    assert drawn.record is not None


def test_a_remark_is_answered_once(cleared: Placed) -> None:
    by, review = cleared.actor("industry_district"), cleared.review
    oversight.remark(review=review, kind=RemarkKind.REMARK, words="请注意通道", by=by, at=CLEARED)
    one, other = (Remark.objects.select_related("review").get() for _ in range(2))
    admin = cleared.actor("review_admin")
    oversight.answer(row=one, words="已清理", by=admin, at=CLEARED)
    refused(lambda: oversight.answer(row=other, words="不采纳", by=admin, at=CLEARED))


def test_a_notice_is_acknowledged_once(world: World) -> None:
    notified(world)
    rows = Notice.objects.filter(to=world.bodies["street_east"]).select_related("review")
    one, other, by = rows.get(), rows.get(), world.actor("locality")
    engaging.acknowledge(notice=one, remark="收到", by=by, at=TOLD)
    refused(lambda: engaging.acknowledge(notice=other, remark="另有意见", by=by, at=TOLD))


def test_an_extension_is_asked_once_and_decided_once(cleared: Placed) -> None:
    officer, seen = cleared.actor("officer"), with_findings(cleared).review
    told = {"days": 5, "reason": "备件未到", "by": officer, "at": PLANNED}
    rectifications.ask_extension(review=cleared.review, **told)
    refused(lambda: rectifications.ask_extension(review=seen, **told))
    one, other = (Extension.objects.select_related("review__case__cycle").get() for _ in range(2))
    decided = {"words": "情况属实", "by": cleared.actor("organizer"), "at": DONE}
    rectifications.decide_extension(row=one, granted=True, **decided)
    refused(lambda: rectifications.decide_extension(row=other, granted=False, **decided))
