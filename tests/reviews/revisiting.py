"""A follow-up visit after attaining, step by step: owed, arranged, filled, signed by both sides."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from dabiao.base.files import store
from dabiao.base.models import JournalEntry
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import DabiaoError
from dabiao.reviews.models import FollowUp, Revisit
from dabiao.reviews.services import followups, revisiting
from dabiao.reviews.services.revisiting import Going
from dabiao.sheets import queries as sheets
from dabiao.sheets.rules.values import Answer, Deduction, Verdict
from dabiao.sheets.services import closing, pictures
from dabiao.sheets.services.answering import record_answer
from reviews.placing import Placed, confirmed, placed, rectified, reported, with_findings
from sheets import photographs
from world import World, build

ANNOUNCED = date(2026, 5, 20)
OWED = datetime(2026, 5, 20, 2, tzinfo=UTC)
DUE = date(2026, 11, 20)
SET = datetime(2026, 9, 1, 2, tzinfo=UTC)
VISIT = date(2026, 9, 3)
THERE = datetime(2026, 9, 3, 3, tzinfo=UTC)
ENDED = datetime(2026, 9, 4, 2, tzinfo=UTC)
LATE = datetime(2026, 11, 21, 2, tzinfo=UTC)
SAID = "整改保持，管理没有放松。"


def attained(world: World | None = None) -> Placed:
    """Two findings, on 1.2.1 and 2.1.3, put right and reported; announced, as far as the review knows."""
    done = confirmed(rectified(with_findings(placed(world or build()))))
    reported(done)
    followups.owe(review=done.review, announced_on=ANNOUNCED, by=TIME, at=OWED)
    return done


def owed(done: Placed) -> FollowUp:
    return FollowUp.objects.select_related("review__unit", "review__body").get(review=done.key)


def going(done: Placed, **more: object) -> Going:
    return Going(**{"day": VISIT, "lead": done.account("second"), "others": [], **more})


def arranged(done: Placed, who: str = "review_admin", **more: object) -> Revisit:
    told = going(done, **more)
    return again(revisiting.arrange(review=done.review, told=told, by=done.actor(who), at=SET))


def looked(done: Placed, visit: Revisit, *deducted: str) -> Revisit:
    """Every line with words and a picture; those named lose points."""
    by = done.actor("second")
    for line in sheets.rulebook(visit.sheet).lines():
        answer = Answer(Verdict.CONFORMS, words=f"{line.key} 护罩完好")
        if line.key in deducted:
            answer = Answer(Verdict.DEDUCTED, (Deduction(line.item.rules[-1].key, 1),), "护罩又被拆除")
        record_answer(sheet=visit.sheet_id, line=line.key, answer=answer, version=0, by=by, at=THERE)
        taken = store.take_in([photographs.jpeg()])
        pictures.attach_picture(sheet=visit.sheet_id, line=line.key, taken=taken, by=by, at=THERE)
    return visit


def signed(done: Placed, visit: Revisit) -> Revisit:
    revisiting.close(visit=again(visit), remark="", by=done.actor("second"), at=THERE)
    closing.sign_sheet(sheet=visit.sheet_id, side="unit", by=done.actor("officer"), at=THERE)
    return again(visit)


def concluded(done: Placed, visit: Revisit, *majors: str, who: str = "second") -> Revisit:
    told = {"words": SAID, "majors": majors, "by": done.actor(who), "at": ENDED}
    return revisiting.conclude(visit=again(visit), **told)


def followed(done: Placed, *deducted: str) -> Revisit:
    return concluded(done, signed(done, looked(done, arranged(done), *deducted)))


def again(visit: Revisit) -> Revisit:
    rows = Revisit.objects.select_related("review__unit", "review__body", "sheet__rulebook")
    return rows.get(pk=visit.pk)


def refused(kind: type[DabiaoError], act: Callable[[], object], words: str) -> None:
    """And nothing of it is in the journal."""
    before = JournalEntry.objects.count()
    with pytest.raises(kind, match=words):
        act()
    assert JournalEntry.objects.count() == before
