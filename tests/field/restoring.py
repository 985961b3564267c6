"""A device through a backup and the restore of it: what it delivers before, after, and once more.

    python tests/field/restoring.py before|after|marked|again STATE

Each step leaves in STATE what the device knows; it forgets what the watermark has passed. `marked` moves the
watermark on without a backup, as no product may: the net is cut.
"""

import json
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from dabiao.base import clock  # noqa: E402
from dabiao.base.journal import replay, verify  # noqa: E402
from dabiao.field.models import Receipt  # noqa: E402
from dabiao.field.services import watermark  # noqa: E402
from dabiao.people.models import Account  # noqa: E402
from field.device import CONFORMS, Device, deducted  # noqa: E402
from reviews.placing import OPENED, began, placed  # noqa: E402
from sheets import photographs  # noqa: E402
from world import build  # noqa: E402

Plain = dict[str, Any]
DEVICE = "11111111-1111-4111-8111-111111111111"
PICTURE = photographs.signature(7)


def main() -> None:
    step, place = sys.argv[1], Path(sys.argv[2])
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in by it
    settings.DABIAO_SECOND_FACTOR = "optional"
    state = json.loads(place.read_text()) if place.exists() else begun()
    pad = _pad(state)
    {"before": before, "after": after, "marked": marked, "again": again}[step](pad, state)
    state["order"], state["epoch"] = pad.order, pad.get("session").json()["epoch"]
    place.write_text(json.dumps(state))


def begun() -> Plain:
    review = began(placed(build()))
    login = review.account("reviewer").login
    return {"login": login, "visit": f"review-{review.key}", "order": 0, "kept": {}, "epochs": []}


def _pad(state: Plain) -> Device:
    account, client = Account.objects.get(login=state["login"]), Client(HTTP_HOST="127.0.0.1")
    client.force_login(account, backend="dabiao.people.sign_in.Backend")
    return Device(client, account, OPENED, uuid=DEVICE, order=state["order"])


def before(pad: Device, state: Plain) -> None:
    first = [pad.record(state["visit"], line) for line in ("1.1.1", "1.1.2")]
    state["first"] = first[0]["id"]
    _deliver(pad, state, first)


def after(pad: Device, state: Plain) -> None:
    """An edit of what the backup has, something new, a picture."""
    visit, picture = state["visit"], pad.send(PICTURE)
    edit = pad.record(visit, "1.1.1", deducted("1", words="护罩缺失"), based_on=state["first"])
    again = pad.record(visit, "1.1.1", CONFORMS, based_on=edit["id"])
    shown = pad.attach(visit, "2.1.1", picture, "东门")
    _deliver(pad, state, [edit, again, pad.record(visit, "2.1.1"), shown])
    state["answers"] = pad.packet(visit)["answers"]
    state["known"] = pad.get("session").json()["epoch"]
    _forget(pad, state)


def marked(pad: Device, state: Plain) -> None:
    watermark.move(watermark.highest(), clock.now())
    _forget(pad, state)


def _forget(pad: Device, state: Plain) -> None:
    mark = pad.get("session").json()["watermark"]
    state["kept"] = {key: each for key, each in state["kept"].items() if each["receipt"] > mark}


def again(pad: Device, state: Plain) -> None:
    """The server is another: what it does not know is sent again, under the ids it had."""
    session = pad.get("session").json()
    kept = [each["act"] for each in state["kept"].values()]
    pictures = [each["input"]["picture"] for each in kept if "picture" in each["input"]]
    asked = {"ids": [each["id"] for each in kept], "pictures": pictures}
    missing = pad.post("known", asked).json()
    if missing["pictures"]:
        pad.send(PICTURE)
    outcomes = pad.outcomes(*(each for each in kept if each["id"] in missing["missing"])) if kept else []
    said = {
        "epoch": session["epoch"] == state["known"],
        "missing": len(missing["missing"]),
        "pictures": len(missing["pictures"]),
        "outcomes": sorted({each["outcome"] for each in outcomes}),
        "same": pad.packet(state["visit"])["answers"] == state["answers"],
        "receipts": Receipt.objects.count(),
        "left": pad.post("known", asked).json()["missing"],
        "verify": verify.verify().plain()["status"],
        "replay": replay.compare().status.value,
    }
    sys.stdout.write(json.dumps(said) + "\n")


def _deliver(pad: Device, state: Plain, acts: list[Plain]) -> None:
    for act, told in zip(acts, pad.outcomes(*acts), strict=True):
        assert told["outcome"] == "stored", told
        state["kept"][act["id"]] = {"act": act, "receipt": told["receipt"]}


if __name__ == "__main__":
    main()
