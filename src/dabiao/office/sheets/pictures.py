"""Pictures over HTTP: sent in, seen as safe copies, fetched whole as attachments, described, taken off."""

from collections.abc import Iterator
from typing import Any, Final

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string

from dabiao.base import clock
from dabiao.base.files import copies, store
from dabiao.base.files.recognise import HEIC, JPEG, MP4, PDF, PNG
from dabiao.base.models import StoredFile
from dabiao.kernel.errors import Absent, Invalid
from dabiao.look import pictures
from dabiao.look.addresses import Request, address
from dabiao.office import frame
from dabiao.office.sheets.drawn import drawn
from dabiao.office.sheets.opened import Opened, given, opened
from dabiao.office.sheets.outcome import outcome
from dabiao.office.sheets.photos import photos
from dabiao.office.sheets.replies import as_json
from dabiao.office.sheets.rows import RowMaker
from dabiao.office.sheets.saving import WRITERS
from dabiao.sheets.models import Picture
from dabiao.sheets.services import pictures as services

ENDINGS: Final = {JPEG: "jpg", PNG: "png", HEIC: "heic", MP4: "mp4", PDF: "pdf"}
KEPT: Final = "private, max-age=604800, immutable"
UNDO_SECONDS: Final = 600
SALT: Final = "office.sheets.pictures.undo"


@address("评分人员附上影像", WRITERS, ("POST",))
@as_json
def attach(request: Request, sheet: int, line: str) -> HttpResponse:
    """Take in one file; permission is asked before a byte is kept."""
    found = opened(request.actor, sheet)
    found.may_write(found.line(line)).or_refuse()
    sent = request.FILES.get("file")
    if sent is None:
        raise Invalid("没有收到文件，请重新选择。")
    services.attach_picture(
        sheet=sheet, line=line, taken=store.take_in(_pieces(sent)), by=request.actor, at=clock.now()
    )
    return JsonResponse(_told(found, line))


@address("评分人员为影像写说明", WRITERS, ("POST",))
@as_json
def caption(request: Request, sheet: int, picture: int) -> HttpResponse:
    found, row = _picture(request, sheet, picture)
    words = request.POST.get("caption", "").replace("\0", "").strip()
    services.caption_picture(picture=row.pk, caption=words, by=request.actor, at=clock.now())
    return JsonResponse(_told(found, row.line))


@address("评分人员移除影像", WRITERS, ("POST",))
@as_json
def detach(request: Request, sheet: int, picture: int) -> HttpResponse:
    """Take a picture off; `undo` in the reply puts it back for ten minutes."""
    found, row = _picture(request, sheet, picture)
    services.detach_picture(picture=row.pk, by=request.actor, at=clock.now())
    undo = signing.dumps([sheet, row.line, row.file_id, row.caption], salt=SALT)
    return JsonResponse({**_told(found, row.line), "undo": undo})


@address("评分人员恢复刚移除的影像", WRITERS, ("POST",))
@as_json
def restore(request: Request, sheet: int) -> HttpResponse:
    """Put back what was just taken off."""
    found = opened(request.actor, sheet)
    try:
        of, line, key, words = signing.loads(request.POST.get("undo", ""), salt=SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature as error:
        raise Invalid("已经不能撤销，请重新上传这张影像。") from error
    if of != sheet:
        raise Absent
    stored = StoredFile.objects.get(pk=key)
    taken = store.Taken(stored.digest, stored.size, stored.kind, stored.facts)
    services.attach_picture(
        sheet=sheet, line=line, taken=taken, caption=words, by=request.actor, at=clock.now()
    )
    return JsonResponse(_told(found, line))


@address("查看影像的安全副本", frame.READING)
def copy(request: Request, sheet: int, picture: int, width: int) -> HttpResponseBase:
    """A JPEG re-encoded from pixels: the only form in which a picture is shown."""
    _, row = _picture(request, sheet, picture)
    return pictures.shown(copies.copy_of(row.file, width), kept=KEPT)


@address("下载影像原件", frame.READING)
def original(request: Request, sheet: int, picture: int) -> HttpResponseBase:
    """The bytes as they came, never shown inside a page."""
    _, row = _picture(request, sheet, picture)
    name = f"{row.line}-{row.file.digest[:8]}.{ENDINGS[row.file.kind]}"
    return FileResponse(
        store.place(row.file.digest).open("rb"),
        as_attachment=True,
        filename=name,
        content_type="application/octet-stream",
        headers={"Cache-Control": "private", "X-Content-Type-Options": "nosniff"},
    )


def _picture(request: Request, sheet: int, picture: int) -> tuple[Opened, Picture]:
    """The picture, if its sheet exists for this person."""
    found = opened(request.actor, sheet)
    row = Picture.objects.select_related("file").filter(sheet=sheet, pk=picture).first()
    if row is None:
        raise Absent
    return found, row


def _pieces(sent: "UploadedFile[bytes]") -> Iterator[bytes]:
    yield from sent.chunks()


def _told(found: Opened, line: str) -> dict[str, Any]:
    """The line's pictures as drawn, its row, and what it still lacks."""
    spot = found.book.line(line)
    shown = photos(found.sheet, line)
    stands = given(found.sheet, [line]).get(line)
    judged = found.judged(spot, stands.answer if stands else None, len(shown))
    row = RowMaker(found.book, found.sheet.occasion, found.share).row(spot, stands, len(shown), judged)
    context = {"photos": shown, "sheet": found.sheet, "editable": True}
    return {
        "pictures": render_to_string("office/sheets/pictures.html", context),
        "rows": {line: drawn([row])},
        "versions": {line: row.version},
        "outcome": outcome(spot, judged).drawn,
    }
