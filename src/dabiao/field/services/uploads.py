"""Pictures in pieces: each is on disk, synced, before it counts; whole when the bytes have their digest.

Pieces lie under the data folder by account and digest; `have` in the database says how much of them is true.
"""

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from dabiao.base import statements
from dabiao.base.files import store
from dabiao.base.files.store import Taken
from dabiao.base.journal import loading
from dabiao.base.models import StoredFile
from dabiao.field.models import Upload
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Conflict, DabiaoError, Invalid, TooLarge, TooMany

MOST_PIECE: Final = store.MIB
KEPT: Final = timedelta(days=30)  # unclaimed; house rule, nothing a regulation fixes
RETRY: Final = 600  # seconds
FULL: Final = "您送来而没有附到评分表上的影像已经太多，暂不再收；请先把已填写的内容送达，影像仍在设备上。"
BLOCK: Final = 1024 * 1024
_SENT: Final = f"""SELECT {statements.columns(Upload, "u")} FROM field_upload u
WHERE u.account_id = %s AND u.digest IN ({{}}) ORDER BY u.id"""  # noqa: S608  columns of our model


class Missing(DabiaoError):
    """The bytes an act names are not here yet; nothing is judged."""

    def __init__(self, *digests: str) -> None:
        super().__init__("影像还没有送到")
        self.digests = digests


class Behind(Conflict):
    """A piece that does not begin where the server stands (`version` says where)."""


def standing(digest: str, by: Actor) -> Upload | None:
    return Upload.objects.filter(account=by.account, digest=digest).first()


def piece(*, digest: str, start: int, total: int, content: bytes, by: Actor, at: datetime) -> Upload:
    """Take one piece. Sent again it changes nothing; the last one makes the picture whole."""
    if total > store.MOST_OTHER or len(content) > MOST_PIECE:
        raise TooLarge("影像或者分片太大。")
    if not content or start + len(content) > total:
        raise Invalid("分片的位置不对，请从头再送。")
    with transaction.atomic():
        row = _held(digest, total, by, at)
        if row.complete or row.have >= start + len(content):
            return _finished(row, at)
        if row.have != start:
            raise Behind("请从服务器记到的位置接着送。", version=row.have)
        _write(row, content)
        row.have, row.touched_at = start + len(content), at
        if row.have < row.total:  # the last one is said to be here once all is well: never full and not whole
            row.save(update_fields=["have", "touched_at"])
    return _finished(row, at)


def _held(digest: str, total: int, by: Actor, at: datetime) -> Upload:
    """The row, held; begun anew where another length was said before."""
    told = {"total": total, "touched_at": at}
    row, made = Upload.objects.get_or_create(account_id=by.account or 0, digest=digest, defaults=told)
    if made and unclaimed(by) > settings.DABIAO_FIELD_QUOTA:
        raise TooMany(FULL, retry=RETRY)
    row = Upload.objects.select_for_update().get(pk=row.pk)
    if row.total != total and not row.complete:
        row.total, row.have = total, 0
        row.save(update_fields=["total", "have"])
    if row.complete and not store.place(digest).is_file():  # the files are from another backup
        row.complete, row.have = False, 0
        row.save(update_fields=["complete", "have"])
    return row


def unclaimed(by: Actor) -> int:
    """Bytes this person has sent, or begun to, that no act of anybody has named."""
    rows = Upload.objects.filter(account=by.account).exclude(digest__in=StoredFile.objects.values("digest"))
    return rows.aggregate(total=Sum("total"))["total"] or 0


def _write(row: Upload, content: bytes) -> None:
    path = place(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.pwrite(handle, content, row.have)
        os.fsync(handle)
    finally:
        os.close(handle)


def place(row: Upload) -> Path:
    return _folder() / f"{row.account_id}-{row.digest}"


def _folder() -> Path:
    return Path(settings.DABIAO_DATA) / "pieces"


def _finished(row: Upload, at: datetime) -> Upload:
    """Whole: into the store, or thrown away where the bytes have another digest."""
    if row.complete or row.refused or row.have < row.total:
        return row
    if _digest(row) != row.digest:
        return _settle(row, at, have=0)
    try:
        taken = store.take_in(_pieces(row))
    except DabiaoError as error:
        return _settle(row, at, refused=error.text[:300])
    return _settle(row, at, complete=True, have=row.total, kind=taken.kind, facts=taken.facts)


def _settle(row: Upload, at: datetime, **values: object) -> Upload:
    Upload.objects.filter(pk=row.pk).update(**values, touched_at=at)
    place(row).unlink(missing_ok=True)
    row.refresh_from_db()
    return row


def _digest(row: Upload) -> str:
    reckoned = hashlib.sha256()
    for block in _pieces(row):
        reckoned.update(block)
    return reckoned.hexdigest()


def _pieces(row: Upload) -> Iterator[bytes]:
    """So much of the file as is true."""
    left = row.total
    with suppress(FileNotFoundError), place(row).open("rb") as file:
        while left and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block


def taken(digests: Collection[str], by: Actor) -> dict[str, Taken]:
    """Bytes this person has sent, for an act that names them; Missing until all of them are whole.

    Held until the act ends, so that no sweeper takes them away meanwhile.
    """
    return taking(digests, by)()


def taking(digests: Collection[str], by: Actor) -> Callable[[], dict[str, Taken]]:
    """The same, held now and told when it is called."""
    asked = _SENT.format(loading.listed_texts()) + statements.held("u")
    coming = statements.coming((asked, (by.account, loading.spelled_texts(digests))))
    return lambda: _taken(digests, coming()[0])


def _taken(digests: Collection[str], told: Iterable[Sequence[Any]]) -> dict[str, Taken]:
    known = {row.digest: row for row in (statements.read(Upload, cells) for cells in told)}
    if refused := next((row.refused for row in known.values() if row.refused), ""):
        raise Invalid(refused)
    here = {each.digest for each in known.values() if each.complete and store.place(each.digest).is_file()}
    if missing := [each for each in dict.fromkeys(digests) if each not in here]:
        raise Missing(*missing)
    return {key: Taken(key, row.total, row.kind, row.facts) for key, row in known.items()}


def sweep(at: datetime) -> int:
    """Drop what has not been touched for 30 days; bytes go too where nothing names them. How many rows."""
    store.drop_unfinished(at - KEPT)
    keys = list(Upload.objects.filter(touched_at__lt=at - KEPT).values_list("pk", flat=True))
    swept = sum(_swept(key, at) for key in keys)
    _drop_nameless(at - KEPT)
    return swept


def _drop_nameless(before: datetime) -> None:
    """Pieces of a row that what failed after them has undone. Should somebody begin anew this very moment,
    the digest tells that bytes are missing, and they are asked for again."""
    for path in _folder().glob("*"):
        account, _, digest = path.name.partition("-")
        if not account.isdecimal() or path.stat().st_mtime >= before.timestamp():
            continue
        if not Upload.objects.filter(account_id=int(account), digest=digest).exists():
            path.unlink(missing_ok=True)


def _swept(key: int, at: datetime) -> bool:
    with transaction.atomic():
        row = Upload.objects.select_for_update().filter(pk=key, touched_at__lt=at - KEPT).first()
        if row is None:
            return False
        row.delete()
        row.pk = key
        named = StoredFile.objects.filter(digest=row.digest).exists()
        others = Upload.objects.filter(digest=row.digest).exists()
        place(row).unlink(missing_ok=True)
        if not named and not others:  # complete or not: who was killed in between left bytes without a word
            store.discard(row.digest, at - KEPT)
    return True
