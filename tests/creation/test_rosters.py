"""Lists of people as somebody types them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao.creation.rules import rosters
from dabiao.creation.rules.rosters import Person

QUICK = settings(max_examples=60, derandomize=True, deadline=None)


def test_one_a_line_in_whatever_marks_they_are_cut() -> None:
    found, wrong = rosters.read("张三 部长 设备部\n\n李四，主任，一车间\n王五")
    assert found == [Person("张三", "部长", "设备部"), Person("李四", "主任", "一车间"), Person("王五")]
    assert not wrong


def test_lines_that_say_too_much_or_the_same_twice_are_named() -> None:
    found, wrong = rosters.read("张三 部长 设备部 兼职\n李四\n\n李四")
    assert [each.name for each in found] == ["李四"]
    assert [each.line for each in wrong] == [1, 4]
    assert "写了两次" in wrong[1].text


@QUICK
@given(st.text())
def test_whatever_is_typed_is_read_or_named(text: str) -> None:
    found, wrong = rosters.read(text)
    lines = [line for line in text.splitlines() if line.strip(" ,，、;；\t\r\n")]
    assert len(found) <= len(text.splitlines())
    assert all(each.name for each in found)
    assert bool(found or wrong) or not any(line.strip() for line in lines)
