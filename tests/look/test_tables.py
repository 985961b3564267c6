"""Tables drawn by hand: as a template draws them, with everything escaped that is not ours."""

import pytest
from django.urls import reverse

from dabiao.look import tables
from dabiao.look.tables import Column

COLUMNS = (Column("编号", nowrap=True), Column("企业"))


def test_every_cell_says_its_column_and_an_empty_one_is_a_dash() -> None:
    drawn = tables.drawn(COLUMNS, [("证1", "示例厂"), ("证2", None)])
    assert '<th scope="col">编号</th><th scope="col">企业</th>' in drawn
    assert '<tr><td data-label="编号" class="nowrap">证1</td><td data-label="企业">示例厂</td></tr>' in drawn
    assert '<td data-label="企业">—</td>' in drawn


def test_what_people_wrote_is_escaped() -> None:
    drawn = tables.drawn(COLUMNS, [("<b>", """a&'b'"c\""""), (tables.badge("<i>", "good"), "")])
    assert "<b>" not in drawn
    assert "<i>" not in drawn
    assert "a&amp;&#x27;b&#x27;&quot;c&quot;" in drawn
    assert '<span class="badge badge-good">&lt;i&gt;</span>' in drawn


@pytest.mark.parametrize("number", ["示例证00000001", "AQB-2026 01", "a&b=c?d#e%41", "'\"<>", "-", "-9-"])
def test_a_link_leads_where_the_address_does(number: str) -> None:
    (link,) = tables.links("publicsite:certificate", [number])
    address = reverse("publicsite:certificate", args=[number])
    escaped = address.replace("&", "&amp;").replace("'", "&#x27;")
    assert link.startswith(f'<a href="{escaped}">')


def test_a_row_of_another_width_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        tables.drawn(COLUMNS, [("证1",)])
