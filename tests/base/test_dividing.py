"""Verified by several processes, the journal is what it is: whatever helpers say or fail to say."""

import json
from pathlib import Path
from typing import Any

import pytest

from base.conftest import installed

SCRIPT = str(Path(__file__).with_name("dividing.py"))
ENTRIES, HELPERS = 24, 2  # after two more that a writer adds: 26


@pytest.fixture(scope="module")
def found(vendor: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("divided") / "data"
    with installed(vendor, template, folder, "divided") as place:
        scenes: dict[str, Any] = json.loads(place.run(SCRIPT).stdout.splitlines()[-1])
    return scenes


def test_a_sound_journal_is_not_walked(found: dict[str, Any]) -> None:
    assert found["sound"] == ["ok", ENTRIES, [], False, HELPERS]


def test_a_writer_meanwhile_is_not_seen_and_no_false_alarm(found: dict[str, Any], vendor: str) -> None:
    """With the net cut a helper on SQLite sees more than we do; PostgreSQL lends our own view."""
    assert found["writer"] == ["ok", ENTRIES, [], False, HELPERS]
    unseen = ENTRIES + 1 + (1 if vendor == "sqlite" else 0)
    assert found["writer unseen"] == ["ok", unseen, [], False, HELPERS]


@pytest.mark.parametrize("how", ["died", "silent", "nonsense", "hung"])
def test_what_a_helper_fails_to_say_is_looked_at_row_by_row(found: dict[str, Any], how: str) -> None:
    assert found[how] == ["ok", ENTRIES + 2, [], True, HELPERS]


def test_a_share_of_which_a_helper_has_another_view_is_looked_at_by_us(
    found: dict[str, Any], vendor: str
) -> None:
    assert found["another view"] == ["ok", ENTRIES + 2, [], False, HELPERS]


@pytest.mark.parametrize("number", range(2 * HELPERS + 2))
def test_a_change_in_any_share_and_beside_its_borders_is_found(found: dict[str, Any], number: int) -> None:
    key, *told = found[f"body {number}"]
    assert told == ["broken", ENTRIES + 2, [key], True, HELPERS]


def test_a_forged_entry_before_a_border_shows_by_the_entry_that_follows_it(found: dict[str, Any]) -> None:
    status, _, named, walked, _ = found["border"]
    assert (status, len(named), walked) == ("broken", 2, True)


def test_with_shares_not_joined_the_broken_link_over_a_border_is_missed(found: dict[str, Any]) -> None:
    """Only the position of the forged entry, whose head is over its old digest, is left to show it."""
    (forged, _), (left,) = found["border"][2], found["border cut"][2]
    assert (left, found["border cut"][3]) == (forged, False)
