"""Two at the same moment, each on a connection of their own: one goes through, the other is answered in
words; and where what keeps them apart is cut, it shows."""

import pytest
from django.db import IntegrityError, transaction

import racing
from dabiao.base import serials
from dabiao.base.models import JournalEntry, Serial
from dabiao.grading.models import Certificate, Grading, Objection
from dabiao.grading.permissions.rechecks import DECIDE
from dabiao.grading.states.gradings import GradingState
from grading.reported import ANNOUNCED, JUDGED, Stage, staged


def decisions() -> int:
    return JournalEntry.objects.filter(act=DECIDE.id).count()


def judged() -> Stage:
    stage = racing.laid(staged)
    stage.rechecked()
    stage.opinion("recheck", "industry_district", at=JUDGED)
    stage.judged()
    return stage


def test_of_two_decisions_on_one_grading_one_is_made(ground: racing.Ground) -> None:
    stage = ground.ask(judged)
    assert racing.fair(ground.race(stage.decided, stage.decided))
    assert ground.ask(decisions) == 1


def test_without_the_condition_of_the_change_it_would_be_decided_twice(
    ground: racing.Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = ground.ask(judged)
    racing.without_conditions(monkeypatch)
    assert not racing.fair(ground.race(stage.decided, stage.decided))


def batched() -> Stage:
    stage = racing.laid(staged)
    stage.publicised()
    stage.batch()
    return stage


def announced_and_open() -> tuple[bool, bool]:
    announced = Grading.objects.get().state == GradingState.ANNOUNCED
    return announced, Objection.objects.filter(decided_at=None).exists()


def objected(stage: Stage) -> Objection:
    return stage.objected(at=ANNOUNCED)


@pytest.mark.obligation("U9-process")
def test_an_objection_while_it_is_announced_comes_before_or_too_late(ground: racing.Ground) -> None:
    stage = ground.ask(batched)
    told = ground.race(stage.announced, lambda: objected(stage))
    assert racing.fair(told), told
    assert ground.ask(announced_and_open) in {(True, False), (False, True)}


def test_without_the_lock_it_would_be_announced_with_an_open_objection(
    ground: racing.Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = ground.ask(batched)
    racing.without_locks(monkeypatch)
    assert not racing.fair(ground.race(stage.announced, lambda: objected(stage)))


SCOPE = "certificate:level_2:2026"


def drawn(ground: racing.Ground) -> int:
    """As an announcement draws it: inside its transaction."""
    with transaction.atomic():
        number = serials.following(SCOPE)
        ground.meet()
        return number


def test_two_certificates_drawn_at_once_have_two_numbers(ground: racing.Ground) -> None:
    told = ground.race(lambda: drawn(ground), lambda: drawn(ground))
    assert sorted(told, key=str) == [1, 2]


def counted(ground: racing.Ground) -> int:
    """Read, then written: what `serials.following` does not do."""
    with transaction.atomic():
        row, _ = Serial.objects.get_or_create(scope=SCOPE)
        ground.meet()
        Serial.objects.filter(pk=row.pk).update(last=row.last + 1)
        return row.last + 1


def test_read_and_then_written_they_would_be_one(
    ground: racing.Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    ground.ask(lambda: Serial.objects.create(scope=SCOPE, last=0))
    racing.without_locks(monkeypatch)
    told = ground.race(lambda: counted(ground), lambda: counted(ground))
    assert sorted(map(str, told)) != ["1", "2"]


def test_the_database_keeps_one_number_for_one_certificate(stage: Stage) -> None:
    stage.attained()
    row = Certificate.objects.get()
    fields = {each.attname: getattr(row, each.attname) for each in Certificate._meta.concrete_fields[1:]}
    told = {**fields, "grading_id": 0}
    with pytest.raises(IntegrityError, match="number"), transaction.atomic():
        Certificate.objects.create(**told)
