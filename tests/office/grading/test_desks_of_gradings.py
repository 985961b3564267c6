"""Desks beside the straight way: a late opinion, the draw of spot checks, notices, a sheet closed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

import snapshots
from dabiao.base import clock
from dabiao.grading import tasks
from dabiao.grading.models import Opinion, SpotDraw
from dabiao.grading.rules.outcomes import TITLES
from dabiao.grading.services import rechecks
from dabiao.kernel.errors import OutOfTurn
from grading.reported import AUDITED, CONSULTED, JUDGED, VETOED, VISITED, Stage, filled, staged

Desk = Callable[..., str]


@pytest.fixture
def stage(db: None) -> Stage:
    return snapshots.laid(staged)


@pytest.fixture
def desk(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Somebody at a moment sends a form, or reads a page."""

    def at_desk(who: str, moment: datetime, path: str, status: int = 200, **sent: object) -> str:
        monkeypatch.setattr(clock, "now", lambda: moment)
        client = Client()
        client.force_login(stage.world.accounts[who], backend="dabiao.people.sign_in.Backend")
        address = f"/office/gradings/{path}"
        response = client.post(address, sent, follow=True) if sent else client.get(address)
        assert response.status_code == status, response.content.decode()[:3000]
        return str(response.content.decode())

    return at_desk


@pytest.mark.obligation("U8-locality-opinion")
def test_the_level_above_appoints_somebody_on_the_page(stage: Stage, desk: Desk) -> None:
    stage.passed()
    row = Opinion.objects.get(about="attainment", giver="locality")
    assert "指定人员提出意见" not in desk("industry_district", CONSULTED, f"opinions/{row.pk}/")
    late = CONSULTED + timedelta(days=14)
    tasks.tick(late)
    row.refresh_from_db()
    shown = desk("industry_district", late, f"opinions/{row.pk}/")
    assert "示例second_district" in shown
    assert "示例locality（示例东街道）" in shown
    person = stage.world.accounts["second_district"]
    told = {"person": person.pk, "version": row.version}
    assert "已指定人员" in desk("industry_district", late, f"opinions/{row.pk}/appoint/", **told)
    row.refresh_from_db()
    assert row.appointed_id == person.pk
    given = {"agrees": "yes", "words": "同意", "supervision": "无", "version": row.version}
    assert "意见已提出" in desk("second_district", late, f"opinions/{row.pk}/", **given)


def test_who_is_not_on_the_list_is_not_appointed(stage: Stage, desk: Desk) -> None:
    stage.passed()
    late = CONSULTED + timedelta(days=14)
    tasks.tick(late)
    row = Opinion.objects.get(about="attainment", giver="locality")
    told = {"person": stage.world.accounts["officer"].pk, "version": row.version}
    desk("industry_district", late, f"opinions/{row.pk}/appoint/", status=422, **told)
    row.refresh_from_db()
    assert row.appointed_id is None


@pytest.mark.obligation("Q4-organizer-check")
def test_spot_checks_are_drawn_and_shown_with_all_it_takes_to_repeat_them(stage: Stage, desk: Desk) -> None:
    number = stage.received().number
    told = {"first": "2026-04-01", "last": "2026-04-30", "word": "谷雨", "party": "示例市工业主管部门"}
    assert "另一方的随机词" in desk("organizer", AUDITED, "spots/", status=422, **told, other=" ")
    assert not SpotDraw.objects.exists()
    shown = desk("organizer", AUDITED, "spots/", **told, other="立夏")
    row = SpotDraw.objects.get()
    for each in (number, "谷雨", "立夏", row.record["seed"], row.record["digest"]):
        assert each in shown
    assert row.record["seed"] in desk("industry_city", AUDITED, "spots/")
    desk("industry_city", AUDITED, "spots/", status=422, **told, other="芒种")
    assert SpotDraw.objects.count() == 1


@pytest.mark.obligation("Q2-recheck-all")
def test_only_who_leads_the_recheck_closes_its_sheet(stage: Stage, desk: Desk) -> None:
    recheck = stage.arranged()
    key = stage.grading.pk
    assert "签字关闭复核评分表" in desk("organizer", VISITED, f"{key}/")
    assert "还有" in desk("organizer", VISITED, f"{key}/recheck/", status=422, act="close", version=1)
    filled(recheck.sheet, stage.actor("organizer", VISITED), VISITED, {}, closing=False)
    assert "已签字关闭" in desk("organizer", VISITED, f"{key}/recheck/", act="close", version=1)
    assert "签字关闭复核评分表" not in desk("organizer", VISITED, f"{key}/")


def test_a_sheet_not_closed_keeps_the_recheck_open(stage: Stage) -> None:
    stage.arranged()
    grading = stage.grading
    told = {"majors": (), "version": grading.version, "by": stage.actor("organizer"), "at": VISITED}
    with pytest.raises(OutOfTurn, match="没有签字关闭"):
        rechecks.finish(grading=grading, **told)


def test_the_review_unit_reads_the_comparison_once_it_is_decided(stage: Stage, desk: Desk) -> None:
    key = stage.rechecked(item_2_1_2=VETOED).pk
    for who in ("review_admin", "reviewer"):
        assert "与评审逐项比对" not in desk(who, JUDGED, f"{key}/")
    stage.opinion("recheck", "industry_district", at=JUDGED)
    stage.judged("refuse")
    stage.decided()
    for who in ("review_admin", "reviewer"):
        assert "漏判否决" in desk(who, JUDGED, f"{key}/")
    assert "漏判否决" not in desk("officer", JUDGED, f"{key}/")
    notice = desk("officer", JUDGED, f"{key}/notice/")
    for words in ("不予定级通知书", "否决", "可以重新申请", "示例评审组织单位"):
        assert words in notice


def test_only_the_opinions_that_are_open_are_offered(stage: Stage, desk: Desk) -> None:
    key = stage.rechecked(item_2_1_2=VETOED).pk
    shown = desk("organizer", JUDGED, f"{key}/")
    offered = {each for each in TITLES if f'value="{each}"' in shown}
    assert offered == {"refuse"}
