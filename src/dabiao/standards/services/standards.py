"""Registering a standard and correcting what is registered about it."""

from collections.abc import Sequence
from datetime import date, datetime

from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.days import day_of
from dabiao.kernel.errors import Invalid
from dabiao.organisations.models import Body
from dabiao.standards import permissions
from dabiao.standards.models import Standard, StandardKind
from dabiao.standards.queries import listed
from dabiao.standards.rules.choice import LEVELS


def register(
    *,
    number: str,
    title: str,
    kind: str,
    owner: Body,
    levels: Sequence[str],
    by: Actor,
    at: datetime,
    areas: Sequence[str] = (),
    general: bool = False,
    in_force: date | None = None,
) -> Standard:
    """Register a standard of one's own body; its number is given once (uplift/1)."""
    permissions.may_register(by, owner).or_refuse()
    values = _checked(number, title, kind, levels=levels, areas=areas, day=day_of(at))
    if Standard.objects.filter(number=values["number"]).exists():
        message = f"标准编号“{values['number']}”已经登记，请核对；要导入新的一版，请选择该标准。"
        raise Invalid("标准编号已经登记。", {"number": message})
    standard = Standard(**values, owner=owner, general=general, in_force=in_force)
    with journal.writing(permissions.REGISTER, by=by, at=at, on=standard) as w:
        return w.create(standard)


def amend(
    *,
    standard: Standard,
    version: int,
    title: str,
    levels: Sequence[str],
    areas: Sequence[str],
    general: bool,
    in_force: date | None,
    by: Actor,
    at: datetime,
) -> Standard:
    """Correct what is registered: what it serves and covers. The number never changes."""
    with journal.writing(permissions.AMEND, by=by, at=at, on=standard) as w:
        permissions.may_keep(by, standard).or_refuse()
        values = _checked(standard.number, title, standard.kind, levels=levels, areas=areas, day=day_of(at))
        changed = {name: values[name] for name in ("title", "levels", "areas")}
        return w.change(standard, version=version, general=general, in_force=in_force, **changed)


def _checked(
    number: str, title: str, kind: str, *, levels: Sequence[str], areas: Sequence[str], day: date
) -> dict[str, object]:
    known = listed.areas(day)
    fields = {
        "number": "" if number.strip() else "请填写标准编号。",
        "title": "" if title.strip() else "请填写标准名称。",
        "kind": "" if kind in StandardKind.values else "请选择标准类别。",
        "levels": "" if levels and set(levels) <= set(LEVELS) else "请至少选择一个适用等级。",
        "areas": "" if set(areas) <= set(known) else "特殊领域不在清单内，请重新选择。",
    }
    if wrong := {name: message for name, message in fields.items() if message}:
        raise Invalid("标准信息不完整，请按提示改正。", wrong)
    ordered = [level for level in LEVELS if level in levels]
    covered = [area for area in known if area in areas]
    return {
        "number": number.strip(),
        "title": title.strip(),
        "kind": kind,
        "levels": ordered,
        "areas": covered,
    }
