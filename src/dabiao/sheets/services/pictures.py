"""Pictures, videos and papers on a line of a sheet."""

from datetime import datetime
from typing import Final

from django.db import transaction

from dabiao.base.files import store
from dabiao.base.journal import entries as journal
from dabiao.kernel.actor import Actor
from dabiao.kernel.errors import Absent, Invalid
from dabiao.sheets import permissions
from dabiao.sheets.models import Picture, Sheet
from dabiao.sheets.services.holding import Held, enter

MOST_ON_A_LINE: Final = 20
MOST_CAPTION: Final = 200
CAPTION_TOO_LONG: Final = f"说明最多 {MOST_CAPTION} 字，请精简。"


def attach_picture(
    *, sheet: int, line: str, taken: store.Taken, by: Actor, at: datetime, caption: str = ""
) -> Picture:
    """Put bytes already taken in on a line. The same bytes twice on one line are one picture."""
    if len(caption) > MOST_CAPTION:
        raise Invalid(CAPTION_TOO_LONG)
    with transaction.atomic():
        held = enter(sheet, line, by)
        same = _same(held.sheet, line, taken.digest)
        if same is not None:
            return same
        picture = Picture(sheet=held.sheet, line=line, caption=caption, received_at=at)
        picture.recorded_by_id = by.account or 0
        with journal.writing(
            permissions.ATTACH, by=by, at=at, on=held.sheet, held=True, note={"line": line}
        ) as w:
            picture.file = store.row(w, taken, at)
            return w.create(picture)


def _same(sheet: Sheet, line: str, digest: str) -> Picture | None:
    rows = list(Picture.objects.filter(sheet=sheet, line=line).select_related("file"))
    same = next((row for row in rows if row.file.digest == digest), None)
    if same is None and len(rows) >= MOST_ON_A_LINE:
        raise Invalid(f"一项最多 {MOST_ON_A_LINE} 个影像，请先移除不需要的。")
    return same


def caption_picture(*, picture: int, caption: str, by: Actor, at: datetime) -> Picture:
    """Say what a picture shows."""
    if len(caption) > MOST_CAPTION:
        raise Invalid(CAPTION_TOO_LONG)
    with transaction.atomic():
        row, held = _entered(picture, by)
        with journal.writing(
            permissions.CAPTION, by=by, at=at, on=held.sheet, held=True, note={"line": row.line}
        ) as w:
            return w.change(row, caption=caption)


def detach_picture(*, picture: int, by: Actor, at: datetime) -> Picture:
    """Take a picture off its line. The bytes stay; the journal says what was there."""
    with transaction.atomic():
        row, held = _entered(picture, by)
        with journal.writing(
            permissions.DETACH, by=by, at=at, on=held.sheet, held=True, note={"line": row.line}
        ) as w:
            w.remove(row)
    return row


def _entered(picture: int, by: Actor) -> tuple[Picture, Held]:
    """The picture, with its sheet held, if this person may write on its line."""
    row = Picture.objects.select_related("file").filter(pk=picture).first()
    if row is None:
        raise Absent
    return row, enter(row.sheet_id, row.line, by)
