"""Pictures made small for paper. What cannot be drawn gives None and is printed as its digest alone."""

from base64 import b64encode
from io import BytesIO
from typing import Final

import segno
from PIL import Image, ImageOps

THUMBNAIL: Final = (640, 480)  # about 290 dpi at a third of the page
SIGNATURE: Final = (600, 240)
QUALITY: Final = 80
WHITE: Final = (255, 255, 255)

_UNREADABLE: Final = (
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def thumbnail(image: bytes, size: tuple[int, int] = THUMBNAIL) -> bytes | None:
    """A small upright JPEG on white, without metadata; None for what is no picture."""
    try:
        with Image.open(BytesIO(image)) as opened:
            opened.draft("RGB", size)
            return _jpeg(ImageOps.exif_transpose(opened), size)
    except _UNREADABLE:
        return None


def _jpeg(image: Image.Image, size: tuple[int, int]) -> bytes:
    image.thumbnail(size)
    drawn = image.convert("RGBA")
    paper = Image.new("RGB", drawn.size, WHITE)
    paper.paste(drawn, mask=drawn.getchannel("A"))
    out = BytesIO()
    paper.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def wrapped(jpeg: bytes) -> str:
    """The JPEG inside an SVG: typst takes text alone. Its bytes reach the PDF unchanged."""
    with Image.open(BytesIO(jpeg)) as opened:
        width, height = opened.size
    return _WRAPPER.format(width=width, height=height, data=b64encode(jpeg).decode())


_WRAPPER: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
    '<image width="{width}" height="{height}" href="data:image/jpeg;base64,{data}"/></svg>'
)


def qr_svg(address: str) -> str:
    out = BytesIO()
    segno.make_qr(address, error="m").save(out, kind="svg", border=0, svgns=True)
    return out.getvalue().decode()


def qr_png(address: str) -> bytes:
    out = BytesIO()
    segno.make_qr(address, error="m").save(out, kind="png", border=0, scale=8)
    return out.getvalue()
