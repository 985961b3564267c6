"""The sheet as .docx, for offices that go on writing in Word. The PDF is the paper that counts."""

from collections.abc import Sequence
from io import BytesIO
from itertools import zip_longest
from typing import Any, Final

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

from dabiao.sheets.documents import images
from dabiao.sheets.documents.itemwords import pictures
from dabiao.sheets.documents.template import template
from dabiao.sheets.documents.values import SheetDocument
from dabiao.sheets.documents.wording import Plain, wording

ABREAST: Final = 3
PICTURE: Final = Mm(50)
QR: Final = Mm(26)
SIGNATURE_HEIGHT: Final = Mm(14)
NOTHING: Final = {"image": "", "said": "", "side": ""}


def sheet_word(document: SheetDocument) -> bytes:
    """The document as .docx with the same words as the PDF; needs no fonts on the server."""
    filled = DocxTemplate(BytesIO(template()))
    # autoescape: data is text, never XML; docxtpl evaluates our template only, never what is put into it.
    filled.render(_context(filled, document), autoescape=True)
    out = BytesIO()
    filled.save(out)
    return out.getvalue()


def _context(filled: DocxTemplate, document: SheetDocument) -> Plain:
    words = wording(document)
    for part in words["detail"]:
        for each in part["lines"]:
            each["said"] = "\n".join("：".join(pair) for pair in each["notes"])
    for each in words["deductions"]["rows"]:
        each["said"] = "\n".join(each["reasons"])
    figures = _figures(filled, document, words["pictures"])
    return words | {
        "seal": f"摘要 {words['short']}" if words["short"] else "未签署",
        "covered": _covered(words["digest"]),
        "qr": _qr(filled, document.verification),
        "shelves": _abreast(figures, ABREAST),
        "pairs": _abreast(_signatures(filled, document, words["signatures"]), 2),
        "last": "八" if figures else "七",
    }


def _covered(digest: str) -> str:
    if not digest:
        return "本表尚未签署，打印内容以系统内最新内容为准。"
    return f"以下签字均针对摘要为 {digest} 的全部内容。签署后内容不再改变；更正另立新版，并注明所替代的版本。"


def _qr(filled: DocxTemplate, address: str) -> InlineImage | None:
    return InlineImage(filled, BytesIO(images.qr_png(address)), width=QR) if address else None


def _figures(filled: DocxTemplate, document: SheetDocument, words: Sequence[Plain]) -> list[Plain]:
    return [
        {
            "image": _picture(filled, picture.image) or "此文件不能显示为图片",
            "said": _lines(
                f"{each['label']}　编号 {each['item']}",
                *map(each.get, ("caption", "taken", "place", "digest")),
            ),
        }
        for (_, picture), each in zip(pictures(document), words, strict=True)
    ]


def _picture(filled: DocxTemplate, image: bytes) -> InlineImage | None:
    small = images.thumbnail(image)
    return InlineImage(filled, BytesIO(small), width=PICTURE) if small else None


def _signatures(filled: DocxTemplate, document: SheetDocument, words: Sequence[Plain]) -> list[Plain]:
    return [
        {
            "side": each["side"],
            "image": _drawn(filled, signature.image) or "",
            "said": _lines(
                f"{each['name'] or '签字：'}　{each['at'] or '　　年　　月　　日'}",
                f"摘要 {each['digest']}" if each["digest"] else "",
            ),
        }
        for signature, each in zip(document.signatures, words, strict=True)
    ]


def _drawn(filled: DocxTemplate, image: bytes | None) -> InlineImage | None:
    small = images.thumbnail(image, images.SIGNATURE) if image else None
    return InlineImage(filled, BytesIO(small), height=SIGNATURE_HEIGHT) if small else None


def _lines(*parts: str | None) -> str:
    return "\n".join(part for part in parts if part)


def _abreast(things: Sequence[Any], count: int) -> list[tuple[Any, ...]]:
    """Rows of `count`, the last filled up with nothing."""
    return list(zip_longest(*[iter(things)] * count, fillvalue=NOTHING))
