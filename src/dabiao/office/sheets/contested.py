"""What was brought in from the spot and not taken over, in words: both sides next to each other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dabiao.base.models import StoredFile
from dabiao.office.sheets.conflict import Side, side
from dabiao.office.sheets.rows import titles
from dabiao.people.models import Account
from dabiao.sheets import queries
from dabiao.sheets.models import Answer, Contest, ContestKind
from dabiao.sheets.rules import wording
from dabiao.sheets.rules.values import answer
from dabiao.sheets.services.answering import CHANGED
from dabiao.standards.rules.rulebook import Rulebook

SIDES: Final = {"team": "评审一方", "unit": "企业一方"}
ACTS: Final = {
    "sheets.record_answer": "答复",
    "sheets.retract_answer": "收回答复",
    "sheets.attach_picture": "附影像",
    "sheets.caption_picture": "修改影像说明",
    "sheets.detach_picture": "移除影像",
    "reviews.begin": "首次会议",
    "reviews.conclude": "末次会议",
    "sheets.close": "签字关闭",
    "sheets.declare_lost": "声明设备已坏",
    "field.arrive": "到场",
    "field.depart": "离场",
}
TAKEN_MEANWHILE: Final = "送达之前，这一项已由他人保存为另外的内容，所以没有采用；两边都原样保留。"


@dataclass(frozen=True, slots=True)
class Column:
    """One side: who, when, and what they say; `said` None where there is no answer."""

    who: str
    at: datetime | None
    said: Side | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    place: int  # in the order signed, from 1
    side: str
    name: str
    at: datetime
    remark: str


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    same: bool


def about(row: Contest, book: Rulebook) -> str:
    """What it is about: a closing, an item by its number, or the act alone."""
    if row.kind == ContestKind.CLOSING:
        return "双方签字"
    if row.kind == ContestKind.LOST:
        return f"{row.ours['whose'] or '同组人员'}的设备已坏"
    if row.line in book.by_key:
        return wording.name(book.line(row.line).item)
    return act(row)


def act(row: Contest) -> str:
    return ACTS.get(row.act.partition("@")[0], "答复")


def state(row: Contest, *, settled: bool) -> str:
    if row.decision:
        return row.get_decision_display()
    return "现场已重新办理" if settled else "待处理"


def brought(row: Contest, book: Rulebook) -> Column:
    """What came in."""
    given = row.ours.get("answer")
    known = row.line in book.by_key and isinstance(given, Mapping)
    said = side(book, book.line(row.line), answer(given)) if known else None
    words = "" if said else _caption(row)
    return Column(row.account.name, row.done_at, said, words)


def _caption(row: Contest) -> str:
    caption = row.ours.get("caption")
    return f"{act(row)}：{caption}" if caption else act(row)


def stands(row: Contest, book: Rulebook) -> Column:
    """What stands on the line now."""
    found = Answer.objects.filter(sheet=row.sheet_id, line=row.line).select_related("recorded_by").first()
    if found is None or row.line not in book.by_key:
        return Column("", None, None)
    said = side(book, book.line(row.line), queries.value_of(found))
    return Column(found.recorded_by.name, found.done_at, said)


def stood(row: Contest, book: Rulebook, now: Column) -> Column | None:
    """What stood when it came in, where that is something else than what stands now."""
    if not row.theirs.get("verdict") or row.line not in book.by_key:
        return None
    names = ("verdict", "deductions", "words", "reason")
    said = side(book, book.line(row.line), answer({name: row.theirs[name] for name in names}))
    at = datetime.fromisoformat(row.theirs["done_at"])
    return None if said == now.said else Column(row.theirs.get("by", ""), at, said)


def signers(row: Contest) -> list[Signer]:
    """Who signed on the spot; their drawings are kept."""
    signed = row.ours.get("closing", {}).get("signatures", [])
    names = dict(
        Account.objects.filter(pk__in=[each["account"] for each in signed]).values_list("pk", "name")
    )
    return [
        Signer(
            place,
            SIDES.get(each["side"], each["side"]),
            names.get(each["account"], ""),
            datetime.fromisoformat(each["signed_at"]),
            each.get("remark", ""),
        )
        for place, each in enumerate(signed, 1)
    ]


def drawing(row: Contest, place: int) -> StoredFile | None:
    """What the signer at this place drew; None where nobody stands there."""
    signed = row.ours.get("closing", {}).get("signatures", [])
    if not 0 < place <= len(signed):
        return None
    return StoredFile.objects.filter(digest=signed[place - 1]["image"]).first()


def parts(row: Contest, book: Rulebook) -> Iterator[Part]:
    """Every element that was signed, and whether it is what stood here."""
    heads, differs = titles(book), set(row.differs)
    for each in row.ours.get("closing", {}).get("covered", []):
        yield Part(heads.get(each["key"], each["key"]), each["key"] not in differs)


@dataclass(frozen=True, slots=True)
class Lost:
    """Acts that were handed over, and whose device will not bring them."""

    whose: str
    count: int
    reason: str


def lost(row: Contest) -> Lost | None:
    """What a leader has declared; None where the row is about something else."""
    if row.kind != ContestKind.LOST:
        return None
    return Lost(row.ours["whose"], len(row.ours["acts"]), row.ours["reason"])


def described(row: Contest) -> dict[str, Any]:
    """Everything the page shows of it."""
    book = queries.rulebook(row.sheet)
    now = stands(row, book)
    closing = row.kind == ContestKind.CLOSING
    return {
        "about": about(row, book),
        "text": book.line(row.line).item.requirement if row.line in book.by_key else "",
        "brought": brought(row, book),
        "now": now,
        "stood": stood(row, book, now),
        "signers": signers(row) if closing else [],
        "parts": list(parts(row, book)) if closing else [],
        "lost": lost(row),
        "act": act(row),
        "why": TAKEN_MEANWHILE if row.words == CHANGED else row.words,
    }
