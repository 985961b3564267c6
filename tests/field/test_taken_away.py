"""What is taken away from somebody on site is felt by the next thing their device asks or delivers."""

import hashlib
from collections.abc import Callable

import pytest

from dabiao.base import clock
from dabiao.field.models import Receipt, Upload
from dabiao.people import services
from dabiao.people.models import Posting
from dabiao.sheets.models import Answer
from field.conftest import NOW
from field.device import Device
from reviews.placing import Placed
from sheets import photographs
from world import PASSWORD

OTHER = "Dabiao-9417"


def _end_posting(held: Placed) -> None:
    by = held.world.actor("security_admin")
    for posting in Posting.objects.filter(account=held.account("reviewer")):
        services.end_posting(posting=posting, until=clock.day_of(NOW), by=by, at=NOW)


def _lock(held: Placed) -> None:
    account, by = held.account("reviewer"), held.world.actor("security_admin")
    services.lock(account=account, reason="离职", version=account.version, by=by, at=NOW)


def _reset_password(held: Placed) -> None:
    account, by = held.account("reviewer"), held.world.actor("security_admin")
    services.reset_password(
        account=account, password=OTHER, reason="遗忘", version=account.version, by=by, at=NOW
    )


def _change_password(held: Placed) -> None:
    account = held.account("reviewer")
    services.change_password(
        account=account, old=PASSWORD, new=OTHER, by=held.world.actor("reviewer"), at=NOW
    )


@pytest.mark.parametrize(
    ("taken", "status"),
    [(_end_posting, 403), (_lock, 401), (_reset_password, 401), (_change_password, 401)],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_the_next_request_of_the_device_is_refused_and_leaves_nothing(
    held: Placed, device: Callable[[str], Device], taken: Callable[[Placed], None], status: int
) -> None:
    pad, visit = device("reviewer"), f"review-{held.key}"
    assert pad.delivered(pad.record(visit, "1.1.1")).status_code == 200
    taken(held)
    content = photographs.signature(7)
    answers = [
        pad.get("session"),
        pad.get(f"visits/{visit}/packet"),
        pad.delivered(pad.record(visit, "1.1.2")),
        pad.piece(hashlib.sha256(content).hexdigest(), content, 0, 64),
        pad.post("known", {"ids": [], "pictures": []}),
        pad.post("devices", {"device": pad.uuid, "name": "平板"}),
    ]
    assert [each.status_code for each in answers] == [status] * len(answers)
    assert all(each["X-Dabiao-Field"] == "1" and each.json()["error"]["text"] for each in answers)
    assert not Answer.objects.filter(sheet=held.plan.sheet, line="1.1.2").exists()
    assert (Receipt.objects.count(), Upload.objects.count()) == (1, 0)
