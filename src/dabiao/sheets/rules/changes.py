"""What a new rulebook changes on an open sheet: answers stay, the difference is shown line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dabiao.sheets.rules import wording
from dabiao.standards.rules.rulebook import Line, Rulebook, Veto


class Kind(StrEnum):
    ADDED = "line_added"  # a new line, to be answered
    REMOVED = "line_removed"  # its answer is kept but counts no more
    VETO = "veto_added"
    LIFTED = "veto_lifted"
    REWORDED = "veto_reworded"
    PRESET = "scope_left"
    ENTERED = "scope_entered"
    ITEM = "item_changed"


@dataclass(frozen=True, slots=True)
class Change:
    line: str
    text: str
    kind: Kind
    clause: str = ""
    since: str = ""


def changes(old: Rulebook, new: Rulebook) -> list[Change]:
    """Every difference a person filling the sheet has to know, in the order of the new rulebook."""
    gone = [line for line in old.lines() if line.key not in new.by_key]
    found = [change for line in new.lines() for change in _line(old.by_key.get(line.key), line)]
    return found + [_removed(line) for line in gone]


def _line(old: Line | None, new: Line) -> Iterator[Change]:
    if old is None:
        yield _added(new)
        return
    named = wording.name(new.item)
    if old.item != new.item and new.outermost:
        yield Change(new.key, f"{named}的内容、分值或考评办法有变化，请重新核对答复。", Kind.ITEM)
    if bool(old.preset) != bool(new.preset):
        yield _scope(new, named)
    yield from _vetoes(old, new, named)


def _added(line: Line) -> Change:
    veto = line.vetoes[0] if line.vetoes else None
    named = wording.name(line.item)
    since = f"自{wording.day(veto.since)}起" if veto and veto.since else ""
    return Change(
        line.key,
        f"{since}新增{'否决条件' if veto else '项目'}{named}，请作答。",
        Kind.ADDED,
        veto.clause if veto else "",
        veto.since if veto else "",
    )


def _removed(line: Line) -> Change:
    text = f"{wording.name(line.item)}已不在评分范围内，原答复保留备查，不再计分。"
    return Change(line.key, text, Kind.REMOVED)


def _scope(line: Line, named: str) -> Change:
    if line.preset:
        return Change(line.key, f"{named}改为默认不涉及：{line.preset}。已有的答复仍然有效。", Kind.PRESET)
    return Change(line.key, f"{named}现在适用于本单位，请作答。", Kind.ENTERED)


def _vetoes(old: Line, new: Line, named: str) -> Iterator[Change]:
    before, after = ({veto.key: veto for veto in line.vetoes} for line in (old, new))
    for key, veto in after.items():
        if key not in before:
            yield _veto(new, veto, f"{named}{_since(veto)}列为达标否决项，原答复保留。", Kind.VETO)
        elif before[key] != veto:
            yield _veto(new, veto, f"{named}的否决规定有修改，请重新核对答复。", Kind.REWORDED)
    for key, veto in before.items():
        if key not in after:
            yield _veto(new, veto, f"{named}不再是达标否决项，原答复保留。", Kind.LIFTED)


def _since(veto: Veto) -> str:
    return f"自{wording.day(veto.since)}起" if veto.since else ""


def _veto(line: Line, veto: Veto, text: str, kind: Kind) -> Change:
    return Change(line.key, text, kind, veto.clause, veto.since)
