"""A veto that applies at once reaches open sheets, keeps their answers, and never touches closed ones."""

from datetime import date, timedelta

import pytest

from dabiao.base.models import JournalEntry
from dabiao.kernel.actor import TIME
from dabiao.sheets import queries
from dabiao.sheets.models import Answer, Sheet
from dabiao.sheets.rules.values import Answer as Given
from dabiao.sheets.rules.values import Deduction, Verdict
from dabiao.sheets.services.answering import record_answer
from dabiao.sheets.services.opening import open_sheet
from dabiao.sheets.services.renewing import renew_open_sheets
from dabiao.standards.models import Edition
from dabiao.standards.services import rulebooks, vetoes
from editions import published
from world import AT, DAY, World

NEXT_DAY = AT + timedelta(days=1)
DEDUCTED = Given(Verdict.DEDUCTED, (Deduction("1"),), "未落实")


@pytest.fixture
def edition(world: World) -> Edition:
    return published(world)


def opened(world: World, edition: Edition) -> Sheet:
    by = world.actor("officer")
    book = rulebooks.open(edition=edition, day=DAY, areas=[], level="level_2", by=by, at=AT)
    return open_sheet(
        occasion="self_assessment",
        unit=world.units["unit"],
        rulebook=book,
        lead=world.accounts["officer"],
        by=by,
        at=AT,
    )


def add_veto(world: World, edition: Edition, *, at_once: bool) -> None:
    wording = vetoes.Wording(
        text="制度未落实的，不予通过",
        basis="《安全生产法》",
        source="key_work",
        since=date(2026, 3, 3),
        at_once=at_once,
    )
    by = world.actor("industry_city")
    department = world.bodies["industry_city"]
    vetoes.add(department=department, wording=wording, edition=edition, item="1.1.2", by=by, at=AT)


@pytest.mark.obligation("U2-dynamic-veto")
@pytest.mark.parametrize("at_once", [True, False])
def test_only_a_veto_that_applies_at_once_reaches_an_open_sheet(
    world: World, edition: Edition, at_once: bool
) -> None:
    sheet = opened(world, edition)
    record_answer(sheet=sheet.pk, line="1.1.2", answer=DEDUCTED, version=0, by=world.actor("officer"), at=AT)
    assert queries.running(sheet).vetoed == 0
    add_veto(world, edition, at_once=at_once)
    renew_open_sheets(by=TIME, at=NEXT_DAY)
    now = Sheet.objects.select_related("rulebook").get(pk=sheet.pk)
    assert queries.running(now).vetoed == int(at_once)
    assert Answer.objects.get().words == "未落实", "answers are kept"


def test_running_it_again_changes_nothing(world: World, edition: Edition) -> None:
    opened(world, edition)
    add_veto(world, edition, at_once=True)
    renew_open_sheets(by=TIME, at=NEXT_DAY)
    before = JournalEntry.objects.count()
    assert renew_open_sheets(by=TIME, at=NEXT_DAY) == 0
    assert JournalEntry.objects.count() == before


def test_a_closed_sheet_keeps_its_rulebook(world: World, edition: Edition) -> None:
    sheet = opened(world, edition)
    Sheet.objects.filter(pk=sheet.pk).update(state="closed")
    add_veto(world, edition, at_once=True)
    assert renew_open_sheets(by=TIME, at=NEXT_DAY) == 0
    assert Sheet.objects.get().rulebook_id == sheet.rulebook_id
