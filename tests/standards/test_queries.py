"""Which standard fits, where none does, and which items match; always the same few queries."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from dabiao.kernel.actor import TIME
from dabiao.organisations import services as organisations
from dabiao.organisations.models import Industry, Unit
from dabiao.standards import queries
from dabiao.standards.documents.checklist import checklist
from dabiao.standards.documents.purposes import Purpose
from dabiao.standards.documents.selection import Selection
from dabiao.standards.models import Edition, Standard
from dabiao.standards.queries import Filters
from dabiao.standards.services import makings, uses
from dabiao.standards.services.makings import Subject
from standards.desk import Desk
from world import AT, DAY


def mapped(desk: Desk, edition: Edition, industry: Industry, reason: str = "") -> None:
    uses.map_industry(
        industry=industry, standard=edition.standard, nearest=bool(reason), reason=reason, since=DAY,
        by=desk.actor, at=AT,
    )  # fmt: skip


def published(desk: Desk, number: str, **facts: object) -> Edition:
    return desk.published(desk.draft(desk.register(number, **facts)))


def unit(desk: Desk) -> Unit:
    return desk.world.units["unit"]


@pytest.fixture
def near(desk: Desk) -> Industry:
    """Another division of the same section."""
    section = Industry.objects.get(code="C")
    row = Industry(code="35", name="专用设备制造业", parent=section)
    organisations.establish(rows=[row], by=TIME, at=AT)
    return row


@pytest.mark.obligation("U4-choice")
def test_levels_two_and_three_use_the_local_standard_of_the_industry(desk: Desk, edition: Edition) -> None:
    mapped(desk, edition, unit(desk).industry)
    for level in ("level_2", "level_3"):
        found = queries.proposal(unit(desk), level, DAY)
        assert (found.edition, found.nearest, found.clause) == (edition, False, "uplift/4")
        assert "通用设备制造业（34）有对应的百项地标" in found.reason


@pytest.mark.obligation("U4-choice")
def test_level_one_uses_the_national_standard_alone(desk: Desk, edition: Edition) -> None:
    mapped(desk, edition, unit(desk).industry)
    assert queries.proposal(unit(desk), "level_1", DAY).edition is None
    national = published(desk, "GB 1", kind="national", levels=["level_1"], general=True)
    found = queries.proposal(unit(desk), "level_1", DAY)
    assert found.edition == national
    assert "按国家有关部门制定的评审标准评审" in found.reason


@pytest.mark.obligation("U4-choice")
def test_small_units_use_the_edition_made_for_them(desk: Desk, edition: Edition) -> None:
    mapped(desk, edition, unit(desk).industry)
    small = published(desk, "XW 1", levels=["small_micro"], general=True)
    assert queries.proposal(unit(desk), "small_micro", DAY).edition == small


@pytest.mark.obligation("U4-choice")
def test_without_an_own_standard_the_nearest_industry_lends_one_with_its_reason(
    desk: Desk, edition: Edition, near: Industry
) -> None:
    mapped(desk, edition, near)
    found = queries.proposal(unit(desk), "level_2", DAY)
    assert (found.edition, found.nearest) == (edition, True)
    assert "使用同一门类的相近行业专用设备制造业（35）的标准" in found.reason


@pytest.mark.obligation("U4-choice")
def test_what_a_department_has_determined_goes_before_what_lies_near(
    desk: Desk, edition: Edition, near: Industry
) -> None:
    mapped(desk, edition, near)
    lent = published(desk, "SL/T 3—2026")
    mapped(desk, lent, unit(desk).industry, "工艺和主要风险相同")
    found = queries.proposal(unit(desk), "level_2", DAY)
    assert (found.edition, found.nearest) == (lent, True)
    assert "工艺和主要风险相同" in found.reason


def test_nothing_fits_is_said_with_a_reason(desk: Desk, edition: Edition) -> None:
    found = queries.proposal(unit(desk), "level_2", DAY)
    assert found.edition is None
    assert "没有适用于二级的评定标准" in found.reason


def test_a_withdrawn_standard_is_not_proposed(desk: Desk, edition: Edition) -> None:
    mapped(desk, edition, unit(desk).industry)
    Standard.objects.update(withdrawn=DAY)
    assert queries.proposal(unit(desk), "level_2", DAY).edition is None


@pytest.mark.obligation("U1-gaps")
def test_an_industry_without_a_standard_is_a_gap_with_its_units_and_the_making_tracked(desk: Desk) -> None:
    making = makings.open_making(
        title="制定通用设备评定标准",
        department=desk.owner,
        subject=Subject(industry=desk.world.industry),
        due=date(2027, 1, 1),
        by=desk.world.actor("bureau_city"),
        at=AT,
    )
    [gap] = queries.gaps(DAY)
    assert (gap.industry.code, gap.units, gap.department, gap.making) == ("34", 2, desk.owner, making)


@pytest.mark.obligation("U1-gaps")
def test_a_lent_standard_leaves_the_gap_open_and_an_own_one_closes_it(desk: Desk, edition: Edition) -> None:
    mapped(desk, edition, unit(desk).industry, "工艺相近")
    [gap] = queries.gaps(DAY)
    assert (gap.lent, gap.lent_reason) == (edition.standard, "工艺相近")
    own = published(desk, "SL/T 4—2026")
    mapped(desk, own, unit(desk).industry)
    assert queries.gaps(DAY) == []


@pytest.mark.obligation("U1-special-processes")
def test_special_processes_are_flagged_on_units_and_standards_and_their_making_is_a_tracked_duty(
    desk: Desk, edition: Edition
) -> None:
    organisations_unit = unit(desk)
    Unit.objects.filter(pk=organisations_unit.pk).update(areas=["cold_store", "grain_dust"])
    making = makings.open_making(
        title="制定冷库评定标准", department=desk.owner, subject=Subject(area="cold_store"),
        due=date(2027, 1, 1), by=desk.actor, at=AT,
    )  # fmt: skip
    covering = published(desk, "SL/T 5—2026", areas=["grain_dust"])
    rows = {each.area: each for each in queries.special_processes(DAY)}
    named = {"sewage_biogas", "grain_dust", "cold_store", "hydrogen_station", "chemical_graded_supervision"}
    assert {key for key, each in rows.items() if each.duty} == named
    assert (rows["cold_store"].units, rows["cold_store"].standards, rows["cold_store"].making) == (
        1,
        (),
        making,
    )
    assert (rows["grain_dust"].units, rows["grain_dust"].standards) == (1, (covering.standard,))


def numbers(**filters: object) -> list[str]:
    return [row.number for row in queries.search_items(Filters(**filters), DAY)]


def test_search_wants_all_words_anywhere_in_an_item(edition: Edition) -> None:
    assert numbers(text="要求 每缺一人") == ["1.2"]
    assert numbers(text="安全生产法") == ["1.1"]
    assert numbers(text="现场管理") == ["2.1"]
    assert numbers(text="要求 没有这个词") == []
    assert numbers() == ["1.1", "1.2", "2.1"]


@pytest.mark.obligation("U12-mandatory")
def test_mandatory_items_are_found_and_drawn_out_as_an_inspection_list(edition: Edition) -> None:
    assert numbers(mandatory=True) == ["1.1"]
    content = checklist(queries.book(edition), Purpose.INSPECTION, Selection(mandatory_only=True), on=DAY)
    cells = [str(cell.value) for row in load_workbook(BytesIO(content)).active.iter_rows() for cell in row]
    assert any("第1.1项" in each for each in cells)
    assert not any("第1.2项" in each for each in cells)
    assert "《安全生产法》" in cells


def test_items_are_found_by_area_and_veto(edition: Edition) -> None:
    assert numbers(area="confined_space") == ["2.1"]
    assert numbers(vetoes=True) == ["2.1"]


def test_drafts_and_editions_not_yet_in_force_are_not_searched(desk: Desk, edition: Edition) -> None:
    desk.published(desk.draft(edition.standard, label="2027版"), in_force=DAY + timedelta(days=9))
    desk.draft(desk.register("SL/T 9—2026"))
    assert len(numbers()) == 3


def test_an_edition_is_named_by_id_number_or_public_id(desk: Desk, edition: Edition) -> None:
    draft = desk.draft(edition.standard, label="2027版")
    assert queries.edition_named(str(draft.pk)) == draft
    assert queries.edition_named("SL/T 1—2026") == edition
    assert queries.edition_named("SL/T 1—2026 2027版") == draft
    assert queries.edition_named("没有") is None


def test_queries_stay_the_same_few(
    desk: Desk, edition: Edition, near: Industry, django_assert_max_num_queries
) -> None:
    mapped(desk, edition, near)
    mapped(desk, edition, unit(desk).industry, "工艺相近")
    one = Unit.objects.select_related("industry").get(pk=unit(desk).pk)
    with django_assert_max_num_queries(3):
        queries.proposal(one, "level_2", DAY)
    with django_assert_max_num_queries(7):
        queries.gaps(DAY)
    with django_assert_max_num_queries(4):
        queries.special_processes(DAY)
    with django_assert_max_num_queries(2):
        queries.due_for_review(date(2031, 3, 2))


def test_books_and_rulebooks_are_read_once(edition: Edition, django_assert_num_queries) -> None:
    queries.book(edition)
    with django_assert_num_queries(0):
        assert queries.book(edition).full == 10_000
