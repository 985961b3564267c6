"""A row, a score and an outcome say what their values say, and nothing that somebody wrote becomes markup."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao.office.sheets.drawn import drawn
from dabiao.office.sheets.outcome import Outcome
from dabiao.office.sheets.rows import Row
from dabiao.office.sheets.score import Shown

ROW = Row(
    key="1.2",
    element="1",
    inner="1.1",
    number="1.2",
    words="建立安全生产责任制",
    points="10",
    got="8",
    state="deducted",
    tags="de",
    pictures=0,
    version=3,
    veto=False,
    mandatory=False,
    copied=False,
)

SCORE = Shown("75.0", provisional=True, level="", failed=False, answered=3, lines=60, vetoed=0)
OUTCOME = Outcome(absent=False, got="7.5", points="10", notes=("扣 2.5 分",), missing=("应附图片。",))


class Read(HTMLParser):
    """The elements of a fragment with their attributes, and its words."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.words = [], ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data


def test_a_row_carries_what_the_script_and_the_reader_need():
    read = Read(drawn([ROW]))
    assert read.elements[0] == (
        "li",
        {"class": "line", "data-k": "1.2", "data-e": "1", "data-t": "de", "data-v": "3"},
    )
    assert read.elements[1][1]["href"] == "?line=1.2"
    assert read.words == "1.2 建立安全生产责任制扣分，8/10"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"veto": True}, "否决"),
        ({"pictures": 2}, "2 个影像"),
        ({"tags": "de np"}, "缺影像"),
        ({"tags": "nw"}, "缺说明"),
        ({"copied": True}, "沿用待核对"),
        ({"got": "", "state": "unanswered"}, "未答，10"),
    ],
)
def test_a_mark_is_there_when_its_reason_is(change, words):
    assert words in Read(drawn([replace(ROW, **change)])).words
    assert words not in Read(drawn([ROW])).words


def test_a_mandatory_clause_is_told_to_those_who_listen():
    marks = [each for _, each in Read(drawn([replace(ROW, mandatory=True)])).elements]
    assert [each.get("aria-label") for each in marks if "aria-label" in each] == ["强制性条款"]


WRITTEN = st.text(st.sampled_from("<>&\"'{}/ \u0026甲a"), max_size=12)


@settings(max_examples=50)
@given(key=WRITTEN, number=WRITTEN, words=WRITTEN)
def test_nothing_written_becomes_markup(key, number, words):
    plain, read = Read(drawn([ROW])), Read(drawn([replace(ROW, key=key, number=number, words=words)]))
    assert [tag for tag, _ in read.elements] == [tag for tag, _ in plain.elements]
    assert read.elements[0][1]["data-k"] == key
    assert read.words == f"{number} {words}扣分，8/10"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "75.0 分 暂定 已答 3/60"),
        ({"provisional": False}, "75.0 分 已答 3/60"),
        ({"provisional": False, "level": "二级"}, "75.0 分 二级 已答 3/60"),
        ({"provisional": False, "level": "二级", "vetoed": 2}, "75.0 分 触及否决 2 项 已答 3/60"),
        ({"vetoed": 1}, "75.0 分 暂定 触及否决 1 项 已答 3/60"),
    ],
)
def test_a_score_tells_its_level_once_it_stands_unless_a_veto_is_hit(change, words):
    assert Read(replace(SCORE, **change).drawn).words == words


@pytest.mark.parametrize(("failed", "kind"), [(True, "badge-veto"), (False, "badge-good")])
def test_a_level_that_fails_looks_like_it(failed, kind):
    read = Read(replace(SCORE, provisional=False, level="二级", failed=failed).drawn)
    looks = [each["class"] for _, each in read.elements if "class" in each]
    assert (f"badge {kind}" in looks, "score-figure is-failed" in looks) == (True, failed)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "本项得分 7.5 / 10扣 2.5 分应附图片。"),
        ({"got": "", "notes": ()}, "还没有作答应附图片。"),
        ({"absent": True, "notes": (), "missing": ()}, "不涉及，不计入应得分"),
        ({"got": "0", "points": "", "notes": (), "missing": ()}, "本项不计分"),
    ],
)
def test_an_outcome_tells_the_points_why_and_what_is_still_to_be_done(change, words):
    assert Read(replace(OUTCOME, **change).drawn).words == words


@settings(max_examples=50)
@given(written=WRITTEN)
def test_no_note_and_no_level_becomes_markup(written):
    plain, read = Read(OUTCOME.drawn), Read(replace(OUTCOME, notes=(written,), missing=(written,)).drawn)
    assert [tag for tag, _ in read.elements] == [tag for tag, _ in plain.elements]
    assert read.words == f"本项得分 7.5 / 10{written}{written}"
    level = replace(SCORE, provisional=False, level=f"{written}.")
    assert Read(level.drawn).words == f"75.0 分 {written}. 已答 3/60"
