"""The sheet as PDF/A-2a: typst, with the words handed over as data and never as part of the template."""

import json
from datetime import UTC
from importlib.resources import files
from typing import Final

import typst

from dabiao.sheets.documents import fonts, images
from dabiao.sheets.documents.itemwords import pictures
from dabiao.sheets.documents.spelling import CHINA
from dabiao.sheets.documents.values import SheetDocument
from dabiao.sheets.documents.wording import Plain, wording

_TEMPLATE: Final = files(__package__).joinpath("sheet.typ").read_bytes()


def sheet_pdf(document: SheetDocument) -> bytes:
    """The document as PDF/A-2a, same bytes for the same document. FontsMissing without Chinese fonts."""
    return typst.compile(
        _TEMPLATE,
        font_paths=fonts.fonts(),
        sys_inputs={"sheet": _data(document)},
        pdf_standards=["a-2a"],  # archival, tagged for reading aloud
        timestamp=_timestamp(document),
    )


def _timestamp(document: SheetDocument) -> int:
    at = document.printed_at
    return int((at if at.tzinfo else at.replace(tzinfo=CHINA)).astimezone(UTC).timestamp())


def _data(document: SheetDocument) -> str:
    """The words with the drawings beside them. Nothing touches the disk."""
    words = wording(document)
    for (_, picture), line in zip(pictures(document), words["pictures"], strict=True):
        line["drawing"] = _drawing(picture.image, images.THUMBNAIL)
    for signature, line in zip(document.signatures, words["signatures"], strict=True):
        line["drawing"] = _drawing(signature.image or b"", images.SIGNATURE)
    words["qr"] = images.qr_svg(document.verification) if document.verification else ""
    return _json(words)


def _drawing(image: bytes, size: tuple[int, int]) -> str:
    small = images.thumbnail(image, size)
    return "" if small is None else images.wrapped(small)


def _json(words: Plain) -> str:
    return fonts.drawable(json.dumps(words, ensure_ascii=False))
