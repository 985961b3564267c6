"""A case on pages: applied for, received, completed, audited, decided, explained, refused with clauses."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from creation.applying import Applicant
from dabiao.base.journal import entries as journal
from dabiao.creation.models import Case, CaseFinding, Decision
from dabiao.creation.permissions.cases import FIND
from dabiao.creation.services.cases.concluding import conclude
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.actor import TIME
from dabiao.organisations.models import Site
from dabiao.standing import services as standing
from dabiao.standing.services import Told
from office.story import Office, entries, statements
from world import AT, SINCE

LIST = "/office/cases/"
READY = datetime(2026, 3, 18, 4, tzinfo=UTC)


@pytest.fixture
def ready(office: Office, clock: Callable[[datetime], None]) -> Office:
    Applicant(office.world, level="level_3").prepared()
    clock(READY)
    return office


def drafted(office: Office) -> str:
    site = Site.objects.get(unit=office.world.units["unit"])
    office.post("officer", f"{LIST}new/", level="level_3", sites=[site.pk])
    return f"{LIST}{Case.objects.latest('id').pk}/"


def version() -> int:
    return Case.objects.latest("id").version


def submitted(office: Office) -> str:
    url = drafted(office)
    office.post("principal", f"{url}submit/", version=version())
    return url


def received(office: Office) -> str:
    url = submitted(office)
    office.post("organizer", f"{url}receive/", version=version())
    return url


def proposed(office: Office, outcome: str = "accepted", words: str = "符合条件") -> str:
    url = received(office)
    office.post("organizer", f"{url}propose/", version=version(), outcome=outcome, words=words)
    return url


def state() -> str:
    return Case.objects.latest("id").state


@pytest.mark.obligation("U13-less-typing")
def test_what_is_known_is_filled_in_and_says_where_it_comes_from(ready: Office) -> None:
    page = ready.get("officer", f"{LIST}new/")
    assert "来自 ZP" in page or "ZP2026" in page, "the level of the report is taken over"
    url = drafted(ready)
    page = ready.get("officer", f"{url}conditions/")
    for known in (
        "安全生产许可证",
        "示例机关",
        "应当持证 2 人，已持证 2 人",
        "组长 示例principal",
        "自评报告 ZP2026",
    ):
        assert known in page
    assert 'name="say0"' not in page, "nothing is asked that is known"


@pytest.mark.obligation("U13-dual-prevention", "U13-less-typing")
def test_the_register_of_risks_is_the_evidence_and_nothing_is_entered_twice(
    office: Office, clock: Callable[[datetime], None]
) -> None:
    Applicant(office.world, level="level_3", without=("risk_control",)).prepared()
    clock(READY)
    page = office.get("officer", f"{drafted(office)}conditions/")
    assert "没有风险辨识评估和分级管控的记录" in page
    assert "new/?kind=risk_control" in page, "where the unit puts it right"
    told = {"place": "一车间", "activity": "冲压", "kind": "机械伤害", "level": "ordinary"}
    more = {"measures": "双手启动", "responsible": "示例班长", "review_on": "2026-12-31"}
    office.post("officer", "/office/hazards/risks/", **told, **more)
    page = office.get("officer", f"{LIST}{Case.objects.latest('id').pk}/conditions/")
    assert "风险分级管控清单登记 1 个风险点，均在复核期内" in page
    assert "没有风险辨识评估" not in page


def test_what_nobody_knows_the_unit_says(ready: Office) -> None:
    standing.record(
        told=Told("social_influence", SINCE.replace(year=2025), "示例事件", "示例通报"),
        unit=ready.world.units["unit"],
        by=ready.world.actor("bureau_city"),
        at=READY,
    )
    url = drafted(ready)
    page = ready.get("officer", f"{url}conditions/")
    assert "需要核实" in page
    page = ready.post("principal", f"{url}submit/", 422, version=version())
    assert "还有条件没有说明" in page
    ready.post("officer", f"{url}conditions/", version=version(), say0="已消除影响")
    ready.post("principal", f"{url}submit/", version=version())
    assert "已消除影响" in ready.get("organizer", url)


def test_the_whole_way_to_acceptance(ready: Office) -> None:
    url = proposed(ready)
    assert "同意，作出决定" in ready.get("organizer_lead", url)
    ready.post("organizer_lead", f"{url}decide/", version=version())
    assert state() == CaseState.ACCEPTED
    for who in ("officer", "principal", "industry_district", "locality", "bureau_city"):
        assert "审核通过，进入评审" in ready.get(who, url)
        why = ready.get(who, f"{url}why/")
        assert "结论一致" in why
        assert "conditions.accidents.reaching" in why
    notice = ready.get("officer", f"{url}notice/")
    assert "受理通知书" in notice
    assert "示例organizer_lead" in notice
    assert "审核通过" in ready.get("bureau_city", f"{LIST}?q=DB2026&state=accepted")


ENDS = {
    CaseState.ATTAINED: ("已公告定级，申报件办结", "公告 GG202600001"),
    CaseState.FAILED: ("未通过定级，申报件办结", "何时可以重新申请"),
    CaseState.CLOSED: ("申报已终止，申报件办结", "可以重新申请"),
}


@pytest.mark.parametrize("outcome", ENDS)
def test_a_case_that_has_ended_says_how_and_its_decision_still_opens(
    ready: Office, outcome: CaseState
) -> None:
    url = proposed(ready)
    ready.post("organizer_lead", f"{url}decide/", version=version())
    conclude(case=Case.objects.latest("id"), outcome=outcome, why="公告 GG202600001", by=TIME, at=READY)
    for who in ("officer", "organizer", "locality"):
        page = ready.get(who, url)
        assert all(words in page for words in (*ENDS[outcome], "公告 GG202600001"))
        assert "草稿已作废" not in page
        assert f'href="{url}why/"' in page
        assert f'href="{url}notice/"' in page


def test_whose_application_runs_is_led_on_to_it(ready: Office) -> None:
    url = submitted(ready)
    page = ready.get("officer", f"{LIST}new/")
    assert "去办理 DB2026 00001" in page
    assert f'href="{url}"' in page
    assert "下一步：核对条件" not in page


def test_completion_asked_once_and_done(ready: Office) -> None:
    url = submitted(ready)
    assert "只能告知一次" in ready.get("organizer", url)
    page = ready.post("organizer", f"{url}receive/", 422, correct="1", version=version(), others=" ")
    assert "请至少写明一项" in page
    ready.post("organizer", f"{url}receive/", correct="1", version=version(), others="补培训记录\n补演练照片")
    assert "补演练照片" in ready.get("officer", url)
    assert "材料补正一次性告知书" in ready.get("officer", f"{url}notice/")
    assert "完成补正" in ready.get("officer", "/office/")
    page = ready.post("officer", f"{url}complete/", 422, version=version(), words="")
    assert "请填写补正情况" in page
    ready.post("officer", f"{url}complete/", version=version(), words="两项都已补")
    assert state() == CaseState.RECEIVED
    assert "一次性告知补正" not in ready.get("organizer", url).split("办理记录")[0]


@pytest.mark.obligation("U2-hard-refusals", "U11-gate")
def test_refused_with_its_reasons_and_clauses(ready: Office) -> None:
    told = Told("hard_refusal", SINCE, "用电专项治理未完成", "示例检查", which="campaigns")
    unit = ready.world.units["unit"]
    standing.record(told=told, unit=unit, by=ready.world.actor("enforcement"), at=READY)
    url = received(ready)
    before = entries()
    page = ready.post("organizer", f"{url}propose/", 422, version=version(), outcome="accepted", words="好")
    assert "不能进入评审" in page
    assert entries() == before
    ready.post("organizer", f"{url}propose/", version=version(), outcome="refused", words="专项治理未完成")
    ready.post("organizer_lead", f"{url}decide/", version=version())
    for path in (url, f"{url}why/", f"{url}notice/"):
        page = ready.get("principal", path)
        assert "用电专项治理未完成" in page
        assert "建立达标否决项动态调整机制" in page, "the clause by its title"
    assert "审核不予受理" in ready.get("officer", f"/office/units/{unit.pk}/standing/")


def test_a_running_bar_is_shown_and_refuses(ready: Office) -> None:
    told = Told("revocation", SINCE, "示例摘牌", "示例文书", which="other", number="示例1")
    by = ready.world.actor("industry_district")
    standing.record(told=told, unit=ready.world.units["unit"], by=by, at=READY)
    url = drafted(ready)
    page = ready.get("principal", url)
    assert "2027-01-02 起可以申请" in page
    assert "有不能提交的情形" in page, "the greyed button says why"
    page = ready.post("principal", f"{url}submit/", 422, version=version())
    assert "不能提交申请" in page
    assert state() == CaseState.DRAFT


def test_a_person_judges_what_the_facts_do_not(ready: Office) -> None:
    url = received(ready)
    told = {"condition": "conditions.licences", "met": "no", "words": "许可证系伪造"}
    page = ready.post("organizer", f"{url}audit/", 422, **{**told, "words": ""})
    assert "请填写核实情况" in page
    ready.post("organizer", f"{url}audit/", **told)
    assert CaseFinding.objects.get().words == "许可证系伪造"
    assert "许可证系伪造" in ready.get("organizer", f"{url}audit/")


@pytest.mark.obligation("Q1-formality")
def test_formality_without_evidence_is_refused_beside_the_field(ready: Office) -> None:
    url = received(ready)
    sent = {"version": version(), "outcome": "refused", "words": "雷同", "grounds": ["formality"]}
    assert "应当附证据" in ready.post("organizer", f"{url}propose/", 422, **sent)


def test_sent_back_with_its_reason(ready: Office) -> None:
    url = proposed(ready)
    page = ready.post("organizer_lead", f"{url}decide/", 422, version=version(), back="1", reason="")
    assert "请写明需要重新审核什么" in page
    ready.post("organizer_lead", f"{url}decide/", version=version(), back="1", reason="核实持证人数")
    assert "核实持证人数" in ready.get("organizer", url)


def test_everybody_finds_what_waits_for_them(ready: Office) -> None:
    url = drafted(ready)
    assert "核对申报条件" in ready.get("officer", "/office/")
    assert "核对并提交申请" in ready.get("principal", "/office/")
    ready.post("principal", f"{url}submit/", version=version())
    assert "接收或告知补正" in ready.get("organizer", "/office/")
    assert "还剩 5 个工作日" in ready.get("organizer", "/office/")
    ready.post("organizer", f"{url}receive/", version=version())
    assert "逐项审核" in ready.get("organizer", "/office/")
    ready.post("organizer", f"{url}propose/", version=version(), outcome="accepted", words="好")
    assert "作出决定" in ready.get("organizer_lead", "/office/")


def test_who_proposed_is_not_asked_to_decide(ready: Office) -> None:
    """A leader who also audits finds it with the other leader, not on their own desk."""
    proposed(ready)
    Decision.objects.update(proposed_by=ready.world.accounts["organizer_lead"])
    assert "作出决定" not in ready.get("organizer_lead", "/office/")


def test_a_draft_is_discarded_and_what_was_submitted_is_withdrawn(ready: Office) -> None:
    url = drafted(ready)
    ready.post("officer", f"{url}withdraw/", version=version(), reason="暂不申请")
    assert state() == CaseState.DISCARDED
    url = submitted(ready)
    assert "请填写理由" in ready.post("officer", f"{url}withdraw/", 422, version=version(), reason="")
    ready.post("officer", f"{url}withdraw/", version=version(), reason="改报二级")
    assert "企业已撤回申请" in ready.get("organizer", url)


def test_the_pages_of_a_case_take_few_statements(ready: Office) -> None:
    url = received(ready)
    assert statements(ready, "organizer", f"{url}audit/") <= 45
    assert statements(ready, "organizer", url) <= 45
    assert statements(ready, "organizer", LIST) <= 20


def test_the_list_is_exported(ready: Office) -> None:
    submitted(ready)
    assert ready.as_("bureau_city").get(f"{LIST}export.xlsx").status_code == 200


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("industry=C&area=&level=level_3&jurisdiction=east", True),
        ("industry=34", True),
        ("industry=18", False),
        ("area=ammonia", False),
        ("level=level_2", False),
        ("jurisdiction=west", False),
    ],
)
def test_the_list_is_narrowed_by_trade_area_level_and_district(
    ready: Office, asked: str, there: bool
) -> None:
    submitted(ready)
    page = ready.get("organizer", f"{LIST}?{asked}")
    assert ("DB2026 00001" in page, "没有符合条件的申报件" in page) == (there, not there)


def test_a_case_is_found_by_the_number_somebody_says(ready: Office) -> None:
    submitted(ready)
    for said in ("DB2026 00001", "db202600001", "精密机械"):
        assert "DB2026 00001" in ready.get("organizer", f"/office/search/?q={said}")
    assert "DB2026 00001 示例" not in ready.get("other_locality", "/office/search/?q=DB2026")


def asked(office: Office, who: str, url: str) -> int:
    """How many statements a page takes once what never changes has been read."""
    office.get(who, url)
    with CaptureQueriesContext(connection) as seen:
        office.get(who, url)
    return len(seen)


@pytest.mark.parametrize(("who", "where", "most"), [("officer", "", 24), ("organizer", "audit/", 20)])
def test_a_case_takes_as_many_statements_with_a_long_history_as_with_a_short_one(
    ready: Office, who: str, where: str, most: int
) -> None:
    url = received(ready) + where
    short = asked(ready, who, url)
    case, by = Case.objects.latest("id"), ready.world.actor("organizer")
    for number in range(70):
        with journal.writing(FIND, by=by, at=AT, on=case, note={"reason": f"第 {number} 次"}):
            pass
    assert asked(ready, who, url) == short <= most


def test_a_long_history_is_turned_on_the_page_of_the_case(ready: Office) -> None:
    url = received(ready)
    case, by = Case.objects.latest("id"), ready.world.actor("organizer")
    for number in range(40):
        with journal.writing(FIND, by=by, at=AT, on=case, note={"reason": f"第 {number} 次补充"}):
            pass
    first, second = ready.get("officer", url), ready.get("officer", f"{url}?history=2")
    assert "第 39 次补充" in first
    assert "第 1 次补充" not in first
    assert 'href="?history=2"' in first
    assert "第 1 次补充" in second
    assert 'href="?history=1"' in second
