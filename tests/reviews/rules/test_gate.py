"""The gate of the initial visit is worked out: anything that stands holds it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabiao.reviews.rules.gate import Facts, gate

WORDS = st.lists(st.sampled_from("甲乙丙"), max_size=2).map(tuple)
FACTS = st.builds(Facts, WORDS, WORDS, WORDS, WORDS)


@pytest.mark.obligation("U10-initial-visit")
@given(FACTS)
def test_it_is_clear_exactly_where_nothing_stands(facts: Facts) -> None:
    found = gate(facts, "house/hard-refusals")
    standing = (*facts.vetoes, *facts.refusals, *facts.serious, *facts.open_major)
    assert (found.outcome == "clear") is (not standing)
    assert len(found.reasons) == len(standing)
    assert all(each.clause in {"uplift/10", "house/hard-refusals"} for each in found.reasons)
