"""Which standard fits an industry: own, lent, nearest, general; always with a reason."""

import pytest

from dabiao.standards.rules.choice import Choice, Field, Industries, Line, Use, choose

LINES = (
    "C 制造业",
    "34 通用设备制造业 C",
    "341 锅炉制造 34",
    "342 机床制造 34",
    "35 专用设备制造业 C",
    "Q 卫生",
)
TREE = Industries(
    {line.split()[0]: Line(line.split()[0], line.split()[1], "".join(line.split()[2:])) for line in LINES}
)


def chosen(*uses: Use, general: tuple[int, ...] = (), level: str = "level_2", nearest: bool = True) -> Choice:
    return choose(Field(TREE, uses, general, nearest), "341", level)


@pytest.mark.obligation("U4-choice")
def test_the_nearer_the_better() -> None:
    general, section = (9,), Use("35", 8)
    division, lent = Use("342", 7), Use("34", 6, nearest=True, reason="工艺相同")
    wider, own = Use("34", 5), Use("341", 4)
    offers = [own, wider, lent, division, section]
    for place, best in enumerate(offers):
        assert chosen(*offers[place:], general=general).standard == best.standard
    assert chosen(general=general).standard == 9
    assert chosen().standard is None


def test_a_near_one_says_whose_it_is_and_how_near() -> None:
    found = chosen(Use("342", 7))
    assert found.nearest
    assert "同一大类的相近行业机床制造（342）" in found.reason
    assert "同一门类" in chosen(Use("35", 8)).reason
    assert "工艺相同" in chosen(Use("34", 6, nearest=True, reason="工艺相同。")).reason


def test_other_sections_lend_nothing_nor_does_anybody_where_law_forbids() -> None:
    assert chosen(Use("Q", 3)).standard is None
    assert chosen(Use("342", 7), nearest=False).standard is None


def test_every_level_is_named_in_its_own_words() -> None:
    assert "国家" in chosen(general=(1,), level="level_1").reason
    assert "小微企业" in chosen(general=(1,), level="small_micro").reason
    assert "小微企业" in chosen(level="small_micro").reason


def test_a_classification_that_runs_in_a_circle_is_walked_once() -> None:
    circle = Industries({"1": Line("1", "甲", "2"), "2": Line("2", "乙", "1")})
    assert circle.path("1") == ("1", "2")
