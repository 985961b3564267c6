"""The duty to make or revise a standard: opened, progressed, finished, dropped with a reason (uplift/1)."""

from dataclasses import dataclass
from datetime import date, datetime

from dabiao.base import outbox
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import day_of
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.organisations.models import Body, Industry
from dabiao.standards import permissions, states
from dabiao.standards.models import Making, Standard
from dabiao.standards.queries import listed
from dabiao.standards.services.news import MakingOpened


@dataclass(frozen=True, slots=True)
class Subject:
    """What the duty is about: an industry without a standard, a special process, or a standard to revise."""

    industry: Industry | None = None
    area: str = ""
    standard: Standard | None = None


def open_making(
    *, title: str, department: Body, subject: Subject, due: date, by: Actor, at: datetime
) -> Making:
    """Open the duty; one running duty a subject."""
    permissions.may_open_making(by, department).or_refuse()
    _check(title, department, subject, due, day_of(at))
    making = Making(
        title=title.strip(),
        department=department,
        industry=subject.industry,
        area=subject.area,
        standard=subject.standard,
        state=states.MakingState.OPEN,
        opened=day_of(at),
        due=due,
    )
    with journal.writing(permissions.OPEN_MAKING, by=by, at=at, on=making) as w:
        w.create(making)
        announce_opened(making, at)
    return making


def progress(
    *, making: Making, words: str, due: date | None, version: int, by: Actor, at: datetime
) -> Making:
    """Enter how far it is; each entry stays, newest first."""
    with journal.writing(permissions.PROGRESS_MAKING, by=by, at=at, on=making) as w:
        told = _told(making, words, by, at)
        w.move(making, states.PROGRESS, progress=told, due=due or making.due)
        return w.change(making, version=version)


def finish(
    *, making: Making, standard: Standard, words: str, version: int, by: Actor, at: datetime
) -> Making:
    """Finished by a standard that is published: it names which."""
    with journal.writing(permissions.FINISH_MAKING, by=by, at=at, on=making) as w:
        told = _told(making, words, by, at)
        _check_made(making, standard)
        w.move(making, states.FINISH, progress=told, standard=standard)
        return w.change(making, version=version)


def drop(*, making: Making, reason: str, version: int, by: Actor, at: datetime) -> Making:
    """Give it up, with the reason; the gap is open again."""
    with journal.writing(permissions.DROP_MAKING, by=by, at=at, on=making) as w:
        told = _told(making, reason, by, at)
        w.move(making, states.DROP, progress=told)
        return w.change(making, version=version)


def announce_opened(making: Making, at: datetime) -> None:
    """The department learns of its duty."""
    outbox.announce(MakingOpened(making.pk, making.department_id), at)


def _told(making: Making, words: str, by: Actor, at: datetime) -> str:
    """Ask, and put the new words before the old ones."""
    permissions.may_keep_making(by, making).or_refuse()
    if not words.strip():
        raise Invalid("请写明进展。", {"words": "请写明做了什么、下一步何时做什么。"})
    return f"{day_of(at).isoformat()} {by.name}：{words.strip()}\n{making.progress}".strip()


def _check(title: str, department: Body, subject: Subject, due: date, today: date) -> None:
    named = subject.industry or subject.standard or subject.area in listed.areas(today)
    wrong = {
        "title": "" if title.strip() else "请填写拟制修订标准的名称。",
        "due": "" if due > today else "完成期限应晚于今天。",
        "subject": "" if named else "请写明对应的行业、特殊工艺或标准。",
        "department": "制修订标准由市级部门承办。" if department.jurisdiction_id else "",
    }
    if found := {name: text for name, text in wrong.items() if text}:
        raise Invalid("有内容需要改正，请按提示修改。", found)
    _refuse_second(subject)


def _refuse_second(subject: Subject) -> None:
    same = Making.objects.filter(industry=subject.industry, area=subject.area, standard=subject.standard)
    if same.filter(state__in=states.RUNNING).exists():
        raise OutOfTurn("这方面已经有一项制修订任务在办，请在原任务中登记进展。", clause="uplift/1")


def _check_made(making: Making, standard: Standard) -> None:
    published = standard.editions.filter(state=states.EditionState.PUBLISHED)
    fresh = [each for each in published if making.opened is None or _after(each.published_at, making.opened)]
    if not fresh:
        text = f"{standard.number}在立项后没有发布新版，请先发布再办结。"
        raise Invalid("任务还不能办结。", {"standard": text})


def _after(published: datetime | None, opened: date) -> bool:
    return published is not None and day_of(published) >= opened
