"""The commitment letter as PDF/A-2a, with its number, digest and the code of the public page."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import Final

import typst

from dabiao.sheets.documents import fonts, images

_TEMPLATE: Final = files(__package__).joinpath("commitment.typ").read_bytes()


@dataclass(frozen=True, slots=True)
class Printed:
    """`state` is empty while the letter is in force; `verification` is the address of the public page."""

    number: str
    unit: str
    text: str
    signer: str
    signed_at: datetime
    digest: str
    state: str
    verification: str


def commitment_pdf(letter: Printed) -> bytes:
    """Same bytes for the same letter. FontsMissing without Chinese fonts."""
    return typst.compile(
        _TEMPLATE,
        font_paths=fonts.fonts(),
        sys_inputs={"letter": _data(letter)},
        pdf_standards=["a-2a"],
        timestamp=int(letter.signed_at.astimezone(UTC).timestamp()),
    )


def _data(letter: Printed) -> str:
    title, *lines = letter.text.splitlines()
    words = {
        "number": letter.number,
        "unit": letter.unit,
        "title": title,
        "lines": lines,
        "signed": f"{letter.signer} 于 {letter.signed_at:%Y-%m-%d %H:%M} 用本人账号签署",
        "digest": letter.digest,
        "state": letter.state,
        "address": letter.verification,
        "qr": images.qr_svg(letter.verification),
    }
    return fonts.drawable(json.dumps(words, ensure_ascii=False))
