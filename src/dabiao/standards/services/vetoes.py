"""The overlay of vetoes: added, changed and lifted from a day, each with basis and source (uplift/2)."""

from dataclasses import dataclass
from datetime import date, datetime

from dabiao.base import outbox
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import day_of, spelled
from dabiao.kernel.errors import Invalid, OutOfTurn
from dabiao.organisations.models import Body
from dabiao.standards import permissions
from dabiao.standards.models import Edition, Standard, VetoOverlay
from dabiao.standards.queries.vetoes import HARD, sources
from dabiao.standards.services.news import VetoChanged
from dabiao.standards.states import EditionState

CLAUSE = "uplift/2"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a veto says: words, from when, on what basis, from which source, and whether at once."""

    text: str
    since: date
    basis: str
    source: str
    at_once: bool = False
    refusal: str = ""  # id of the law's hard refusal it carries


def add(
    *,
    department: Body,
    wording: Wording,
    by: Actor,
    at: datetime,
    standard: Standard | None = None,
    edition: Edition | None = None,
    item: str = "",
) -> VetoOverlay:
    """Add a veto on an item of an edition, or (no item) a free condition.

    Without a standard it holds for all standards of the department; the city bureau's for every standard.
    """
    standard = edition.standard if edition else standard
    permissions.may_add_veto(by, department, standard).or_refuse()
    _check(wording, department, day_of(at))
    _check_item(edition, item)
    row = VetoOverlay(
        department=department, standard=standard, edition=edition, item=item, **_columns(wording)
    )
    with journal.writing(permissions.ADD_VETO, by=by, at=at, on=row) as w:
        w.create(row)
        _announce(row, wording.since, wording.at_once, at)
    return row


def change(*, veto: VetoOverlay, wording: Wording, version: int, by: Actor, at: datetime) -> VetoOverlay:
    """Change a veto from a day on: the old wording ends where the new one begins; both stay on file.

    One that is not yet in force is put right in place.
    """
    with journal.writing(permissions.CHANGE_VETO, by=by, at=at, on=veto) as w:
        _held(veto, by)
        _check(wording, veto.department, day_of(at))
        if veto.since > day_of(at):
            w.change(veto, version=version, **_columns(wording))
            changed = veto
        else:
            _check_after(veto, wording.since, "since")
            w.change(veto, version=version, until=wording.since, lifted_at_once=wording.at_once)
            changed = w.create(_successor(veto, wording))
        _announce(changed, wording.since, wording.at_once, at)
    return changed


def lift(
    *, veto: VetoOverlay, until: date, reason: str, at_once: bool, version: int, by: Actor, at: datetime
) -> VetoOverlay:
    """Lift a veto; `until` is the first day no longer."""
    with journal.writing(permissions.LIFT_VETO, by=by, at=at, on=veto, note={"reason": reason}) as w:
        _held(veto, by)
        if not reason.strip():
            raise Invalid("请写明取消的理由。", {"reason": "请写明取消的理由和依据。"})
        if until < day_of(at):
            raise Invalid("取消日期需要改正。", {"until": "取消日期不能早于今天。"})
        w.change(veto, version=version, until=max(until, veto.since), lifted_at_once=at_once)
        _announce(veto, until, at_once, at)
    return veto


def _held(veto: VetoOverlay, by: Actor) -> None:
    permissions.may_keep_veto(by, veto).or_refuse()
    if VetoOverlay.objects.filter(pk=veto.pk, until__isnull=False).exists():
        raise OutOfTurn("这一否决项已经调整或取消，请刷新后查看最新内容。", clause=CLAUSE)


def _check(wording: Wording, department: Body, today: date) -> None:
    city = permissions.city_wide(department)
    known = set(sources(today)) - (set() if city else {HARD})
    wrong = {
        "text": "" if wording.text.strip() else "请写明什么情形否决。",
        "basis": "" if wording.basis.strip() else "请写明法律依据，如“《安全生产法》第三十三条”。",
        "source": "" if wording.source in known else "请选择来源；全市统一的不得通过情形由市应急管理局确定。",
        # A hard refusal is the law's own: saying which item carries it may reach back.
        "since": "起始日期不能早于今天。" if wording.since < today and wording.source != HARD else "",
    }
    if found := {name: text for name, text in wrong.items() if text}:
        raise Invalid("有内容需要改正，请按提示修改。", found)


def _check_item(edition: Edition | None, item: str) -> None:
    if not item:
        return
    if edition is None or edition.state != EditionState.PUBLISHED:
        raise Invalid("请选择已发布的一版标准。", {"edition": "否决项只能附在已发布的标准上。"})
    if not edition.items.filter(key=item).exists():
        raise Invalid(
            "所选项目不在该版标准中。", {"item": f"{edition}中没有编号为“{item}”的项目，请重新选择。"}
        )


def _check_after(veto: VetoOverlay, since: date, field: str) -> None:
    if since <= veto.since:
        text = f"原内容自{spelled(veto.since)}起实行，调整日期应晚于这一天。"
        raise Invalid("日期需要改正。", {field: text})


def _columns(wording: Wording) -> dict[str, object]:
    return {
        "text": wording.text.strip(),
        "since": wording.since,
        "basis": wording.basis.strip(),
        "source": wording.source,
        "at_once": wording.at_once,
        "refusal": wording.refusal if wording.source == HARD else "",
    }


def _successor(veto: VetoOverlay, wording: Wording) -> VetoOverlay:
    return VetoOverlay(
        department_id=veto.department_id,
        standard_id=veto.standard_id,
        edition_id=veto.edition_id,
        item=veto.item,
        replaces=veto,
        **_columns(wording),
    )


def _announce(veto: VetoOverlay, day: date, at_once: bool, at: datetime) -> None:
    news = VetoChanged(veto.pk, veto.department_id, veto.standard_id, day.isoformat(), at_once)
    outbox.announce(news, at)
