"""What audits ask of the creation work, as plain facts on a day."""

from datetime import date

from creation.test_self_assessment import handed_in
from dabiao.creation.queries import facts
from dabiao.sheets.models import Sheet
from editions import published
from world import DAY, World

AFTER = date(2026, 3, 17)


def test_before_anything_is_done_nothing_is_claimed(world: World) -> None:
    unit = world.units["unit"].pk
    assert not facts.group(unit, DAY).formed
    assert not facts.assessors(unit, DAY).members
    assert not facts.commitment(unit, DAY).in_force
    assert not facts.self_assessment(unit, DAY).handed_in
    assert facts.hazard(unit, DAY) == facts.HazardFacts()


def test_a_report_handed_in_is_a_fact_from_its_day_on(world: World) -> None:
    published(world)
    report, unit = handed_in(world), world.units["unit"].pk
    found = facts.self_assessment(unit, AFTER)
    assert (found.number, found.handed_in_on, found.level) == (report.number, AFTER, "level_2")
    assert found.score == Sheet.objects.get(pk=report.sheet_id).result["score"]
    assert not facts.self_assessment(unit, date(2026, 3, 16)).handed_in
    assert facts.hazard(unit, AFTER) == facts.HazardFacts(screened_on=AFTER, open=1, open_major=0)
