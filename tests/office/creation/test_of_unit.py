"""The creation work of a unit as officials of its territory read it, and what its officer is reminded of."""

import pytest

from creation.applying import Applicant
from dabiao.creation.models import Assessor
from dabiao.hazards.models import RiskLevel
from dabiao.hazards.rules.register import Risk
from dabiao.hazards.services import register
from office.story import Office, statements
from world import AT, DAY


def url(office: Office) -> str:
    return f"/office/units/{office.world.units['unit'].pk}/creation/"


def risk(office: Office, place: str = "一车间") -> None:
    told = Risk(place, "冲压", "机械伤害", RiskLevel.LARGER, "双手启动", "示例班长", DAY.replace(month=12))
    by = office.world.actor("officer")
    register.enter(unit=office.world.units["unit"], risk=told, by=by, at=AT)


@pytest.mark.obligation("U8-locality-view")
def test_officials_of_the_territory_read_every_part_with_its_history(office: Office) -> None:
    empty = office.get("locality", url(office))
    for words in ("还没有开始创建", "还没有成立", "还没有签署"):
        assert words in empty
    Applicant(office.world, level="level_3").prepared()
    risk(office)
    for who in ("locality", "industry_district", "bureau_city", "organizer", "officer"):
        page = office.get(who, url(office))
        for words in ("组长 示例principal", "示例自评员", "双手启动", "主要负责人签署", "办理记录"):
            assert words in page, (who, words)
    for who in ("other_locality", "other_industry_district", "stranger_officer"):
        office.get(who, url(office), 404)
    assert url(office) in office.get("locality", url(office).removesuffix("creation/"))


def test_more_risk_points_take_no_more_statements(office: Office) -> None:
    risk(office)
    before = statements(office, "locality", url(office))
    for number in range(5):
        risk(office, f"{number}号车间")
    assert statements(office, "locality", url(office)) == before


def test_the_officer_is_reminded_of_training_and_of_the_letter(office: Office) -> None:
    Applicant(office.world, level="level_3", without=("commitment", "assessors")).prepared()
    told = {"name": "示例甲", "kind": "workshop", "department": "一车间", "trade": "焊接", "since": f"{DAY}"}
    office.post("officer", "/office/creation/assessors/", **told)
    assert Assessor.objects.get().name == "示例甲"
    home = office.get("officer", "/office/")
    assert "培训自评员（1 人）" in home
    assert "请主要负责人签署安全生产承诺书" in home
    assert "请主要负责人签署安全生产承诺书" not in office.get("principal", "/office/")
