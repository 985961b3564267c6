"""A grading played through the pages of every desk, to the certificate."""

from collections.abc import Callable

import pytest
from django.test import Client

import snapshots
from dabiao.base import clock
from dabiao.grading.documents.certificate import Printed, certificate_pdf, plaque
from dabiao.grading.models import Bulletin, Certificate, Copy, Objection, Opinion
from dabiao.grading.rules import papers
from dabiao.grading.states.gradings import GradingState
from dabiao.office import todo
from grading.reported import (
    ANNOUNCED,
    AUDITED,
    CONSULTED,
    JUDGED,
    PUBLISHED,
    VISITED,
    Stage,
    filled,
    staged,
)

AGREED = {"agrees": "yes", "words": "同意", "supervision": "无"}


@pytest.fixture
def stage(db: None) -> Stage:
    return snapshots.laid(staged)


@pytest.fixture
def desk(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Somebody at a moment sends a form, or reads a page."""

    def at_desk(who: str, moment: object, path: str, **sent: object) -> str:
        monkeypatch.setattr(clock, "now", lambda: moment)
        client = Client()
        client.force_login(stage.world.accounts[who], backend="dabiao.people.sign_in.Backend")
        address = f"/office/gradings/{path}"
        response = client.post(address, sent, follow=True) if sent else client.get(address)
        assert response.status_code == 200, response.content.decode()[:3000]
        return str(response.content.decode())

    return at_desk


def test_from_the_report_to_the_certificate(stage: Stage, desk: Callable[..., str]) -> None:
    key = stage.received().pk
    rechecked(stage, desk, key)
    consulted_and_publicised(stage, desk, key)
    objected_in_vain(stage, desk)
    announced(stage, desk, key)


def rechecked(stage: Stage, desk: Callable[..., str], key: int) -> None:
    """The papers one by one, the visit with the department, what follows from it."""
    audit = desk("organizer", AUDITED, f"{key}/")
    assert all(point.section in audit and point.title in audit for point in papers.checklist())
    assert f"/office/reviews/reports/{stage.grading.report_id}/report.pdf" in audit
    every = {f"met_{point.id}": "yes" for point in papers.checklist()}
    assert "完成资料审核" in desk("organizer", AUDITED, f"{key}/")
    desk("organizer", AUDITED, f"{key}/recheck/", act="papers", version=1, **every)
    visited(stage, desk, key)
    told = {"outcome": "pass", "words": "复核符合", "version": stage.grading.version}
    desk("organizer", JUDGED, f"{key}/recheck/", act="judge", **told)
    assert "同意，作出决定" in desk("organizer_lead", JUDGED, f"{key}/")
    desk("organizer_lead", JUDGED, f"{key}/decide/", version=stage.grading.version)


def visited(stage: Stage, desk: Callable[..., str], key: int) -> None:
    people = stage.world.accounts
    visit = {"day": "2026-04-29", "leader": people["organizer"].pk, "others": [people["expert"].pk]}
    desk("organizer", VISITED, f"{key}/recheck/", act="arrange", version=2, **visit)
    for extra in stage.recheck.extras:
        told = {"item": extra["id"], "met": "yes", "words": "现场所见", "version": stage.recheck.version}
        desk("organizer", VISITED, f"{key}/recheck/", act="extra", **told)
    opinion = Opinion.objects.get(about="recheck")
    joining = f"opinions/{opinion.pk}/"
    assert joining not in desk("organizer", VISITED, f"{key}/")  # a page of those who are asked
    assert joining in desk("industry_district", VISITED, f"{key}/")
    desk("industry_district", VISITED, joining, join="1", people="示例科员", version=1)
    filled(stage.recheck.sheet, stage.actor("organizer", VISITED), VISITED, {})
    desk("organizer", VISITED, f"{key}/recheck/", act="finish", version=stage.grading.version)
    desk("industry_district", JUDGED, joining, version=2, **AGREED)


def consulted_and_publicised(stage: Stage, desk: Callable[..., str], key: int) -> None:
    for row in Opinion.objects.filter(about="attainment"):
        desk(row.giver, CONSULTED, f"opinions/{row.pk}/", version=1, **AGREED)
    told = {"words": "拟公示", "version": stage.grading.version}
    desk("industry_city", PUBLISHED, f"{key}/department/", act="propose", **told)
    desk("second_city", PUBLISHED, f"{key}/decide/", version=stage.grading.version)


def objected_in_vain(stage: Stage, desk: Callable[..., str]) -> None:
    objection = stage.objected()
    answering = f"objections/{objection.pk}/"
    desk("organizer", PUBLISHED, answering, state="1", facts="已查看", version=1)
    desk("second_city", PUBLISHED, answering, upheld="no", reply="经核实不成立", version=2)
    assert Objection.objects.get().upheld is False


def announced(stage: Stage, desk: Callable[..., str], key: int) -> None:
    told = {"title": "示例公告", "gradings": [key]}
    desk("industry_city", ANNOUNCED, "bulletins/new/", **told)
    bulletin = Bulletin.objects.get()
    desk("second_city", ANNOUNCED, f"bulletins/{bulletin.pk}/", version=1)
    assert stage.grading.state == GradingState.ANNOUNCED
    copy = Copy.objects.get(body=stage.world.bodies["street_east"])
    desk("locality", ANNOUNCED, f"copies/{copy.pk}/acknowledge/", version=1)
    assert "下载证书" in desk("officer", ANNOUNCED, f"{key}/")
    assert "示例locality" in desk("locality", ANNOUNCED, f"bulletins/{bulletin.pk}/")


def test_a_refused_form_comes_back_with_what_was_typed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.passed()
    monkeypatch.setattr(clock, "now", lambda: PUBLISHED)
    client = Client()
    client.force_login(stage.world.accounts["industry_city"], backend="dabiao.people.sign_in.Backend")
    told = {"act": "propose", "words": "拟于近日公示", "version": stage.grading.version}
    response = client.post(f"/office/gradings/{stage.grading.pk}/department/", told)
    assert response.status_code == 422
    page = response.content.decode()
    assert "沉默不视为同意" in page
    assert "拟于近日公示" in page


def test_the_unit_does_not_see_what_officials_say_among_themselves(
    stage: Stage, desk: Callable[..., str]
) -> None:
    key = stage.passed().pk
    page = desk("officer", PUBLISHED, f"{key}/")
    assert "征求意见" in page
    assert "日常监管" not in page
    assert "与评审逐项比对" not in page
    assert "与评审逐项比对" in desk("organizer", PUBLISHED, f"{key}/")


def test_what_waits_for_whom(stage: Stage) -> None:
    def verbs(who: str, moment: object) -> set[str]:
        return {each.verb for each in todo.todos(stage.actor(who), moment)}

    stage.received()
    assert "审核评审资料" in verbs("organizer", AUDITED)
    stage.publicised()
    stage.objected()
    assert "说明事实" in verbs("organizer", PUBLISHED)
    assert "提出公告" not in verbs("industry_city", ANNOUNCED)
    Objection.objects.all().delete()
    assert "提出公告" in verbs("industry_city", ANNOUNCED)
    stage.batch()
    assert "决定公告" in verbs("second_city", ANNOUNCED)
    assert "决定公告" not in verbs("industry_city", ANNOUNCED), "who proposed does not decide"
    stage.announced()
    assert "签收" in verbs("locality", ANNOUNCED)


def test_who_proposed_is_not_asked_to_decide(stage: Stage) -> None:
    def asked(who: str) -> bool:
        return any(each.verb == "决定公示" for each in todo.todos(stage.actor(who), PUBLISHED))

    stage.consulted()
    stage.proposed()
    assert not asked("industry_city")
    assert asked("second_city")


def test_the_certificate_is_a_document_with_its_code(stage: Stage) -> None:
    bulletin = stage.attained()
    row = Certificate.objects.get()
    assert bulletin.decided_at is not None
    printed = Printed(
        number=row.number,
        unit=row.unit.name,
        uscc=row.unit.uscc or "",
        level="二级",
        issued="2026-05-20",
        last="2029-05-20",
        by="示例市工业主管部门",
        statement=row.statement,
        made_at=bulletin.decided_at,
    )
    assert certificate_pdf(printed).startswith(b"%PDF-")
    assert certificate_pdf(printed) == certificate_pdf(printed)
    assert plaque(printed)[0] == "安全生产标准化二级企业"
