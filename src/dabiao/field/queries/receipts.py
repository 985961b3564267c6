"""Acts already judged, and how far the backup has come."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from dabiao.base import canonical, statements
from dabiao.base.files import store
from dabiao.base.journal import loading
from dabiao.base.models import StoredFile
from dabiao.field.models import Device, Receipt, Upload
from dabiao.sheets.models import Contest

Told = dict[str, Any]
_KNOWN: Final = """SELECT uuid, id, account_id, content, outcome, told FROM field_receipt
WHERE uuid IN ({})"""

_WATERMARK: Final = "SELECT receipt FROM field_watermark"


class Known(NamedTuple):
    """Of a receipt, what later acts and repetitions need."""

    uuid: str
    receipt: int
    account: int | None
    content: str
    outcome: str
    told: Told


def by_id(ids: Iterable[str]) -> dict[str, Known]:
    """Receipts by the id of their act; one query, none for no ids."""
    asked = list(ids)
    if not asked:
        return {}
    rows = statements.rows(_KNOWN.format(loading.listed_texts()), loading.spelled_texts(asked))
    return {
        uuid: Known(uuid, key, account, content, outcome, canonical.loads(told))
        for uuid, key, account, content, outcome, told in rows
    }


def outcome(row: Known) -> Told:
    """The answer as it was given the first time."""
    return {"id": row.uuid, "outcome": row.outcome, "receipt": row.receipt, **row.told}


def watermark() -> int:
    return next((int(last) for (last,) in statements.rows(_WATERMARK)), 0)


def missing(ids: Iterable[str], account: int | None) -> list[str]:
    """Those of which this account has no receipt here, in the order asked."""
    asked = list(dict.fromkeys(ids))
    known = set(Receipt.objects.filter(uuid__in=asked, account=account).values_list("uuid", flat=True))
    return [each for each in asked if each not in known]


def awaited(ids: Iterable[str], account: int | None) -> list[str]:
    """Those nobody has delivered yet, in the order asked, and which this person's teams still wait for."""
    asked = list(dict.fromkeys(ids))
    if not asked:
        return []
    known = set(Receipt.objects.filter(uuid__in=asked).values_list("uuid", flat=True))
    known |= Contest.objects.filter(sheet__writers__account=account).given_up()
    return [each for each in asked if each not in known]


def missing_pictures(digests: Iterable[str], account: int | None) -> list[str]:
    """Those whose bytes this account would have to send again, in the order asked."""
    asked = list(dict.fromkeys(digests))
    mine = Upload.objects.filter(account=account, digest__in=asked, complete=True)
    kept = StoredFile.objects.filter(digest__in=asked)
    known = {*mine.values_list("digest", flat=True), *kept.values_list("digest", flat=True)}
    return [each for each in asked if each not in known or not store.place(each).is_file()]


def device(uuid: str) -> Device | None:
    return Device.objects.filter(uuid=uuid).first()


def epoch(secret: Mapping[str, str]) -> str:
    """Names the data: it goes with the keys, which a backup holds."""
    return canonical.keyed(dict(secret)).removeprefix("hmac:")[:32]
