"""Things on the stage that departments keep: standards, editions published and drafted, vetoes, duties;
and those of the whole city: accounts, what the public said, calendars, journal, public notices."""

from dataclasses import replace
from datetime import date

from addresses.stage import Stage
from dabiao.base.files import store
from dabiao.base.files.recognise import Recognised
from dabiao.base.models import JournalEntry, PublicRecord
from dabiao.kernel.actor import PUBLIC, TIME
from dabiao.kernel.roles import Role
from dabiao.organisations import services as organisations
from dabiao.organisations.models import Body, BodyKind, Industry
from dabiao.organisations.services import import_jobs, recognitions
from dabiao.organisations.services.recognitions import Recognising
from dabiao.people import services as people
from dabiao.people.models import Account, Posting
from dabiao.people.services import qualifications
from dabiao.people.services.qualifications import Filed
from dabiao.programme import services as programme
from dabiao.standards.models import Edition, Standard
from dabiao.standards.services import drafts, makings, publishing, standards, uses, vetoes
from dabiao.standards.services.drafts import FromFile
from editions import IN_FORCE
from organisations.files import HEADS, csv_text, row
from standards.desk import BOOK, understanding
from world import AT, PASSWORD, SINCE

LATER = date(2026, 5, 1)
# department -> (who keeps its standards, the words that mark them, a special area without a standard)
DESKS = {
    "department": ("industry_city", "归口丁", "confined_space"),
    "other_department": ("other_industry_city", "归口戊", "dust_explosion"),
}
IMPORTERS = {"city_importer": "bureau_city", "district_importer": "industry_district"}


def furnish(stage: Stage) -> None:
    for owner, (who, mark, area) in DESKS.items():
        by, body = stage.actor(who), stage.world.bodies[who]
        _kept(stage, owner, body, mark, by)
        _drafted(stage, owner, body, mark, by)
        _veto_and_making(stage, owner, body, mark, area)
    _accounts(stage)
    _city(stage)
    _registers(stage)
    _recognition(stage)
    _qualifications(stage)
    _bodies(stage)


def _kept(stage: Stage, owner: str, body: Body, mark: str, by: object) -> None:
    """A standard with a published edition, and an industry that uses it; published things are no secret."""
    standard = _registered(body, f"{mark}—1", "示例公开标准", by)
    book = replace(BOOK, number=standard.number, title=standard.title)
    draft = drafts.open_draft(standard=standard, label="2026版", book=book, by=by, at=AT)
    edition = publishing.publish(edition=draft, in_force=IN_FORCE, by=by, at=AT)
    industry = Industry.objects.get(code="C")
    said = {"nearest": True, "reason": "工艺相同", "since": LATER}
    use = uses.map_industry(industry=industry, standard=standard, **said, by=by, at=AT)
    edition.standard.refresh_from_db()
    _put(stage, owner, "published", edition, use.pk)


def _drafted(stage: Stage, owner: str, body: Body, mark: str, by: object) -> None:
    """A standard of which nobody else knows yet."""
    standard = _registered(body, f"草案{mark}", f"草案{mark}", by)
    read = understanding(replace(BOOK, number=standard.number, title=standard.title), stated=9_000)
    file = FromFile("评分表.xlsx", "ab" * 32)
    draft = drafts.open_draft_from_table(
        standard=standard, label="2027版", understood=read, file=file, by=by, at=AT
    )
    _put(stage, owner, "draft", draft)


def _registered(body: Body, number: str, title: str, by: object) -> Standard:
    return standards.register(
        number=number, title=title, kind="local", owner=body, levels=["level_3"], by=by, at=AT
    )


def _put(stage: Stage, owner: str, state: str, edition: Edition, use: int = 0) -> None:
    standard = edition.standard
    kept = {"key": standard.pk, "version": standard.version, "title": standard.title, "use": use}
    stage.put("standard", state, owner, kept)
    phrases = edition.source.get("phrases") or [{"id": "1"}]
    whole = {"key": edition.pk, "item": "1.1", "element": "1", "phrase": phrases[0]["id"], "place": 0}
    stage.put("edition", state, owner, {**whole, "version": 1})


def _veto_and_making(stage: Stage, owner: str, body: Body, mark: str, area: str) -> None:
    by = stage.actor(DESKS[owner][0])
    wording = vetoes.Wording(f"{mark}停用设备仍在运行", LATER, "《安全生产法》第三十八条", "key_work")
    veto = vetoes.add(department=body, wording=wording, by=by, at=AT)
    stage.put("veto", "coming", owner, {"key": veto.pk, "version": veto.version})
    making = makings.open_making(
        title=f"{mark}制定标准",
        department=body,
        subject=makings.Subject(area=area),
        due=date(2026, 12, 1),
        by=by,
        at=AT,
    )
    own = stage.things["standard"]["published"][owner]["key"]
    stage.put("making", "running", owner, {"key": making.pk, "version": making.version, "standard": own})


def _accounts(stage: Stage) -> None:
    """One at work and one locked; the administrator's own is in the relation own."""
    for state in ("active", "locked"):
        account = people.open_account(login=state, name=f"示例{state}", password=PASSWORD, by=TIME, at=AT)
        body = stage.world.bodies["review_unit"]
        people.give_posting(account=account, role=Role.REVIEWER, since=SINCE, body=body, by=TIME, at=AT)
        if state == "locked":
            account = people.lock(account=account, reason="离职", version=1, by=TIME, at=AT)
        stage.put("account", state, "somebody", _account(account))
        stage.put("account", state, "security_admin", _account(stage.world.accounts["security_admin"]))


def _account(row: Account) -> dict[str, object]:
    posting = Posting.objects.filter(account=row).order_by("pk")[0]
    return {"key": row.pk, "version": row.version, "posting": posting.pk}


def _city(stage: Stage) -> None:
    for state in ("waiting", "replied"):
        row = programme.send_feedback(topic="system", words="页面打不开", contact="", by=PUBLIC, at=AT)
        if state == "replied":
            by = stage.actor("bureau_city")
            programme.reply_feedback(feedback=row, reply="已修复", version=1, by=by, at=AT)
        stage.put("feedback", state, "city", {"key": row.pk, "version": row.version})
    stage.put("year", "entered", "city", {"year": 2026, "version": ""})
    stage.put("year", "missing", "city", {"year": 2028, "version": ""})
    entry = JournalEntry.objects.order_by("pk")[0]
    stage.put("entry", "written", "city", {"key": entry.pk})
    notice = PublicRecord.objects.filter(kind="standard", since__lte=AT.date()).order_by("pk")[0]
    stage.put("notice", "published", "city", {"key": notice.pk})


def _recognition(stage: Stage) -> None:
    said = Recognising(stage.world.bodies["review_unit"], None, "level_2", SINCE, "示例〔2026〕1号")
    row = recognitions.grant(recognising=said, by=stage.actor("industry_city"), at=AT)
    stage.put("recognition", "granted", "city", {"key": row.pk})


def _bodies(stage: Stage) -> None:
    """One with nothing that hangs on it, one that is to end."""
    for state, until in (("running", None), ("ended", date(2026, 12, 1))):
        row = Body(kind=BodyKind.ENFORCEMENT, name=f"示例{state}大队", code=state, since=SINCE, until=until)
        organisations.establish(rows=[row], by=TIME, at=AT)
        stage.put("body", state, "city", {"key": row.pk})


def _qualifications(stage: Stage) -> None:
    """One that stands, one that is suspended, one withdrawn: all of the only organizing unit there is."""
    lead, day = stage.actor("organizer_lead"), AT.date()
    for state, who in (("filed", "reviewer"), ("paused", "expert"), ("withdrawn", "expert")):
        told = Filed(who, f"示例证{state}", ("机械",), SINCE, date(2029, 1, 1))
        account, said = stage.world.accounts[who], {"by": lead, "at": AT}
        row = qualifications.file_qualification(account=account, told=told, **said)
        if state == "paused":
            qualifications.suspend(row=row, since=day, until=None, reason="示例", version=1, **said)
        elif state == "withdrawn":
            qualifications.withdraw(row=row, since=day, reason="示例", version=1, **said)
        stage.put(
            "qualification", state, "city", {"key": row.pk, "version": row.version, "number": row.number}
        )


def _registers(stage: Stage) -> None:
    """Files of units handed in: one that waits to be confirmed, one with faults."""
    for number, (owner, who) in enumerate(IMPORTERS.items()):
        for state, rows in (("checked", [row(number + 900)]), ("faulty", [row(number + 900, size="巨型")])):
            taken = store.take_in([csv_text([HEADS, *rows]).encode()], Recognised("text/csv"))
            by = stage.actor(who)
            job = import_jobs.submit(taken=taken, name=f"{owner}{state}.csv", by=by, at=AT)
            job = import_jobs.work(job=job, by=by, at=AT)
            assert job.state == state
            stage.put("unit_import", state, owner, {"key": job.pk, "version": job.version})
