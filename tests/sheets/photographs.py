"""Files as people send them: real pictures made here, and things that only look like one."""

from functools import cache
from io import BytesIO

import pillow_heif
from PIL import ExifTags, Image

SIZE = (640, 480)
TAKEN = "2026:03:02 09:30:15"


def picture(size: tuple[int, int] = SIZE) -> Image.Image:
    return Image.effect_noise(size, 60).convert("RGB")


def jpeg(size: tuple[int, int] = SIZE, *, told: bool = True) -> bytes:
    """With time, device and place (39°54'15.5"N 116°23'29.4"E) unless not `told`."""
    out = BytesIO()
    picture(size).save(out, "JPEG", quality=60, exif=exif() if told else b"")
    return out.getvalue()


def exif() -> Image.Exif:
    found = Image.Exif()
    found[ExifTags.Base.Make] = "SHILI"
    found[ExifTags.Base.Model] = "P60"
    found.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = TAKEN
    gps = found.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (39.0, 54.0, 15.5)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", (116.0, 23.0, 29.4)
    return found


def png() -> bytes:
    out = BytesIO()
    picture().save(out, "PNG")
    return out.getvalue()


def signature(number: int = 0) -> bytes:
    """A small drawing, each number another."""
    out = BytesIO()
    Image.new("RGB", (64, 24), (number % 256, 40, 90)).save(out, "PNG")
    return out.getvalue()


@cache
def heic() -> bytes:
    """Small: noise is what an encoder of films likes least, and several modules ask while they are read."""
    out = BytesIO()
    pillow_heif.from_pillow(picture((320, 240))).save(out, quality=50)
    return out.getvalue()


def mp4() -> bytes:
    return b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(2000)


def pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def program() -> bytes:
    return b"MZ\x90\x00" + bytes(500)


def bomb() -> bytes:
    """144 million pixels in a few kilobytes."""
    out = BytesIO()
    Image.new("1", (12_000, 12_000)).save(out, "PNG")
    return out.getvalue()
