"""Bytes kept by content digest under the data folder. Bytes first, synced; the row after, in the act.

A row without bytes cannot come to be; bytes without a row can (refused later): `doctor` sweeps them.
"""

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from dabiao.base import statements
from dabiao.base.files.recognise import PICTURES, Recognised, recognise
from dabiao.base.journal.entries import Writing
from dabiao.base.models import StoredFile
from dabiao.kernel.errors import Invalid, TooLarge

_KEPT: Final = f"""SELECT {statements.columns(StoredFile, "f")} FROM base_stored_file f
WHERE f.digest IN ({{}})"""  # noqa: S608  columns of our model
MIB: Final = 1024 * 1024
MOST_PICTURE: Final = 30 * MIB
MOST_OTHER: Final = 200 * MIB


@dataclass(frozen=True, slots=True)
class Taken:
    """Bytes already on disk, not yet known to any row."""

    digest: str
    size: int
    kind: str
    facts: dict[str, Any]


def take_in(pieces: Iterable[bytes], known: Recognised | None = None) -> Taken:
    """Write, recognise by content, sync and file the bytes under their SHA-256.

    `known`: the caller has read the content and says what it is (an authority's table).
    """
    folder = root() / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    try:
        digest, size = _write(handle, pieces)
        known = known or recognise(path)
        if known.kind in PICTURES and size > MOST_PICTURE:
            raise TooLarge(f"照片不能超过 {MOST_PICTURE // MIB} MB，请降低分辨率后再传。")
        _file_away(path, place(digest))
    finally:
        path.unlink(missing_ok=True)
    return Taken(digest, size, known.kind, known.facts)


def row(work: Writing, taken: Taken, at: datetime) -> StoredFile:
    """The row of these bytes, made in the act if they are new."""
    return rows(work, [taken], at)[taken.digest]


def asking(digests: Collection[str]) -> statements.Asked:
    """The statement that reads the rows there are, for who asks several things at once."""
    return _KEPT.format(", ".join(["%s"] * len(digests)) or "NULL"), list(digests)


def rows(
    work: Writing, taken: Iterable[Taken], at: datetime, told: Iterable[Sequence[Any]] | None = None
) -> dict[str, StoredFile]:
    """The rows of these bytes by digest, those made in the act that are new. `told`: what `asking` found."""
    asked = {each.digest: each for each in taken}
    if told is None:
        sql, values = asking(asked)
        told = statements.rows(sql, *values)
    known = {each.digest: each for each in (statements.read(StoredFile, cells) for cells in told)}
    new = [
        StoredFile(digest=key, size=each.size, kind=each.kind, facts=each.facts, kept_at=at)
        for key, each in asked.items()
        if key not in known
    ]
    return known | {each.digest: each for each in work.create_all(new)}


def discard(digest: str, before: datetime) -> None:
    """Remove bytes no row names, if nobody has sent them since."""
    path = place(digest)
    if path.is_file() and path.stat().st_mtime < before.timestamp():
        path.unlink()


def drop_unfinished(before: datetime) -> None:
    """Remove what a killed process left while it was taking something in."""
    for path in (root() / "incoming").glob("*"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def root() -> Path:
    return Path(settings.DABIAO_DATA) / "files"


def place(digest: str) -> Path:
    return root() / digest[:2] / digest[2:4] / digest


def _write(handle: int, pieces: Iterable[bytes]) -> tuple[str, int]:
    reckoned, size = hashlib.sha256(), 0
    with os.fdopen(handle, "wb") as file:
        for piece in pieces:
            size += len(piece)
            if size > MOST_OTHER:
                raise TooLarge(f"文件不能超过 {MOST_OTHER // MIB} MB。")
            reckoned.update(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise Invalid("文件是空的，请重新选择。")
    return reckoned.hexdigest(), size


def _file_away(path: Path, target: Path) -> None:
    """Link into place; equal content already there is left alone."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, target)
    except FileExistsError:
        os.utime(target)  # somebody means to use it: whoever sweeps goes by that
        return
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
