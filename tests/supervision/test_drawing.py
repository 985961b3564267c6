"""The draw of those to be verified: list and digest first, words of two parties, parts and topping up."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from dabiao import draw
from dabiao.base.journal import replay
from dabiao.grading.models import Certificate
from dabiao.kernel.errors import Invalid, OutOfTurn, Refused
from dabiao.supervision.models import Verification, VerificationDraw
from dabiao.supervision.queries import lots
from dabiao.supervision.services import drawing
from reviews.revisiting import refused
from supervision.verifying import FROZEN, Verifying, more

TOPPED_UP = datetime(2027, 2, 1, 2, tzinfo=UTC)


@pytest.mark.obligation("Q8-share")
def test_anybody_repeats_it_from_what_was_kept(announced: Verifying) -> None:
    for number in range(1, 5):
        more(announced, number)
    row = announced.frozen()
    assert (row.announced, row.count, row.late) == (5, 2, False)  # 30 % of five, rounded up
    assert (row.digest, row.record) == (draw.freeze(row.keys).digest, None)
    announced.seeded(row)
    row.refresh_from_db()
    kept = draw.read(row.record)
    assert draw.differences(kept) == ()
    assert dict(kept.words) == {
        "示例市工业主管部门": "示例词industry_city",
        "示例东区应急管理局": "示例词bureau_district",
    }
    assert sorted(kept.order) == row.keys
    found = Verification.objects.order_by("id").select_related("certificate")
    assert tuple(each.certificate.number for each in found) == kept.chosen
    assert {each.state for each in found} == {"drawn"}
    assert [each["name"] for each in row.rules] == [
        "verification.share",
        "verification.draw",
        "verification.top_up",
    ]
    assert replay.compare().status.value == "ok"


@pytest.mark.obligation("Q8-share")
def test_it_is_topped_up_in_parts_and_nobody_is_drawn_twice(announced: Verifying) -> None:
    announced.drawn()
    refused(OutOfTurn, announced.frozen, "已经按比例抽足")
    for number in range(1, 5):
        more(announced, number)
    second = announced.frozen()
    assert (second.part, second.announced, second.before, second.count) == (2, 5, 1, 1)
    first = Verification.objects.get().certificate.number
    assert first not in second.keys
    announced.seeded(second)
    tally = lots.tally(announced.lot, FROZEN.date())
    assert (tally.announced, tally.drawn, tally.owed, tally.verified) == (5, 2, 0, 0)
    assert (tally.top_up, tally.deadline) == (date(2027, 1, 31), date(2027, 3, 31))


@pytest.mark.obligation("Q8-share")
def test_only_those_of_the_year_the_level_and_the_department_are_counted(announced: Verifying) -> None:
    more(announced, 1, issued=date(2027, 1, 4))
    assert lots.tally(announced.lot, FROZEN.date()).announced == 1
    assert lots.tally(replace(announced.lot, year=2027), FROZEN.date()).announced == 1
    for other in ({"level": "level_3"}, {"department": announced.stage.world.bodies["industry_east"]}):
        assert lots.tally(replace(announced.lot, **other), FROZEN.date()).announced == 0


@pytest.mark.obligation("Q8-share")
def test_a_unit_is_counted_once_and_one_revoked_meanwhile_stays(announced: Verifying) -> None:
    again = more(announced, 1)
    Certificate.objects.filter(pk=again.pk).update(unit=Certificate.objects.earliest("id").unit)
    assert lots.tally(announced.lot, FROZEN.date()).announced == 1
    more(announced, 2)
    Certificate.objects.update(ended_on=date(2026, 8, 1))
    assert lots.tally(announced.lot, FROZEN.date()).announced == 2


def test_after_the_last_day_it_is_drawn_still_and_marked_late(announced: Verifying) -> None:
    assert announced.frozen(at=TOPPED_UP).late


def test_one_part_is_drawn_at_a_time(announced: Verifying) -> None:
    row = announced.frozen()
    refused(OutOfTurn, announced.frozen, "上一批还没有抽取完成")
    row.pk, row.part = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        VerificationDraw.objects.bulk_create([row])


def test_the_database_keeps_a_unit_from_being_drawn_twice_a_year(owed: Verifying) -> None:
    row = Verification.objects.get()
    row.pk, row.number, row.certificate = None, "HC202600009", more(owed, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verification.objects.bulk_create([row])


@pytest.mark.obligation("Q8-share")
@pytest.mark.parametrize(
    "who", ["other_industry_city", "industry_district", "organizer", "bureau_city", "officer"]
)
def test_only_the_department_that_announced_freezes(announced: Verifying, who: str) -> None:
    refused(Refused, lambda: announced.frozen(who=who), "由公告这些企业的主管部门抽取")


@pytest.mark.obligation("Q8-share")
def test_a_word_is_given_once_by_each_of_two_parties_never_by_who_is_judged(announced: Verifying) -> None:
    row = announced.frozen()

    def seed(who: str, word: str = "词") -> object:
        return drawing.seed(row=row, word=word, by=announced.actor(who), at=FROZEN)

    for who in ("organizer_lead", "review_admin", "officer", "other_industry_district"):
        refused(Refused, lambda who=who: seed(who), "给出随机词")
    refused(Invalid, lambda: seed("industry_city", "  "), "请填写随机词")
    seed("industry_city")
    refused(Invalid, lambda: seed("second_city"), "已经给出随机词")
    assert not Verification.objects.exists()
    seed("industry_district")
    assert Verification.objects.count() == 1
    refused(OutOfTurn, lambda: seed("bureau_city"), "已经抽取完成")
