"""Which tales there are: of what firm, how far it came, and how many working days ago."""

from collections.abc import Iterator
from dataclasses import dataclass

from dabiao.demo.firms import Wanted
from dabiao.demo.stories import (
    deciding,
    engaging,
    following,
    looking,
    meeting,
    mending,
    planning,
    rechecking,
    verifying,
    visiting,
)
from dabiao.demo.stories.deciding import Batch, opine, settle
from dabiao.demo.stories.walk import Step
from dabiao.grading.models.objections import Aim
from dabiao.grading.rules import outcomes
from dabiao.kernel.roles import Role

# The way of a case that nothing disturbs, step after step; the name says how far one has come.
CONTRACTED = (Step(engaging.sign), Step(engaging.confirm, 0, 15))
TOLD = (*CONTRACTED, Step(engaging.notify, 1, 9))
KNOWN = (*TOLD, Step(engaging.acknowledge, 0, 14))
ARRIVED = (*KNOWN, Step(visiting.begin, 1, 9, 30))
CLEARED = (*ARRIVED, Step(visiting.clear, 0, 10))
HELD = (*ARRIVED, Step(visiting.hold, 0, 10))
PLANNED = (*CLEARED, Step(planning.make))
BEGUN = (*PLANNED, Step(planning.join, 0, 16), Step(meeting.begin, 1, 9))
SCORED = (*BEGUN, Step(meeting.score, 0, 9, 30))
DELIVERED = (*SCORED, Step(meeting.conclude, 0, 16), Step(meeting.deliver, 0, 17))
MEANT = (*DELIVERED, Step(mending.plan, 2))
MENDED = (*MEANT, Step(mending.finish, 4, 15))
CONFIRMED = (*MENDED, Step(mending.confirm, 2))
REPORTED = (*CONFIRMED, Step(mending.report, 1, 14))
AUDITED = (*REPORTED, Step(rechecking.audit))
ARRANGED = (*AUDITED, Step(rechecking.arrange, 1, 9))
CHECKED = (*ARRANGED, Step(rechecking.visit, 0, 9, 30), Step(rechecking.finish, 0, 17))
SEEN = (*CHECKED, Step(rechecking.district))
JUDGED = (*SEEN, Step(rechecking.passes, 0, 15))
CONSULTING = (*JUDGED, Step(rechecking.decide))
HEARD = (*CONSULTING, Step(opine(Role.LOCALITY)))
AGREED = (*HEARD, Step(opine(Role.INDUSTRY_DISTRICT), 0, 15))
PROPOSED = (*AGREED, Step(deciding.propose))
PUBLIC = (*PROPOSED, Step(deciding.publish, 0, 16))
OBJECTED = (*PUBLIC, Step(deciding.object_to(Aim.UNIT)), Step(deciding.explain))
FOLLOWED = (
    Step(following.arrange, 60, 9),
    Step(following.look, following.AHEAD, 9, 30),
    Step(following.conclude, 0, 15),
)
DRAWN = (Step(verifying.draw, 20, 9), Step(verifying.arrange, 2), Step(verifying.begin, 1, 14))
VERIFIED = (
    *DRAWN,
    Step(verifying.look, verifying.AHEAD - 1, 9, 30),
    Step(verifying.conclude, 0, 15),
)

RECENT = 30  # working days
CITY = Wanted("garment", "medium")  # level 2: the city's department publicises and announces
DISTRICT = Wanted("garment", "small")  # level 3: the district's
SMALL = Wanted("garment", "micro")  # small and micro enterprises
CHEMICALS = Wanted("garment", "small", ("hazardous_chemical_use",))


@dataclass(frozen=True, slots=True)
class Tale:
    """`rest`: working days since the last step. With a hint the officer's login is shown."""

    wanted: Wanted
    path: tuple[Step, ...]
    rest: int = 1
    firm: str = "review1"
    hint: str | None = None


def tales() -> Iterator[Tale]:
    """All of them, always in the same order."""
    yield from _contracts()
    yield from _visits()
    yield from _rectifications()
    yield from _rechecks()
    yield from _publicities()
    yield from _announced()


def _contracts() -> Iterator[Tale]:
    advised = (Step(engaging.advise), Step(engaging.train), Step(engaging.sign, 3))
    yield Tale(SMALL, (), rest=28)  # nobody engaged yet, and hardly any time left
    yield Tale(SMALL, advised, hint="三类服务合同：评审合同等评审单位确认")
    yield Tale(SMALL, CONTRACTED)
    silent = tuple(each for each in CLEARED if each.do is not engaging.acknowledge)
    yield Tale(CITY, (*silent, Step(engaging.confess, 3)))  # stopped; nobody has said that they know
    yield Tale(SMALL, (*REPORTED, Step(engaging.confess, 2), Step(engaging.end)), rest=6)


def _visits() -> Iterator[Tale]:
    yield Tale(SMALL, (*ARRIVED, Step(visiting.half, 0, 10)))
    yield Tale(DISTRICT, (*HELD, Step(visiting.take_note)), rest=6)
    yield Tale(CITY, (*CLEARED, Step(planning.draw)))
    yield Tale(SMALL, (*PLANNED, Step(planning.lead_joins, 0, 15)))
    watched = (Step(planning.follow, 0, 10), Step(meeting.half, 0, 11))
    yield Tale(DISTRICT, (*BEGUN, *watched), hint="正在现场评审")


def _rectifications() -> Iterator[Tale]:
    extended = (Step(mending.extend, 10), Step(mending.grant))
    yield Tale(SMALL, MEANT, rest=16, hint="评审不符合项整改中，期限将到")  # amber
    yield Tale(SMALL, (*MEANT, *extended), rest=2)
    yield Tale(SMALL, MEANT, rest=20, firm="review3")  # overdue, to be confirmed
    yield Tale(SMALL, (*MEANT, Step(mending.close_overdue, 22)), rest=8, firm="review3")
    there = (*MENDED, Step(looking.arrange, 1, 11))
    seen = (*there, Step(looking.look, looking.AHEAD, 9, 30), Step(looking.conclude, 0, 15))
    yield Tale(DISTRICT, there, hint="整改已报告完成，等待评审组到场确认")
    yield Tale(SMALL, seen)


def _rechecks() -> Iterator[Tale]:
    back = (Step(rechecking.judge(outcomes.BACK_TO_RECTIFY), 0, 15), Step(rechecking.decide))
    yield Tale(SMALL, REPORTED, rest=8, firm="review2")  # amber
    yield Tale(DISTRICT, AUDITED, rest=2)
    yield Tale(CHEMICALS, (*ARRANGED, Step(rechecking.half, 0, 10)))
    yield Tale(SMALL, CHECKED)
    yield Tale(CITY, JUDGED)
    yield Tale(SMALL, (*SEEN, *back), rest=2, hint="复核退回继续整改")


def _publicities() -> Iterator[Tale]:
    refused = (Step(settle(upheld=True), 2), Step(deciding.doubt), Step(deciding.refuse))
    against = (Step(opine(Role.INDUSTRY_DISTRICT, agrees=False), 0, 15), Step(deciding.doubt))
    yield Tale(SMALL, HEARD, rest=8)  # one opinion is overdue: it went up
    yield Tale(CITY, PROPOSED)
    yield Tale(DISTRICT, (*PUBLIC, Step(deciding.object_to(Aim.REVIEW))), rest=2)
    yield Tale(SMALL, (*OBJECTED, Step(settle(upheld=False), 2)))
    yield Tale(SMALL, (*HEARD, *against))
    yield Tale(SMALL, (*OBJECTED, *refused), rest=12, hint="未通过定级，间隔期内")


def _announced() -> Iterator[Tale]:
    """By batches: one put together and not yet decided, one lately, others in earlier years.

    Of the follow-ups owed one is green, one under way, one overdue and one done; of the verifications one is
    done, one under way on site, and one list waits for its second word.
    """
    waiting = Batch("关于公布本批安全生产标准化二级企业的公告", 1)
    yield Tale(CITY, (*PUBLIC, Step(waiting.propose, 9)))
    for many, rest, wanted, title, after in (
        (2, 3, (DISTRICT, SMALL), "关于公布安全生产标准化三级和小微企业的公告", ()),
        (1, 246, (CITY,), "关于公布上年度安全生产标准化二级企业的公告", VERIFIED),
    ):
        batch = Batch(title, many, latest=rest < RECENT)
        for each in wanted:
            yield Tale(each, (*PUBLIC, *_certified(batch), *after), rest=rest, firm="review2")
    first = Batch("关于公布首批安全生产标准化小微企业的公告", 1)
    yield Tale(SMALL, (*PUBLIC, *_certified(first), *FOLLOWED), rest=697, firm="review2")
    alone = Batch("关于公布安全生产标准化小微企业的公告", 1)
    under_way = (*PUBLIC, *_certified(alone), Step(following.arrange, 20, 9), Step(verifying.freeze, 0, 11))
    yield Tale(SMALL, under_way, rest=1, hint="已公告定级，评审单位安排了回访")
    drawn = Batch("关于公布安全生产标准化三级企业的公告", 1)
    yield Tale(DISTRICT, (*PUBLIC, *_certified(drawn), *DRAWN), hint="已公告定级，主管部门正在核查")


def _certified(batch: Batch) -> tuple[Step, ...]:
    return Step(batch.propose, 9), Step(batch.announce, 0, 15), Step(batch.acknowledge, 1, 9)
