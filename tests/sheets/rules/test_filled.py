"""A table filled in by hand scores as its numbers say."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from dabiao.kernel.errors import Invalid
from dabiao.kernel.points import points
from dabiao.sheets.rules.filled import score_filled
from dabiao.standards.rules.book import Element, VetoLevel
from dabiao.standards.tables.values import Fault, FilledAnswer, FilledTable, Spot
from sheets.rules.inventing import book, item

TABLE = Path(__file__).parents[4] / "shared" / "data" / "standards" / "warehouse-164.csv"


def given(actual, *, na=False, words="", row=3):
    return FilledAnswer(na, "没有" if na else "", None if na else points(actual), words, row)


def table(**rows):
    return FilledTable({key.strip("_"): each for key, each in rows.items()}, (), ())


def test_what_is_written_counts():
    result = score_filled(book(item("1"), item("2")), table(_1=given("10"), _2=given("7.5", words="缺记录")))
    assert (result.obtained, str(result.score)) == (17_500, "87.5")
    assert result.items["2"].reasons == ("填写的得分比标准分值少 2.5 分（缺记录）",)
    assert result.items["1"].reasons == ()


def test_a_negative_score_is_the_item_at_0_and_an_extra_off_its_outermost_element():
    elements = (Element("a", "一"), Element("a1", "一内", parent="a"), Element("b", "二"))
    whole = book(item("1", element="a1"), item("2", element="a"), item("3", element="b"), elements=elements)
    result = score_filled(whole, table(_1=given("-4"), _2=given("10"), _3=given("10")))
    assert (result.items["1"].lost, result.items["1"].extra) == (10_000, 4_000)
    assert [each.obtained for each in result.elements] == [6_000, 10_000]
    worse = score_filled(whole, table(_1=given("-40"), _2=given("10"), _3=given("10")))
    assert [each.obtained for each in worse.elements] == [0, 10_000]


def test_not_applicable_leaves_the_denominator():
    result = score_filled(book(item("1"), item("2")), table(_1=given("", na=True), _2=given("8")))
    assert (result.not_applicable, result.applicable, str(result.score)) == (10_000, 10_000, "80.0")


def test_an_empty_cell_is_missing_not_0():
    result = score_filled(book(item("1"), item("2")), FilledTable({"1": given("8")}, (), ("2",)))
    assert result.score is None
    assert str(result.provisional) == "80.0"
    assert result.missing == ("2",)


def test_a_written_0_is_an_answer():
    result = score_filled(book(item("1")), table(_1=given("0")))
    assert str(result.score) == "0.0"


@pytest.mark.parametrize(("actual", "level"), [("10", "level_1"), ("9.5", "failed"), ("-1", "failed")])
def test_a_veto_item_below_its_points_fails(actual, level):
    whole = book(item("1", veto=VetoLevel.VETO), item("2", "90"))
    assert score_filled(whole, table(_1=given(actual), _2=given("90"))).level == level


def test_items_of_special_areas_count_as_filled_since_the_unit_is_unknown():
    assert score_filled(book(item("1", areas=("dust",))), table(_1=given("5"))).applicable == 10_000


def test_more_than_an_item_has_is_an_error_that_names_the_row():
    with pytest.raises(Invalid, match=r"第7行：实际得分 10\.5 分超过标准分值 10 分") as refused:
        score_filled(book(item("1")), table(_1=given("10.5", row=7)))
    assert "1 处错误" in refused.value.text


def test_a_table_with_errors_is_not_scored():
    faulty = replace(table(_1=given("5")), errors=(Fault(Spot("表", 4, "H"), "不是数字。", "请改正"),))
    with pytest.raises(Invalid, match="第4行H列"):
        score_filled(book(item("1")), faulty)


@pytest.mark.skipif(not TABLE.exists(), reason="没有评定标准样表，跳过")
def test_the_real_thousand_point_table_scores_95_8_with_65_not_applicable_and_896_obtained():
    with TABLE.open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    parts = dict.fromkeys(row["category"] for row in rows)
    whole = book(
        *(item(str(at), row["points"], element=row["category"]) for at, row in enumerate(rows)),
        elements=tuple(Element(each, each) for each in parts),
    )
    answers = {each.key: given(str(each.points // 1000)) for each in whole.items}
    absent, short = _adding_up(whole.items, 65), _last_with(whole.items, 39)
    answers |= {key: given("", na=True) for key in absent}
    answers |= {key: given(str(each.actual // 1000 - 1)) for key in short if (each := answers[key])}
    result = score_filled(whole, FilledTable(answers, (), ()))
    assert len(whole.items) == 164
    assert (result.full, result.not_applicable, result.obtained) == (1_000_000, 65_000, 896_000)
    assert (str(result.score), len(result.elements)) == ("95.8", 13)


def _adding_up(items, wanted):
    """Keys of items, from the first on, that have `wanted` points together."""
    found, left = [], wanted * 1000
    for each in items:
        if each.points <= left:
            found.append(each.key)
            left -= each.points
    assert left == 0
    return found


def _last_with(items, count):
    return [each.key for each in items[-count:]]
