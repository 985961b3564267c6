"""A case ends once, with what came of it; only then may the unit begin another."""

from datetime import UTC, datetime

import pytest

from creation.applying import Applicant
from dabiao.base.journal.replay import compare
from dabiao.creation.models import Case
from dabiao.creation.services.cases.concluding import LEADING, conclude
from dabiao.creation.states.cases import CaseState
from dabiao.kernel.actor import TIME
from dabiao.kernel.errors import OutOfTurn

LATER = datetime(2026, 9, 1, 2, tzinfo=UTC)


@pytest.fixture
def accepted(applicant: Applicant) -> Case:
    return applicant.decided(applicant.proposed(applicant.received()))


@pytest.mark.parametrize("outcome", sorted(LEADING))
def test_a_case_ends_once(accepted: Case, outcome: CaseState) -> None:
    assert conclude(case=accepted, outcome=outcome, why="示例", by=TIME, at=LATER).state == outcome
    with pytest.raises(OutOfTurn):
        conclude(case=accepted, outcome=CaseState.CLOSED, why="示例", by=TIME, at=LATER)
    assert not compare().findings.listed


def test_another_begins_only_after_it(accepted: Case, applicant: Applicant) -> None:
    with pytest.raises(OutOfTurn, match="没有办结"):
        applicant.drafted(LATER)
    conclude(case=accepted, outcome=CaseState.CLOSED, why="整改逾期", by=TIME, at=LATER)
    assert applicant.drafted(LATER).state == CaseState.DRAFT
