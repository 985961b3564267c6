"""Who goes to verify: officers of the bodies law names, no interest, no opinion given, each pledged."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from dabiao.base.journal import replay
from dabiao.grading.models import Opinion
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.kernel.roles import Role
from dabiao.organisations.models import Body, BodyKind
from dabiao.people import services as people
from dabiao.people.models import Posting
from dabiao.reviews.rules.recusal import Declared, Ground
from dabiao.sheets.models import Sheet
from dabiao.supervision.models import Verifier, VerifyingVisit
from dabiao.supervision.queries import verifications as queries
from dabiao.supervision.services import arranging
from reviews import engaging
from reviews.revisiting import refused
from supervision.verifying import BESIDE, LEAD, SET, VISIT, Verifying
from world import AT, SINCE


@pytest.mark.obligation("Q8-integrity")
def test_the_sheet_opens_once_everybody_has_pledged(owed: Verifying) -> None:
    owed.arranged()
    assert owed.visit.sheet is None

    def opened() -> object:
        return arranging.open_visit(visit=owed.visit, by=owed.actor(LEAD), at=SET)

    owed.pledged(LEAD)
    refused(OutOfTurn, opened, "示例second_district还没有作出廉洁承诺")
    owed.pledged(BESIDE)
    assert {each.pledge for each in Verifier.objects.all()} == {arranging.PLEDGE}
    opened()
    visit = owed.visit
    assert (visit.state, visit.sheet.occasion) == ("open", "verification")
    assert visit.sheet.rulebook.day == SET.date()
    assert {each.account_id for each in visit.sheet.writers.all()} == {
        owed.account(LEAD).pk, owed.account(BESIDE).pk,
    }  # fmt: skip
    assert replay.compare().status.value == "ok"


@pytest.mark.obligation("Q8-integrity")
def test_each_pledges_for_themselves_and_only_before_the_sheet_opens(owed: Verifying) -> None:
    visit = owed.opened()
    row = visit.verifiers.get(account=owed.account(LEAD))
    row.visit = visit

    def pledged(who: str) -> object:
        return arranging.pledge(verifier=row, declared=Declared(), by=owed.actor(who), at=SET)

    refused(Refused, lambda: pledged("industry_city"), "由核查人员本人承诺")
    refused(OutOfTurn, lambda: pledged(LEAD), "核查表已经打开")


@pytest.mark.obligation("Q8-integrity")
def test_who_declares_an_interest_stands_aside_for_good(owed: Verifying) -> None:
    owed.arranged()
    row = owed.visit.verifiers.get(account=owed.account(BESIDE))
    row.visit = owed.visit
    declared = Declared((Ground.KINSHIP,), "配偶在该企业任职")
    arranging.pledge(verifier=row, declared=declared, by=owed.actor(BESIDE), at=SET)
    owed.pledged(LEAD)
    refused(
        OutOfTurn, lambda: arranging.open_visit(visit=owed.visit, by=owed.actor(LEAD), at=SET), "申报了回避"
    )
    arranging.call_off(visit=owed.visit, reason="另选人员", by=owed.actor("industry_city"), at=SET)
    refused(Invalid, owed.arranged, "示例second_district应当回避：本人已申报利害关系")
    people, aside = queries.candidates(owed.row, VISIT)
    assert owed.account(BESIDE) not in people
    assert any("本人已申报利害关系" in each for each in aside)


@pytest.mark.obligation("Q8-integrity")
def test_who_gave_an_opinion_stands_aside_and_the_department_does_not(owed: Verifying) -> None:
    assert Opinion.objects.filter(given_by=owed.account("industry_district")).exists()
    others = [owed.account("industry_district")]
    refused(
        Invalid, lambda: owed.arranged(others=others), "示例industry_district应当回避：对这件定级出具过意见"
    )
    owed.arranged()


@pytest.mark.obligation("Q8-integrity")
@pytest.mark.parametrize("where", ["unit", "review_unit"])
def test_who_worked_for_the_unit_or_its_review_unit_stands_aside(owed: Verifying, where: str) -> None:
    world = owed.stage.world
    place = {"unit": world.units["unit"]} if where == "unit" else {"body": world.bodies["review_unit"]}
    role = Role.SELF_ASSESSOR if where == "unit" else Role.REVIEWER
    people.give_posting(account=owed.account(BESIDE), role=role, since=SINCE, by=TIME, at=AT, **place)
    refused(Invalid, owed.arranged, "应当回避：本创建周期内在该企业或者评审单位任职")


@pytest.mark.obligation("Q8-integrity")
def test_who_worked_for_an_adviser_of_the_unit_stands_aside(owed: Verifying) -> None:
    world = owed.stage.world
    firm = Body.objects.create(kind=BodyKind.REVIEW, name="示例咨询公司", code="adviser", since=SINCE)
    people.give_posting(
        account=owed.account(BESIDE), role=Role.REVIEWER, body=firm, since=SINCE, by=TIME, at=AT
    )
    engaging.entered(world, engaging.consulting_told(world, body=firm))
    refused(Invalid, owed.arranged, "示例second_district应当回避：")


@pytest.mark.obligation("Q8-integrity")
def test_an_interest_known_later_keeps_the_sheet_from_opening(owed: Verifying) -> None:
    owed.arranged()
    owed.pledged()
    told = {"role": Role.REVIEWER, "body": owed.stage.world.bodies["review_unit"], "since": SINCE}
    people.give_posting(account=owed.account(BESIDE), by=TIME, at=AT, **told)
    refused(Refused, lambda: arranging.open_visit(visit=owed.visit, by=owed.actor(LEAD), at=SET), "应当回避")
    assert not Sheet.objects.filter(occasion="verification").exists()


@pytest.mark.obligation("Q8-share")
def test_level_two_is_verified_by_the_city_with_the_district(owed: Verifying) -> None:
    refused(Invalid, lambda: owed.arranged(others=[]), "还应当有这些部门的人员参加：示例东区工业主管部门")
    alone = {"lead": owed.account(BESIDE), "others": []}
    refused(Invalid, lambda: owed.arranged(**alone), "示例市工业主管部门")


def test_who_is_no_officer_of_these_bodies_does_not_go(owed: Verifying) -> None:
    for who in ("organizer", "reviewer", "other_industry_city", "other_industry_district"):
        others = [owed.account(BESIDE), owed.account(who)]
        refused(Invalid, lambda others=others: owed.arranged(others=others), f"示例{who}在 2026-09-04 不是")
    Posting.objects.filter(account=owed.account(BESIDE)).update(until=VISIT)
    refused(Invalid, owed.arranged, "不是应当参加核查的部门人员")


def test_it_is_arranged_by_an_officer_of_the_department_for_a_day_not_past(owed: Verifying) -> None:
    for who in ("industry_district", "organizer", "officer", "bureau_city"):
        refused(Refused, lambda who=who: owed.arranged(who), "由负责该等级的主管部门安排")
    for day in (SET.date() - timedelta(days=1), SET.date() + timedelta(days=61)):
        refused(Invalid, lambda day=day: owed.arranged(day=day), "请核对日期")
    owed.arranged()
    refused(OutOfTurn, owed.arranged, "已经安排了一次核查")


def test_the_database_keeps_two_visits_from_being_under_way(owed: Verifying) -> None:
    row = owed.arranged()
    row.pk, row.turn, row.sheet = None, 2, None
    with pytest.raises(IntegrityError), transaction.atomic():
        VerifyingVisit.objects.bulk_create([row])


def test_called_off_it_is_owed_as_before(owed: Verifying) -> None:
    sheet = owed.opened().sheet
    refused(
        Refused,
        lambda: arranging.call_off(
            visit=owed.visit, reason="停产", by=owed.actor("industry_district"), at=SET
        ),
        "由负责该等级的主管部门或者牵头人取消",
    )
    refused(
        Invalid,
        lambda: arranging.call_off(visit=owed.visit, reason=" ", by=owed.actor(LEAD), at=SET),
        "请写明取消的原因",
    )
    arranging.call_off(visit=owed.visit, reason="停产", by=owed.actor(LEAD), at=SET)
    sheet.refresh_from_db()
    assert (owed.visit.state, owed.row.state, sheet.state) == ("called_off", "drawn", "abandoned")
    assert owed.opened().turn == 2
    assert replay.compare().status.value == "ok"
