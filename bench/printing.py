"""The PDF of a sheet of 164 items, next to typst alone on the same words."""

from collections.abc import Callable, Iterator
from unittest import mock

import typst

from bench import clocking
from bench.city import PRINTED, City
from bench.rows import Row
from bench.saving import Pen
from dabiao.office.sheets import printing
from dabiao.office.sheets.finishing import goes_on
from dabiao.office.sheets.opened import opened
from dabiao.sheets.documents import fonts, pdf
from world import AT


def rows(city: City, times: int) -> Iterator[Row]:
    title = f"PDF of a sheet, {PRINTED} items"
    pen = Pen(city.sheets[PRINTED], city)
    for _ in range(PRINTED):
        pen.serve()
    try:
        size = len(_print(city))
    except fonts.FontsMissing as missing:
        yield Row(title, note=missing.text)
        return
    compiled = _compiler(city)
    timing, floor = clocking.by_turns(lambda: _print(city), compiled, times, warm=1)
    yield Row(title, timing, floor, note=f"{size / 1000:.0f} kB")


def _print(city: City) -> bytes:
    found = opened(city.officer, city.sheets[PRINTED].pk)
    return pdf.sheet_pdf(printing.document(found, goes_on(city.officer, found.sheet), AT))


def _compiler(city: City) -> Callable[[], bytes]:
    """What the product asked of typst, asked again without it."""
    with mock.patch("typst.compile", wraps=typst.compile) as heard:
        _print(city)
    asked = heard.call_args
    return lambda: typst.compile(*asked.args, **asked.kwargs)
