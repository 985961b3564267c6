"""The five-year clock and the duty to make or revise standards: listed and chased until done."""

from datetime import date, timedelta

import pytest

from dabiao.base.models import PublicRecord
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.standards import queries, tasks
from dabiao.standards.models import Edition, Making, Standard
from dabiao.standards.rules.five_years import Chasing
from dabiao.standards.services import makings, reviews, uses
from dabiao.standards.services.makings import Subject
from standards.desk import Desk
from standards.telling import acts, news, refused
from world import AT, DAY

DUE = date(2031, 3, 2)
DUE_AT = AT.replace(year=2031)


def chasing(day: date) -> list[Chasing]:
    return [each.clock.chasing for each in queries.due_for_review(day)]


@pytest.mark.obligation("U1-five-years")
def test_a_standard_five_years_in_force_is_listed_and_chased_until_reaffirmed(
    desk: Desk, edition: Edition
) -> None:
    assert chasing(DUE - timedelta(days=1)) == []
    assert chasing(DUE) == [Chasing.DUE]
    assert tasks.tick(DUE_AT) == 1
    assert (acts()[-1], news()[-1]) == ("standards.chase", "ReviewDue")
    assert chasing(DUE) == [Chasing.CHASED]
    assert tasks.tick(DUE_AT + timedelta(days=7)) == 0
    assert tasks.tick(DUE_AT + timedelta(days=32)) == 1
    standard = Standard.objects.get()
    reviews.reaffirm(
        standard=standard, conclusion="仍满足需要", version=standard.version, by=desk.actor, at=DUE_AT
    )
    assert chasing(DUE) == []
    assert chasing(date(2036, 3, 2)) == [Chasing.DUE]


@pytest.mark.obligation("U1-five-years")
def test_a_standard_to_be_revised_stays_listed_until_its_new_edition(desk: Desk, edition: Edition) -> None:
    standard = edition.standard
    making = reviews.revise(
        standard=standard,
        conclusion="未纳入分级监管",
        due=DUE + timedelta(days=200),
        by=desk.actor,
        at=DUE_AT,
    )
    assert [(each.clock.chasing, each.making) for each in queries.due_for_review(DUE)] == [
        (Chasing.REVISING, making)
    ]
    with refused(OutOfTurn, "已经在修订中"):
        reviews.revise(standard=standard, conclusion="再次", due=date(2032, 1, 1), by=desk.actor, at=DUE_AT)
    assert tasks.tick(DUE_AT) == 0
    desk.published(desk.draft(standard, label="2031版"), in_force=DUE)
    assert chasing(DUE) == []


@pytest.mark.obligation("U1-five-years")
def test_retiring_a_standard_withdraws_its_editions(desk: Desk, edition: Edition) -> None:
    standard = Standard.objects.get()
    reviews.retire(
        standard=standard,
        conclusion="行业已无企业",
        until=DUE,
        version=standard.version,
        by=desk.actor,
        at=DUE_AT,
    )
    assert chasing(DUE) == []
    row = Edition.objects.get()
    assert (row.state, row.until) == ("withdrawn", DUE)
    assert PublicRecord.objects.get(kind="standard").until == DUE
    assert news()[-1] == "EditionWithdrawn"


def test_a_review_is_decided_by_the_owner_with_a_conclusion(desk: Desk, edition: Edition) -> None:
    standard = Standard.objects.get()
    facts = {"standard": standard, "version": standard.version, "at": DUE_AT}
    with refused(Refused, "由该部门办理"):
        reviews.reaffirm(conclusion="有效", by=desk.world.actor("other_industry_city"), **facts)
    with refused(Invalid, "结论"):
        reviews.reaffirm(conclusion=" ", by=desk.actor, **facts)


def test_chasing_is_for_the_leading_bodies_and_for_what_is_due(desk: Desk, edition: Edition) -> None:
    bureau = desk.world.actor("bureau_city")
    with refused(OutOfTurn, "才满五年"):
        reviews.chase(standard=edition.standard, by=bureau, at=AT)
    with refused(Refused, "催办由"):
        reviews.chase(standard=edition.standard, by=desk.actor, at=DUE_AT)
    reviews.chase(standard=edition.standard, by=bureau, at=DUE_AT)
    assert chasing(DUE) == [Chasing.CHASED]


def opened(desk: Desk, subject: Subject, who: str = "industry_city") -> Making:
    return makings.open_making(
        title="制定通用设备评定标准",
        department=desk.owner,
        subject=subject,
        due=DAY + timedelta(days=300),
        by=desk.world.actor(who),
        at=AT,
    )


def test_a_duty_is_opened_progressed_and_finished_by_a_published_standard(desk: Desk) -> None:
    making = opened(desk, Subject(industry=desk.world.industry), "committee_city")
    assert news()[-1] == "MakingOpened"
    making = makings.progress(making=making, words="完成调研", due=None, version=1, by=desk.actor, at=AT)
    standard = desk.register()
    with refused(Invalid, "没有发布新版"):
        makings.finish(making=making, standard=standard, words="已完成", version=2, by=desk.actor, at=AT)
    desk.published(desk.draft(standard))
    makings.finish(making=making, standard=standard, words="已发布", version=2, by=desk.actor, at=AT)
    row = Making.objects.get()
    assert (row.state, row.standard, row.version) == ("finished", standard, 3)
    assert row.progress.splitlines()[0].endswith("已发布")
    with refused(OutOfTurn):
        makings.drop(making=row, reason="不再需要", version=3, by=desk.actor, at=AT)


def test_one_running_duty_a_subject_and_dropping_it_opens_the_gap_again(desk: Desk) -> None:
    making = opened(desk, Subject(area="cold_store"))
    with refused(OutOfTurn, "已经有一项"):
        opened(desk, Subject(area="cold_store"))
    with refused(Refused, "由该部门办理"):
        makings.drop(
            making=making, reason="并入", version=1, by=desk.world.actor("other_industry_city"), at=AT
        )
    makings.drop(making=making, reason="并入国家标准", version=1, by=desk.actor, at=AT)
    assert opened(desk, Subject(area="cold_store"))


def test_a_duty_needs_a_subject_and_an_entitled_opener(desk: Desk) -> None:
    with refused(Invalid, "对应的行业"):
        opened(desk, Subject())
    with refused(Refused, "立项"):
        opened(desk, Subject(area="cold_store"), "other_industry_city")


def test_an_industry_is_mapped_by_its_department_or_the_owner_with_a_reason_if_lent(
    desk: Desk, edition: Edition
) -> None:
    assert desk.world.industry is not None
    facts = {"industry": desk.world.industry, "standard": edition.standard, "since": DAY, "at": AT}
    with refused(Invalid, "相近在哪里"):
        uses.map_industry(nearest=True, reason="", by=desk.actor, **facts)
    with refused(Refused, "由该行业主管部门"):
        uses.map_industry(nearest=False, reason="", by=desk.world.actor("other_industry_city"), **facts)
    use = uses.map_industry(nearest=False, reason="", by=desk.actor, **facts)
    with refused(Invalid, "已经对应"):
        uses.map_industry(nearest=False, reason="", by=desk.actor, **facts)
    uses.end_mapping(use=use, until=DAY + timedelta(days=1), by=desk.actor, at=AT)
    assert acts()[-2:] == ["standards.map", "standards.unmap"]
