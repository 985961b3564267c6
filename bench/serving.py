"""The same saves over a socket, as a browser sends them: granian, one worker, one kept-alive connection."""

from collections.abc import Iterator

from bench import clocking, visitor
from bench.city import SIZES, City
from bench.rows import Row
from bench.saving import ONE, Pen, bare_save, floor_of, posting

WARM = 100  # each of the worker's threads has its own connection, which prepares its statements first


def rows(city: City, times: int) -> Iterator[Row]:
    client = visitor.signed_in(city)
    session = visitor.session(client)
    with visitor.served() as port:
        wire = visitor.Wire(port, client)
        for size in SIZES:
            pen = Pen(city.sheets[size], city)
            ask, bare = posting(pen, wire.post), bare_save(floor_of(city, pen), pen, session)
            timing, floor = clocking.by_turns(ask, bare, times, warm=min(times, WARM))
            yield Row(f"save one answer, {size} items, HTTP over a socket (granian)", timing, floor, ONE)
