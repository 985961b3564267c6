"""What a served stage has of the field, as JSON, from a process of its own on its database and files.

python -m journeys.arrived
"""

import hashlib
import json
import sys
from typing import Any

import django

django.setup()

from dabiao.base.files import store  # noqa: E402
from dabiao.field.models import Device, Receipt  # noqa: E402
from dabiao.people.models import Account  # noqa: E402
from dabiao.sheets.models import Answer, Occasion, Picture, Sheet, Signature  # noqa: E402


def told() -> dict[str, Any]:
    sheets = Sheet.objects.filter(occasion=Occasion.ONSITE_REVIEW)
    answers = Answer.objects.filter(sheet__in=sheets).values_list("line", "version")
    pictures = Picture.objects.filter(sheet__in=sheets).values_list("line", "file__digest")
    signed = Signature.objects.exclude(image=None).order_by("id").values_list("name", "image__digest")
    return {
        "receipts": [list(each) for each in Receipt.objects.order_by("id").values_list("uuid", "outcome")],
        "places": [
            list(each) for each in Receipt.objects.order_by("id").values_list("act", "place", "input")
        ],
        "answers": dict(answers),
        "pictures": [[line, digest, sha(digest)] for line, digest in pictures],
        "signatures": [[name, digest, sha(digest)] for name, digest in signed],
        "sheets": list(sheets.values_list("state", flat=True)),
        "accounts": dict(Account.objects.values_list("login", "id")),
        "devices": [[each.uuid, each.wiped_at is not None] for each in Device.objects.order_by("id")],
    }


def sha(digest: str) -> str:
    """Of the bytes as they lie on the server's disk."""
    return hashlib.sha256(store.place(digest).read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(told()))
