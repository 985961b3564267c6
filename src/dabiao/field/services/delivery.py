"""A delivery of acts: each is judged once, by the services everybody uses, and its receipt kept.

Receipt and effect are one transaction, and the receipt's id is unique in the database: of two deliveries at
once one writes, and the other, whose work is undone by that very constraint, tells what the first wrote.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import IntegrityError, transaction

from dabiao.base import canonical
from dabiao.base.journal import entries as journal
from dabiao.field import permissions
from dabiao.field.models import Outcome, Receipt
from dabiao.field.queries import packets, receipts, visits
from dabiao.field.queries.receipts import Known
from dabiao.field.queries.visits import Visit
from dabiao.field.rules import acts
from dabiao.field.rules.acts import RECORD, Sent
from dabiao.field.services import devices, performing, watermark
from dabiao.field.services.performing import Doing, Told, Unfounded
from dabiao.field.services.uploads import Missing
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent, Conflict, DabiaoError, Invalid, OutOfTurn
from dabiao.sheets.models import Contest, ContestKind
from dabiao.sheets.rules import digests
from dabiao.sheets.services.bringing import Brought, Stands, record_answers
from dabiao.sheets.services.contesting import keep_contest
from dabiao.sheets.services.signing import NotMatching

TRIES: Final = 4
SAME_ID: Final = "这个编号的办理事项已经送达过，内容与这次不同；先送达的有效，请在设备上重新填写这一项。"
BASIS: Final = "它所依据的前一项没有被采用，请核对后重新填写。"
MILLISECOND: Final = timedelta(milliseconds=1)
COLUMNS: Final = (
    *("uuid", "device", "account_id", "act", "visit", "content", "input", "turn"),
    *("done_at", "uncertainty", "place", "received_at", "outcome", "told"),
)


class Judged(NamedTuple):
    """`told` holds plain values, in the order in which they are read back."""

    sent: Sent
    outcome: str
    told: Told
    visit: Visit | None = None


def deliver(*, sent: Sequence[Sent], device: str, by: Actor, at: datetime) -> list[Told]:
    """The outcome of each, in the order sent. What is waiting has no receipt."""
    named = {each.based_on for each in sent if isinstance(each.based_on, str)}
    desk = _Desk(device, by, at, receipts.by_id({*(each.id for each in sent), *named}))
    fresh = {each.id: each for each in reversed(sent) if each.id not in desk.known}
    for run in acts.runs([each for each in sent if fresh.get(each.id) is each]):
        desk.take(run)
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

    def outcome(self, sent: Sent) -> Told:
        row = self.known.get(sent.id)
        if row is None:
            return {"id": sent.id, "outcome": "waiting", **self.waiting[sent.id]}
        if row.content == sent.content and row.account == self.by.account:
            return receipts.outcome(row)
        return {"id": sent.id, "outcome": "refused", "receipt": 0, "text": SAME_ID, "clause": ""}

    def take(self, run: Sequence[Sent]) -> None:
        """Judge and keep, all or nothing; what somebody else was first to deliver is read again."""
        for _ in range(TRIES):
            try:
                with transaction.atomic():
                    watermark.enter()
                    kept = self._receive(self._judge([each for each in run if each.id not in self.known]))
            except IntegrityError:
                first = receipts.by_id(each.id for each in run)
                if not first:
                    raise  # no rival: a fault of ours, never taken for one
                self.known.update(first)
                self.seen.clear()
                continue
            self.known.update(kept)
            return
        raise OutOfTurn("同一批内容正在从别处送达，请稍后再送。")

    def _judge(self, run: Sequence[Sent]) -> list[Judged]:
        """What waits is told apart and not judged."""
        if not run:
            return []
        visit = self._visit(run[0].visit)
        if run[0].act == RECORD and not run[0].fault:
            return list(self._answers(run, visit))
        self.seen.clear()  # what follows may be the visit's next state
        return [each for each in (self._single(run[0], visit),) if each]

    def _visit(self, key: str) -> Visit | None:
        if key not in self.seen:
            self.seen[key] = visits.found(self.by, key)
        return self.seen[key]

    # -- answers to one sheet --------------------------------------------------------------------------

    def _answers(self, run: Sequence[Sent], visit: Visit | None) -> Iterable[Judged]:
        brought: dict[str, Brought] = {}
        wrong: dict[str, DabiaoError] = {}
        qualified: dict[Any, DabiaoError | None] = {}
        for each in run:
            try:
                doing = self._doing(each, visit)
                days = tuple(performing.possible(doing))
                if days not in qualified:
                    qualified[days] = _refusal(doing)
                if error := qualified[days]:
                    raise error
                brought[each.id] = Brought(each.line, acts.answer(_given(each)), doing.version, doing.done_at)
            except DabiaoError as error:
                wrong[each.id] = error
        said = self._recorded(visit, brought)
        judged = [self._told(each, visit, said.get(each.id) or wrong[each.id]) for each in run]
        return [each for each in judged if each]

    def _recorded(self, visit: Visit | None, brought: dict[str, Brought]) -> dict[str, Stands | DabiaoError]:
        if not brought or visit is None or visit.sheet is None:
            return {}
        given = list(brought.values())
        try:
            found = record_answers(sheet=visit.sheet.pk, brought=given, by=self.by, at=self.at)
        except DabiaoError as error:
            return dict.fromkeys(brought, error)
        return dict(zip(brought, found, strict=True))

    # -- one act -----------------------------------------------------------------------------------------

    def _single(self, sent: Sent, visit: Visit | None) -> Judged | None:
        try:
            with transaction.atomic():
                told = performing.perform(self._doing(sent, visit))
        except DabiaoError as error:
            return self._told(sent, visit, error)
        return Judged(sent, Outcome.STORED, canonical.plain(told), visit)

    def _doing(self, sent: Sent, visit: Visit | None) -> Doing:
        if sent.fault:
            raise Invalid(sent.fault)
        if visit is None:
            raise Absent
        doing = Doing(sent, visit, self._version(sent), self.by, self.at, self.faults)
        if sent.act == RECORD:
            doing.sheet  # noqa: B018  OutOfTurn while there is none
        return doing

    def _version(self, sent: Sent) -> int:
        if isinstance(sent.based_on, int):
            return sent.based_on
        row = self.known.get(sent.based_on)
        if row is None:
            raise Unfounded(sent.based_on)
        if row.outcome != Outcome.STORED or row.account != self.by.account:
            raise Conflict(BASIS)
        return int(row.told.get("version", 0))

    # -- what is told -------------------------------------------------------------------------------------

    def _told(self, sent: Sent, visit: Visit | None, said: Stands | DabiaoError) -> Judged | None:
        if isinstance(said, Stands):
            return Judged(sent, Outcome.STORED, _standing(said), visit)
        if isinstance(said, Missing | Unfounded):
            needs = list(said.digests) if isinstance(said, Missing) else []
            based = list(said.bases) if isinstance(said, Unfounded) else []
            self.waiting[sent.id] = {"needs": needs, "acts": based}
            return None
        if isinstance(said, Conflict | NotMatching):
            return Judged(sent, Outcome.CONFLICT, canonical.plain(self._contested(sent, visit, said)), visit)
        return Judged(
            sent, Outcome.REFUSED, canonical.plain({"text": said.text, "clause": said.clause}), visit
        )

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
            keys = w.create_many(Receipt, COLUMNS, [self._row(each) for each in judged])
            on.pk = keys[0]
        account = self.by.account
        return {
            sent.id: Known(sent.id, key, account, sent.content, str(outcome), told)
            for (sent, outcome, told, _), key in zip(judged, keys, strict=True)
        }

    def _row(self, judged: Judged) -> tuple[Any, ...]:
        """In the order of COLUMNS."""
        sent, outcome, told, _ = judged
        act, given = sent.came or (sent.act, sent.input)
        plain = sent.act == RECORD and outcome == Outcome.STORED and sent.came is None
        head = sent.id, self.device, self.by.account, act, sent.visit, sent.content
        kept = None if plain else given
        done, uncertain = min(sent.done_at, self.at), sent.uncertainty // MILLISECOND
        return (*head, kept, sent.order, done, uncertain, sent.place, self.at, str(outcome), told)


def _refusal(doing: Doing) -> DabiaoError | None:
    try:
        performing.qualified(doing)
    except DabiaoError as error:
        return error
    return None


def _given(sent: Sent) -> Any:
    given = sent.input.get("answer")
    if not isinstance(given, dict) or not isinstance(sent.input.get("line"), str):
        raise Invalid(acts.UNREADABLE)
    return given


def _standing(said: Stands) -> Told:
    done = canonical.moment(said.done_at)
    return {"by": said.by, "digest": digests.stored(said.answer), "done_at": done, "version": said.version}
