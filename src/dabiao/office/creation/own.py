"""The unit a person works for, and its papers as attachments."""

from typing import Final

from django.http import FileResponse

from dabiao.base.files.store import place
from dabiao.base.models import StoredFile
from dabiao.kernel.errors import Absent
from dabiao.kernel.roles import Role
from dabiao.look.addresses import Request
from dabiao.organisations.models import Unit

LEADING: Final = frozenset({Role.UNIT_OFFICER, Role.UNIT_PRINCIPAL})
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/heic": "heic"}


def own_unit(request: Request) -> Unit:
    """The first unit the person is posted at."""
    rows = Unit.objects.filter(pk__in=request.actor.units).select_related("jurisdiction", "industry")
    found = rows.order_by("pk").first()
    if found is None:
        raise Absent
    return found


def attachment(file: StoredFile | None, name: str) -> FileResponse:
    """Never shown inline: what people upload is what it says it is only to themselves."""
    if file is None:
        raise Absent
    kind = "application/octet-stream"
    ending = ENDINGS.get(file.kind, "bin")
    content = place(file.digest).open("rb")
    return FileResponse(content, as_attachment=True, filename=f"{name}.{ending}", content_type=kind)
