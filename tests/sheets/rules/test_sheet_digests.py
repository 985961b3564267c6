"""What signatures stand on: any change is found and named, one part is provable alone."""

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabiao.kernel.digests import digest
from dabiao.sheets.rules import digests
from dabiao.sheets.rules.digests import Part, Picture, Record, Step
from dabiao.standards.rules.book import Element
from dabiao.standards.rules.rulebook import Veto
from sheets.rules.inventing import CONFORMS, QUICK, deducted, item, rule, rulebook

BOOK = rulebook(
    item("1", "10", rule()),
    item("2"),
    item("3", element="b"),
    item("4", element="c", areas=("dust",)),
    vetoes=(Veto("f", "列入名单", "", "uplift/2"),),
    areas=(),
)
HEAD = {"rulebook": "sha256:00", "occasion": "self_assessment", "score": "97.5"}
RECORDS = {
    "1": Record(
        deducted(("1", 2)), (Picture("sha256:aa", place="东门"), Picture("sha256:bb")), "张三", "t1", "t2"
    ),
    "2": Record(CONFORMS, by="李四"),
    "3": Record(CONFORMS, by="李四"),
    "f": Record(CONFORMS, by="张三"),
}
PARTS = digests.covered(BOOK, HEAD, RECORDS)
ROOT = digests.root(PARTS)
BEFORE = "sha256:3fd902253721b2f6424f32f21539c10c3a64986d080934d4d30eb5b6db8be1cd"  # reckoned by the old code


def names(parts):
    return {(each.kind, each.key) for each in parts}


def test_the_list_names_the_head_and_every_outermost_element():
    listed = [(each.kind, each.key) for each in PARTS]
    elements = [("element", "a"), ("element", "b"), ("element", "c"), ("element", "")]
    assert listed == [("head", ""), *elements, ("received", "")]
    assert digests.read_parts([asdict(each) for each in PARTS]) == PARTS


def test_an_untouched_sheet_is_intact():
    assert digests.changed(ROOT, PARTS, BOOK, HEAD, dict(reversed(RECORDS.items()))) == ()


ONE = RECORDS["1"]


def test_elements_worked_out_before_are_covered_as_they_are_worked_out_now():
    shown = digests.elements(BOOK, RECORDS)
    assert digests.covered(BOOK, HEAD, RECORDS, shown=shown) == PARTS


@pytest.mark.parametrize(
    "record",
    [
        replace(ONE, answer=replace(ONE.answer, words="现场发现问题 ")),
        replace(ONE, answer=deducted(("1", 3))),
        replace(ONE, answer=CONFORMS),
        replace(ONE, pictures=ONE.pictures[:1]),
        replace(ONE, pictures=ONE.pictures[::-1]),
        replace(ONE, by="李四"),
        replace(ONE, done_at="t2"),
        None,
    ],
)
def test_any_change_of_an_answer_is_found_in_its_element_and_in_no_other(record):
    now = {**RECORDS, "1": record} if record else {key: each for key, each in RECORDS.items() if key != "1"}
    assert names(digests.changed(ROOT, PARTS, BOOK, HEAD, now)) - {("received", "")} == {("element", "a")}
    assert digests.root(digests.covered(BOOK, HEAD, now)) != ROOT


@pytest.mark.parametrize(
    "record",
    [
        replace(ONE, received_at="t1"),
        replace(ONE, pictures=(replace(ONE.pictures[0], place="西门"), ONE.pictures[1])),
        replace(ONE, pictures=(replace(ONE.pictures[0], taken="2026"), ONE.pictures[1])),
    ],
)
def test_what_only_the_server_knows_is_covered_in_a_part_of_its_own(record):
    now = {**RECORDS, "1": record}
    assert names(digests.changed(ROOT, PARTS, BOOK, HEAD, now)) == {("received", "")}
    assert digests.elements(BOOK, now) == digests.elements(BOOK, RECORDS)


def test_sheets_closed_before_stay_verifiable_and_what_they_received_is_still_covered():
    old = digests.covered(BOOK, HEAD, RECORDS, before=True)
    assert ("received", "") not in names(old)
    signed = digests.root(old)
    assert (
        signed == "sha256:3fd902253721b2f6424f32f21539c10c3a64986d080934d4d30eb5b6db8be1cd"
    )  # as it was reckoned before the field page
    assert digests.changed(signed, old, BOOK, HEAD, RECORDS) == ()
    late = {**RECORDS, "1": replace(ONE, received_at="t3")}
    assert names(digests.changed(signed, old, BOOK, HEAD, late)) == {("element", "a")}


def test_parts_that_differ_between_device_and_server_are_named():
    ours = digests.elements(BOOK, RECORDS)
    assert digests.differing(ours, ours) == ()
    theirs = digests.elements(BOOK, {**RECORDS, "3": replace(RECORDS["3"], by="王五")})
    assert digests.differing(ours, theirs) == ("b",)
    assert digests.differing(ours, ours[1:]) == ("a",)
    assert digests.differing(ours, (*ours, Part("element", "zz", "sha256:00"))) == ("zz",)


def test_a_change_of_the_head_or_of_a_preset_line_is_found():
    assert names(digests.changed(ROOT, PARTS, BOOK, {**HEAD, "score": "99.0"}, RECORDS)) == {("head", "")}
    scoped = replace(BOOK, areas=("dust",))
    assert names(digests.changed(ROOT, PARTS, scoped, HEAD, RECORDS)) == {("element", "c")}


def test_swapping_two_lines_is_found():
    now = {**RECORDS, "1": RECORDS["2"], "2": RECORDS["1"]}
    assert names(digests.changed(ROOT, PARTS, BOOK, HEAD, now)) == {("element", "a"), ("received", "")}


def test_answers_to_lines_that_are_gone_are_covered_too():
    now = {**RECORDS, "gone": Record(CONFORMS, by="王五")}
    assert names(digests.changed(ROOT, PARTS, BOOK, HEAD, now)) == {("kept", ""), ("received", "")}


@pytest.mark.parametrize("parts", [PARTS[:-1], PARTS[::-1], (*PARTS, PARTS[-1]), ()])
def test_a_list_that_does_not_lead_to_the_root_is_refused(parts):
    with pytest.raises(ValueError, match=r"摘要|签字"):
        digests.changed(ROOT, parts, BOOK, HEAD, RECORDS)


@pytest.mark.parametrize("algorithm", ["sha256", "sm3"])
def test_either_algorithm_serves_and_is_named(algorithm):
    parts = digests.covered(BOOK, HEAD, RECORDS, algorithm)
    signed = digests.root(parts, algorithm)
    assert signed.startswith(f"{algorithm}:")
    assert all(each.digest.startswith(f"{algorithm}:") for each in parts)
    assert digests.changed(signed, parts, BOOK, HEAD, RECORDS) == ()
    steps = digests.prove(parts, "element", "b", algorithm)
    assert digests.holds(signed, parts[2], steps)


def many(count):
    return tuple(Part("element", str(at), digest(str(at).encode())) for at in range(count))


@QUICK
@given(st.integers(1, 40), st.data())
def test_every_part_is_provable_alone_and_only_itself(count, data):
    parts = many(count)
    signed = digests.root(parts)
    at = data.draw(st.integers(0, count - 1))
    steps = digests.prove(parts, "element", str(at))
    assert digests.holds(signed, parts[at], steps)
    assert len(steps) <= (count - 1).bit_length()
    assert not digests.holds(signed, replace(parts[at], digest="sha256:00"), steps)
    assert not digests.holds(signed, replace(parts[at], key="other"), steps)
    assert not digests.holds(signed, parts[at], (*steps, Step("left", signed)))
    assert count == 1 or not digests.holds(signed, parts[at], steps[:-1])


def test_doubling_the_last_part_gives_another_root():
    """The classical fault of trees that pair an odd node with itself."""
    parts = many(3)
    assert digests.root(parts) != digests.root((*parts, parts[-1]))


def test_a_node_cannot_pose_as_a_part():
    parts = many(4)
    signed = digests.root(parts)
    inner = digests.prove(parts, "element", "0")[1].hash
    assert not digests.holds(signed, Part("element", "2", inner), digests.prove(parts, "element", "2")[1:])
    assert digests.root((parts[0], Part("element", "1", inner))) != signed


def test_a_side_that_is_none_proves_nothing():
    parts = many(2)
    (step,) = digests.prove(parts, "element", "0")
    assert not digests.holds(digests.root(parts), parts[0], (replace(step, side="up"),))


def test_no_proof_of_what_is_not_covered():
    with pytest.raises(ValueError, match="没有这一部分"):
        digests.prove(PARTS, "element", "zz")


def test_people_sign_the_root_and_the_list():
    said = digests.statement(ROOT, PARTS)
    assert said.startswith(b"dabiao/sheet/signed\x00")
    assert said != digests.statement(ROOT, PARTS[:-1])
    assert ROOT.encode() in said


def test_equal_content_in_two_places_has_two_digests():
    bare = rulebook(item("1"), elements=(Element("a", "一"), Element("b", "二"), Element("c", "三")))
    parts = digests.covered(bare, {}, {})
    assert len({each.digest for each in parts}) == len(parts)
