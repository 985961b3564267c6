"""A plan stands when everybody in it may come; authorities follow it and are answered."""

from datetime import date, timedelta

import pytest

from dabiao import draw
from dabiao.base.journal import entries as journal
from dabiao.base.journal.replay import compare
from dabiao.base.models import Announcement, JournalEntry
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.kernel.roles import Role
from dabiao.people import services as people
from dabiao.people.models import Qualification
from dabiao.people.services import qualifications
from dabiao.reviews.models import Member, RemarkKind, Review, Stint
from dabiao.reviews.permissions.plans import PLAN
from dabiao.reviews.queries import plans as queries
from dabiao.reviews.rules.recusal import Declared, Ground
from dabiao.reviews.rules.visits import Span
from dabiao.reviews.services import drawing, oversight, plans
from dabiao.reviews.states.reviews import ReviewState
from reviews.placing import CLEARED, FIRST, LAST, Placed
from world import AT, SINCE


@pytest.mark.obligation("U20-experts")
def test_a_plan_with_experts_drawn_stands_and_gives_days_away(cleared: Placed) -> None:
    row = cleared.drawn()
    assert draw.differences(draw.read(row.record)) == ()
    plan = cleared.planned()
    assert cleared.review.state == ReviewState.PLANNED
    assert [each.place for each in queries.members(plan)] == ["leader", "reviewer", "expert"]
    assert Stint.objects.count() == 3 * 4
    assert Announcement.objects.filter(name="ReviewPlanned").count() == 1
    assert Review.objects.visible_to(cleared.actor("expert")).count() == 1
    cleared.accepted("reviewer", "second", "expert")
    assert len(queries.team(plan)) == 3
    assert not compare().findings.listed


@pytest.mark.obligation("U20-experts")
def test_who_is_tied_to_the_unit_is_left_out_of_the_list_and_the_plan(cleared: Placed) -> None:
    for who in ("expert", "reviewer"):
        account, unit = cleared.account(who), cleared.review.unit
        people.give_posting(account=account, role=Role.SELF_ASSESSOR, unit=unit, since=SINCE, by=TIME, at=AT)
    before = JournalEntry.objects.count()
    with pytest.raises(Invalid, match="现有 0 名"):
        cleared.drawn()
    with pytest.raises(Invalid, match=r"示例reviewer 应当回避：自 2026-01-01 起在该企业任自评员"):
        cleared.planned()
    assert JournalEntry.objects.count() == before


def test_one_word_alone_draws_nothing_and_nobody_gives_two(cleared: Placed) -> None:
    from_admin = cleared.drawn()
    assert from_admin.drawn_at is not None
    before = JournalEntry.objects.count()
    with pytest.raises(OutOfTurn):
        drawing.seed(row=from_admin, word="再来", by=cleared.actor("organizer"), at=CLEARED)
    assert JournalEntry.objects.count() == before


def test_a_qualification_is_asked_on_every_day_of_the_visit(cleared: Placed) -> None:
    row = Qualification.objects.get(account=cleared.account("second"))
    lead = cleared.actor("organizer_lead")
    qualifications.suspend(
        row=row, since=LAST, until=None, reason="示例", version=row.version, by=lead, at=AT
    )
    with pytest.raises(Invalid, match=r"示例second 2026-04-09：资格自 2026-04-09 起暂停"):
        cleared.planned()
    assert cleared.review.state == ReviewState.CLEARED
    assert cleared.planned(span=Span(FIRST, FIRST)).span.days == (FIRST,)


def test_nobody_is_at_two_visits_a_day(cleared: Placed) -> None:
    plan, other = cleared.planned(), cleared.review
    with journal.writing(PLAN, by=cleared.actor("review_admin"), at=CLEARED, on=other) as w:
        w.change(other, state=ReviewState.CLEARED)
        w.change(plan, withdrawn_at=CLEARED)  # its days stay taken, as by another review
    with pytest.raises(Invalid, match=r"已安排评审 PS2026 00001"):
        cleared.planned()
    assert cleared.planned(span=Span(date(2026, 4, 10), date(2026, 4, 10))).edition == 2


def test_a_plan_is_withdrawn_and_gives_its_days_back(cleared: Placed) -> None:
    cleared.planned()
    review = cleared.review
    by = cleared.actor("review_admin")
    plans.withdraw(review=review, reason="企业检修", version=review.version, by=by, at=CLEARED)
    assert (cleared.review.state, Stint.objects.count()) == (ReviewState.CLEARED, 0)
    assert cleared.planned().edition == 2
    assert not compare().findings.listed


def test_kinship_declared_makes_a_member_stand_aside(cleared: Placed) -> None:
    plan = cleared.planned()
    member = Member.objects.get(plan=plan, account=cleared.account("second"))
    told = Declared((Ground.KINSHIP,), "负责人是表兄")
    with pytest.raises(Refused):
        plans.accept(member=member, declared=told, by=cleared.actor("reviewer"), at=CLEARED)
    plans.accept(member=member, declared=told, by=cleared.actor("second"), at=CLEARED)
    member.refresh_from_db()
    assert member.accepted_at is None
    assert "负责人是表兄" in member.declined_why
    assert Announcement.objects.filter(name="MemberStoodAside").count() == 1


@pytest.mark.parametrize("who", ["reviewer", "officer", "organizer", "industry_district"])
def test_nobody_else_plans(cleared: Placed, who: str) -> None:
    review, before = cleared.review, JournalEntry.objects.count()
    with pytest.raises(Refused):
        plans.make(review=review, told=cleared.told(), version=1, by=cleared.actor(who), at=CLEARED)
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize("state", [ReviewState.ENGAGED, ReviewState.VISITING, ReviewState.HELD])
def test_no_plan_before_a_passed_gate(cleared: Placed, state: ReviewState) -> None:
    review = cleared.review
    with journal.writing(PLAN, by=TIME, at=CLEARED, on=review) as w:
        w.change(review, state=state)
    with pytest.raises(OutOfTurn, match="初访现场核验通过之后"):
        cleared.planned()


def test_one_alone_is_no_team(cleared: Placed) -> None:
    with pytest.raises(Invalid, match="至少 2 人"):
        cleared.planned(reviewers=[])
    with pytest.raises(Invalid, match="补充标出"):
        cleared.planned(span=Span(FIRST - timedelta(days=30), LAST))


@pytest.mark.obligation("Q4-oversight", "U9-process")
def test_department_and_locality_follow_and_are_answered(cleared: Placed) -> None:
    cleared.planned()
    review = cleared.review
    for who in ("industry_district", "locality"):
        oversight.remark(review=review, kind=RemarkKind.ATTEND, words="", by=cleared.actor(who), at=CLEARED)
    told = {"review": review, "kind": RemarkKind.REMARK, "at": CLEARED}
    row = oversight.remark(words="请重点查有限空间", by=cleared.actor("locality"), **told)
    assert queries.unanswered(review) == 1
    with pytest.raises(Refused):
        oversight.answer(row=row, words="已列入", by=cleared.actor("officer"), at=CLEARED)
    oversight.answer(row=row, words="已列入", by=cleared.actor("reviewer"), at=CLEARED)
    assert queries.unanswered(review) == 0
    for who in ("other_locality", "other_industry_district", "officer", "review_admin"):
        with pytest.raises(Refused):
            oversight.remark(words="示例", by=cleared.actor(who), **told)
