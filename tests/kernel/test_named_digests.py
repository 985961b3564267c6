"""Canonical bytes and digests that name their algorithm."""

import pytest

from dabiao.kernel.digests import algorithm_of, canonical, digest

ABC = {
    "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sm3": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",  # GB/T 32905, example 1
}


@pytest.mark.parametrize("algorithm", ABC)
def test_digests_are_the_published_ones_and_say_how_they_were_made(algorithm):
    named = digest(b"abc", algorithm)
    assert named == f"{algorithm}:{ABC[algorithm]}"
    assert algorithm_of(named) == algorithm


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "", "SHA256"])
def test_no_other_algorithm_slips_in(algorithm):
    with pytest.raises(ValueError, match="摘要"):
        digest(b"abc", algorithm)
    with pytest.raises(ValueError, match="摘要"):
        algorithm_of(f"{algorithm}:00")


def test_canonical_bytes_do_not_depend_on_the_order_of_keys():
    assert canonical({"b": 1, "a": ["项", None]}) == canonical({"a": ["项", None], "b": 1})
    assert canonical({"b": 1, "a": "项"}) == '{"a":"项","b":1}'.encode()
