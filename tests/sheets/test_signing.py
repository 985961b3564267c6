"""Closing over what both sides signed on the spot: the same here and there, or nothing closes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dabiao.base.files import store
from dabiao.base.journal import replay
from dabiao.base.models import JournalEntry
from dabiao.kernel.errors import Invalid, Refused
from dabiao.sheets import queries
from dabiao.sheets.models import Answer, Sheet, Signature
from dabiao.sheets.rules import digests
from dabiao.sheets.services import answering, closing, signing
from dabiao.sheets.services.signing import Closing, NotMatching, Signed
from sheets import photographs
from sheets.filling import CONFORMS, book, open_sheet
from world import AT

EARLIER = AT - timedelta(hours=3)


@pytest.fixture
def sheet(world):
    made = open_sheet(world, book(12))
    for line in queries.rulebook(made).lines():
        answering.record_answer(
            sheet=made.pk, line=line.key, answer=CONFORMS, version=0, by=world.actor("officer"), at=AT
        )
    return made


def signed(world, sheet, *sides, seen=None):
    """As a device makes it: from the elements it holds."""
    parts = seen or digests.elements(queries.rulebook(sheet), queries.records(sheet))
    image = store.take_in([photographs.signature()])
    made = tuple(Signed(side, world.accounts[who].pk, image, EARLIER) for who, side in sides or BOTH)
    return Closing(parts, digests.root(parts), made)


BOTH = (("officer", "team"), ("principal", "unit"))


def close(world, sheet, told, who="officer", both=True):
    return signing.close_signed(sheet=sheet.pk, closing=told, both=both, by=world.actor(who), at=AT)


@pytest.mark.obligation("Q4-both-sign")
def test_both_sides_signatures_close_the_sheet_with_image_list_and_who_attested(world, sheet):
    told = signed(world, sheet)
    closed = close(world, sheet, told)
    team, unit = Signature.objects.filter(sheet=sheet).order_by("id")
    assert (team.side, team.attested_by, unit.side, unit.name) == ("team", None, "unit", "示例principal")
    assert unit.attested_by == world.accounts["officer"]
    assert (unit.digest, unit.image.digest) == (told.root, told.signatures[1].image.digest)
    assert (unit.signed_at, unit.received_at) == (EARLIER, AT)
    assert closing.altered(Sheet.objects.get(pk=closed.pk)) == ()
    assert closing.broken(Sheet.objects.get(pk=closed.pk)) == ()
    assert JournalEntry.objects.latest("id").act == "sheets.close@1"
    assert replay.compare().status.value == "ok"


def test_what_differs_closes_nothing_and_is_named(world, sheet):
    told = signed(world, sheet)
    answering.record_answer(
        sheet=sheet.pk,
        line="2.1",
        answer=replace(CONFORMS, words="后来补写"),
        version=1,
        by=world.actor("assessor"),
        at=AT,
    )
    before = JournalEntry.objects.count()
    with pytest.raises(NotMatching) as refused:
        close(world, sheet, told)
    assert refused.value.differs == ("2",)
    assert (Sheet.objects.get(pk=sheet.pk).state, Signature.objects.count()) == ("open", 0)
    assert JournalEntry.objects.count() == before


def test_any_later_change_breaks_every_signature_over_it(world, sheet):
    close(world, sheet, signed(world, sheet))
    Answer.objects.filter(sheet=sheet, line="2.1").update(words="改过")
    now = Sheet.objects.get(pk=sheet.pk)
    assert {each.key for each in closing.altered(now)} == {"2"}
    assert len(closing.broken(now)) == 2


def test_a_signature_moved_onto_another_list_is_broken(world, sheet):
    close(world, sheet, signed(world, sheet))
    row = Signature.objects.get(side="unit")
    Signature.objects.filter(pk=row.pk).update(covered=row.covered[:1])
    assert closing.broken(Sheet.objects.get(pk=sheet.pk)) == (row,)


@pytest.mark.parametrize(
    ("sides", "words"),
    [
        ((("officer", "team"),), "企业一方还没有签字"),
        ((("principal", "unit"),), "牵头人本人"),
        ((("officer", "team"), ("stranger_principal", "unit")), "签字人不是"),
        ((("officer", "team"), ("assessor", "unit")), "签字人不是"),
        ((("officer", "team"), ("bureau_city", "team"), ("principal", "unit")), "签字人不是"),
        ((("officer", "team"), ("principal", "unit"), ("principal", "unit")), "签了两次"),
    ],
)
def test_who_may_not_sign_or_is_missing_refuses(world, sheet, sides, words):
    with pytest.raises(Invalid, match=words):
        close(world, sheet, signed(world, sheet, *sides))
    assert Sheet.objects.get(pk=sheet.pk).state == "open"


def test_elsewhere_the_team_alone_may_sign(world, sheet):
    close(world, sheet, signed(world, sheet, ("officer", "team")), both=False)
    assert Sheet.objects.get(pk=sheet.pk).state == "closed"


def test_only_who_leads_closes(world, sheet):
    told = signed(world, sheet, ("assessor", "team"), ("principal", "unit"))
    with pytest.raises(Refused, match="牵头人"):
        close(world, sheet, told, who="assessor")


def test_a_photograph_is_no_signature(world, sheet):
    told = signed(world, sheet)
    jpeg = store.take_in([photographs.jpeg()])
    wrong = replace(told, signatures=tuple(replace(each, image=jpeg) for each in told.signatures))
    with pytest.raises(Invalid, match="PNG"):
        close(world, sheet, wrong)


def test_a_root_that_is_not_that_of_its_list_is_refused(world, sheet):
    with pytest.raises(Invalid, match="重新签字"):
        close(world, sheet, replace(signed(world, sheet), root="sha256:00"))
