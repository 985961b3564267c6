"""Facts are recorded with their source by those who may, corrected by later ones, lifted, never deleted."""

from dataclasses import replace
from datetime import date

import pytest

from dabiao.base.models import JournalEntry
from dabiao.kernel.errors import Absent, Invalid, OutOfTurn, Refused
from dabiao.standing import permissions, queries, services
from dabiao.standing.models import Fact
from dabiao.standing.rules.facts import Known, known
from dabiao.standing.rules.kinds import GROUPS, kinds
from dabiao.standing.services import Told
from world import AT, DAY, World

LISTED = Told("joint_punishment", DAY, "未履行安全生产主体责任", "示例通报", number="示例〔2026〕1号")
LICENCE = Told("licence", date(2026, 1, 5), "安全生产许可证", "示例发证机关", number="示例1")


def listed(world: World, who: str = "industry_district") -> Fact:
    return services.record(told=LISTED, unit=world.units["unit"], by=world.actor(who), at=AT)


@pytest.mark.parametrize(
    ("kind", "may"),
    [
        ("accident", {"bureau_city", "bureau_district", "enforcement"}),
        (
            "licence",
            {
                "officer",
                "bureau_city",
                "bureau_district",
                "industry_city",
                "other_industry_city",
                "industry_district",
            },
        ),
        (
            "campaign",
            {
                "bureau_city",
                "bureau_district",
                "industry_city",
                "other_industry_city",
                "industry_district",
                "enforcement",
            },
        ),
        (
            "hard_refusal",
            {
                "bureau_city",
                "bureau_district",
                "industry_city",
                "other_industry_city",
                "industry_district",
                "enforcement",
                "organizer_lead",
            },
        ),
    ],
)
def test_who_records_what_of_a_unit_in_the_east(world: World, kind: str, may: set[str]) -> None:
    unit = world.units["unit"]
    found = {who for who in world.accounts if permissions.may_record(world.actor(who), kinds()[kind], unit)}
    assert found == may


def test_a_fact_says_who_where_and_when(world: World) -> None:
    fact = listed(world)
    assert fact.jurisdiction == world.jurisdictions["east"]
    assert fact.locality == world.bodies["street_east"]
    assert fact.recorded_for == world.bodies["industry_east"]
    entry = JournalEntry.objects.latest("id")
    assert entry.act == permissions.RECORD.id
    assert entry.chain == f"organisations_unit:{fact.unit_id}"


def test_a_refusal_to_record_leaves_nothing(world: World) -> None:
    before = JournalEntry.objects.count()
    with pytest.raises(Refused, match="登记"):
        listed(world, "officer")
    with pytest.raises(Refused):
        listed(world, "other_industry_district")
    assert not Fact.objects.exists()
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"words": " "}, "words"),
        ({"source": ""}, "source"),
        ({"number": ""}, "number"),
        ({"since": date(2026, 3, 3)}, "since"),
        ({"until": DAY}, "until"),
        ({"kind": "nothing"}, "kind"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(world: World, wrong: dict[str, object], field: str) -> None:
    by = world.actor("industry_district")
    with pytest.raises(Invalid) as caught:
        services.record(told=replace(LISTED, **wrong), unit=world.units["unit"], by=by, at=AT)
    assert set(caught.value.fields) == {field}
    assert not Fact.objects.exists()


def test_an_accident_needs_its_numbers_and_has_no_end(world: World) -> None:
    told = Told("accident", DAY, "机械伤害", "示例事故快报", counts={"deaths": 0}, until=date(2026, 4, 1))
    with pytest.raises(Invalid) as caught:
        services.record(told=told, unit=world.units["unit"], by=world.actor("bureau_district"), at=AT)
    assert set(caught.value.fields) == {"serious_injuries", "loss_yuan", "until"}


def test_the_unit_records_its_licences_only_with_a_file(world: World) -> None:
    unit, by = world.units["unit"], world.actor("officer")
    with pytest.raises(Invalid) as caught:
        services.record(told=LICENCE, unit=unit, by=by, at=AT)
    assert set(caught.value.fields) == {"file"}
    services.record(told=LICENCE, unit=unit, by=world.actor("industry_district"), at=AT)
    assert Fact.objects.count() == 1, "a department's own word is its source"


def test_a_correction_takes_the_place_and_the_earlier_stays_to_be_read(world: World) -> None:
    fact, by = listed(world), world.actor("industry_district")
    told = replace(LISTED, number="示例〔2026〕2号")
    with pytest.raises(Invalid, match="更正理由"):
        services.correct(fact=fact, told=told, reason=" ", by=by, at=AT)
    later = services.correct(fact=fact, told=told, reason="文号有误", by=by, at=AT)
    assert [each.key for each in queries.facts(fact.unit_id, DAY)] == [later.pk]
    assert Fact.objects.get(pk=fact.pk).number == "示例〔2026〕1号"
    with pytest.raises(OutOfTurn, match="已经更正"):
        services.correct(fact=fact, told=told, reason="再改", by=by, at=AT)


@pytest.mark.parametrize("who", ["officer", "industry_city", "bureau_district", "other_industry_district"])
def test_only_whoever_recorded_it_corrects_and_lifts(world: World, who: str) -> None:
    fact, by = listed(world), world.actor(who)
    with pytest.raises(Refused):
        services.correct(fact=fact, told=LISTED, reason="有误", by=by, at=AT)
    with pytest.raises(Refused):
        services.lift(fact=fact, until=date(2026, 3, 9), reason="移出", version=1, by=by, at=AT)


def test_lifted_it_holds_to_the_day_before(world: World) -> None:
    fact, by = listed(world), world.actor("industry_district")
    services.lift(fact=fact, until=date(2026, 3, 9), reason="移出名单通知", version=1, by=by, at=AT)
    (found,) = queries.facts(fact.unit_id, date(2026, 3, 20))
    assert found.held(date(2026, 3, 8))
    assert not found.held(date(2026, 3, 9))
    assert found.last == date(2026, 3, 8)
    with pytest.raises(OutOfTurn):
        services.lift(fact=fact, until=date(2026, 3, 10), reason="再写", version=2, by=by, at=AT)


def test_what_happened_on_a_day_has_no_end(world: World) -> None:
    told = Told(
        "accident", DAY, "机械伤害", "示例快报", counts={"deaths": 0, "serious_injuries": 1, "loss_yuan": 0}
    )
    by = world.actor("enforcement")
    fact = services.record(told=told, unit=world.units["unit"], by=by, at=AT)
    with pytest.raises(Refused, match="没有终止日期"):
        services.lift(fact=fact, until=date(2026, 3, 9), reason="x", version=1, by=by, at=AT)


@pytest.mark.obligation("U8-locality-view")
@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("officer", True),
        ("assessor", True),
        ("stranger_officer", False),
        ("locality", True),
        ("other_locality", False),
        ("industry_district", True),
        ("bureau_district", True),
        ("other_industry_district", False),
        ("bureau_city", True),
        ("organizer", True),
        ("enforcement", False),
        ("reviewer", False),
        ("system_admin", False),
    ],
)
def test_who_sees_it(world: World, who: str, *, sees: bool) -> None:
    fact = listed(world)
    if sees:
        assert queries.visible(world.actor(who), fact.pk) == fact
    else:
        with pytest.raises(Absent):
            queries.visible(world.actor(who), fact.pk)


def test_enforcement_names_the_unit_before_it_and_finds_no_other(world: World) -> None:
    by, unit = world.actor("enforcement"), world.units["unit"]
    assert queries.recordable(by, unit.uscc or "") == unit
    assert queries.recordable(by, unit.name) == unit
    assert queries.recordable(by, unit.name[:4]) is None
    assert queries.recordable(by, world.units["other_unit"].name) is None


def test_facts_about_bodies_and_people_have_their_own_chain(world: World) -> None:
    told = Told("body_circular", DAY, "评审走过场", "示例通报", number="示例1")
    by = world.actor("organizer_lead")
    fact = services.record(told=told, body=world.bodies["review_unit"], by=by, at=AT)
    assert JournalEntry.objects.latest("id").chain == f"organisations_body:{fact.body_id}"
    assert queries.visible(by, fact.pk) == fact
    with pytest.raises(Absent):
        queries.visible(world.actor("industry_district"), fact.pk)


def test_a_known_fact_is_read_back_as_it_was_kept() -> None:
    fact = Known("licence", date(2026, 1, 1), date(2027, 1, 1), "", "1", "许可证", "机关", {"held": 2}, 7)
    assert known(fact.plain()) == fact


def test_every_kind_has_its_group_and_somebody_who_records_it() -> None:
    for kind in kinds().values():
        assert kind.group in GROUPS
        assert kind.who
        assert kind.ends in {"no", "may", "must"}
    assert set(kinds()["campaign"].which) == {
        "dust_explosion",
        "hazardous_chemical_use",
        "confined_space",
        "electricity",
        "fire",
    }
