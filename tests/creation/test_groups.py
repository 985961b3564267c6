"""The leading group: headed by the principal, changed by dates, meeting each half-year, its work recorded."""

from datetime import date

import pytest

from dabiao.base.files import store
from dabiao.base.models import JournalEntry
from dabiao.creation.models import Cycle, GroupMember, LeadingGroup, Meeting, Work
from dabiao.creation.models.groups import Place, WorkKind
from dabiao.creation.queries import facts
from dabiao.creation.queries import groups as queries
from dabiao.creation.rules.rosters import Person
from dabiao.creation.services import groups
from dabiao.creation.services.groups import Minutes
from dabiao.kernel.errors import Absent, DabiaoError, Invalid, OutOfTurn, Refused
from sheets import photographs
from world import AT, DAY, World

MEMBERS = (
    (Place.DEPUTY, Person("示例分管", "副总经理")),
    (Place.MEMBER, Person("示例部长", "部长", "设备部")),
)


def formed(world: World, head: Person | None = None, who: str = "officer") -> LeadingGroup:
    head = head or Person("示例principal", "总经理", account=world.accounts["principal"].pk)
    return groups.form(
        unit=world.units["unit"],
        document="安〔2026〕1号",
        formed_on=date(2026, 1, 1),
        joined=((Place.HEAD, head), *MEMBERS),
        by=world.actor(who),
        at=AT,
        taken=store.take_in([photographs.pdf()]),
    )


def minutes(day: date = DAY, subjects: str = "部署自评") -> Minutes:
    return Minutes(day, "示例负责人、示例分管", subjects, "四月底前完成")


@pytest.mark.obligation("U17-group")
def test_the_group_is_formed_by_a_document_and_headed_by_the_principal(world: World) -> None:
    group, unit = formed(world), world.units["unit"].pk
    assert [each.place for each in queries.members_on(group, DAY)] == ["head", "deputy", "member"]
    assert group.file is not None
    assert Cycle.objects.get() == group.cycle
    assert JournalEntry.objects.filter(act="creation.form_group@1").count() == 1
    found = facts.group(unit, DAY)
    assert (found.formed_on, found.head, found.headed_by_principal) == (
        date(2026, 1, 1),
        "示例principal",
        True,
    )
    assert not facts.group(unit, date(2025, 12, 31)).formed


def test_the_name_on_file_will_do_where_it_is_the_principals(world: World) -> None:
    assert formed(world, Person("示例负责人")).pk


@pytest.mark.obligation("U17-group")
def test_nobody_else_heads_it(world: World) -> None:
    with pytest.raises(
        Refused, match="组长应当由主要负责人（示例principal、示例负责人）担任，不能是“示例officer”"
    ) as caught:
        formed(world, Person("示例officer", account=world.accounts["officer"].pk))
    assert caught.value.clause == "uplift/17"
    assert not LeadingGroup.objects.exists()
    assert not Cycle.objects.exists()


@pytest.mark.parametrize("who", ["assessor", "stranger_officer", "organizer"])
def test_others_form_none(world: World, who: str) -> None:
    with pytest.raises(Refused):
        formed(world, who=who)
    assert not GroupMember.objects.exists()


def test_a_unit_has_one_group(world: World) -> None:
    formed(world)
    with pytest.raises(OutOfTurn):
        formed(world)
    assert LeadingGroup.objects.count() == 1


def test_members_come_and_go_by_dates(world: World) -> None:
    group, by = formed(world), world.actor("officer")
    deputy = group.members.get(place=Place.DEPUTY)
    groups.leave(member=deputy, until=DAY, by=by, at=AT)
    groups.join(group=group, place=Place.DEPUTY, person=Person("示例新任"), since=DAY, by=by, at=AT)
    assert [each.name for each in queries.members_on(group, DAY)][1] == "示例新任"
    assert [each.name for each in queries.members_on(group, date(2026, 2, 1))][1] == "示例分管"
    with pytest.raises(OutOfTurn):
        groups.leave(member=deputy, until=DAY, by=by, at=AT)


def test_the_head_is_followed_never_missing(world: World) -> None:
    group, by = formed(world), world.actor("officer")
    head = group.members.get(place=Place.HEAD)
    with pytest.raises(OutOfTurn, match="组长不能空缺"):
        groups.leave(member=head, until=DAY, by=by, at=AT)
    with pytest.raises(Refused):
        groups.join(group=group, place=Place.HEAD, person=Person("示例外人"), since=DAY, by=by, at=AT)
    groups.join(group=group, place=Place.HEAD, person=Person("示例负责人"), since=DAY, by=by, at=AT)
    head.refresh_from_db()
    assert head.until == DAY
    assert queries.members_on(group, DAY)[0].name == "示例负责人"


@pytest.mark.obligation("U17-group")
def test_a_half_year_without_a_meeting_is_overdue_until_minutes_are_kept(world: World) -> None:
    group, by, unit = formed(world), world.actor("officer"), world.units["unit"].pk
    assert facts.group(unit, date(2026, 7, 1)).overdue == ("2026年上半年",)
    groups.record_meeting(
        group=group, minutes=minutes(), by=by, at=AT, taken=store.take_in([photographs.pdf()])
    )
    assert facts.group(unit, date(2026, 7, 1)).overdue == ()
    assert facts.group(unit, date(2027, 1, 1)).overdue == ("2026年下半年",)


@pytest.mark.parametrize(
    ("told", "error"),
    [
        (minutes(date(2026, 3, 3)), Invalid),  # tomorrow
        (minutes(date(2025, 12, 31)), Invalid),  # before there was a group
        (minutes(subjects=" "), Invalid),
    ],
)
def test_minutes_that_cannot_be_are_not_kept(world: World, told: Minutes, error: type[DabiaoError]) -> None:
    group = formed(world)
    with pytest.raises(error):
        groups.record_meeting(group=group, minutes=told, by=world.actor("officer"), at=AT)
    assert not Meeting.objects.exists()


@pytest.mark.obligation("U17-work")
@pytest.mark.parametrize("kind", WorkKind)
def test_what_was_organised_is_recorded(world: World, kind: WorkKind) -> None:
    told = {"kind": kind, "done_on": DAY, "people": 118, "words": "全员参加，考试合格"}
    row = groups.record_work(unit=world.units["unit"], **told, by=world.actor("officer"), at=AT)
    assert Cycle.objects.get() == row.cycle
    assert list(queries.works(world.units["unit"].pk)) == [row]


@pytest.mark.parametrize("wrong", [{"people": 0}, {"words": ""}, {"done_on": date(2026, 3, 3)}])
def test_work_half_told_is_not_recorded(world: World, wrong: dict[str, object]) -> None:
    told = {"kind": WorkKind.TRAINING, "done_on": DAY, "people": 118, "words": "全员参加", **wrong}
    with pytest.raises(Invalid):
        groups.record_work(unit=world.units["unit"], **told, by=world.actor("officer"), at=AT)
    assert not Work.objects.exists()


def test_members_are_seen_by_their_own_unit(world: World) -> None:
    member = formed(world).members.get(place=Place.DEPUTY)
    assert queries.visible_member(world.actor("assessor"), member.pk) == member
    with pytest.raises(Absent):
        queries.visible_member(world.actor("stranger_officer"), member.pk)


@pytest.mark.parametrize(
    ("who", "sees"),
    [("officer", True), ("bureau_city", True), ("stranger_officer", False), ("locality", True)],
)
def test_a_group_is_seen_in_its_territory(world: World, who: str, sees: bool) -> None:
    formed(world)
    assert LeadingGroup.objects.visible_to(world.actor(who)).exists() is sees
