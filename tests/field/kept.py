"""What stands after everything: is anything acknowledged lost, anything doubled, are bytes and rows one?"""

import hashlib
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import LazySettings

from dabiao.base import canonical
from dabiao.base.files import store
from dabiao.base.journal import replay, verify
from dabiao.base.models import JournalEntry, StoredFile
from dabiao.field.models import Receipt, Upload
from dabiao.field.services import uploads
from dabiao.sheets.models import Answer, Occasion, Picture, Sheet
from field.delivering import Deliverer


def housed(settings: LazySettings, folder: Path) -> None:
    """The bytes there are lie in a folder of the test's own."""
    here = {each: store.place(each) for each in StoredFile.objects.values_list("digest", flat=True)}
    settings.DABIAO_DATA = folder
    for digest, before in here.items():
        store.place(digest).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(before, store.place(digest))


def look(devices: list[Deliverer]) -> dict[str, Any]:
    return {
        "acknowledged": sum(each.told for each in devices),
        "pictures": Picture.objects.filter(sheet=sheet()).count(),
        "lost": [one for each in devices for one in lost(each)],
        "doubled": [one for each in devices for one in doubled(each)],
        "rows_without_bytes": rows_without_bytes(),
        "bytes_without_row": bytes_without_row(),
        "verify": verify.verify().status.value,
        "replay": replay.compare().status.value,
    }


def sheet() -> int:
    return Sheet.objects.get(occasion=Occasion.ONSITE_REVIEW).pk


def lost(device: Deliverer) -> list[str]:
    """Acknowledged, but no receipt of that number, or not in what the journal says happened."""
    kept = dict(Receipt.objects.filter(uuid__in=device.acknowledged).values_list("uuid", "pk"))
    gone = [key for key, told in device.acknowledged.items() if kept.get(key) != told["receipt"]]
    happened = set(recorded())
    unseen = [
        key
        for key, told in device.acknowledged.items()
        if "version" in told and (line_of(device, key), told["version"]) not in happened
    ]
    rows = set(Picture.objects.filter(sheet=sheet()).values_list("line", "file__digest"))
    pictures = [] if device.pending else [f"{one}" for one in device.standing if one not in rows]
    return [*gone, *unseen, *pictures]


def doubled(device: Deliverer) -> list[str]:
    """More than was sent: versions of a line, the same version twice, a picture twice."""
    lines = Counter(line_of(device, key) for key in device.sent if "answer" in device.sent[key]["input"])
    stands = dict(Answer.objects.filter(sheet=sheet()).values_list("line", "version"))
    more = [line for line in device.lines if stands.get(line, 0) > lines[line]]
    twice = [f"{one}" for one, count in Counter(recorded()).items() if count > 1]
    rows = Counter(Picture.objects.filter(sheet=sheet()).values_list("line", "file__digest"))
    return [*more, *twice, *(f"{one}" for one, count in rows.items() if count > 1)]


def line_of(device: Deliverer, key: str) -> str:
    return str(device.sent[key]["input"]["line"])


def recorded() -> list[tuple[str, int]]:
    """Line and version of every answer that the journal tells of."""
    lines = dict(Answer.objects.filter(sheet=sheet()).values_list("pk", "line"))
    bodies = JournalEntry.objects.filter(chain=f"sheets_sheet:{sheet()}").values_list("body", flat=True)
    changes = [each for body in bodies for each in canonical.loads(body)["changes"]]
    ours = [each for each in changes if each["table"] == "sheets_answer" and "version" in each["values"]]
    return [(lines[each["key"]], each["values"]["version"]) for each in ours]


def rows_without_bytes() -> list[str]:
    """Files the database names, whose bytes are missing or others."""
    return [
        digest
        for digest in StoredFile.objects.values_list("digest", flat=True)
        if not store.place(digest).is_file()
        or hashlib.sha256(store.place(digest).read_bytes()).hexdigest() != digest
    ]


def bytes_without_row() -> list[str]:
    """What lies in the store or among the pieces and is named by nothing."""
    known = set(StoredFile.objects.values_list("digest", flat=True))
    pieces = uploads.place(Upload(account_id=0, digest="")).parent
    there = [path for folder in (store.root(), pieces) for path in folder.rglob("*") if path.is_file()]
    return sorted(path.name for path in there if path.name not in known)
