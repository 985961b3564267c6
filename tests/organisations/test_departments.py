"""The nearest-department rule (uplift/7): nobody without a department, each with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabiao.organisations.data import reading
from dabiao.organisations.rules.departments import Department, Duty, Family, Ground, Way, answering

EAST, WEST = 1, 2
BUREAU, BUREAU_EAST, ECONOMY, ECONOMY_EAST, WATER = 10, 11, 20, 21, 30
DEPARTMENTS = {
    each.key: each
    for each in (
        Department(BUREAU, "市应急管理局"),
        Department(BUREAU_EAST, "东区应急管理局", EAST, BUREAU),
        Department(ECONOMY, "市经信"),
        Department(ECONOMY_EAST, "东区经信", EAST, ECONOMY),
        Department(WATER, "市水务"),
    )
}
PARENTS = {"34": "C", "35": "C", "36": "C", "341": "34", "3411": "341", "46": "D", "76": "N"}
FAMILIES = (Family(("46", "76"), "风险相近"),)


def ground(*duties: Duty) -> Ground:
    return Ground(duties, DEPARTMENTS, PARENTS, {"34": "通用设备制造业"}, FAMILIES, (BUREAU, BUREAU_EAST))


def test_the_districts_branch_of_the_city_department_does_the_work() -> None:
    found = answering("34", EAST, ground(Duty("34", ECONOMY)))
    assert (found.department, found.way, found.reason) == (ECONOMY_EAST, Way.OWN, "通用设备制造业由其主管")


def test_where_the_district_has_no_branch_the_city_department_does_it() -> None:
    assert answering("34", WEST, ground(Duty("34", ECONOMY))).department == ECONOMY


def test_a_class_follows_its_division() -> None:
    found = answering("3411", EAST, ground(Duty("34", ECONOMY)))
    assert (found.department, found.reason[:6]) == (ECONOMY_EAST, "按上一级行业")


def test_an_own_duty_stands_before_one_taken_on() -> None:
    taken = Duty("34", WATER, nearest=True, reason="职能相近")
    assert answering("34", EAST, ground(taken, Duty("34", ECONOMY))).way == Way.OWN
    assert answering("34", EAST, ground(taken)).reason == "职能相近"


def test_an_industry_without_duty_goes_to_the_department_of_like_risks() -> None:
    found = answering("76", EAST, ground(Duty("46", WATER), Duty("34", ECONOMY)))
    assert (found.department, found.way) == (WATER, Way.NEAREST)
    assert "风险相近" in found.reason


def test_else_to_the_one_that_answers_for_most_of_the_section() -> None:
    found = answering("36", EAST, ground(Duty("34", ECONOMY), Duty("35", ECONOMY), Duty("46", WATER)))
    assert (found.department, found.way) == (ECONOMY_EAST, Way.NEAREST)


@pytest.mark.obligation("U7-new-industries")
def test_else_to_the_emergency_bureau_until_the_committee_office_assigns() -> None:
    found = answering("36", EAST, ground())
    assert (found.department, found.way) == (BUREAU_EAST, Way.LAST)
    assert answering("36", WEST, ground()).department == BUREAU
    assert "安委会办公室" in found.reason


@pytest.mark.obligation("U7-new-industries")
@given(
    industry=st.sampled_from([each.code for each in reading.industries()]),
    where=st.sampled_from([EAST, WEST]),
    duties=st.lists(
        st.builds(
            Duty,
            st.sampled_from([each.code for each in reading.industries()]),
            st.sampled_from([ECONOMY, ECONOMY_EAST, WATER]),
            st.booleans(),
        ),
        max_size=12,
    ),
)
def test_no_industry_anywhere_is_without_a_department_that_may_act_there(
    industry: str, where: int, duties: list[Duty]
) -> None:
    parents = {each.code: each.parent for each in reading.industries() if each.parent}
    families = tuple(Family(each.industries, each.reason) for each in reading.nearest().families)
    last = (BUREAU, BUREAU_EAST)
    found = answering(industry, where, Ground(tuple(duties), DEPARTMENTS, parents, {}, families, last))
    assert DEPARTMENTS[found.department].jurisdiction in {None, where}
    assert found.reason


def test_a_tree_without_anybody_is_a_fault_of_the_installation() -> None:
    with pytest.raises(LookupError):
        answering("34", EAST, Ground((), {}, PARENTS, {}))
