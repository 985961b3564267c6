"""`dabiao score` on filled copies of the real tables, by vectors added up by hand.

Columns of the warehouse table: D 标准分值, F 自评/评审描述, G 空项, H 实际得分; of the small one: E, G and H.
"""

from pathlib import Path
from typing import Any

from acceptance.conftest import SMALL, WAREHOUSE, Machine, filled

DESCRIBED, EMPTY, ACTUAL = 6, 7, 8
NA: dict[int, Any] = {EMPTY: "√", DESCRIBED: "本单位不涉及"}
SHAPE = {"full", "not_applicable", "obtained", "score", "level", "vetoes", "elements", "reasons"}


def warehouse(machine: Machine, folder: Path, said: dict[int, dict[int, Any]]) -> Any:
    path = filled(WAREHOUSE, folder, points=4, actual=ACTUAL, said=said)
    return machine.told("score", "CK-164", str(path))


def small(machine: Machine, folder: Path, said: dict[int, dict[int, Any]]) -> Any:
    path = filled(SMALL, folder, points=5, actual=ACTUAL, said=said)
    return machine.told("score", "XW-67", str(path))


def elements(told: Any, *places: int) -> list[tuple[str, str, str]]:
    """Full, not applicable, obtained of outermost elements, counted from 1 as the table numbers them."""
    found = [told["elements"][place - 1] for place in places]
    return [(each["full"], each["not_applicable"], each["obtained"]) for each in found]


def test_everything_conforms(imported: Machine, tmp_path: Path) -> None:
    told = warehouse(imported, tmp_path, {})
    assert told.keys() >= SHAPE
    assert (told["full"], told["not_applicable"], told["obtained"], told["score"]) == (
        "1000",
        "0",
        "1000",
        "100.0",
    )
    assert len(told["elements"]) == 13
    assert all(
        each.keys() >= {"name", "full", "not_applicable", "obtained", "rate"} for each in told["elements"]
    )


def test_the_real_self_assessment_of_a_thousand_points(imported: Machine, tmp_path: Path) -> None:
    """65 points not applicable: element 12 (20), element 13 (40) and row 22 (5). 39 lost: 5 + 15 + 10 + 9."""
    empty = dict.fromkeys((*range(170, 174), *range(175, 179), 22), NA)
    lost = {23: 0, 26: 0, 50: 0, 128: 11}
    told = warehouse(imported, tmp_path, empty | {row: {ACTUAL: got} for row, got in lost.items()})
    assert (told["not_applicable"], told["obtained"], told["score"]) == ("65", "896", "95.8")


def test_extra_deductions_come_off_the_outermost_element(imported: Machine, tmp_path: Path) -> None:
    """Worked out by hand, row by row of the table.

    Element 2 (20): rows 9 (4, 扣满4分追加扣除10) and 13 (3, 不得分并追加扣除10), each at 0 with
    10 more: 20 − 4 − 3 − 20 = −7, which is 0. Element 4 (100): row 22 (5) 空项, 95 left.
    Element 5 (100): row 42 (15, 扣满15分追加扣除10) exhausted: 100 − 15 − 10 = 75.
    Element 6 (220): row 50 (10, 追加扣除20): 220 − 10 − 20 = 190. Element 8 (100): row 128 (20) 6 off: 94.
    1000 − 5 − 20 − 25 − 30 − 6 = 914 of 995: 91.859… is 91.9.
    """
    extras = {9: -10, 13: -10, 42: -10, 50: -20, 128: 14}
    told = warehouse(imported, tmp_path, {22: NA} | {row: {ACTUAL: got} for row, got in extras.items()})
    assert (told["full"], told["not_applicable"], told["obtained"]) == ("1000", "5", "914")
    assert told["score"] == "91.9"
    assert elements(told, 2, 4, 5, 6, 8) == [
        ("20", "0", "0"),
        ("100", "5", "95"),
        ("100", "0", "75"),
        ("220", "0", "190"),
        ("100", "0", "94"),
    ]
    assert {each["text"] for each in told["reasons"]}


def test_an_empty_cell_is_missing_not_nought(imported: Machine, tmp_path: Path) -> None:
    told = warehouse(imported, tmp_path, {9: {DESCRIBED: "尚未核查"}})
    assert told["score"] is None
    assert len(told["missing"]) == 1


def test_the_small_table_with_one_item_not_applicable(imported: Machine, tmp_path: Path) -> None:
    told = small(imported, tmp_path, {71: {ACTUAL: "不涉及"}})
    assert (told["full"], told["not_applicable"], told["obtained"], told["score"]) == (
        "600",
        "4",
        "596",
        "100.0",
    )


def test_not_applicable_may_stand_in_the_description(imported: Machine, tmp_path: Path) -> None:
    told = small(imported, tmp_path, {71: {DESCRIBED + 1: "空项：未发生死亡事故"}})
    assert (told["not_applicable"], told["obtained"]) == ("4", "596")


def test_deductions_of_the_small_table_add_up(imported: Machine, tmp_path: Path) -> None:
    """Rows 6 (4), 9 (6) and 62 (8) at 0, row 64 (12) at 8: 600 − 4 − 6 − 8 − 4 = 578; 96.333… is 96.3."""
    told = small(imported, tmp_path, {6: {ACTUAL: 0}, 9: {ACTUAL: 0}, 62: {ACTUAL: 0}, 64: {ACTUAL: 8}})
    assert (told["obtained"], told["score"]) == ("578", "96.3")


def test_more_than_the_points_is_refused_with_its_row(imported: Machine, tmp_path: Path) -> None:
    path = filled(WAREHOUSE, tmp_path, points=4, actual=ACTUAL, said={9: {ACTUAL: 5}})
    done = imported.run("score", "CK-164", str(path), "--json")
    assert done.returncode != 0
    assert "第9行" in done.stderr.replace(" ", "")


def test_an_edition_goes_by_its_id_too(imported: Machine, tmp_path: Path) -> None:
    path = filled(SMALL, tmp_path, points=5, actual=ACTUAL, said={})
    by_number = imported.told("score", "XW-67", str(path))
    assert imported.told("score", str(by_number["edition"]), str(path)) == by_number
    assert by_number["draft"] is True
