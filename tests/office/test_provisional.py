"""A last day in a year without a calendar is said to be provisional beside the day itself."""

from datetime import date

import pytest

from creation.applying import at, bare, fresh
from dabiao.base import calendars
from dabiao.creation.models import SelfAssessment
from dabiao.kernel.days import Calendar
from dabiao.office.cases import journey as of_case
from dabiao.office.self_assessments import journey as of_assessment
from world import AT, World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("entered", [True, False])
def test_the_step_of_completing_papers(
    world: World, monkeypatch: pytest.MonkeyPatch, *, entered: bool
) -> None:
    applicant = bare(world)
    case = applicant.submitted()
    if not entered:
        monkeypatch.setattr(calendars, "calendar", lambda: Calendar({}))
    correcting = fresh(applicant.correcting(case, at(date(2026, 3, 20)), "许可证不清"))
    steps = of_case.steps(correcting, [], None)
    said = next(each.note for each in steps if each.title == "补正")
    assert said.endswith("（暂定）") is not entered
    assert said.startswith("至 2026-")


def test_the_step_of_posting_inside_the_unit() -> None:
    row = SelfAssessment(
        started_at=AT, posting_ends=date(2027, 1, 12), posting_provisional=True, state="posted"
    )
    steps = of_assessment.steps(row, [], "示例officer", None)
    assert "至 2027-01-12（暂定）" in [each.note for each in steps]
