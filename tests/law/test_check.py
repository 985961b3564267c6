"""`law check` finds what is wrong in a copy of the files, and nothing in ours."""

import shutil
from pathlib import Path

import pytest

from dabiao.law.check import check
from dabiao.law.reading import HERE

PARAMETER = """---
name: {name}
title: 试验
unit: {unit}
values:
  {since}: {{value: {value}, clause: {clause}, basis: {basis}, confirmed: {confirmed}}}
checked: {{on: 2026-11-22, by: 试验}}
"""
SOUND = {
    "name": "trial.limit",
    "unit": "working_days",
    "since": "2023-01-01",
    "value": "5",
    "clause": "uplift/11",
    "basis": "instrument",
    "confirmed": "true",
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for place in ("parameters", "clauses", "calendars"):
        shutil.copytree(HERE / place, tmp_path / place)
    shutil.copy(HERE / "instruments.yaml", tmp_path)
    return tmp_path


def found(root: Path, **changed: str) -> str:
    (root / "parameters" / "trial.yaml").write_text(PARAMETER.format(**(SOUND | changed)))
    return "\n".join(f"{problem.where} {problem.text}" for problem in check(root))


def test_our_law_has_no_problem() -> None:
    assert check() == []


def test_a_sound_parameter_is_no_problem(copy: Path) -> None:
    assert found(copy) == ""


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"clause": "uplift-2/11"}, "不在 instruments.yaml"),
        ({"clause": "uplift/23"}, "在该文件的条文中找不到"),
        ({"clause": '""'}, "没有写明依据条款"),
        ({"basis": "hearsay"}, "依据类别 hearsay"),
        ({"confirmed": "maybe"}, "confirmed 应为"),
        ({"unit": "weeks"}, "单位 weeks 不认识"),
        ({"value": "0.5"}, "与单位 working_days 不符"),
        ({"value": "true"}, "与单位 working_days 不符"),
        ({"unit": "month_day", "value": "02-30"}, "与单位 month_day 不符"),
        ({"name": "audit.limit"}, "参数名称重复 2 次"),
        ({"since": "someday"}, "以起始日"),
    ],
)
def test_a_fault_is_found_and_named(copy: Path, changed: dict[str, str], words: str) -> None:
    assert words in found(copy, **changed)


def test_a_key_written_twice_is_found(copy: Path) -> None:
    again = "  2023-01-01: {value: 6, clause: uplift/11, basis: instrument, confirmed: true}\nchecked"
    text = PARAMETER.format(**SOUND).replace("checked", again)
    (copy / "parameters" / "trial.yaml").write_text(text)
    assert any("2023-01-01 写了 2 次" in problem.text for problem in check(copy))


def test_dates_out_of_order_are_found(copy: Path) -> None:
    again = "  2022-01-01: {value: 6, clause: uplift/11, basis: instrument, confirmed: true}\nchecked"
    text = PARAMETER.format(**SOUND).replace("checked", again)
    (copy / "parameters" / "trial.yaml").write_text(text)
    assert any("由早到晚" in problem.text for problem in check(copy))


@pytest.mark.parametrize("stray", ["parameters/old.yml", "parameters/empty.yaml", "calendars/notes.txt"])
def test_a_stray_file_is_found(copy: Path, stray: str) -> None:
    (copy / stray).write_text("")
    assert [problem.where for problem in check(copy)] == [Path(stray).name]


def test_a_calendar_that_does_not_add_up_is_found(copy: Path) -> None:
    path = copy / "calendars" / "2026.yaml"
    path.write_text(path.read_text().replace(", 2026-02-28]", "]"))
    assert any("全年应有 248 个工作日，按所列日期为 247 个" in problem.text for problem in check(copy))


def test_a_file_that_is_no_yaml_is_a_problem_not_a_traceback(copy: Path) -> None:
    (copy / "parameters" / "trial.yaml").write_text("name: [")
    assert "无法读取" in check(copy)[0].text


def test_a_replaced_document_names_its_successor(copy: Path) -> None:
    path = copy / "instruments.yaml"
    path.write_text(path.read_text().replace("  replaced_by: gb-t-33000-2025\n", ""))
    assert any("replaced_by" in problem.text for problem in check(copy))
