"""Files become frozen values, or an error that names the file."""

from datetime import date
from pathlib import Path

import pytest

from dabiao.law import reading
from dabiao.law.values import UnreadableLaw, clauses_in, frozen, plain


def written(root: Path, name: str, text: str) -> Path:
    path = root / "parameters" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return root


def test_a_parameter_without_its_parts_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableLaw, match=r"trial\.yaml trial\.limit 无法读取"):
        reading.parameters(written(tmp_path, "trial.yaml", "name: trial.limit\ntitle: 试验\n"))


def test_a_name_twice_is_refused(tmp_path: Path) -> None:
    one = (
        "---\nname: trial.limit\ntitle: 试验\nunit: days\nchecked: {on: 2026-11-22, by: 试验}\n"
        "values:\n  2023-01-01: {value: 1, clause: house, basis: internal, confirmed: true}\n"
    )
    with pytest.raises(UnreadableLaw, match="重复定义"):
        reading.parameters(written(tmp_path, "trial.yaml", one + one))


def test_on_and_no_are_words_not_truth_values(tmp_path: Path) -> None:
    path = written(tmp_path, "trial.yaml", "on: no\nyes: true\n") / "parameters"
    assert [document for _, document in reading.documents(path)] == [{"on": "no", "yes": True}]


def test_frozen_and_plain_are_each_others_way_back() -> None:
    value: object = {"grounds": [{"id": "fraud", "clause": "uplift/11"}], "from": None}
    assert plain(frozen(value)) == value
    assert list(clauses_in(frozen(value))) == ["uplift/11"]


def test_the_calendar_reads_what_the_notices_say() -> None:
    known = reading.calendar()
    assert sorted(known.years) == [2023, 2024, 2025, 2026]
    assert date(2025, 1, 26) in known.years[2025].working_weekends
    assert date(2025, 10, 8) in known.years[2025].holidays
    assert date(2023, 10, 7) in known.years[2023].working_weekends
