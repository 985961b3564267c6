"""The way to the database is cut at a COMMIT, in real transactions: the device is told of nothing and asks
again; in the end everything stands once, as where nothing was ever cut."""

from collections import Counter
from contextlib import contextmanager, nullcontext
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import OperationalError, close_old_connections, connection
from django.test import Client

import racing
from dabiao.base.journal import positions, replay, verify
from dabiao.base.models import JournalEntry
from dabiao.field.models import Receipt
from dabiao.field.rules import acts
from dabiao.field.services import delivery
from dabiao.reviews.models import Meeting
from dabiao.sheets.models import Answer, Contest, Picture, Sheet, Signature
from field import choking, kept, severing
from field.device import Device
from field.small import WAITING, Small
from field.trying import FAULTS, OK
from reviews.placing import OPENED, placed
from world import build

ENDS = choking if connection.vendor == "sqlite" else severing
TRIES = 2  # a connection that dies once its COMMIT was told of is met dead by the next request
COMMITS = (1, 2, 2, 2)
FEWEST = 6  # requests of a story bring acts that are judged
UNDONE, STOOD, TOLD = "undone", "stood", "told"
CAME = {
    severing.AFTER: {STOOD},
    severing.TOGETHER: {UNDONE, STOOD},
    choking.FULL: {UNDONE, STOOD, TOLD},  # what has room in the pages there are is committed
}


def small(world):
    """Nobody has held the opening meeting."""
    cleared = placed(world)
    cleared.planned()
    cleared.accepted()
    signers = (("team", cleared.account("reviewer")), ("unit", cleared.account("principal")))
    pads = pad(cleared.account("reviewer")), pad(cleared.account("second"))
    return Small(f"review-{cleared.key}", *pads, signers)


def pad(account):
    client = Client(raise_request_exception=False)
    client.force_login(account, backend="dabiao.people.sign_in.Backend")
    return Device(client, account, OPENED)


@pytest.fixture
def uncut(ground, settings, tmp_path, world):
    """What stands where nothing was cut; played in the transaction of the test."""
    began = small(world)
    kept.housed(settings, tmp_path / "uncut")
    for step in began.steps():
        insisted(step.ask(), step)
    return stands()


@pytest.fixture
def story(ground, settings, tmp_path):
    """Played with every COMMIT of every request cut once. What stands in the end, and what was seen."""

    def played(blow, plant=nullcontext):
        def play():
            began = small(racing.laid(build))
            kept.housed(settings, tmp_path / "cut")
            seen = Counter(cut(began, way))
            return stands(), seen

        with ENDS.cutting(blow) as way, plant():
            return ground.ask(play)

    return played


def cut(began, way):
    """Each request is cut at its first COMMIT, and then at every later one. What acts have come to, cut at
    their first."""
    for step in began.steps():
        for nth in COMMITS:
            before = receipts()
            way.arm(nth)
            answer = asked(step)
            if not way.disarm():
                break
            honest(answer, step)
            if nth == 1 and set(step.outcomes) - {WAITING}:
                yield TOLD if answer.status_code == OK else STOOD if receipts() - before else UNDONE
        told = insisted(asked(step), step)
        assert tuple(each["outcome"] for each in told.json().get("outcomes", ())) == step.outcomes, step.name


def receipts():
    return set(Receipt.objects.values_list("uuid", flat=True))


def asked(step):
    """As the server asks: what is broken is not asked again."""
    answer = step.ask()
    close_old_connections()
    return answer


def insisted(answer, step):
    for _ in range(TRIES):
        if answer.status_code == OK:
            break
        answer = asked(step)
    assert answer.status_code == OK, answer.content.decode()
    return answer


def honest(answer, step):
    """Told of nothing that does not stand, and nothing stands that its journal does not tell."""
    if answer.status_code == OK:
        told = [each["id"] for each in answer.json().get("outcomes", ()) if each["outcome"] != "waiting"]
        assert receipts().issuperset(told), f"{step.name}: acknowledged, and does not stand"
    else:
        assert answer.status_code in FAULTS
        assert b"outcomes" not in answer.content
    assert (verified(), kept.rows_without_bytes()) == ("ok", []), step.name


def verified():
    positions.sequence()
    return verify.verify().status.value


def stands():
    """All that came of it, without ids and moments."""
    assert (verified(), replay.compare().status.value, kept.rows_without_bytes()) == ("ok", "ok", [])
    judged = Receipt.objects.order_by("pk")
    return {
        "journal": Counter(JournalEntry.objects.values_list("act", flat=True)),
        "receipts": [(row.act, row.outcome, row.told.get("version")) for row in judged],
        "answers": sorted(Answer.objects.values_list("line", "version", "words")),
        "pictures": Counter(Picture.objects.values_list("line", "file__digest")),
        "sheets": sorted(Sheet.objects.values_list("occasion", "state")),
        "rows": [each.objects.count() for each in (Meeting, Signature, Contest)],
        "bytes": kept.bytes_without_row(),
    }


@pytest.mark.parametrize("blow", ENDS.BLOWS)
def test_what_was_cut_at_its_commit_is_told_of_by_nobody_and_stands_once(uncut, story, blow):
    found, came = story(blow)
    assert came.keys() <= CAME.get(blow, {UNDONE})
    assert came.total() >= FEWEST
    assert found == uncut


@contextmanager
def hasty():
    """A fault of ours: acknowledged before it is committed, and whatever then becomes of it."""
    real = delivery.deliver

    def deliver(*, sent, **told):
        try:
            return real(sent=sent, **told)
        except OperationalError:
            return [{"id": each.id, "outcome": "stored", "receipt": 1} for each in sent]

    with patch.object(delivery, "deliver", deliver):
        yield


@contextmanager
def forgetful():
    """A fault of ours: an act that comes again is another act."""
    real = acts.read_all

    def read(plain, now):
        return [each._replace(id=str(uuid4())) for each in real(plain, now)]

    with patch.object(acts, "read_all", read):
        yield


@pytest.mark.parametrize("blow", [each for each in ENDS.BLOWS if each not in CAME])
def test_a_server_that_acknowledges_before_it_commits_is_found(story, blow):
    with pytest.raises(AssertionError, match="acknowledged, and does not stand"):
        story(blow, hasty)


def test_a_server_that_does_not_know_an_act_again_is_found(story):
    blow = severing.AFTER if connection.vendor == "postgresql" else choking.FULL
    with pytest.raises(AssertionError):
        story(blow, forgetful)
