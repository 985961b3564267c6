"""What some bytes are, by their content alone, and what they say of time and place. Names mean nothing."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import pillow_heif
from PIL import ExifTags, Image, UnidentifiedImageError

from dabiao.kernel.errors import Invalid

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
HEIC: Final = "image/heic"
MP4: Final = "video/mp4"
PDF: Final = "application/pdf"
PICTURES: Final = frozenset({JPEG, PNG, HEIC})
MAX_PIXELS: Final = 120_000_000  # a phone's panorama; more is a decompression bomb
HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis"})
HEAD: Final = 32
MINUTES: Final = 60
SMALL: Final = (64, 64)  # JPEG is decoded no larger than this to see whether it is whole
BROKEN: Final = "照片文件已损坏或过大，无法打开；请重新拍摄或另选一张。"
_UNREADABLE: Final = (
    *(UnidentifiedImageError, OSError, EOFError, ValueError, SyntaxError, RuntimeError),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


@dataclass(frozen=True, slots=True)
class Recognised:
    """`facts`: width, height, taken_at (as the device says, no zone), place {lat, lon}, device."""

    kind: str
    facts: dict[str, Any] = field(default_factory=dict)


def recognise(path: Path) -> Recognised:
    """Tell JPEG, PNG, HEIC, MP4 and PDF apart; Invalid for anything else or anything broken."""
    with path.open("rb") as file:
        kind = _kind(file.read(HEAD))
    if kind is None:
        raise Invalid("不支持这种文件。请上传 JPG、PNG、HEIC 照片，MP4 视频或 PDF 文件。")
    return Recognised(kind, _picture_facts(path)) if kind in PICTURES else Recognised(kind)


def _kind(head: bytes) -> str | None:
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"%PDF-"):
        return PDF
    if head[4:8] == b"ftyp":
        return HEIC if head[8:12] in HEIC_BRANDS else MP4
    return None


def _picture_facts(path: Path) -> dict[str, Any]:
    try:
        with Image.open(path) as picture:
            facts: dict[str, Any] = {"width": picture.width, "height": picture.height}
            if picture.width * picture.height > MAX_PIXELS:
                raise Invalid(BROKEN)
            picture.verify()
        with Image.open(path) as picture:
            told = _told(picture.getexif())
            _whole(picture)
            return facts | told
    except _UNREADABLE as error:
        raise Invalid(BROKEN) from error


def _whole(picture: Image.Image) -> None:
    """A picture cut short shows only in its pixels, except PNG, whose sums `verify` has checked."""
    if picture.format != "PNG":
        picture.draft("RGB", SMALL)
        picture.load()


def _told(exif: Image.Exif) -> dict[str, Any]:
    """Time, place and device as the picture itself tells; what cannot be read is left out."""
    detail = exif.get_ifd(ExifTags.IFD.Exif)
    told: dict[str, Any] = {}
    with suppress(ValueError, TypeError, KeyError):
        text = str(detail.get(ExifTags.Base.DateTimeOriginal) or exif[ExifTags.Base.DateTime])
        told["taken_at"] = datetime.strptime(text, "%Y:%m:%d %H:%M:%S").replace(tzinfo=UTC).isoformat()[:19]
    device = " ".join(str(exif.get(tag, "")) for tag in (ExifTags.Base.Make, ExifTags.Base.Model)).strip(
        "\0 "
    )
    if device := device.replace("\0", ""):  # no database column takes a NUL
        told["device"] = device[:80]
    place = _place(exif.get_ifd(ExifTags.IFD.GPSInfo))
    return told | ({"place": place} if place else {})


def _place(gps: dict[int, Any]) -> dict[str, str] | None:
    """Degrees with six decimals, as text: exact, the same on both databases."""
    with suppress(KeyError, ValueError, TypeError, ZeroDivisionError):
        lat = _degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef], "S")
        lon = _degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef], "W")
        return {"lat": lat, "lon": lon}
    return None


def _degrees(parts: Any, side: str, negative: str) -> str:
    degrees, minutes, seconds = (Fraction(str(part)) for part in parts)
    exact = degrees + minutes / MINUTES + seconds / (MINUTES * MINUTES)
    return f"{float(-exact if side == negative else exact):.6f}"
