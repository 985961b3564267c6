"""What snapshots lay down is what their makers made, and nothing passes from one test to the next."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction

import editions
import snapshots
from dabiao.base.journal import replay
from dabiao.base.journal.findings import Status
from dabiao.organisations.models import Unit
from dabiao.standards.models import Edition
from world import World, build

Content = dict[str, snapshots.Rows]


@contextmanager
def a_test() -> Iterator[None]:
    """What a test is to the database: a transaction, rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def content() -> Content:
    return {each._meta.db_table: rows for each in snapshots._tables() if (rows := snapshots._rows(each))}


def furnished() -> tuple[World, Edition]:
    """Frozen rows too: nobody can add items to a published edition."""
    world = snapshots.laid(build)
    return world, snapshots.laid(editions.published, world)


def test_what_is_laid_is_what_was_made(db: None) -> None:
    bare = content()
    found: list[Content] = []
    for _ in range(3):
        with a_test():
            world, edition = furnished()
            assert Edition.objects.get() == edition
            assert world.actor("officer").units == (world.units["unit"].pk,)
            assert replay.compare().status == Status.OK
            found.append(content())
        assert content() == bare
    made, *laid = found
    assert len(made["standards_edition_item"]) == 6
    assert laid == [made, made]


def test_what_one_test_does_to_the_world_the_next_does_not_find(db: None) -> None:
    with a_test():
        mine = snapshots.laid(build)
        made = content()
        mine.units["unit"].name = "示例改名厂"
        mine.units.pop("other_unit")
        Unit.objects.update(name="示例改名厂")
        assert content() != made
    with a_test():
        theirs = snapshots.laid(build)
        assert theirs.units["unit"].name == "示例精密机械有限公司"
        assert "other_unit" in theirs.units
        assert content() == made


def test_new_rows_get_keys_of_their_own(db: None) -> None:
    world = snapshots.laid(build)
    theirs = {body.pk for body in world.bodies.values()}
    industry = world.industry
    again = type(industry).objects.create(code="35", name="专用设备制造业")
    assert again.pk not in {industry.pk, industry.parent_id}
    assert len(theirs) == len(world.bodies)


def test_a_maker_that_changes_what_was_there_is_refused(db: None) -> None:
    snapshots.laid(build)

    def renaming() -> None:
        Unit.objects.update(name="示例改名厂")

    with pytest.raises(AssertionError, match="organisations_unit: rows were changed"):
        snapshots.laid(renaming)
