"""XML as a stream with bounded memory: no entities, no endless tag, no endless text."""

import re
from collections.abc import Callable, Iterator
from typing import IO, Any, Final
from xml.parsers import expat

from dabiao.organisations.tables.values import MOST_TEXT, FileFault

PIECE: Final = 65_536
LONGEST_TAG: Final = 4_000_000
AGAIN: Final = "请用表格软件打开后另存为 xlsx 再导入。"
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SPACE: Final = 0x20
_SURROGATES: Final = range(0xD800, 0xE000)


def parser() -> expat.XMLParserType:
    made = expat.ParserCreate()
    made.buffer_text = True
    made.buffer_size = 4096
    made.StartDoctypeDeclHandler = _refuse_doctype
    return made


def fed(stream: IO[bytes], made: expat.XMLParserType, found: list[Any]) -> Iterator[Any]:
    """Feed the parser piece by piece; yield what its handlers put into `found` meanwhile."""
    read = 0
    try:
        while piece := stream.read(PIECE):
            read += len(piece)
            made.Parse(piece, False)
            if read - made.CurrentByteIndex > LONGEST_TAG:
                raise FileFault("文件内容不合规范（有过长的标记）。", AGAIN)
            yield from found
            found.clear()
        made.Parse(b"", True)
    except expat.ExpatError as error:
        raise FileFault("文件内容已损坏，读不出来。", AGAIN) from error
    yield from found
    found.clear()


def _refuse_doctype(*_: Any) -> None:
    raise FileFault("文件内容不合规范（含有自定义实体）。", AGAIN)


def plain(text: str) -> str:
    """`_x000D_` is how a workbook writes what XML cannot; what no text should hold is dropped."""
    return _ESCAPED.sub(_unescaped, text) if "_x" in text else text


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    if code in _SURROGATES:
        return ""
    return chr(code) if code >= _SPACE else " "


def local(name: str) -> str:
    return name.rpartition(":")[2]


def strings(stream: IO[bytes]) -> Iterator[str]:
    """The texts of a table of shared strings, phonetic readings left out."""
    made, found = parser(), list[str]()
    parts: list[str] = []
    state = {"inside": False, "reading": 0, "length": 0}

    def start(name: str, _: dict[str, str]) -> None:
        tag = local(name)
        if tag == "si":
            parts.clear()
            state["length"] = 0
        elif tag == "rPh":
            state["reading"] = True
        elif tag == "t":
            state["inside"] = not state["reading"]

    def end(name: str) -> None:
        tag = local(name)
        if tag == "t":
            state["inside"] = False
        elif tag == "rPh":
            state["reading"] = False
        elif tag == "si":
            found.append(plain("".join(parts)).replace("\0", ""))

    made.StartElementHandler, made.EndElementHandler = start, end
    made.CharacterDataHandler = _collecting(parts, state)
    return fed(stream, made, found)


def _collecting(parts: list[str], state: dict[str, Any]) -> Callable[[str], None]:
    def collect(text: str) -> None:
        if state["inside"]:
            state["length"] += len(text)
            if state["length"] > MOST_TEXT:
                raise FileFault(f"有单元格的文字超过 {MOST_TEXT} 个字。", "请缩短后再导入。")
            parts.append(text)

    return collect
