"""The places of a person in teams, and who still sees the reviews they belong to."""

from dataclasses import replace

import pytest

from dabiao.base import statements
from dabiao.kernel.actor import Actor, Post
from dabiao.kernel.roles import CITY_ROLES
from dabiao.reviews.queries import places
from dabiao.reviews.states.reviews import ReviewState
from reviews.placing import began, placed
from world import World

pytestmark = pytest.mark.django_db


def test_a_place_is_had_by_who_still_sees_the_review(world: World) -> None:
    held = began(placed(world))
    leader, city = held.actor("reviewer"), (Post(next(iter(CITY_ROLES))),)
    moved = replace(leader, posts=tuple(replace(each, body=0) for each in leader.posts))

    def found(actor: Actor, key: int | None, *states: ReviewState) -> list[tuple[str, int, str]]:
        rows = places.accepted(actor, key, states)
        return [(row.place, row.plan.review_id, row.plan.sheet.rulebook.digest[:7]) for row in rows]

    leads = [("leader", held.key, "sha256:")]
    for key in (held.key, None):
        assert found(leader, key, ReviewState.REVIEWING) == leads
        assert found(moved, key, ReviewState.REVIEWING) == []
        assert found(replace(leader, posts=city), key, ReviewState.REVIEWING) == leads
    assert found(leader, None, ReviewState.PLANNED) == []
    assert found(leader, statements.LAST_KEY + 1) == []
