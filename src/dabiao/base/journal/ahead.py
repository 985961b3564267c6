"""Blocks read by a thread while we look at those before: SQLite joins them without Python."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

BLOCKS: Final = 4  # read or being read, so that neither waits for the other

Block = TypeVar("Block")


def ahead(blocks: Iterator[Block]) -> Iterator[Block]:
    """The same, in their order; until the end is reached nobody else may use what they come from."""
    with ThreadPoolExecutor(1, "journal") as reader:
        coming: deque[Future[Block | None]] = deque()
        coming.extend(reader.submit(next, blocks, None) for _ in range(BLOCKS))
        while (block := coming.popleft().result()) is not None:
            coming.append(reader.submit(next, blocks, None))
            yield block
