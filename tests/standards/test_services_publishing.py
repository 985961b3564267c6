"""Publishing freezes for good: no service and no SQL changes what a published edition says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from dabiao.base.models import PublicRecord
from dabiao.kernel.errors import Absent, Invalid, OutOfTurn, Refused
from dabiao.standards import queries
from dabiao.standards.models import Edition
from dabiao.standards.rules.arranging import Part
from dabiao.standards.rules.book import Rule
from dabiao.standards.rules.rulebook import book_digest
from dabiao.standards.services import arranging, corrections, drafts, publishing, rulebooks
from dabiao.standards.services.rows import read_item
from standards.desk import BOOK, SCHEME, Desk, item
from standards.telling import acts, news, refused
from world import AT, DAY


def test_publishing_freezes_announces_and_tells_the_public(desk: Desk) -> None:
    edition = desk.published(desk.ready(desk.imported()))
    assert (edition.state, edition.in_force, edition.published_at) == ("published", DAY, AT)
    assert edition.digest == book_digest(queries.book(edition))
    assert acts()[-1] == "standards.publish"
    assert news()[-1] == "EditionPublished"
    record = PublicRecord.objects.get(kind="standard", number=edition.public_id)
    assert (record.payload["items"], record.payload["points"], record.since) == (3, 10_000, DAY)
    assert edition.standard.in_force == DAY


def test_nothing_unconfirmed_is_published(desk: Desk) -> None:
    edition = desk.imported()
    with refused(Invalid, "还不能发布，有2处"):
        desk.published(edition)


def test_a_book_with_errors_is_not_published(desk: Desk) -> None:
    edition = desk.draft(book=replace(BOOK, items=(*BOOK.items, item("2.2", "2", 4000))))
    with refused(Invalid, "条目合计 8 分"):
        desk.published(edition)


def test_only_the_owner_publishes_and_a_draft_is_unseen_by_others(desk: Desk) -> None:
    edition = desk.draft()
    for who in ("other_industry_city", "bureau_city", "officer"):
        with refused(Absent):
            publishing.publish(edition=edition, in_force=DAY, by=desk.world.actor(who), at=AT)


def test_a_new_edition_ends_the_one_before_on_its_first_day(desk: Desk, edition: Edition) -> None:
    later = DAY + timedelta(days=30)
    newer = desk.published(desk.draft(edition.standard, label="2027版"), in_force=later)
    assert Edition.objects.get(pk=edition.pk).until == later
    assert queries.on_day(edition.standard_id, DAY) == edition
    assert queries.on_day(edition.standard_id, later) == newer
    assert newer.standard.reviewed == later
    assert PublicRecord.objects.get(number=edition.public_id).until == later


def test_an_edition_cannot_slip_in_before_a_published_one(desk: Desk, edition: Edition) -> None:
    draft = desk.draft(edition.standard, label="2025版")
    with refused(Invalid, "应晚于这一天"):
        desk.published(draft, in_force=DAY)


def test_withdrawing_needs_a_reason_and_ends_the_public_record(desk: Desk, edition: Edition) -> None:
    until = DAY + timedelta(days=10)
    with refused(Invalid, "理由"):
        publishing.withdraw(edition=edition, until=until, reason="", by=desk.actor, at=AT)
    publishing.withdraw(edition=edition, until=until, reason="被新标准替代", by=desk.actor, at=AT)
    assert Edition.objects.get(pk=edition.pk).state == "withdrawn"
    assert PublicRecord.objects.get(number=edition.public_id).until == until
    assert news()[-1] == "EditionWithdrawn"
    with refused(OutOfTurn):
        publishing.withdraw(edition=edition, until=until, reason="再次", by=desk.actor, at=AT)


def test_another_department_withdraws_nothing(desk: Desk, edition: Edition) -> None:
    by = desk.world.actor("other_industry_city")
    with refused(Refused, "由该部门办理"):
        publishing.withdraw(edition=edition, until=DAY, reason="误操作", by=by, at=AT)


Try = Callable[[Desk, Edition], object]
TRIES: dict[str, Try] = {
    "correct_item": lambda desk, edition: corrections.correct_item(
        item=edition.items.get(key="1.1"),
        content=read_item(edition.items.get(key="1.1").content),
        version=1,
        by=desk.actor,
        at=AT,
    ),
    "add_item": lambda desk, edition: arranging.add_item(
        edition=edition, content=item("2.9", "2", 0), by=desk.actor, at=AT
    ),
    "drop_item": lambda desk, edition: arranging.drop_item(
        item=edition.items.get(key="1.1"), reason="不需要", by=desk.actor, at=AT
    ),
    "restore_item": lambda desk, edition: arranging.restore_item(
        edition=edition, key="1.1", by=desk.actor, at=AT
    ),
    "move_item": lambda desk, edition: arranging.move_item(
        item=edition.items.get(key="1.1"), element="2", behind="", version=1, by=desk.actor, at=AT
    ),
    "merge_items": lambda desk, edition: arranging.merge_items(
        item=edition.items.get(key="1.1"), into="1.2", points=1, by=desk.actor, at=AT
    ),
    "split_item": lambda desk, edition: arranging.split_item(
        item=edition.items.get(key="1.1"),
        stays=Part("甲", 1),
        goes=Part("乙", 1),
        version=1,
        by=desk.actor,
        at=AT,
    ),
    "add_element": lambda desk, edition: arranging.add_element(
        edition=edition, element=BOOK.elements[0], by=desk.actor, at=AT
    ),
    "drop_element": lambda desk, edition: arranging.drop_element(
        edition=edition, element="1", by=desk.actor, at=AT
    ),
    "correct_element": lambda desk, edition: corrections.correct_element(
        edition=edition, element=BOOK.elements[0], by=desk.actor, at=AT
    ),
    "settle_phrase": lambda desk, edition: corrections.settle_phrase(
        edition=edition, phrase="1", rule=None, by=desk.actor, at=AT
    ),
    "settle_sum": lambda desk, edition: corrections.settle_sum(
        edition=edition, place=0, reason="原表有误", by=desk.actor, at=AT
    ),
    "set_scheme": lambda desk, edition: corrections.set_scheme(
        edition=edition, scheme=SCHEME, by=desk.actor, at=AT
    ),
    "publish": lambda desk, edition: desk.published(edition),
    "discard": lambda desk, edition: drafts.discard(edition=edition, by=desk.actor, at=AT),
}


@pytest.mark.parametrize("name", sorted(TRIES))
def test_no_service_changes_a_published_edition(desk: Desk, name: str) -> None:
    edition = desk.published(desk.ready(desk.imported()))
    with refused(OutOfTurn, "不能修改"):
        TRIES[name](desk, edition)


def test_every_service_of_a_draft_is_tried() -> None:
    names = {name for module in (corrections, arranging, drafts) for name in vars(module) if name in TRIES}
    assert names == set(TRIES) - {"publish"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE standards_edition SET label = 'x' WHERE id = %s",
        "UPDATE standards_edition SET state = 'draft' WHERE id = %s",
        "UPDATE standards_edition SET frame = '{}' WHERE id = %s",
        "UPDATE standards_edition_item SET requirement = 'x' WHERE edition_id = %s",
        "INSERT INTO standards_edition_item (edition_id, place, key, number, requirement, mandatory, veto,"
        " areas, words, content, version) VALUES (%s, 9, '9', '', '', false, '', '[]', '', '{}', 1)",
    ],
)
def test_the_database_refuses_to_change_a_published_edition(edition: Edition, statement: str) -> None:
    with pytest.raises(DatabaseError, match="不能修改"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [edition.pk])


def test_the_database_refuses_to_change_a_rulebook(desk: Desk, edition: Edition) -> None:
    row = rulebooks.open(edition=edition, day=DAY, areas=(), level="level_2", by=desk.actor, at=AT)
    with pytest.raises(DatabaseError, match="不能修改"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE standards_rulebook SET day = %s WHERE id = %s", [date(2020, 1, 1), row.pk])


def test_a_rule_keeps_its_printed_text_whatever_is_posted(desk: Desk) -> None:
    edition = desk.imported()
    rule = replace(Rule("1", "别的话", BOOK.items[0].rules[0].effect), key="7")
    corrections.settle_phrase(edition=edition, phrase="1", rule=rule, by=desk.actor, at=AT)
    assert queries.book(Edition.objects.get(pk=edition.pk)).items[1].rules[1].text == "酌情扣分"
