"""The certificate as PDF/A-2a, with the code that carries its signed statement, and the plaque's words."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import Final

import typst

from dabiao.sheets.documents import fonts, images

_TEMPLATE: Final = files(__package__).joinpath("certificate.typ").read_bytes()
TITLE: Final = "安全生产标准化证书"
NOTE: Final = "扫描二维码得到签名信息，可在公众网站核验，也可用公布的公钥离线核验；是否有效以公众网站为准。"


@dataclass(frozen=True, slots=True)
class Printed:
    """`level` in words; `statement` is what the code carries."""

    number: str
    unit: str
    uscc: str
    level: str
    issued: str
    last: str
    by: str
    statement: str
    made_at: datetime


def certificate_pdf(certificate: Printed) -> bytes:
    """Same bytes for the same certificate. FontsMissing without Chinese fonts."""
    return typst.compile(
        _TEMPLATE,
        font_paths=fonts.fonts(),
        sys_inputs={"certificate": _data(certificate)},
        pdf_standards=["a-2a"],
        timestamp=int(certificate.made_at.astimezone(UTC).timestamp()),
    )


def plaque(certificate: Printed) -> tuple[str, ...]:
    """The lines of the plaque 牌匾."""
    return (f"安全生产标准化{certificate.level}企业", certificate.unit, certificate.number, certificate.by)


def _data(certificate: Printed) -> str:
    words = {
        "title": TITLE,
        "unit": certificate.unit,
        "number": certificate.number,
        "by": certificate.by,
        "words": f"经评审、复核、公示，符合安全生产标准化{certificate.level}企业条件，特发此证。",
        "facts": [list(pair) for pair in _facts(certificate)],
        "note": NOTE,
        "qr": images.qr_svg(certificate.statement),
    }
    return fonts.drawable(json.dumps(words, ensure_ascii=False))


def _facts(certificate: Printed) -> Sequence[tuple[str, str]]:
    return (
        ("证书编号", certificate.number),
        ("统一社会信用代码", certificate.uscc or "—"),
        ("公告日期", certificate.issued),
        ("有效期至", f"{certificate.last}（当日仍有效）"),
        ("公告部门", certificate.by),
        ("牌匾", " · ".join(plaque(certificate)[:2])),
    )
