"""The public directory of review units; complaints of fees, which the city alone handles and counts."""

from datetime import date

import pytest
from django.test import Client

from creation.applying import nothing_changed
from dabiao.base.models import JournalEntry
from dabiao.kernel.actor import PUBLIC
from dabiao.kernel.errors import Absent, Refused
from dabiao.organisations.models import Recognition
from dabiao.organisations.services import recognitions
from dabiao.programme import queries, services
from dabiao.programme.models import Feedback
from dabiao.publicsite.directory import listed
from reviews.engaging import recognise
from world import AT, World

pytestmark = pytest.mark.django_db


@pytest.mark.obligation("U9-directory")
def test_the_directory_says_who_may_review_and_follows_at_once(world: World, client: Client) -> None:
    body = world.bodies["review_unit"]
    assert listed(body, AT.date()).state == "没有有效认定，暂停承接"
    recognise(world)
    page = client.get("/review-units/")
    assert page.headers["Cache-Control"].startswith("public")
    assert body.name in page.text
    assert listed(body, date(2026, 3, 2)).state == "在名录"
    by = world.actor("bureau_city")
    last = date(2026, 3, 3)
    recognitions.lapse(recognition=Recognition.objects.get(), until=last, reason="清退", by=by, at=AT)
    body = type(body).objects.get(pk=body.pk)
    assert listed(body, date(2026, 3, 2)).good
    assert not listed(body, last).good
    body.until = last
    assert listed(body, last).state == "已退出名录"
    assert body.name not in client.get("/review-units/?q=没有").text


@pytest.mark.obligation("Q7-no-fee")
def test_complaints_of_fees_are_taken_counted_and_handled_by_the_city_alone(
    world: World, client: Client
) -> None:
    assert "评审收费投诉" in client.get("/feedback/?topic=fee").text
    sent = {"topic": "fee", "words": "示例评审组织单位收取评审费五千元", "contact": "", "homepage": ""}
    taken = client.post("/feedback/", sent)
    row = Feedback.objects.get()
    assert row.receipt in taken.text
    bureau, organizer = world.actor("bureau_city"), world.actor("organizer")
    assert (queries.fee_complaints(bureau), queries.fee_complaints(organizer)) == ((1, 1), (0, 0))
    with pytest.raises(Absent):
        queries.visible_feedback(organizer, row.pk)
    before = JournalEntry.objects.count()
    with pytest.raises(Refused):
        services.reply_feedback(feedback=row, reply="示例", version=1, by=organizer, at=AT)
    nothing_changed(before)
    services.reply_feedback(feedback=row, reply="已责令退还", version=1, by=bureau, at=AT)
    assert queries.fee_complaints(bureau) == (1, 0)
    other = services.send_feedback(topic="system", words="示例", contact="", by=PUBLIC, at=AT)
    assert queries.visible_feedback(organizer, other.pk) == other
