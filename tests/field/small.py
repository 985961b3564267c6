"""A small visit, request by request: what devices ask from the packet on until both sides have signed.

Between two requests the story goes on by itself; each may be asked as often as whoever plays it likes.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import uuid4

from dabiao.people.models import Account
from field.device import Device, deducted
from reviews.placing import ATTENDANCE
from sheets import photographs

REASON = "平板落水，不能开机，已当场查看。"
ALTERED = hashlib.sha256(b"as it was").hexdigest()
STORED, CONFLICT, WAITING = "stored", "conflict", "waiting"


class Step(NamedTuple):
    name: str
    ask: Callable[[], Any]
    outcomes: tuple[str, ...] = ()  # of acts: what they come to where nothing is in the way


@dataclass
class Small:
    """The leader's device and a colleague's, on one sheet of few lines."""

    visit: str
    leader: Device
    mate: Device
    signers: tuple[tuple[str, Account], ...]
    picture: str = ""

    def steps(self) -> Iterator[Step]:
        yield Step("session", lambda: self.leader.get("session"))
        yield from self._pictures()
        yield from self._scored()
        yield from self._disputed()
        yield from self._signed()

    def _pictures(self) -> Iterator[Step]:
        """One in three pieces, the last of them twice; one whose bytes are not those it is named by."""
        content = photographs.signature(9) + b"0" * 100
        self.picture = hashlib.sha256(content).hexdigest()
        size = len(content) // 3 + 1
        for start in (0, size, 2 * size, 2 * size):
            yield self._piece(self.picture, content, start, size)
        yield self._piece(ALTERED, b"as it became", 0, 99)

    def _piece(self, name: str, content: bytes, start: int, size: int) -> Step:
        return Step(f"piece at {start}", lambda: self.leader.piece(name, content, start, size))

    def _scored(self) -> Iterator[Step]:
        """The opening meeting, answers with an edit and one taken back in one delivery, a picture shown."""
        pad, visit = self.leader, self.visit
        begin = pad.act("reviews.begin@1", visit, {"attendance": ATTENDANCE, "summary": "通报评审安排"})
        yield self._acts("begun", pad, [begin])
        yield Step("packet", lambda: pad.get(f"visits/{visit}/packet"))
        lines = [each["item"]["key"] for each in pad.packet(visit)["book"]["lines"]]
        first, second = (pad.record(visit, each) for each in lines[:2])
        edit = pad.record(visit, lines[0], deducted("1"), based_on=first["id"])
        back = pad.act("sheets.retract_answer@1", visit, {"line": lines[1]}, based_on=1)
        yield self._acts("scored", pad, [first, second, edit, back])
        yield self._acts("shown", pad, [self._mark("field.arrive@1"), self._shown(lines[0])])
        pad.outcomes(*(pad.record(visit, each) for each in lines[1:]), *map(self._shown, lines[1:]))

    def _mark(self, name: str) -> dict[str, Any]:
        return self.leader.act(name, self.visit, {"remark": ""})

    def _shown(self, line: str) -> dict[str, Any]:
        return self.leader.attach(self.visit, line, self.picture)

    def _disputed(self) -> Iterator[Step]:
        """A colleague knows nothing of what stands, and asks what the server knows of theirs."""
        mate, line = self.mate, "1.1.2"
        mine, hanging = mate.record(self.visit, line), mate.record(self.visit, "2.1.1", based_on=str(uuid4()))
        yield self._acts("disputed", mate, [mine, hanging], CONFLICT, WAITING)
        asked = {"ids": [mine["id"], hanging["id"]], "pictures": [self.picture], "after": [hanging["id"]]}
        yield Step("known", lambda: mate.post("known", asked))

    def _signed(self) -> Iterator[Step]:
        """Signed too early, and waiting for what is lost; kept as it was signed; and signed again."""
        pad, mate, visit = self.leader, self.mate, self.visit
        early, lost = pad.closing(pad.packet(visit), *self.signers), mate.record(visit, "1.2.1")
        mate.outcomes(mate.record(visit, "2.1.1", deducted("1"), based_on=1))
        close = self._close(early, lost["id"])
        yield self._acts("waits", pad, [close], WAITING)
        given = {"device": mate.uuid, "by": mate.account.name, "acts": [lost["id"]], "reason": REASON}
        yield self._acts("lost", pad, [pad.act("sheets.declare_lost@1", visit, given)])
        yield self._acts("not matching", pad, [close], CONFLICT)
        signed = pad.closing(pad.packet(visit), *self.signers)
        yield self._acts("closed", pad, [self._close(signed, lost["id"])])

    def _close(self, signed: dict[str, Any], lost: str) -> dict[str, Any]:
        told = {"attendance": ATTENDANCE, "summary": "通报结果", "closing": signed, "after": [lost]}
        return self.leader.act("reviews.conclude@1", self.visit, told)

    @staticmethod
    def _acts(name: str, pad: Device, acts: list[dict[str, Any]], *outcomes: str) -> Step:
        return Step(name, lambda: pad.delivered(*acts), outcomes or (STORED,) * len(acts))
