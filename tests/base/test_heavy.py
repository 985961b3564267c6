"""What is put off while many rows are written is put off no longer afterwards."""

import pytest
from django.db import connection

from dabiao.base.journal import loading
from dabiao.base.journal.heavy import heavy
from dabiao.organisations.models import Jurisdiction
from world import World

pytestmark = pytest.mark.django_db


def set_to() -> list[str]:
    """How often SQLite copies its log, how much PostgreSQL collects for a word index."""
    asked = {
        "sqlite": ("PRAGMA wal_autocheckpoint",),
        "postgresql": ("SHOW gin_pending_list_limit", "SHOW work_mem"),
    }
    with connection.cursor() as cursor:
        return [str(cursor.execute(each).fetchone()[0]) for each in asked[connection.vendor]]


def test_the_database_is_set_back_also_after_an_error() -> None:
    before = set_to()
    during: list[str] = []
    with pytest.raises(RuntimeError):
        _fail(during)
    assert during != before
    assert set_to() == before


def _fail(during: list[str]) -> None:
    with heavy():
        during += set_to()
        raise RuntimeError


@pytest.mark.parametrize("extra", [[], [10**12]])
def test_any_number_of_keys_is_asked_for_at_once(world: World, extra: list[int]) -> None:
    keys = [each.pk for each in world.jurisdictions.values()]
    found = Jurisdiction.objects.filter(pk__in=loading.among([*keys[:1], *extra]))
    assert list(found.values_list("pk", flat=True)) == keys[:1]
    assert not Jurisdiction.objects.filter(pk__in=loading.among([])).exists()
