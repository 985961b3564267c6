"""A delivery of acts: each is judged once, by the services everybody uses, and its receipt kept.

Receipt and effect are one transaction, and the receipt's id is unique in the database: of two deliveries at
once one writes, and the other, whose work is undone by that very constraint, tells what the first wrote.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import IntegrityError, transaction

from dabiao.base import canonical, statements
from dabiao.base.clock import day_of
from dabiao.base.journal import entries as journal
from dabiao.field import permissions
from dabiao.field.models import Outcome, Receipt
from dabiao.field.queries import packets, receipts, visits
from dabiao.field.queries.receipts import Known
from dabiao.field.queries.visits import Visit
from dabiao.field.rules import acts, moments
from dabiao.field.rules.acts import RECORD, Sent
from dabiao.field.services import devices, performing, watermark
from dabiao.field.services.performing import Ahead, Doing, Told, Unfounded
from dabiao.field.services.uploads import Missing
from dabiao.kernel.actor import Actor
from dabiao.kernel.digests import canonical as canonical_bytes
from dabiao.kernel.errors import Absent, Conflict, DabiaoError, Invalid, OutOfTurn
from dabiao.sheets.models import Contest, ContestKind
from dabiao.sheets.rules import digests, values
from dabiao.sheets.services import bringing, signing
from dabiao.sheets.services.bringing import Brought, Stands
from dabiao.sheets.services.contesting import keep_contest
from dabiao.sheets.services.holding import Opened
from dabiao.sheets.services.signing import NotMatching

TRIES: Final = 4
SAME_ID: Final = "这个编号的办理事项已经送达过，内容与这次不同；先送达的有效，请在设备上重新填写这一项。"
GONE: Final = (
    "您不在这次现场工作的人员中，可能已改由他人承担，这一项没有采用；内容仍在设备上，请与评审组长联系。"
)
BASIS: Final = "它所依据的前一项没有被采用，请核对后重新填写。"
MILLISECOND: Final = timedelta(milliseconds=1)
STORED: Final = str(Outcome.STORED)
COLUMNS: Final = (
    *("uuid", "device", "account_id", "act", "visit", "content", "input", "turn"),
    *("done_at", "uncertainty", "place", "received_at", "outcome", "told"),
)


class Judged(NamedTuple):
    """`told` holds plain values, in the order in which they are read back; `row` is its receipt's, made while
    the database has something else to do."""

    sent: Sent
    outcome: str
    told: Told
    row: tuple[Any, ...]


def deliver(*, sent: Sequence[Sent], device: str, by: Actor, at: datetime) -> list[Told]:
    """The outcome of each, in the order sent. What is waiting has no receipt."""
    named = {each.based_on for each in sent if isinstance(each.based_on, str)}
    desk = _Desk(device, by, at, receipts.by_id({*(each.id for each in sent), *named}))
    fresh = {each.id: each for each in reversed(sent) if each.id not in desk.known}
    for part in acts.parts(acts.runs([each for each in sent if fresh.get(each.id) is each])):
        desk.take_all(part)
    return [desk.outcome(each) for each in sent]


@dataclass(slots=True)
class _Desk:
    """One delivery: who, from which device, what is known by now, what waits.

    `seen` and `faults` keep what answers do not change: the visit, and who may work there on which day.
    """

    device: str
    by: Actor
    at: datetime
    known: dict[str, Known]
    waiting: dict[str, Told] = field(default_factory=dict)
    seen: dict[str, Visit | None] = field(default_factory=dict)
    faults: dict[Any, str] = field(default_factory=dict)
    ahead: Ahead | None = None  # what a closing that follows answers holds before the sheet
    opened: Opened | None = None  # the sheet, while this transaction holds it

    def outcome(self, sent: Sent) -> Told:
        row = self.known.get(sent.id)
        if row is None:
            return {"id": sent.id, "outcome": "waiting", **self.waiting[sent.id]}
        if row.content == sent.content and row.account == self.by.account:
            return receipts.outcome(row)
        return {"id": sent.id, "outcome": "refused", "receipt": 0, "text": SAME_ID, "clause": ""}

    def take_all(self, runs: Sequence[Sequence[Sent]]) -> None:
        """At once. A fault of ours in the closing keeps back none of the answers before it."""
        try:
            self.take(runs)
        finally:
            if len(runs) > 1 and any(each.id not in self.known for each in runs[0]):
                self.seen.clear()
                self.take(runs[:1])

    def take(self, runs: Sequence[Sequence[Sent]]) -> None:
        """Judge and keep, all or nothing; what somebody else was first to deliver is read again."""
        for _ in range(TRIES):
            try:
                with transaction.atomic(), self._flowing(runs):
                    kept = self._kept([[each for each in run if each.id not in self.known] for run in runs])
            except IntegrityError:
                first = receipts.by_id(each.id for run in runs for each in run)
                if not first:
                    raise  # no rival: a fault of ours, never taken for one
                self.known.update(first)
                self.seen.clear()
                continue
            self.known.update(kept)
            return
        raise OutOfTurn("同一批内容正在从别处送达，请稍后再送。")

    def _flowing(self, runs: Sequence[Sequence[Sent]]) -> AbstractContextManager[None]:
        """Nothing in these acts takes an error of the database for an answer."""
        flows = all(run[0].act == RECORD or run[0].act in acts.CLOSINGS for run in runs)
        return statements.flowing() if flows else nullcontext()

    def _kept(self, runs: Sequence[Sequence[Sent]]) -> dict[str, Known]:
        watermark.enter()
        self.opened, self.ahead = None, self._before(runs)
        judged = [each for run in runs for each in self._judge(run)]
        return self._receive(judged)

    def _before(self, runs: Sequence[Sequence[Sent]]) -> Ahead | None:
        """A closing holds other things before the sheet: with answers before it these are held before them,
        so that everybody holds all this in one order."""
        if len(runs) == 1 or not all(runs):
            return None
        [closing] = runs[1]
        visit = self._visit(closing.visit)
        return performing.ahead(closing, visit, self.by) if visit else None

    def _judge(self, run: Sequence[Sent]) -> list[Judged]:
        """What waits is told apart and not judged."""
        if not run:
            return []
        visit = self._visit(run[0].visit)
        if run[0].act == RECORD and not run[0].fault:
            return self._answers(run, visit)
        self.seen.clear()  # what follows may be the visit's next state
        return [each for each in (self._single(run[0], visit),) if each]

    def _visit(self, key: str) -> Visit | None:
        if key not in self.seen:
            self.seen[key] = visits.found(self.by, key)
        return self.seen[key]

    # -- answers to one sheet --------------------------------------------------------------------------

    def _answers(self, run: Sequence[Sent], visit: Visit | None) -> list[Judged]:
        if visit is None:
            wrong = Absent(GONE)
            return self._all_told(run, visit, dict.fromkeys((each.id for each in run), wrong))
        brought: dict[str, Brought] = {}
        said: dict[str, Stands | DabiaoError] = {}
        here = _Here(self, visit)
        for each in run:
            try:
                brought[each.id] = here.brought(each)
            except DabiaoError as error:
                said[each.id] = error
        said |= self._recorded(visit, brought)
        return self._all_told(run, visit, said)

    def _all_told(
        self, run: Sequence[Sent], visit: Visit | None, said: Mapping[str, Stands | DabiaoError]
    ) -> list[Judged]:
        known: dict[int, str] = {}  # digests of answers in memory; many say the same
        judged = list[Judged | None]()
        for each in run:
            found = said[each.id]
            if isinstance(found, Stands):
                answer = found.answer
                digest = known.get(id(answer)) or known.setdefault(id(answer), digests.stored(answer))
                judged.append(self._judged(each, STORED, _standing(found, digest)))
            else:
                judged.append(self._told(each, visit, found))
        return [each for each in judged if each]

    def _recorded(self, visit: Visit | None, brought: dict[str, Brought]) -> dict[str, Stands | DabiaoError]:
        if not brought or visit is None or visit.sheet is None:
            return {}
        try:
            pad = bringing.held(visit.sheet.pk, self.by)
        except DabiaoError as error:
            return dict.fromkeys(brought, error)
        found = bringing.record_within(pad=pad, brought=list(brought.values()), at=self.at)
        # What a closing needs is read back while what the answers led to is spelled.
        whole = signing.asking(pad.sheet, self.ahead.images, self.at) if self.ahead else None
        self.opened = Opened(pad.sheet, pad.share, whole)
        return dict(zip(brought, found, strict=True))

    # -- one act -----------------------------------------------------------------------------------------

    def _single(self, sent: Sent, visit: Visit | None) -> Judged | None:
        try:
            with statements.apart():
                told = performing.perform(self._doing(sent, visit))
        except DabiaoError as error:
            return self._told(sent, visit, error)
        return self._judged(sent, STORED, canonical.plain(told))

    def _doing(self, sent: Sent, visit: Visit | None) -> Doing:
        if sent.fault:
            raise Invalid(sent.fault)
        if visit is None:
            raise Absent(GONE)
        version = self.version(sent)
        return Doing(sent, visit, version, self.by, self.at, self.faults, self.opened, self.ahead)

    def version(self, sent: Sent) -> int:
        if isinstance(sent.based_on, int):
            return sent.based_on
        row = self.known.get(sent.based_on)
        if row is None:
            raise Unfounded(sent.based_on)
        if row.outcome != STORED or row.account != self.by.account:
            raise Conflict(BASIS)
        return int(row.told.get("version", 0))

    # -- what is told -------------------------------------------------------------------------------------

    def _told(self, sent: Sent, visit: Visit | None, said: DabiaoError) -> Judged | None:
        if isinstance(said, Missing | Unfounded):
            needs = list(said.digests) if isinstance(said, Missing) else []
            based = list(said.bases) if isinstance(said, Unfounded) else []
            self.waiting[sent.id] = {"needs": needs, "acts": based}
            return None
        if isinstance(said, Conflict | NotMatching):
            told, outcome = self._contested(sent, visit, said), Outcome.CONFLICT
        else:
            told, outcome = {"text": said.text, "clause": said.clause}, Outcome.REFUSED
        return self._judged(sent, str(outcome), canonical.plain(told))

    def _contested(self, sent: Sent, visit: Visit | None, said: Conflict | NotMatching) -> Told:
        told: Told = {"text": said.text, "clause": said.clause}
        if visit is None or visit.sheet is None:
            return told
        if isinstance(said, NotMatching):
            told |= {"differs": list(said.differs), "theirs": {"covered": said.theirs}}
        else:
            theirs = packets.answers(visit.sheet, {sent.line}).get(sent.line, {})
            told |= {"theirs": theirs, "version": theirs.get("version", 0)}
        contest = Contest(
            sheet=visit.sheet,
            kind=ContestKind.CLOSING if isinstance(said, NotMatching) else ContestKind.ANSWER,
            act=sent.act,
            device=devices.called(self.device),
            organizing_id=visit.organizing,
            line=sent.line,
            ours=sent.input,
            theirs=told["theirs"],
            differs=told.get("differs", []),
            words=said.text,
            done_at=min(sent.done_at, self.at),
        )
        images = said.images if isinstance(said, NotMatching) else ()
        keep_contest(contest=contest, images=images, by=self.by, at=self.at)
        return told

    # -- receipts -----------------------------------------------------------------------------------------

    def _receive(self, judged: Sequence[Judged]) -> dict[str, Known]:
        if not judged:
            return {}
        on = Receipt()
        with journal.writing(permissions.RECEIVE, by=self.by, at=self.at, on=on, held=True) as w:
            keys = w.create_many(Receipt, COLUMNS, [each.row for each in judged], on)
        account = self.by.account
        return {
            sent.id: Known(sent.id, key, account, sent.content, outcome, told)
            for (sent, outcome, told, _), key in zip(judged, keys, strict=True)
        }

    def _judged(self, sent: Sent, outcome: str, told: Told) -> Judged:
        """With its row in the order of COLUMNS."""
        act, given = sent.came or (sent.act, sent.input)
        plain = sent.act == RECORD and outcome == STORED and sent.came is None
        head = sent.id, self.device, self.by.account, act, sent.visit, sent.content
        kept = None if plain else given
        done, uncertain = min(sent.done_at, self.at), sent.uncertainty // MILLISECOND
        row = (*head, kept, sent.order, done, uncertain, sent.place, self.at, outcome, told)
        return Judged(sent, outcome, told, row)


@dataclass(slots=True)
class _Here:
    """What answers given at one visit have in common is asked once: the sheet, who may work there on which
    day; and read once: answers that say the same."""

    desk: _Desk
    visit: Visit
    days: list[date] = field(default_factory=list)  # asked last: on which it may have been done
    unqualified: DabiaoError | None = None  # on these
    said: dict[bytes, values.Answer] = field(default_factory=dict)

    def brought(self, sent: Sent) -> Brought:
        version = sent.based_on if isinstance(sent.based_on, int) else self.desk.version(sent)
        if self.visit.sheet is None:
            raise performing.unopened(self.visit)
        self._qualified(sent, version)
        return Brought(sent.line, self._answer(sent.input), version, min(sent.done_at, self.desk.at))

    def _qualified(self, sent: Sent, version: int) -> None:
        desk = self.desk
        days = moments.days(sent.done_at, sent.uncertainty, desk.at, day_of)
        if days != self.days:
            doing = Doing(sent, self.visit, version, desk.by, desk.at, desk.faults)
            self.days, self.unqualified = days, _refusal(doing)
        if self.unqualified is not None:
            raise self.unqualified

    def _answer(self, given: Mapping[str, Any]) -> values.Answer:
        plain = given.get("answer")
        if not isinstance(plain, dict) or not isinstance(given.get("line"), str):
            raise Invalid(acts.UNREADABLE)
        packed = canonical_bytes(plain)
        return self.said.get(packed) or self.said.setdefault(packed, acts.answer(plain))


def _refusal(doing: Doing) -> DabiaoError | None:
    try:
        performing.qualified(doing)
    except DabiaoError as error:
        return error
    return None


def _standing(said: Stands, digest: str) -> Told:
    return {
        "by": said.by,
        "digest": digest,
        "done_at": canonical.moment(said.done_at),
        "version": said.version,
    }
