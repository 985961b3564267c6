"""Starting a sheet: rulebook looked up, sheet, writers and totals made, entered into the journal."""

from collections.abc import Iterator

from bench import clocking
from bench.bare import MOMENT, Bare
from bench.city import SHEET, City
from bench.rows import Aim, Row
from dabiao.base.journal.entries import chain_of
from dabiao.base.models import JournalEntry
from dabiao.sheets.models import Sheet, SheetTotal, Writer
from dabiao.sheets.services import opening
from dabiao.standards.services import rulebooks
from world import AT, DAY

MAKE = """INSERT INTO sheets_sheet (occasion, unit_id, jurisdiction_id, rulebook_id, state, opened_at, digest,
covered, result) VALUES ('self_assessment', %s, %s, %s, 'open', %s, '', '[]', NULL) RETURNING id"""
MAKE_WRITER = "INSERT INTO sheets_writer (sheet_id, account_id, leads) VALUES (%s, %s, %s)"
MAKE_TOTAL = """INSERT INTO sheets_total (sheet_id, element, answered, answered_points, not_applicable, lost,
extra, total, vetoed) VALUES (%s, %s, 0, 0, 0, 0, 0, 0, 0)"""
RULEBOOK = """SELECT r.*, e.* FROM standards_rulebook r JOIN standards_edition e ON e.id = r.edition_id
WHERE r.id = %s"""


def rows(city: City, times: int) -> Iterator[Row]:
    start = Start(city)
    timing, floor = clocking.by_turns(start.product, start.bare, times)
    yield Row(f"start a sheet, {SHEET} items", timing, floor, Aim(ms=15))


class Start:
    """One sheet more, like the one that is there."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.sheet = city.sheets[SHEET]
        self.elements = list(SheetTotal.objects.filter(sheet=self.sheet).values_list("element", flat=True))
        self.writers = list(Writer.objects.filter(sheet=self.sheet).values_list("account", flat=True))
        entry = JournalEntry.objects.filter(chain=chain_of(self.sheet)).earliest("seq")
        self.floor = Bare(city.floor, city.officer.account or 0, entry.body)

    def product(self) -> Sheet:
        accounts, officer = self.city.world.accounts, self.city.officer
        book = rulebooks.open(
            edition=self.sheet.rulebook.edition, day=DAY, areas=None, level="level_3", by=officer, at=AT
        )
        return opening.open_sheet(
            occasion=self.sheet.occasion,
            unit=self.sheet.unit,
            rulebook=book,
            lead=accounts["officer"],
            writers=[accounts["assessor"], accounts["colleague"]],
            by=officer,
            at=AT,
        )

    def bare(self) -> None:
        raw, like = self.city.floor, self.sheet
        raw.one(RULEBOOK, like.rulebook_id)
        raw.begin()
        made = raw.one(MAKE, like.unit_id, like.jurisdiction_id, like.rulebook_id, MOMENT)
        key = made[0] if made else 0
        raw.many(MAKE_WRITER, [(key, account, False) for account in self.writers])
        raw.many(MAKE_TOTAL, [(key, element) for element in self.elements])
        self.floor.enter(f"sheets_sheet:{key}")
        raw.commit()
