"""The sheet as PDF/A-2a: typst, with the words handed over as a file of data beside the template."""

import json
from datetime import UTC
from importlib.resources import files
from typing import Any, Final

import typst

from dabiao.sheets.documents import fonts, images
from dabiao.sheets.documents.itemwords import pictures
from dabiao.sheets.documents.spelling import CHINA
from dabiao.sheets.documents.values import SheetDocument
from dabiao.sheets.documents.wording import wording

STANDARD: Final = "a-2a"  # archival, tagged for reading aloud
_TEMPLATE: Final = files(__package__).joinpath("sheet.typ").read_bytes()


def sheet_pdf(document: SheetDocument) -> bytes:
    """The document as PDF/A-2a, same bytes for the same document. FontsMissing without Chinese fonts."""
    found = fonts.fonts()
    made = typst.compile(
        _inputs(document), font_paths=found, pdf_standards=[STANDARD], timestamp=_timestamp(document)
    )
    return bytes(made)


def _timestamp(document: SheetDocument) -> int:
    at = document.printed_at
    return int((at if at.tzinfo else at.replace(tzinfo=CHINA)).astimezone(UTC).timestamp())


def _inputs(document: SheetDocument) -> dict[str, bytes]:
    """The virtual folder: template, words, pictures. Nothing touches the disk."""
    words = wording(document)
    drawn = _figures(document) | _signatures(document)
    for name, lines in (("figure", words["pictures"]), ("signature", words["signatures"])):
        _point(lines, name, drawn)
    folder = {"main.typ": _TEMPLATE, "data.json": _json(words), **drawn}
    if document.verification:
        folder["qr.svg"] = images.qr_svg(document.verification)
    return folder


def _point(lines: list[dict[str, Any]], name: str, drawn: dict[str, bytes]) -> None:
    for number, line in enumerate(lines, 1):
        file = f"{name}-{number}.svg"
        line["file"] = file if file in drawn else ""


def _figures(document: SheetDocument) -> dict[str, bytes]:
    shown = [picture.image for _, picture in pictures(document.items)]
    return _drawn("figure", shown, images.THUMBNAIL)


def _signatures(document: SheetDocument) -> dict[str, bytes]:
    return _drawn("signature", [each.image or b"" for each in document.signatures], images.SIGNATURE)


def _drawn(name: str, shown: list[bytes], size: tuple[int, int]) -> dict[str, bytes]:
    small = ((number, images.thumbnail(each, size)) for number, each in enumerate(shown, 1))
    return {f"{name}-{number}.svg": images.wrapped(each) for number, each in small if each is not None}


def _json(words: dict[str, Any]) -> bytes:
    return fonts.drawable(json.dumps(words, ensure_ascii=False)).encode()
