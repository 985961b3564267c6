"""The digest cases that device and server share, made by neither of them."""

import hashlib
import json
from pathlib import Path

import pytest

from dabiao.kernel.digests import canonical, digest
from dabiao.sheets.rules import digests, values
from dabiao.sheets.rules.digests import Part, Picture, Record
from dabiao.standards.rules.book import Element, Item
from dabiao.standards.rules.rulebook import Veto
from sheets.rules.inventing import rulebook

CASES = Path(__file__).resolve().parents[2] / "cases" / "digests"


def cases(name):
    return [pytest.param(each, id=each["name"]) for each in json.loads((CASES / f"{name}.json").read_text())]


@pytest.mark.parametrize("case", cases("canonical"))
def test_canonical_text(case):
    assert canonical(case["value"]).decode() == case["text"]
    assert digest(canonical(case["value"])) == case["sha256"]


@pytest.mark.parametrize("case", cases("answers"))
def test_an_answer(case):
    answer = values.answer(case["answer"])
    assert digests.whole(answer) == case["answer"]
    assert digests.stored(answer) == case["digest"]


@pytest.mark.parametrize("case", cases("elements"))
def test_an_element(case):
    key, lines = case["key"], case["lines"]
    records = {line: record(plain) for line, plain in lines if plain and "answer" in plain}
    parts = digests.elements(book(key, lines), records)
    assert next(each.digest for each in parts if each.key == key) == case["digest"]


@pytest.mark.parametrize("case", cases("roots"))
def test_a_root_and_what_is_signed(case):
    parts = tuple(Part(**each) for each in case["covered"])
    assert digests.root(parts) == case["root"]
    assert digest(digests.statement(case["root"], parts)) == case["signed"]


def test_the_smallest_case_by_hand():
    """Nothing but bytes and SHA-256."""
    part = hashlib.sha256(b'dabiao/sheet/part\x00["element","1",[["1.1",null]]]').hexdigest()
    leaf = hashlib.sha256(b'dabiao/sheet/leaf\x00["element","1","sha256:%s"]' % part.encode()).hexdigest()
    (made,) = (each for each in digests.elements(book("1", [["1.1", None]]), {}) if each.key == "1")
    assert made.digest == f"sha256:{part}"
    assert digests.root([made]) == f"sha256:{leaf}"


def record(plain):
    return Record(
        values.answer(plain["answer"]),
        tuple(Picture(each["digest"], each["words"]) for each in plain["pictures"]),
        plain["by"],
        plain["done_at"],
    )


def book(key, lines):
    """One outermost element (or the free conditions) with these lines, preset ones in another area."""
    if not key:
        return rulebook(vetoes=tuple(Veto(line, line, "", "") for line, _ in lines))
    preset = {line for line, plain in lines if plain and "preset" in plain}
    made = [
        Item(line, key, line, "", "", 1000, areas=("dust",) if line in preset else ()) for line, _ in lines
    ]
    return rulebook(*made, elements=(Element(key, key),), areas=())
