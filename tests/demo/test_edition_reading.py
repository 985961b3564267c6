"""A slip of the pen in an edition file is an error that says where, never a gap."""

from pathlib import Path

import pytest

from dabiao.demo.editions.reading import load
from dabiao.demo.editions.shapes import UnreadableEdition
from dabiao.standards.rules.book import Effect

COVER = """
title: 试
number: 试—1
scheme: {kind: rate, thresholds: [{level: level_3, at_least: "60"}], basis: 试, confirmed: false}
notes: [说明]
"""
ELEMENT = """
number: "1"
title: 责任
points: "2.5"
items:
  - number: "1.1"
    points: "2.5"
    requirement: 应当有制度。
    check: 查文件：制度。
    rules:
      - {text: 无制度的，不得分, effect: zero}
      - {text: 缺项的，每项扣0.5分, effect: each, points: "0.5", unit: 项}
"""


def _folder(folder: Path, element: str = ELEMENT, cover: str = COVER) -> Path:
    (folder / "cover.yaml").write_text(cover, encoding="utf-8")
    (folder / "01_duties.yaml").write_text(element, encoding="utf-8")
    return folder


def test_an_element_without_parts_holds_its_items_itself(tmp_path: Path) -> None:
    book = load(_folder(tmp_path))
    [item] = book.items
    assert (item.key, item.element, item.points) == ("1.1", "1", 2500)
    assert item.method == "无制度的，不得分；缺项的，每项扣0.5分。"
    assert [(rule.key, rule.effect, rule.points) for rule in item.rules] == [
        ("1", Effect.ZERO, 0),
        ("2", Effect.EACH, 500),
    ]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("check:", "chek:", "缺少 check"),
        ("title: 责任", "title: 责任\ncolour: 红", "不认识 colour"),
        ('    points: "2.5"', "    points: 2.5", "points 的写法不对"),
        ('    points: "2.5"', '    points: "2"', "各项分值之和不等于要素分值"),
        ('points: "0.5"', 'points: "半分"', "不是分值"),
        ("effect: zero", "effect: nought", "01_duties.yaml"),
        ("items:", "items: [", "读不出来"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert before in ELEMENT
    with pytest.raises(UnreadableEdition, match=r"01_duties\.yaml") as refused:
        load(_folder(tmp_path, ELEMENT.replace(before, after)))
    assert said in str(refused.value)


def test_a_folder_without_cover_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableEdition, match=r"cover\.yaml"):
        load(tmp_path)
