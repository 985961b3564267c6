"""No text of a list becomes a formula in somebody's Excel, whichever export it leaves by."""

import io

import openpyxl
import pytest

from addresses.asking import Asking
from addresses.furnished import asking, stage
from addresses.reading import entries
from addresses.routes import routes
from dabiao.look import export
from house.source import sources

__all__ = ["asking", "stage"]
pytestmark = pytest.mark.django_db

WRITERS = {"look/export.py", "standards/documents/checklist.py"}
EXPORTS = [
    name for name in sorted(routes()) if name.endswith("export") and name != "office:standard_items_export"
]
MARKS = ("=1+1|", "+1|", "-1|", "@x|", "\t=1|", "\r=1|")


def test_tables_are_written_in_three_places_only() -> None:
    """Texts by `write_string`, none to become a formula or a link; in CSV with a sign before it."""
    books = {each.name: each.text for each in sources() if "import xlsxwriter" in each.text}
    assert set(books) == WRITERS
    for name, text in books.items():
        assert '"strings_to_formulas": False' in text, name
        assert "write_formula" not in text, name
    lists = {
        each.name: each.text for each in sources() if "csv.writer" in each.text or "DictWriter" in each.text
    }
    assert set(lists) == {"publicsite/open_data.py"}
    assert all("FORMULA_MARKS" in text for text in lists.values())


@pytest.mark.parametrize("name", EXPORTS)
def test_texts_of_every_export_stay_texts(name: str, asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every text of the database began with what Excel takes for a formula."""
    plain, turns = export._Sheet._text, iter(MARKS * 10_000)
    monkeypatch.setattr(
        export._Sheet, "_text", lambda sheet, row, place, text: plain(sheet, row, place, next(turns) + text)
    )
    answer = asking.ask(sorted(entries()[name].serves)[0], "GET", routes()[name].path({}))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [cell for row in book.active.iter_rows(min_row=2) for cell in row if cell.value is not None]
    for cell in cells:
        assert cell.data_type != "f", cell.value
        assert cell.quotePrefix or cell.data_type in {"n", "d"}, cell.value
