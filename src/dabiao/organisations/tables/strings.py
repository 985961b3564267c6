"""The shared strings of a workbook on disk: millions of them in a few megabytes of memory.

They stand in the order of their first use, so blocks of neighbours are read at once and the last ones kept.
"""

import tempfile
import weakref
from array import array
from collections import OrderedDict
from collections.abc import Iterable
from typing import Final

from dabiao.organisations.tables.values import FileFault

BLOCK: Final = 512  # strings read at once
KEPT: Final = 96  # blocks held
FIRST: Final = 2_000  # held for good: the words that come back on every row
MOST: Final = 16_000_000


class Strings:
    """Filled once, then asked by number."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  -- lives as long as this object
        weakref.finalize(self, self._file.close)
        self._blocks = array("Q", [0])  # where each block begins
        self._held: OrderedDict[int, list[str]] = OrderedDict()
        self._first: list[str] = []
        self._fill(texts)

    def __getitem__(self, number: int) -> str:
        if 0 <= number < len(self._first):
            return self._first[number]
        place, inside = divmod(number, BLOCK)
        block = self._held.get(place)
        if block is None:
            block = self._read(place)
        return block[inside]

    def _fill(self, texts: Iterable[str]) -> None:
        block: list[str] = []
        for count, text in enumerate(texts):
            if count < FIRST:
                self._first.append(text)
            block.append(text)
            if len(block) == BLOCK:
                self._write(block)
                block = []
            if count >= MOST:
                raise FileFault("文件里的文字过多，不像一张企业名册。", "请分成几个文件导入。")
        self._write(block)
        self._file.flush()

    def _write(self, block: list[str]) -> None:
        if block:
            told = "\0".join(block).encode()
            self._file.write(told)
            self._blocks.append(self._blocks[-1] + len(told))

    def _read(self, place: int) -> list[str]:
        if not 0 <= place < len(self._blocks) - 1:
            raise IndexError(place)
        self._file.seek(self._blocks[place])
        told = self._file.read(self._blocks[place + 1] - self._blocks[place])
        block = told.decode().split("\0")
        self._held[place] = block
        if len(self._held) > KEPT:
            self._held.popitem(last=False)
        return block
