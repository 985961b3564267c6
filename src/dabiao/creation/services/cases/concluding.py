"""The case ends with what came of it; whether that is right is for the subject that calls this to say."""

from datetime import datetime
from typing import Final

from dabiao.base.journal import entries as journal
from dabiao.creation.models.cases import Case
from dabiao.creation.permissions import cases as permissions
from dabiao.creation.states import cases as states
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.actor import Actor

LEADING: Final = {
    CaseState.ATTAINED: states.ATTAIN,
    CaseState.FAILED: states.FAIL,
    CaseState.CLOSED: states.CLOSE,
}


def conclude(*, case: Case, outcome: CaseState, why: str, by: Actor, at: datetime) -> Case:
    """Attained, failed or closed; `why` is what the history says. OutOfTurn if it has ended already."""
    with journal.writing(permissions.CONCLUDE, by=by, at=at, on=case, note={"reason": why}) as w:
        return w.move(case, LEADING[outcome])
