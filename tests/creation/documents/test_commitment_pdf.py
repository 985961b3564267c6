"""The printed commitment letter: Chinese in an embedded font, words as signed, the same bytes each time."""

import io
from datetime import datetime

from pypdf import PdfReader

from dabiao.base.clock import SHANGHAI
from dabiao.creation.documents.commitment import Printed, commitment_pdf

LETTER = Printed(
    number="CN202600001",
    unit="示例精密机械有限公司",
    text="安全生产承诺书\n\n本人示例，现公开承诺：\n一、严格遵守法律。#不是标记",
    signer="示例负责人",
    signed_at=datetime(2026, 3, 2, 10, tzinfo=SHANGHAI),
    digest="sha256:" + "ab" * 32,
    state="已撤回",
    verification="http://127.0.0.1:8000/commitments/CN202600001/",
)


def test_it_holds_the_words_as_signed_and_says_where_it_stands() -> None:
    content = commitment_pdf(LETTER)
    page = PdfReader(io.BytesIO(content)).pages[0]
    text = "".join(page.extract_text().split())
    for words in ("CN202600001", "一、严格遵守法律。#不是标记", "已撤回", "示例负责人于2026-03-0210:00"):
        assert words in text
    assert content == commitment_pdf(LETTER)
    names = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert any("NotoSansCJK" in name for name in names), names
