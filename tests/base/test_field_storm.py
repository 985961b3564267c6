"""64 real deliveries of one act list at the same time: one is stored, all are told the same."""

import json
from pathlib import Path

from base.conftest import Place

SLIPPING = str(Path(__file__).resolve().parents[1] / "field" / "slipping.py")
SCRIPT = str(Path(__file__).resolve().parents[1] / "field" / "storm.py")


def test_of_64_deliveries_at_once_one_is_stored_and_no_receipt_slips_below_a_mark(place: Place) -> None:
    assert json.loads(place.run(SCRIPT).stdout.splitlines()[-1]) == {
        "answers": 1,
        "outcomes": ["stored"] * 28,
        "receipts": 28,
        "sheets": 1,
        "meetings": 2,
        "closed": 1,
        "pictures": 11,
        "signatures": 2,
        "stands": 11,
        "slipped": 0,
        "verify": "ok",
        "replay": "ok",
    }
    place.dabiao("backup", str(place.data / "copy"))
    assert place.run("-c", MARK).stdout.split() == ["92", "92"]  # those 28, and one of each who delivered


def test_without_the_constraint_the_same_acts_are_judged_again_and_again(place: Place) -> None:
    told = json.loads(place.run(SCRIPT, "--cut").stdout.splitlines()[-1])
    assert told["receipts"] > 28
    assert told["answers"] > 1


def test_no_receipt_slips_below_a_mark_and_without_the_lock_it_does(place: Place, vendor: str) -> None:
    told = json.loads(place.run(SLIPPING).stdout.splitlines()[-1])
    slips = 1 if vendor == "postgresql" else 0  # SQLite has one writer, and no lock that could be cut
    assert told == {"whole": 0, "cut": slips}


MARK = """
import django; django.setup()
from dabiao.field.models import Receipt
from dabiao.field.queries import receipts
mark = receipts.watermark()
print(Receipt.objects.count(), Receipt.objects.filter(pk__lte=mark).count())
"""
