"""The Chinese fonts a PDF needs: found once, or refused in words. Never boxes on paper."""

from functools import cache, lru_cache
from typing import Final

import typst

from dabiao.kernel.errors import DabiaoError
from dabiao.sheets.documents.spelling import MISSING

FAMILY: Final = "Noto Sans CJK SC"


class FontsMissing(DabiaoError):
    """The server lacks the Chinese fonts; the operator must install them, the person can only wait."""

    status = 503

    def __init__(self, family: str = FAMILY) -> None:
        super().__init__(
            f"服务器未安装中文字体“{family}”，不能生成 PDF。请系统管理员安装 fonts-noto-cjk"
            "（Debian：apt-get install fonts-noto-cjk）后重试；急用时可先下载 Word 版。"
        )


def fonts() -> typst.Fonts:
    """The fonts of this machine, searched once; FontsMissing while the Chinese ones are not there."""
    found = _installed()
    if FAMILY not in found.families():
        _installed.cache_clear()  # so that installing them helps without a restart
        raise FontsMissing
    return found


@cache
def _installed() -> typst.Fonts:
    return typst.Fonts()


def drawable(text: str) -> str:
    """The text with 〓 for each character no installed font can draw."""
    odd = {char for char in text if not _ordinary(char) and not _draws(char)}
    return text.translate(dict.fromkeys(map(ord, odd), MISSING)) if odd else text


def _ordinary(char: str) -> bool:
    """In GBK, all of which Noto Sans CJK draws (a test holds it to that)."""
    try:
        char.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=4096)
def _draws(char: str) -> bool:
    """Asks the compiler: PDF/A refuses what has no glyph."""
    try:
        typst.compile(_PROBE, font_paths=fonts(), sys_inputs={"char": char}, pdf_standards=["a-2a"])
    except typst.TypstError:
        return False
    return True


_PROBE: Final = f'#set document(title: "x")\n#set text(font: "{FAMILY}")\n#sys.inputs.char'.encode()
