"""The four items of `writing_tables.ROWS`, as they must come out of every shape."""

from dabiao.standards.tables.values import Understanding
from standards.tables.writing_tables import ROWS, Row

POINTS = [4000, 6000, 10000, 20000]
ASKED = ["制定年度安全目标。", "目标以文件印发。", "对目标完成情况考核。", "设立安全管理机构。"]


def same(found: Understanding) -> Understanding:
    """The four items under two outermost elements, nothing wrong."""
    assert not found.errors
    assert [item.requirement for item in found.book.items] == ASKED
    assert [item.points for item in found.book.items] == POINTS
    assert [item.method for item in found.book.items] == [row[4] for row in ROWS]
    assert found.counts.elements == 2
    return found


def full(rows: tuple[Row, ...] = ROWS) -> list[Row]:
    """The rows with every level repeated, as in a table without merged cells."""
    done: list[Row] = []
    for row in rows:
        done.append([each or (done[-1][place] if done else None) for place, each in enumerate(row)])
    return done
