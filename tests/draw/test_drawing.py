"""A draw follows from the list and the words alone, and anybody can repeat it."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabiao import draw

KEYS = st.lists(st.text("abcd0123456789", min_size=1, max_size=6), min_size=1, max_size=12, unique=True)
WORD = st.text("示例甲乙丙xyz789", min_size=1, max_size=8)
WORDS = st.fixed_dictionaries({"评审单位": WORD, "评审组织单位": WORD})


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@given(KEYS, WORDS, st.integers(0, 12))
def test_the_published_recipe_gives_the_same_order(
    keys: list[str], words: dict[str, str], count: int
) -> None:
    drawn = draw.draw(draw.freeze(keys), words, count)
    listed = sha256("\n".join(sorted(keys)))
    seed = sha256("\n".join([listed, *sorted(f"{party}={word}" for party, word in words.items())]))
    assert list(drawn.order) == sorted(keys, key=lambda key: sha256(f"{seed}\n{key}"))
    assert sorted(drawn.order) == sorted(keys)
    assert drawn.chosen == drawn.order[:count]


@given(KEYS, WORDS)
def test_a_stored_record_is_read_back_and_true(keys: list[str], words: dict[str, str]) -> None:
    drawn = draw.draw(draw.freeze(reversed(keys)), words, 1)
    assert draw.read(drawn.plain()) == drawn
    assert draw.differences(drawn) == ()


def test_whoever_alters_a_record_is_found() -> None:
    drawn = draw.draw(draw.freeze("abcdefgh"), {"甲": "1", "乙": "2"}, 2)
    turned = replace(drawn, order=drawn.order[::-1])
    fewer = replace(drawn, frozen=draw.Frozen(drawn.frozen.keys[1:], drawn.frozen.digest))
    assert draw.differences(turned) == ("次序与种子不符",)
    assert "名单与摘要不符" in draw.differences(fewer)


def test_every_party_alone_moves_the_outcome() -> None:
    frozen = draw.freeze(map(str, range(50)))
    orders = {draw.draw(frozen, {"甲": a, "乙": b}, 1).order for a in "12" for b in "12"}
    assert len(orders) == 4


@pytest.mark.parametrize("words", [{}, {"甲": "1"}, {"甲": "1", "乙": " "}, {"甲": "1\n", "乙": "2"}])
def test_one_party_alone_draws_nothing(words: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="随机词"):
        draw.draw(draw.freeze("ab"), words, 1)


@pytest.mark.parametrize("keys", [["a", "a"], [""], ["a\nb"]])
def test_a_list_that_could_be_read_two_ways_is_refused(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="名单"):
        draw.freeze(keys)
