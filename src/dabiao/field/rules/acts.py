"""Acts as a device sends them: read, found fault with, told apart, put together into runs."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain
from operator import itemgetter
from typing import Any, Final, NamedTuple
from uuid import UUID

from dabiao.field.rules import upgrades
from dabiao.field.rules.upgrades import UPGRADES
from dabiao.kernel.digests import canonical, digest, digests
from dabiao.kernel.errors import DabiaoError, Invalid
from dabiao.sheets.rules.values import Answer, Deduction, Verdict

RECORD: Final = "sheets.record_answer@1"
CLOSINGS: Final = frozenset({"reviews.conclude@1", "sheets.close@1"})
MOST: Final = 500  # acts in one delivery
MOST_NUMBER: Final = 2**53 - 1
MOST_TEXT: Final = 20_000
MOST_NAME: Final = 80  # characters of an act's name@version
MOST_VISIT: Final = 40
MOST_UNCERTAIN: Final = 366 * 24 * 3600 * 1000  # ms
DEEPEST: Final = 8
UNREADABLE: Final = "没有读懂设备送来的内容，请更新现场页面后再送；内容仍在设备上。"
TEXT: Final = "文字中有不能识别的字符，请改用键盘重新填写后再送。"
SPOILT: Final = re.compile("[\0\r\ud800-\udfff]")
SPELLED: Final = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# In canonical JSON: long numbers, fractions; NUL, carriage return. Or a text that merely looks like one.
DOUBTFUL: Final = re.compile(rb"[:\[,][-0-9](?:[0-9]{15}|[0-9]*[.eE])")
UNKEPT: Final = (rb"\u0000", rb"\r")
WHOLE: Final = ("act", "visit", "order", "done_at", "uncertainty", "based_on", "input")
_TOLD: Final = itemgetter(*WHOLE, "id")
Frame = Mapping[str, Any]


class Sent(NamedTuple):
    """One act as it came. `fault` says why it can only be refused; then only id, act and moment are sure."""

    id: str
    act: str
    visit: str
    order: int
    done_at: datetime
    uncertainty: timedelta
    based_on: int | str
    place: dict[str, Any] | None
    input: dict[str, Any]
    content: str
    fault: str = ""
    came: tuple[str, dict[str, Any]] | None = None  # act and input as they came, where they were upgraded

    @property
    def line(self) -> str:
        return str(self.input.get("line", ""))


def read_all(plain: Sequence[Any], now: datetime) -> list[Sent]:
    """Every act of a delivery. Invalid where one has no id, for then nothing can be told about it."""
    return _alike(plain) or [_read(each, now) for each in plain]


def _alike(plain: Sequence[Any]) -> list[Sent]:
    """All of them, read column by column, where none needs a second look; else none. Hundreds of acts are
    sent at once, and to look at every value by itself takes twice as long. A test compares the two."""
    if set(map(type, plain)) != {dict}:
        return []
    try:
        rows = list(map(_TOLD, plain))
    except KeyError:
        return []
    names, visits, orders, moments, uncertain, based, inputs, ids = zip(*rows, strict=True)
    if not _as_ever((ids, names, visits, moments), (orders, uncertain, based), inputs):
        return []
    try:
        packed = _spelled(rows)
        done = [datetime.fromisoformat(each) for each in moments]
        places = [_place(each.get("where")) for each in plain]
    except (TypeError, ValueError, Invalid):
        return []
    if not _plainly(packed, inputs) or not all(each.tzinfo for each in done):
        return []
    unsure = [timedelta(milliseconds=each) for each in uncertain]
    said = digests(packed)
    return list(map(Sent, ids, names, visits, orders, done, unsure, based, places, inputs, said))


def _spelled(rows: Iterable[tuple[Any, ...]]) -> list[bytes]:
    """What the digest of each is of; names in order, for to zip and to sort them would take as long again."""
    return [
        canonical(
            {
                "act": act,
                "based_on": based,
                "done_at": done_at,
                "input": given,
                "order": order,
                "uncertainty": unsure,
                "visit": visit,
            }
        )
        for act, visit, order, done_at, unsure, based, given, _ in rows
    ]


def _plainly(packed: Sequence[bytes], inputs: Sequence[Any]) -> bool:
    """Nothing in any input can be at fault. What is doubtful is looked for in all small ones at once: where
    there is none, only the others are looked at by themselves."""
    small = list(map(_small, packed))
    whole = canonical([given for given, one in zip(inputs, small, strict=True) if one])
    if UNKEPT[0] in whole or UNKEPT[1] in whole or DOUBTFUL.search(whole):
        small = list(map(_at_a_glance, packed))
    return all(one or not faulty(given, 0) for one, given in zip(small, inputs, strict=True))


def _small(packed: bytes) -> bool:
    return len(packed) <= MOST_TEXT and packed.count(b"{") + packed.count(b"[") <= DEEPEST + 1


def _as_ever(texts: Sequence[Sequence[Any]], numbers: Sequence[Sequence[Any]], inputs: Sequence[Any]) -> bool:
    """Nothing missing, nothing of another kind, nothing too long, no old act."""
    kinds = set(map(type, chain(*texts))), set(map(type, chain(*numbers))), set(map(type, inputs))
    if kinds != ({str}, {int}, {dict}):
        return False
    ids, names, visits, _ = texts
    orders, uncertain, based = numbers
    known = set(names)
    if known & UPGRADES.keys() or not all(_is_text(each) for each in known | set(visits)):
        return False
    short = max(map(len, known)) <= MOST_NAME and max(map(len, visits)) <= MOST_VISIT
    few = max(uncertain) <= MOST_UNCERTAIN and max(chain(orders, based)) <= MOST_NUMBER
    return short and few and min(chain(*numbers)) >= 0 and all(map(SPELLED.fullmatch, ids))


def _read(plain: Any, now: datetime) -> Sent:
    if not isinstance(plain, dict):
        raise Invalid(UNREADABLE)
    key = uuid(plain.get("id"))
    try:
        return _whole(key, plain)
    except DabiaoError as error:
        act = plain.get("act") if _is_text(plain.get("act")) else ""
        said = digest(repr(plain).encode(errors="replace"))
        return Sent(key, str(act)[:80], "", 0, now, timedelta(0), 0, None, {}, said, fault=error.text)


def _whole(key: str, plain: Frame) -> Sent:
    whole = dict(zip(WHOLE, map(plain.get, WHOLE), strict=True))
    given, packed = whole["input"], _packed(whole)
    if not _at_a_glance(packed) and (fault := faulty(given, 0)):
        raise Invalid(fault)
    based = plain.get("based_on", 0)
    uncertain = _number(plain.get("uncertainty", 0), MOST_UNCERTAIN)
    came = _text(plain.get("act"), MOST_NAME), _mapping(given)
    act, upgraded = _upgraded(*came)
    return Sent(
        key,
        act,
        _text(plain.get("visit") or "", MOST_VISIT),
        _number(plain.get("order", 0)),
        moment(plain.get("done_at")),
        timedelta(milliseconds=uncertain),
        uuid(based) if isinstance(based, str) else _number(based),
        _place(plain.get("where")),
        upgraded,
        digest(packed or canonical(whole)),
        "",
        None if act == came[0] else came,
    )


def _upgraded(act: str, given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    try:
        return upgrades.upgraded(act, given)
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(UNREADABLE) from error


def _packed(whole: Frame) -> bytes:
    """What its digest is of; empty where something in it cannot be written down."""
    try:
        return canonical(whole)
    except TypeError:  # half a surrogate, a number no database takes
        return b""


def _at_a_glance(packed: bytes) -> bool:
    """Nothing in its input can be at fault; where that does not show, every value is looked at.

    Keys are sorted: what comes before the input (act, moment …) is read by itself; a moment looks doubtful.
    """
    if not packed or not _small(packed):
        return False
    if UNKEPT[0] in packed or UNKEPT[1] in packed:
        return False
    return not DOUBTFUL.search(packed, packed.find(b'"input":'))


def faulty(value: Any, depth: int) -> str:
    """What the database could not keep, or the two sides not read alike; empty where it is plain."""
    if isinstance(value, str):
        return "" if _is_text(value) else TEXT
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int):
        return "" if abs(value) <= MOST_NUMBER else UNREADABLE
    if depth >= DEEPEST or not isinstance(value, list | dict):
        return UNREADABLE
    for each in (*value, *value.values()) if isinstance(value, dict) else value:
        if fault := faulty(each, depth + 1):
            return fault
    return ""


def _is_text(value: Any) -> bool:
    """Well-formed, without NUL and carriage returns: the same bytes on both sides."""
    if not isinstance(value, str) or len(value) > MOST_TEXT:
        return False
    return value.isprintable() or not SPOILT.search(value)  # nothing spoilt is printable


def uuid(raw: Any) -> str:
    """In its one spelling; Invalid otherwise."""
    if isinstance(raw, str) and SPELLED.fullmatch(raw):
        return raw
    try:
        return str(UUID(raw))
    except (ValueError, AttributeError, TypeError) as error:
        raise Invalid(UNREADABLE) from error


def moment(raw: Any) -> datetime:
    """Aware; Invalid otherwise."""
    try:
        found = datetime.fromisoformat(raw)
    except (ValueError, TypeError) as error:
        raise Invalid(UNREADABLE) from error
    if found.tzinfo is None:
        raise Invalid(UNREADABLE)
    return found


def _text(raw: Any, most: int) -> str:
    if not _is_text(raw) or len(raw) > most:
        raise Invalid(UNREADABLE)
    return str(raw)


def _number(raw: Any, most: int = MOST_NUMBER) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or not 0 <= raw <= most:
        raise Invalid(UNREADABLE)
    return raw


def _mapping(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Invalid(UNREADABLE)
    return raw


def _place(raw: Any) -> dict[str, Any] | None:
    """Degrees as text with six decimals, so that both databases keep the same."""
    if raw is None:
        return None
    try:
        lat, lon, accuracy = float(raw["lat"]), float(raw["lon"]), float(raw["accuracy"])
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(UNREADABLE) from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 0 <= accuracy < 1e8):  # noqa: PLR2004  the globe
        raise Invalid(UNREADABLE)
    mocked = bool(raw.get("mocked"))
    return {"lat": f"{lat:.6f}", "lon": f"{lon:.6f}", "accuracy": round(accuracy), "mocked": mocked}


def answer(plain: Frame) -> Answer:
    """The answer of an act's input; Invalid where it is none."""
    try:
        return Answer(
            Verdict(plain["verdict"]),
            tuple(_deduction(each) for each in plain["deductions"]),
            _text(plain["words"], MOST_TEXT),
            _text(plain["reason"], MOST_TEXT),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(UNREADABLE) from error


def _deduction(plain: Frame) -> Deduction:
    numbers = _number(plain["count"]), _number(plain["points"])
    return Deduction(_text(plain["rule"], 40), *numbers, _text(plain["words"], MOST_TEXT))


def runs(acts: Sequence[Sent]) -> Iterator[list[Sent]]:
    """In order: answers to one sheet that follow each other are a run, each line once; others stand alone."""
    run: list[Sent] = []
    lines: set[str] = set()
    for each in acts:
        line = each.line
        if run and (line in lines or not _joins(run[0], each)):
            yield run
            run, lines = [], set()
        run.append(each)
        lines.add(line)
    if run:
        yield run


def parts(runs: Iterable[list[Sent]]) -> Iterator[list[list[Sent]]]:
    """What is kept at once: a run, or answers with the closing act that follows on the same visit."""
    answers: list[Sent] = []
    for run in runs:
        if answers and _closes(answers[0], run[0]):
            yield [answers, run]
            answers = []
            continue
        if answers:
            yield [answers]
        answers = run if _joins(run[0], run[0]) else []
        if not answers:
            yield [run]
    if answers:
        yield [answers]


def _closes(first: Sent, each: Sent) -> bool:
    """Closes the sheet of these answers, and is not based on, nor waits for, acts that are kept with it."""
    alone = isinstance(each.based_on, int) and not each.input.get("after")
    return each.act in CLOSINGS and not each.fault and first.visit == each.visit and alone


def _joins(first: Sent, each: Sent) -> bool:
    alike = first.act == each.act == RECORD and not (first.fault or each.fault)
    return alike and first.visit == each.visit
