"""A picture as an answer: drawn anew from its pixels, shown in a page or opened by itself."""

from pathlib import Path
from typing import Final

from django.http import FileResponse

JPEG: Final = "image/jpeg"
# The page a browser makes around a picture opened by itself has styles written into it. Nothing else may run.
POLICY: Final = (
    "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"
)


def shown(copy: Path, *, kept: str = "private") -> FileResponse:
    """`copy`: a JPEG of ours (`base.files.copies`), never what somebody sent; `kept`: by whom, how long."""
    headers = {
        "Cache-Control": kept,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": POLICY,
    }
    return FileResponse(copy.open("rb"), content_type=JPEG, headers=headers)
