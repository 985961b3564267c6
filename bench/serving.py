"""The same saves over a socket: granian, one worker, one kept-alive connection."""

from collections.abc import Iterator

from bench import clocking, visitor
from bench.city import SHEET, City
from bench.rows import Row
from bench.saving import ONE, Pen, bare_save, floor_of, posting


def rows(city: City, times: int) -> Iterator[Row]:
    session = visitor.session(visitor.signed_in(city))
    pen = Pen(city.sheets[SHEET], city)
    bare = floor_of(city, pen)
    with visitor.served() as port:
        wire = visitor.Wire(port, session)
        timing, floor = clocking.by_turns(posting(pen, wire.post), bare_save(bare, pen, session), times)
    yield Row(f"save one answer, {SHEET} items, granian", timing, floor, ONE)
