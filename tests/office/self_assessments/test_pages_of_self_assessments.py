"""A self-assessment from start to hand-in through its pages; each refusal says why and changes nothing."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from dabiao.creation.models import SelfAssessment
from dabiao.creation.states.assessments import AssessmentState as S
from dabiao.hazards.models import Hazard
from dabiao.office import done
from dabiao.sheets.models import Answer, Assignment, Signature, Writer
from office.story import CONFORMS, DAY_AFTER, LIST, POSTED_UNTIL, Office, entries, statements


def state(assessment: SelfAssessment) -> str:
    return SelfAssessment.objects.get(pk=assessment.pk).state


def version(assessment: SelfAssessment) -> int:
    return SelfAssessment.objects.get(pk=assessment.pk).version


def test_before_the_first_one_the_list_says_how_to_begin(office: Office) -> None:
    page = office.get("officer", LIST)
    assert "还没有自评" in page
    assert "发起自评" in page
    assert "还没有收到自评报告" in office.get("industry_district", LIST)


def test_starting_shows_the_edition_proposed_for_each_level_with_its_reason(office: Office) -> None:
    page = office.get("officer", f"{LIST}new/")
    assert "示例评定标准" in page
    assert "暂无适用标准" in page  # nothing published for small and micro units
    assert "示例assessor" in page


def test_starting_without_a_level_is_said_beside_the_field(office: Office) -> None:
    before = entries()
    page = office.post("officer", f"{LIST}new/", 422)
    assert "请改正以下内容后再提交" in page
    assert entries() == before
    assert not SelfAssessment.objects.exists()


def test_a_level_without_a_standard_is_refused_with_the_reason(office: Office) -> None:
    before = entries()
    page = office.post("officer", f"{LIST}new/", 422, level="small_micro")
    assert "暂无适用标准" in page
    assert entries() == before


def test_a_second_one_is_refused_while_the_first_is_under_way(office: Office) -> None:
    office.started()
    before = entries()
    assert "还有一份自评没有完成" in office.post("officer", f"{LIST}new/", 422, level="level_3")
    assert entries() == before


def test_the_team_is_set_and_elements_are_given_out(office: Office) -> None:
    assessment = office.started()
    team = f"{LIST}{assessment.pk}/team/"
    accounts = office.world.accounts
    assert "基础管理" in office.get("officer", team)
    office.post("officer", team, writers=[accounts["assessor"].pk, accounts["colleague"].pk])
    assert Writer.objects.filter(sheet=assessment.sheet).count() == 3
    office.post("officer", team, element="1", accounts=[accounts["colleague"].pk])
    assert Assignment.objects.get().account == accounts["colleague"]
    assert "checked" in office.get("officer", team)


def test_only_colleagues_can_be_put_on_the_team(office: Office) -> None:
    assessment = office.started()
    stranger = office.world.accounts["stranger_assessor"].pk
    page = office.post("officer", f"{LIST}{assessment.pk}/team/", 422, writers=[stranger])
    assert "没有办成" in page or "请改正" in page
    assert Writer.objects.filter(sheet=assessment.sheet).count() == 2


def test_an_element_is_given_to_writers_only(office: Office) -> None:
    assessment = office.started()
    colleague = office.world.accounts["colleague"].pk
    team = f"{LIST}{assessment.pk}/team/"
    assert "只能分派给评分人员" in office.post("officer", team, 422, element="1", accounts=[colleague])
    assert "没有这个要素" in office.post("officer", team, 422, element="99", accounts=[])
    assert not Assignment.objects.exists()


def test_the_page_says_what_is_missing_and_offers_no_signature(office: Office) -> None:
    assessment = office.started()
    page = office.get("officer", f"{LIST}{assessment.pk}/")
    assert "看看还差什么" in page
    assert "签字形成自评报告</button>" not in page


def test_an_unfinished_one_is_not_signed(office: Office) -> None:
    assessment = office.started()
    before = entries()
    page = office.post("officer", f"{LIST}{assessment.pk}/sign/", 422, opinion="总体符合", version=1)
    assert "没有完成" in page
    assert entries() == before
    assert state(assessment) == S.FILLING


def test_signing_without_a_conclusion_is_said_beside_the_field(office: Office) -> None:
    assessment = office.started()
    office.fill(assessment)
    before = entries()
    page = office.post("officer", f"{LIST}{assessment.pk}/sign/", 422, opinion=" ", version=1)
    assert "自评结论" in page
    assert entries() == before


def test_an_assessor_does_not_sign(office: Office) -> None:
    assessment = office.started()
    office.fill(assessment)
    office.post("assessor", f"{LIST}{assessment.pk}/sign/", 403, opinion="总体符合", version=1)
    assert state(assessment) == S.FILLING


def test_signing_makes_the_report_and_the_findings(office: Office) -> None:
    assessment = office.signed()
    page = office.get("officer", f"{LIST}{assessment.pk}/")
    assert state(assessment) == S.SIGNED
    assert office.finding().number in page
    assert "两处记录缺失" in page
    assert Signature.objects.filter(sheet=assessment.sheet).count() == 1


def test_the_principal_signs_too_once(office: Office) -> None:
    assessment = office.signed()
    url = f"{LIST}{assessment.pk}/countersign/"
    office.post("principal", url, remark="同意")
    assert "已经签过字" in office.post("principal", url, 422, remark="同意")
    assert Signature.objects.filter(sheet=assessment.sheet).count() == 2
    page = office.get("principal", f"{LIST}{assessment.pk}/")
    assert "我也签字" not in page


def test_posting_asks_where_and_shows_until_when(office: Office) -> None:
    assessment = office.signed()
    url = f"{LIST}{assessment.pk}/post/"
    before = entries()
    office.post("officer", url, 422, where="", version=version(assessment))
    assert entries() == before
    office.post("officer", url, where="厂区公告栏", version=version(assessment))
    page = office.get("officer", f"{LIST}{assessment.pk}/")
    assert "厂区公告栏" in page
    assert "2026年3月16日" in page


def test_handing_in_waits_for_the_end_of_the_posting(office: Office) -> None:
    assessment = office.signed()
    url = f"{LIST}{assessment.pk}/"
    office.post("officer", f"{url}post/", where="厂区公告栏", version=version(assessment))
    office.stand_at(POSTED_UNTIL)
    before = entries()
    page = office.post("officer", f"{url}hand-in/", 422, version=version(assessment))
    assert "公示期到 2026-03-16（含当日）为止" in page
    assert 'aria-disabled="true"' in office.get("officer", url)
    assert entries() == before
    assert state(assessment) == S.POSTED
    office.stand_at(DAY_AFTER)
    office.post("officer", f"{url}hand-in/", version=version(assessment))
    assert state(assessment) == S.HANDED_IN


def test_an_older_page_is_told_that_somebody_was_faster(office: Office) -> None:
    assessment = office.signed()
    before = entries()
    page = office.post("officer", f"{LIST}{assessment.pk}/post/", 422, where="厂区公告栏", version=99)
    assert "刚被他人修改过" in page
    assert "厂区公告栏" in page  # what was typed is still there
    assert entries() == before


def test_one_handed_in_is_seen_by_its_authorities_and_by_no_others(office: Office) -> None:
    assessment = office.handed_in()
    url = f"{LIST}{assessment.pk}/"
    for who in ("industry_district", "locality", "bureau_city", "committee_district", "organizer"):
        assert "总体符合" in office.get(who, url)
        assert assessment.number in office.get(who, LIST)
    for who in ("stranger_officer", "other_industry_district", "other_locality"):
        office.get(who, url, 404)
        assert assessment.number not in office.get(who, LIST)
    office.get("reviewer", url, 403)


def test_an_unfinished_one_is_nobodys_but_the_units(office: Office) -> None:
    assessment = office.started()
    office.get("industry_district", f"{LIST}{assessment.pk}/", 404)
    office.get("colleague", f"{LIST}{assessment.pk}/")
    office.get("officer", f"{LIST}99999/", 404)


def test_abandoning_asks_why(office: Office) -> None:
    assessment = office.started()
    url = f"{LIST}{assessment.pk}/abandon/"
    office.post("officer", url, 422, reason="")
    assert state(assessment) == S.FILLING
    office.post("officer", url, reason="选错了等级")
    assert state(assessment) == S.ABANDONED
    assert "选错了等级" in office.get("officer", f"{LIST}{assessment.pk}/")


@pytest.mark.obligation("U13-less-typing")
def test_next_year_begins_with_last_years_answers_and_level(office: Office) -> None:
    first = office.handed_in()
    office.stand_at(datetime(2027, 2, 1, 4, tzinfo=UTC))
    page = office.get("officer", f"{LIST}new/")
    assert "沿用上一次的答复作为起点" in page
    assert first.title in page  # where it is taken from
    assert re.search(r'value="level_3"[^>]*checked', page)
    second = office.started(reuse="on")
    answers = Answer.objects.filter(sheet=second.sheet)
    assert answers.count() == Answer.objects.filter(sheet=first.sheet).count()
    assert all(answers.values_list("copied", flat=True))
    assert "沿用" in office.get("officer", f"{LIST}{second.pk}/")


@pytest.mark.obligation("U19-yearly")
def test_a_year_later_the_next_one_stands_in_the_to_do_list_and_turns_red(office: Office) -> None:
    office.handed_in()
    home = office.get("officer", "/office/")
    assert "每年至少自评一次" in home
    office.stand_at(DAY_AFTER + timedelta(days=366))
    assert "limit-red" in office.get("officer", "/office/")
    unit = office.world.units["unit"]
    assert "limit-red" in office.get("industry_district", f"/office/units/{unit.pk}/")
    before = SelfAssessment.objects.count()
    second = office.started(reuse="on")
    assert SelfAssessment.objects.count() == before + 1
    assert "每年至少自评一次" not in office.get("officer", "/office/")
    assert second.previous is not None


@pytest.mark.obligation("U19-root-cause")
def test_a_problem_found_again_names_the_earlier_one(office: Office) -> None:
    office.handed_in()
    earlier = office.finding()
    office.stand_at(datetime(2027, 2, 1, 4, tzinfo=UTC))
    again = office.started()
    office.fill(again)
    office.post("officer", f"{LIST}{again.pk}/sign/", opinion="仍有缺失", version=again.version)
    later = Hazard.objects.latest("id")
    assert later.recurs == earlier
    page = office.get("officer", f"/office/hazards/{later.pk}/")
    assert earlier.number in page
    assert "再次发生" in office.get("officer", f"{LIST}{again.pk}/")


def test_the_list_is_filtered_sorted_and_exported(office: Office) -> None:
    assessment = office.started()
    assert assessment.number in office.get("officer", f"{LIST}?q={assessment.number}&sort=-unit")
    assert "没有符合条件的自评" in office.get("officer", f"{LIST}?state=handed_in")
    assert assessment.number in office.get("officer", f"{LIST}?state=filling&page=99&sort=nonsense")
    export = office.as_("officer").get(f"{LIST}export.xlsx")
    assert export.status_code == 200
    assert export.content.startswith(b"PK")


def test_pages_take_the_same_few_statements_however_much_there_is(office: Office) -> None:
    first = office.handed_in()
    url, few = f"{LIST}{first.pk}/", {}
    for page in (url, LIST, "/office/", "/office/?tab=finished"):
        few[page] = statements(office, "officer", page)
    for year in range(3):
        office.stand_at(datetime(2027 + year, 2, 1, 4, tzinfo=UTC))
        more = office.started()
        office.fill(more, CONFORMS)
        office.post("officer", f"{LIST}{more.pk}/sign/", opinion="符合", version=more.version)
        now = SelfAssessment.objects.get(pk=more.pk)
        office.post("officer", f"{LIST}{more.pk}/post/", where="公告栏", version=now.version)
        office.stand_at(datetime(2027 + year, 3, 1, 4, tzinfo=UTC))
        now = SelfAssessment.objects.get(pk=more.pk)
        office.post("officer", f"{LIST}{more.pk}/hand-in/", version=now.version)
    for page, count in few.items():
        assert statements(office, "officer", page) <= count, page
    assert max(few.values()) <= 20


def test_the_home_of_each_role_opens(office: Office) -> None:
    office.handed_in()
    for who in office.world.accounts:
        office.get(who, "/office/")
        office.get(who, "/office/?tab=done")
        office.get(who, "/office/?tab=finished")


def test_the_history_sums_up_the_work_on_the_items(office: Office) -> None:
    assessment = office.signed()
    page = office.get("officer", f"{LIST}{assessment.pk}/")
    lines = Answer.objects.filter(sheet=assessment.sheet).count()
    assert f"共 {lines} 次" in page
    assert page.count("评分人员逐项记录所见与扣分") == 1
    assert "企业安全管理员发起自评" in page


def test_what_i_did_is_told_in_words(office: Office) -> None:
    assessment = office.signed()
    page = office.get("officer", "/office/?tab=done")
    assert "企业签字形成自评报告" in page
    thing = f"自评 {assessment.number} · {assessment.unit.name}"
    assert f'<a href="{LIST}{assessment.pk}/">{thing}</a>' in page
    assert page.count("评分人员逐项记录所见与扣分") == 1


def test_what_i_did_names_nothing_that_is_out_of_my_sight_by_now(office: Office) -> None:
    assessment = office.signed()
    for chain in (f"creation_self_assessment:{assessment.pk}", f"sheets_sheet:{assessment.sheet_id}"):
        assert chain in done._things(office.world.actor("officer"), [chain])
        assert not done._things(office.world.actor("stranger_officer"), [chain])
