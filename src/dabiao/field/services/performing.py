"""How each act is performed: its input read, and the service called that everybody uses.

One entry an act's `name@version` (docs/field-protocol.md, section 5). What is told goes into the receipt.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from dabiao.base.clock import day_of
from dabiao.base.files.store import Taken
from dabiao.field.queries import receipts, visits
from dabiao.field.queries.visits import Visit
from dabiao.field.rules import acts, moments
from dabiao.field.rules.acts import Sent
from dabiao.field.services import devices, uploads
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent, DabiaoError, Invalid, OutOfTurn, Refused
from dabiao.reviews.models import Review
from dabiao.reviews.services import meetings
from dabiao.reviews.states.reviews import ReviewState
from dabiao.sheets import queries as sheets
from dabiao.sheets.models import Contest, Picture, Sheet
from dabiao.sheets.permissions import may_lead
from dabiao.sheets.rules.digests import Part
from dabiao.sheets.services import answering, losing, pictures, signing
from dabiao.sheets.services.holding import Opened
from dabiao.sheets.services.signing import Closing, Signed

Told = dict[str, Any]
UNKNOWN: Final = "这一版系统不认识这种办理事项，请更新后再送；内容仍在设备上。"
NO_SHEET: Final = "这次现场还没有开始评分，请先开始。"
REVIEWED: Final = "现场评审在末次会议上签字，请用“末次会议”办理。"
MOST_PEOPLE: Final = 60
MOST_AFTER: Final = 2000  # acts of colleagues a closing waits for


class Unfounded(DabiaoError):
    """What an act is based on (none named: the opening meeting) is not here yet; nothing is judged."""

    def __init__(self, *bases: str) -> None:
        super().__init__("所依据的前一项还没有送到")
        self.bases = bases


@dataclass(frozen=True, slots=True)
class Doing:
    """One act about to be performed; `version` is what it was based on, `days` when it may have been done."""

    sent: Sent
    visit: Visit
    version: int
    by: Actor
    at: datetime
    faults: dict[Any, str] = field(default_factory=dict)  # of this person, by visit and day, as far as asked
    opened: Opened | None = None  # the sheet, where this transaction holds it by now
    ahead: "Ahead | None" = None  # what a closing holds before that

    @property
    def done_at(self) -> datetime:
        return moments.taken(self.sent.done_at, self.at)

    @property
    def input(self) -> Mapping[str, Any]:
        return self.sent.input

    @property
    def sheet(self) -> Sheet:
        """While there is none: Unfounded where the leader's device may still bring the opening meeting."""
        if self.visit.sheet is None:
            raise unopened(self.visit)
        return self.visit.sheet

    def text(self, name: str) -> str:
        found = self.input.get(name, "")
        if not isinstance(found, str):
            raise Invalid(acts.UNREADABLE)
        return found


def unopened(visit: Visit) -> DabiaoError:
    return Unfounded() if visit.state == ReviewState.PLANNED else OutOfTurn(NO_SHEET)


def perform(doing: Doing) -> Told:
    """Perform, and say what is told of it. Errors of ours say why not."""
    handler = HANDLERS.get(doing.sent.act)
    if handler is None:
        raise Invalid(UNKNOWN)
    if doing.sent.act not in UNASKED:
        qualified(doing)
    return handler(doing)


def qualified(doing: Doing) -> None:
    """On the very day it was done; Conflict where the clock is too unsure to say."""
    moments.agreed(lambda day: _qualified(doing, day), possible(doing))


def possible(doing: Doing) -> list[Any]:
    return moments.days(doing.sent.done_at, doing.sent.uncertainty, doing.at, day_of)


def _qualified(doing: Doing, day: Any) -> None:
    asked = (doing.visit.key, day)
    if asked not in doing.faults:
        doing.faults[asked] = visits.fault(doing.visit, doing.by.account or 0, day)
    if words := doing.faults[asked]:
        raise Refused(words, clause=doing.visit.clause)


def retract(doing: Doing) -> Told:
    answering.retract_answer(
        sheet=doing.sheet.pk, line=doing.sent.line, version=doing.version, by=doing.by, at=doing.at
    )
    return {"version": 0}


def attach(doing: Doing) -> Told:
    picture = doing.text("picture")
    taken = uploads.taken([picture], doing.by)[picture]
    pictures.attach_picture(
        sheet=doing.sheet.pk,
        line=doing.sent.line,
        taken=taken,
        caption=doing.text("caption"),
        by=doing.by,
        at=doing.at,
    )
    return {"digest": f"sha256:{taken.digest}"}


def caption(doing: Doing) -> Told:
    row = _picture(doing)
    pictures.caption_picture(picture=row.pk, caption=doing.text("caption"), by=doing.by, at=doing.at)
    return {"digest": f"sha256:{row.file.digest}"}


def detach(doing: Doing) -> Told:
    row = _picture(doing)
    pictures.detach_picture(picture=row.pk, by=doing.by, at=doing.at)
    return {"digest": f"sha256:{row.file.digest}"}


def _picture(doing: Doing) -> Picture:
    rows = Picture.objects.filter(sheet=doing.sheet, line=doing.sent.line, file__digest=doing.text("picture"))
    row = rows.select_related("file").first()
    if row is None:
        raise Absent
    return row


def mark(doing: Doing) -> Told:
    """Arrival or departure: the receipt itself is the mark, with place and moment."""
    doing.text("remark")
    return {}


def begin(doing: Doing) -> Told:
    review = _review(doing)
    moments.agreed(lambda day: _ready(review, day), possible(doing))
    plan = meetings.begin(
        review=review,
        told=_held(doing),
        version=review.version,
        by=doing.by,
        at=doing.at,
        done_at=doing.done_at,
    )
    return {"sheet": plan.sheet_id}


def _ready(review: Review, day: Any) -> None:
    meetings.ready(review, day)


def conclude(doing: Doing) -> Told:
    founded(doing)
    here = doing.ahead or ahead(doing.sent, doing.visit, doing.by)
    closing = _closing(doing, here)
    meetings.conclude_within(
        review=_review(doing),
        told=_held(doing),
        signed=closing,
        by=doing.by,
        at=doing.at,
        done_at=doing.done_at,
        opened=doing.opened,
        held=here.plan,
    )
    return {"digest": closing.root}


def close(doing: Doing) -> Told:
    """Of every visit but the review itself: the office decides what follows."""
    if doing.visit.kind == visits.REVIEW:
        raise OutOfTurn(REVIEWED)
    moments.agreed(lambda day: _not_before(doing.visit, day), possible(doing))
    founded(doing)
    here = doing.ahead or ahead(doing.sent, doing.visit, doing.by)
    sheet, opened = doing.sheet.pk, doing.opened
    closing = _closing(doing, here)
    signing.close_within(sheet=sheet, closing=closing, both=False, by=doing.by, at=doing.at, opened=opened)
    return {"digest": closing.root}


class Ahead(NamedTuple):
    """What a closing act holds before the sheet, in its order: the signatures drawn, the review. Each is told
    once, when it is called."""

    images: list[str]
    taken: Callable[[], Mapping[str, Taken]]
    plan: meetings.Holding | None


def ahead(sent: Sent, visit: Visit, by: Actor) -> Ahead:
    images = _images(sent.input.get("closing"))
    taken, review = uploads.taking(images, by), visit.subject
    return Ahead(images, taken, meetings.holding(review) if isinstance(review, Review) else None)


def _images(closing: Any) -> list[str]:
    """Digests of the signatures; whatever cannot be read is told when the act is performed."""
    signed = closing.get("signatures") if isinstance(closing, dict) else None
    named = (
        [each.get("image") for each in signed if isinstance(each, dict)] if isinstance(signed, list) else []
    )
    return [each for each in named if isinstance(each, str)]


def founded(doing: Doing) -> None:
    """What colleagues handed over device to device comes from their own devices: a closing waits for it.

    Not where it cannot close anyway, the sheet being closed or somebody else's to close: then it is told so.
    """
    after = _named(doing, "after")
    here = receipts.by_id(after)
    missing = [each for each in after if each not in here]
    if missing and may_lead(doing.by, doing.sheet, sheets.share(doing.by, doing.sheet)).granted:
        lost = Contest.objects.filter(sheet=doing.sheet).given_up()
        if awaited := [each for each in missing if each not in lost]:
            raise Unfounded(*awaited)


def declare_lost(doing: Doing) -> Told:
    """Of a colleague's acts that came device to device, those nobody has delivered are waited for no more."""
    loss = losing.Loss(
        acts=tuple(receipts.awaited(_named(doing, "acts"), doing.by.account)),
        whose=doing.text("by"),
        device=devices.called(doing.text("device")),
        organizing=doing.visit.organizing,
        reason=doing.text("reason"),
        done_at=doing.done_at,
    )
    return {"lost": losing.declare_lost(sheet=doing.sheet.pk, loss=loss, by=doing.by, at=doing.at)}


def _named(doing: Doing, name: str) -> list[str]:
    """Ids of colleagues' acts; Invalid where they are none."""
    told = doing.input.get(name, [])
    if not isinstance(told, list) or len(told) > MOST_AFTER:
        raise Invalid(acts.UNREADABLE)
    return [acts.uuid(each) for each in told]


def _not_before(visit: Visit, day: Any) -> None:
    if day < visit.first:
        raise OutOfTurn(f"现场定于 {visit.first:%Y-%m-%d}，到场之后才能签字关闭。")


def _review(doing: Doing) -> Review:
    if not isinstance(doing.visit.subject, Review):
        raise Absent
    return doing.visit.subject


def _held(doing: Doing) -> meetings.Held:
    people = doing.input.get("attendance")
    names = ("side", "name", "duty")
    if not isinstance(people, list) or len(people) > MOST_PEOPLE:
        raise Invalid(acts.UNREADABLE)
    if not all(
        isinstance(each, dict) and all(isinstance(each.get(one), str) for one in names) for each in people
    ):
        raise Invalid(acts.UNREADABLE)
    return meetings.Held([{name: each[name] for name in names} for each in people], doing.text("summary"))


def _closing(doing: Doing, here: Ahead) -> Closing:
    plain = doing.input.get("closing")
    if not isinstance(plain, dict):
        raise Invalid(acts.UNREADABLE)
    try:
        return _read_closing(plain, doing, here)
    except (KeyError, TypeError, AttributeError) as error:
        raise Invalid(acts.UNREADABLE) from error


def _read_closing(plain: Mapping[str, Any], doing: Doing, here: Ahead) -> Closing:
    parts = tuple(Part(each["kind"], each["key"], each["digest"]) for each in plain["covered"])
    told = [(each, moments.taken(acts.moment(each["signed_at"]), doing.at)) for each in plain["signatures"]]
    named = [each["image"] for each, _ in told]
    images = here.taken() if named == here.images else uploads.taken(named, doing.by)
    signed = tuple(_signed(each, moment, images) for each, moment in told)
    return Closing(parts, str(plain["root"]), signed, plain.get("performance"))


def _signed(plain: Mapping[str, Any], moment: datetime, images: Mapping[str, Taken]) -> Signed:
    return Signed(plain["side"], plain["account"], images[plain["image"]], moment, plain["remark"])


HANDLERS: Final[Mapping[str, Callable[[Doing], Told]]] = {
    "sheets.retract_answer@1": retract,
    "sheets.attach_picture@1": attach,
    "sheets.caption_picture@1": caption,
    "sheets.detach_picture@1": detach,
    "field.arrive@1": mark,
    "field.depart@1": mark,
    "reviews.begin@1": begin,
    "reviews.conclude@1": conclude,
    "sheets.close@1": close,
    "sheets.declare_lost@1": declare_lost,
}
UNASKED: Final = frozenset({"field.arrive@1", "field.depart@1", "reviews.begin@1"})  # `ready` asks more
