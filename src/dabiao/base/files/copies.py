"""Safe copies for looking at: re-encoded from pixels, without anything the original carried along."""

import io
import os
import tempfile
from pathlib import Path
from typing import Final

from django.conf import settings
from PIL import Image, ImageOps

from dabiao.base.files.recognise import PICTURES
from dabiao.base.files.store import place
from dabiao.base.models import StoredFile
from dabiao.kernel.errors import Absent

WIDTHS: Final = (320, 1280)
QUALITY: Final = 82


def copy_of(stored: StoredFile, width: int) -> Path:
    """Path of a JPEG at most `width` wide; made on first asking. Absent for what is no picture."""
    if stored.kind not in PICTURES or width not in WIDTHS:
        raise Absent
    target = Path(settings.DABIAO_DATA) / "copies" / str(width) / stored.digest[:2] / f"{stored.digest}.jpg"
    if not target.exists():
        _keep(target, encode(place(stored.digest), width))
    return target


def encode(path: Path, width: int) -> bytes:
    """Upright, in RGB, without metadata."""
    with Image.open(path) as picture:
        picture.draft("RGB", (width, width * 2))
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail((width, width * 4))
        out = io.BytesIO()
        upright.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _keep(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(name, target)
