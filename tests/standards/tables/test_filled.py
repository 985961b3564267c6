"""Filled copies of an authority's table against its book (spec/contract.md, `dabiao score`)."""

from typing import Any

import openpyxl
import pytest

from dabiao.sheets.rules.filled import score_filled
from dabiao.standards.rules.book import Book
from dabiao.standards.tables.filled import read_filled
from dabiao.standards.tables.understanding import understand
from dabiao.standards.tables.values import FilledTable, Hints, TableError
from standards.tables.writing_tables import (
    FILLING,
    HEADING,
    ROWS,
    Row,
    delimited,
    real,
    saved,
    workbook,
    xlsx,
)

BOOK = understand(xlsx([HEADING, *ROWS])).book
KEYS = ("1.1.1", "1.1.2", "1.2.1", "2.1.1")
FULL: tuple[Any, ...] = (4, 6, 10, 20)


def filled(*actuals: Any, words: tuple[Any, ...] = (), na: tuple[Any, ...] | None = None) -> FilledTable:
    """The table with 实际得分 for each row, with descriptions and 空项 where given (None: no such column)."""
    heading = FILLING if na is not None else (*FILLING[:6], FILLING[7])
    rows: list[Row] = [heading]
    for place, row in enumerate(ROWS):
        said = words[place] if place < len(words) else None
        mark = () if na is None else (na[place] if place < len(na) else None,)
        rows.append((*row, said, *mark, actuals[place] if place < len(actuals) else None))
    return read_filled(xlsx(rows, merges=["A2:A4", "B2:B3"]), BOOK)


def actuals(table: FilledTable) -> dict[str, int | None]:
    return {key: each.actual for key, each in table.answers.items()}


def test_scores_are_read_in_thousandths() -> None:
    table = filled(4, "5.5分", "１０", 0)
    assert actuals(table) == dict(zip(KEYS, (4000, 5500, 10000, 0), strict=True))
    assert not table.errors
    assert not table.missing


def test_an_empty_score_is_missing_not_zero() -> None:
    table = filled(4, None, 10, "")
    assert table.missing == ("1.1.2", "2.1.1")
    assert table.answers.keys() == {"1.1.1", "1.2.1"}
    assert not table.errors


def test_a_score_that_is_a_formula_nobody_can_compute_is_told() -> None:
    [fault] = filled(4, 6, 10, "=IF(1,20,0)").errors
    assert "实际得分是公式，文件里没有存结果，也算不出来。请改填数字" in str(fault)


def test_an_item_filled_in_twice_is_told_as_such() -> None:
    heading = (*FILLING[:6], FILLING[7])
    rows: list[Row] = [(*row, None, 4) for row in ROWS]
    again = ("3.其他", "3.1其他", ROWS[0][2], ROWS[0][3], ROWS[0][4], None, 2)
    [fault] = read_filled(xlsx([heading, *rows, again], merges=["A2:A4", "B2:B3"]), BOOK).errors
    assert str(fault).startswith("工作表“评分表”第6行：“制定年度安全目标。”另有一行对应标准里的同一条。")


def test_a_negative_score_is_an_extra_deduction() -> None:
    table = filled(4, 6, 10, -10)
    assert table.answers["2.1.1"].actual == -10000
    assert not table.remarks


@pytest.mark.parametrize("minus", ["-10", "－10", "−10", "-10分"])
def test_a_minus_may_be_written_in_any_way(minus: str) -> None:
    assert filled(4, 6, 10, minus).answers["2.1.1"].actual == -10000


def test_an_extra_beyond_the_rules_is_told() -> None:
    table = filled(-7, *FULL[1:])
    assert table.answers["1.1.1"].actual == -7000
    assert "追加扣除 7 分" in table.remarks[0]


@pytest.mark.parametrize("mark", ["√", "是", "空项", "不涉及", 1, "4", "本单位无此项"])
def test_the_na_column_takes_an_item_out(mark: Any) -> None:
    table = filled(None, *FULL[1:], na=(mark,))
    assert table.answers["1.1.1"].na
    assert table.answers["1.1.1"].actual is None
    assert table.answers["1.1.1"].reason
    assert not table.missing


@pytest.mark.parametrize("mark", ["否", "/", "×", "0", "-"])
def test_a_no_in_the_na_column_does_not(mark: str) -> None:
    assert not filled(*FULL, na=(mark,)).answers["1.1.1"].na


def test_the_reason_is_what_was_described() -> None:
    table = filled(None, *FULL[1:], na=("√",), words=("没有承包商",))
    assert table.answers["1.1.1"].reason == "没有承包商"


@pytest.mark.parametrize("word", ["空项", "不涉及", "合理缺项", "不适用", "本项不涉及"])
def test_without_the_column_the_word_in_the_score_counts(word: str) -> None:
    assert filled(word, *FULL[1:]).answers["1.1.1"].na
    assert filled(word, *FULL[1:], na=()).answers["1.1.1"].na


@pytest.mark.parametrize("actual", [None, 0])
def test_without_the_column_the_word_in_the_description_counts(actual: Any) -> None:
    table = filled(actual, *FULL[1:], words=("不涉及，没有液氨。",))
    assert table.answers["1.1.1"].na
    assert table.answers["1.1.1"].reason == "不涉及，没有液氨。"


def test_with_the_column_a_description_alone_does_not_count() -> None:
    table = filled(None, *FULL[1:], words=("不涉及液氨",), na=())
    assert table.missing == ("1.1.1",)


def test_a_sentence_that_mentions_the_word_beside_a_score_is_a_description() -> None:
    table = filled(4, *FULL[1:], words=("车间不涉及液氨，其余符合",))
    assert table.answers["1.1.1"].actual == 4000


def test_a_denial_is_no_na() -> None:
    assert filled(None, *FULL[1:], words=("不属于空项",)).missing == ("1.1.1",)


@pytest.mark.parametrize(
    ("actual", "na", "words", "said"),
    [
        (5, None, (), "超过标准分值 4"),
        ("四分", None, (), "不是最多三位小数的数"),
        ("/", None, (), "不是最多三位小数的数"),
        ("1.2345", None, (), "不是最多三位小数的数"),
        (4, ("√",), (), "既是空项，又有实际得分 4"),
        (4, None, ("不涉及",), "既是空项，又有实际得分 4"),
    ],
)
def test_what_contradicts_is_an_error_with_its_row(actual: Any, na: Any, words: Any, said: str) -> None:
    table = filled(actual, *FULL[1:], na=na, words=words)
    (fault,) = table.errors
    assert fault.spot.row == 2
    assert said in fault.what
    assert "1.1.1" not in table.answers


def test_rows_may_be_reordered_and_spaced_and_notes_put_between() -> None:
    heading = (*HEADING, "自评描述", "实际得分")
    spaced = [
        (*row[:2], f" {row[2][:3]}\n {row[2][3:]} ", *row[3:], None, score)
        for row, score in zip(ROWS, FULL, strict=True)
    ]
    rows = [heading, spaced[3], (), ("备注：以下为目标",), *spaced[:3]]
    table = read_filled(xlsx(rows), BOOK)
    assert actuals(table) == dict(zip(KEYS, (4000, 6000, 10000, 20000), strict=True))
    assert not table.errors


def test_a_row_of_ones_own_is_an_error_with_its_row() -> None:
    heading = (*HEADING, "实际得分")
    rows = [heading, *((*row, 1) for row in ROWS[:2]), (None, None, "企业自己加的内容。", 5, "扣1分", 5)]
    rows += [(*row, 1) for row in ROWS[2:]]
    table = read_filled(xlsx(rows), BOOK)
    assert [(each.spot.row, "企业自己加的内容" in each.what) for each in table.errors] == [(4, True)]
    assert not table.missing


def test_a_line_put_in_without_points_does_no_harm() -> None:
    heading = (*HEADING, "实际得分")
    rows = [heading, *((*row, 1) for row in ROWS[:2]), (None, None, "以上见附件一。", None, None, None)]
    rows += [(*row, 1) for row in ROWS[2:]]
    table = read_filled(xlsx(rows), BOOK)
    assert not table.errors
    assert not table.missing
    assert "第3行的考评内容与标准略有不同" in table.remarks[0]


def test_a_row_taken_out_is_missing_and_told() -> None:
    rows = [(*HEADING, "实际得分"), *((*row, 1) for row in (ROWS[0], *ROWS[2:]))]
    table = read_filled(xlsx(rows), BOOK)
    assert table.missing == ("1.1.2",)
    assert "1.1.2" in table.remarks[0]


def test_a_row_copied_twice_counts_once_and_is_told() -> None:
    rows = [(*HEADING, "实际得分"), *((*row, 1) for row in (ROWS[0], ROWS[0], *ROWS[1:]))]
    rows[2] = ("1.目标", "1.1目标制定", *rows[2][2:])
    table = read_filled(xlsx(rows), BOOK)
    assert [each.spot.row for each in table.errors] == [3]
    assert len(table.answers) == 4


def test_small_changes_of_words_are_told() -> None:
    rows = [
        (*HEADING, "实际得分"),
        *((*row[:2], row[2].replace("年度", "每年度"), *row[3:], 1) for row in ROWS),
    ]
    table = read_filled(xlsx(rows), BOOK)
    assert not table.errors
    assert "1.1.1" in table.remarks[0]


def test_other_points_than_the_standard_are_an_error() -> None:
    rows = [
        (*HEADING, "实际得分"),
        *((*row[:3], 30 if row is ROWS[3] else row[3], row[4], 1) for row in ROWS),
    ]
    table = read_filled(xlsx(rows), BOOK)
    assert ["30" in each.what and "20" in each.what for each in table.errors] == [True]


def test_items_of_the_same_words_are_told_apart_by_place() -> None:
    same = [(f"{n}.类", f"{n}.1项", "符合要求。", 3, "不符合的，每处扣1分。") for n in (1, 2, 3)]
    twice = [*same, (None, None, "符合要求。", 3, "不符合的，每处扣1分。")]
    book = understand(xlsx([HEADING, *twice])).book
    rows = [(*HEADING, "得分"), *((*row, score) for row, score in zip(twice, (0, 1, 2, 3), strict=True))]
    assert actuals(read_filled(xlsx(rows), book)) == {"1.1.1": 0, "2.1.1": 1000, "3.1.1": 2000, "3.1.2": 3000}


def test_a_merged_item_takes_its_score_from_any_of_its_rows() -> None:
    rows: list[Row] = [
        (*HEADING, "实际得分"),
        (*ROWS[0], None),
        (None, None, "并公布。", None, None, 3),
        *((*row, 1) for row in ROWS[1:]),
    ]
    book = understand(xlsx([row[:5] for row in rows])).book
    assert read_filled(xlsx(rows), book).answers["1.1.1"].actual == 3000
    two = [(*row[:5], 2) if row[:5] == ROWS[0] else row for row in rows]
    assert "几个不同的实际得分" in read_filled(xlsx(two), book).errors[0].what


def test_scores_by_formula_are_computed() -> None:
    rows = [(*HEADING, "实际得分"), *((*row, f"=D{place}-1") for place, row in enumerate(ROWS, start=2))]
    assert actuals(read_filled(xlsx(rows), BOOK))["2.1.1"] == 19000


def test_two_filled_score_columns_must_be_told_apart() -> None:
    rows = [(*HEADING, "自评得分", "评审得分"), *((*row, 1, 2) for row in ROWS)]
    with pytest.raises(TableError, match="分不清"):
        read_filled(xlsx(rows), BOOK)
    told = read_filled(xlsx(rows), BOOK, hints=Hints(columns={"actual": "G"}))
    assert set(actuals(told).values()) == {2000}


def test_a_blank_form_without_the_column_is_refused() -> None:
    with pytest.raises(TableError, match="实际得分"):
        read_filled(xlsx([HEADING, *ROWS]), BOOK)


def test_a_table_of_another_standard_is_refused() -> None:
    other = [("1.别的", "1.1别的", f"另一个标准的第{n}条内容。", n, "不得分。", 1) for n in range(1, 9)]
    with pytest.raises(TableError, match="对不上"):
        read_filled(xlsx([(*HEADING, "实际得分"), *other]), BOOK)


def test_csv_is_read_too() -> None:
    rows = [
        (*HEADING, "不涉及", "得分"),
        *((*row, None, score) for row, score in zip(ROWS, FULL, strict=True)),
    ]
    assert actuals(read_filled(delimited(rows, "gbk"), BOOK)) == dict(
        zip(KEYS, (4000, 6000, 10000, 20000), strict=True)
    )


def _real(
    name: str, column: str, points: str, heading: int, changes: dict[str, Any]
) -> tuple[Book, FilledTable]:
    """A real table filled with full points but for the changes."""
    path = real(name)
    work = openpyxl.load_workbook(path)
    sheet = work.active
    for row in range(heading + 1, sheet.max_row):
        value = sheet[f"{points}{row}"].value
        if isinstance(value, int) and sheet[f"B{row}"].value != "小计":
            sheet[f"{column}{row}"] = value
    for place, value in changes.items():
        sheet[place] = value
    book = understand(path).book
    return book, read_filled(saved(work), book)


def test_the_small_enterprise_table_filled() -> None:
    book, table = _real("small-enterprise-67.xlsx", "H", "E", 5, {"H71": None, "G71": "空项：没有死亡事故"})
    assert not table.errors
    assert not table.missing
    assert [key for key, each in table.answers.items() if each.na] == ["6.1.2"]
    assert sum(each.actual or 0 for each in table.answers.values()) == 596_000
    assert book.full == 600_000


def test_the_warehouse_table_filled() -> None:
    changes = {"H177": None, "G177": "√", "H13": -10, "H9": None}
    _, table = _real("warehouse-164.xlsx", "H", "D", 2, changes)
    assert not table.errors
    assert table.missing == ("2.1.1",)
    assert table.answers["13.1.3"].na
    assert table.answers["2.2.2"].actual == -10_000
    assert not table.remarks


def test_a_copy_of_another_edition_is_refused() -> None:
    other = [(*row[:3], row[3] + 1, row[4], row[3]) for row in ROWS]
    with pytest.raises(TableError, match="另一版：4 条中有 4 条的标准分值不同"):
        read_filled(xlsx([(*HEADING, "实际得分"), *other]), BOOK)


def test_the_copy_with_answers_is_read_beside_the_blank_table() -> None:
    answered = [(*HEADING, "自评描述", "实际得分"), *((*row, None, 1) for row in ROWS)]
    sheets: dict[str, Any] = {"评分表": ([HEADING, *ROWS], []), "自评": (answered, [])}
    assert set(actuals(read_filled(workbook(sheets), BOOK)).values()) == {1000}


@pytest.mark.parametrize("heading", ["空项说明", "不涉及原因", "合理缺项理由"])
def test_a_column_of_reasons_alone_takes_an_item_out(heading: str) -> None:
    rows = [(*HEADING, heading, "实际得分"), *((*row, None, 1) for row in ROWS)]
    rows[1] = (*ROWS[0], "没有承包商", None)
    answer = read_filled(xlsx(rows), BOOK).answers["1.1.1"]
    assert (answer.na, answer.reason) == (True, "没有承包商")


def test_what_was_taken_off_against_what_is_left_is_told() -> None:
    rows = [(*HEADING, "扣分", "实际得分"), *((*row, 1, row[3] - 1) for row in ROWS)]
    assert not read_filled(xlsx(rows), BOOK).remarks
    rows[1] = (*ROWS[0], 2, 3)
    (told,) = read_filled(xlsx(rows), BOOK).remarks
    assert "第2行F列写扣 2 分，与实际得分 3 分对不上（标准分值 4 分）" in told


@pytest.mark.parametrize(("said", "fails"), [("符合", False), ("不符合", True), ("√", False), ("否决", True)])
def test_a_veto_without_points_is_kept_or_failed_in_words(said: str, fails: bool) -> None:
    vetoes = [("1.否决项", "1.1否决项", "没有发生死亡事故。", "/", "发生的，一票否决。"), *ROWS[1:]]
    book = understand(xlsx([HEADING, *vetoes])).book
    rows = [(*HEADING, "实际得分"), (*vetoes[0], said), *((*row, row[3]) for row in vetoes[1:])]
    table = read_filled(xlsx(rows), book)
    assert not table.errors
    assert table.answers[book.items[0].key].fails is fails
    assert bool(score_filled(book, table).vetoes) is fails
