"""Rules of an item over several rows, each amount in a column beside its occasion."""

from dabiao.standards.rules.book import Effect
from dabiao.standards.tables.understanding import understand
from standards.tables.writing_tables import Row, xlsx

HEADING: Row = ("评分项", "评分要求", "满分", "扣分情形", "扣分值")
ROWS: tuple[Row, ...] = (
    ("一、制度", "制定安全管理制度", 10, "未制定制度", "10分"),
    (None, None, None, "制度缺项", "2分/项"),
    (None, None, None, "未及时修订", 3),
    (None, "制度下发执行", 5, "员工不知晓", "每人1分"),
    ("二、培训", "新员工三级教育", 10, "无记录", "5分"),
    ("总分", None, 25, None, None),
)


def test_occasion_and_amount_are_read_as_one_phrase() -> None:
    found = understand(xlsx([HEADING, *ROWS]))
    read = [[(rule.effect, rule.points, rule.unit) for rule in item.rules] for item in found.book.items]
    assert read == [
        [(Effect.ONCE, 10_000, ""), (Effect.EACH, 2000, "项"), (Effect.ONCE, 3000, "")],
        [(Effect.EACH, 1000, "人")],
        [(Effect.ONCE, 5000, "")],
    ]
    assert not found.unread
    assert found.counts == type(found.counts)(3, 25_000, 2)
    assert "E列是D列各种情形的扣分值" in found.remarks[0]


def test_what_was_taken_off_in_a_filled_copy_is_no_rule() -> None:
    """Few of its occasions have an amount: those stay what was filled in."""
    bare = [(*row[:4], None) for row in ROWS[1:]]
    found = understand(xlsx([HEADING, ROWS[0], *bare]))
    assert {each.item_key for each in found.unread} == {item.key for item in found.book.items}
    assert not any("扣分值" in each for each in found.remarks)


def test_methods_that_speak_of_deductions_keep_their_own_amounts() -> None:
    rows = [(*row[:3], "缺失的，扣1分", 2) for row in ROWS[:5]]
    rules = [rule for item in understand(xlsx([HEADING, *rows])).book.items for rule in item.rules]
    assert {rule.points for rule in rules} == {1000}
