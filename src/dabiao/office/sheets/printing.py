"""A sheet as a document: PDF and Word from the same values, draft while it is open."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from dabiao.base import clock
from dabiao.base.files import copies, store
from dabiao.base.files.recognise import PICTURES
from dabiao.look.addresses import Request, address
from dabiao.office import frame
from dabiao.office.sheets.citing import areas
from dabiao.office.sheets.finishing import Goes, goes_on
from dabiao.office.sheets.opened import Opened, opened
from dabiao.office.sheets.photos import told
from dabiao.office.sheets.rectifying import rectifications
from dabiao.organisations.models import Unit
from dabiao.sheets import queries
from dabiao.sheets.documents import compose
from dabiao.sheets.documents.pdf import sheet_pdf
from dabiao.sheets.documents.values import (
    Edition,
    Member,
    Picture,
    SheetDocument,
    Signature,
    UnitFacts,
)
from dabiao.sheets.documents.word import sheet_word
from dabiao.sheets.models import Answer, Sheet, Writer
from dabiao.sheets.models import Picture as PictureRow
from dabiao.sheets.models import Signature as SignatureRow
from dabiao.sheets.rules.scoring import score

WIDTH: Final = 1280
PDF: Final = "application/pdf"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SIDES: Final = {"unit": "企业", "team": "评审组"}


@address("下载评分表（PDF）", frame.READING)
def pdf(request: Request, sheet: int) -> HttpResponse:
    return _file(request, sheet, sheet_pdf, PDF, "pdf")


@address("下载评分表（Word）", frame.READING)
def word(request: Request, sheet: int) -> HttpResponse:
    return _file(request, sheet, sheet_word, WORD, "docx")


def _file(
    request: Request, sheet: int, make: Callable[[SheetDocument], bytes], kind: str, ending: str
) -> HttpResponse:
    found = opened(request.actor, sheet)
    goes = goes_on(request.actor, found.sheet)
    content = make(document(found, goes, clock.now()))
    name = f"{goes.number or found.sheet.pk}{found.sheet.unit.name}.{ending}"
    response = HttpResponse(content, content_type=kind, headers={"Cache-Control": "private, no-store"})
    response.headers["Content-Disposition"] = _attachment(name)
    return response


def _attachment(name: str) -> str:
    return f"attachment; filename=\"sheet.{name.rpartition('.')[2]}\"; filename*=UTF-8''{quote(name)}"


def document(found: Opened, goes: Goes, at: datetime) -> SheetDocument:
    """The values both documents are made of; a closed sheet prints the same for ever."""
    sheet, book = found.sheet, found.book
    answers = queries.answers(sheet)
    result = score(book, answers)
    rows = SignatureRow.objects.filter(sheet=sheet).select_related("image").order_by("signed_at", "id")
    return SheetDocument(
        title=f"企业安全生产标准化{sheet.get_occasion_display()}报告",
        occasion=sheet.get_occasion_display(),
        number=goes.number or f"PF{sheet.pk:06d}",
        unit=_unit(sheet.unit, clock.day_of(sheet.opened_at)),
        edition=_edition(sheet),
        outcome=compose.outcome(result, whole=book.only is None),
        elements=compose.element_rows(book.book, result),
        items=compose.item_lines(book, answers, result, _pictures(sheet)),
        printed_at=sheet.closed_at or at,
        begun=clock.day_of(sheet.opened_at),
        ended=clock.day_of(sheet.closed_at) if sheet.closed_at else None,
        people=_people(sheet),
        rectifications=rectifications(found),
        signatures=tuple(map(_signature, rows)) or (Signature("企业负责人"), Signature("自评组长")),
        digest=sheet.digest,
        verification=_verification(sheet),
    )


def _verification(sheet: Sheet) -> str:
    return f"{settings.DABIAO_PUBLIC_ADDRESS}{reverse('office:sheet', args=[sheet.pk])}"


def _unit(unit: Unit, day: date) -> UnitFacts:
    return UnitFacts(
        name=unit.name,
        uscc=unit.uscc or "",
        address=unit.address,
        industry=str(unit.industry),
        principal=unit.principal,
        head_count=unit.head_count,
        areas=areas(unit.areas, day),
    )


def _edition(sheet: Sheet) -> Edition:
    row = sheet.rulebook
    return Edition(row.edition.standard.title, row.edition.public_id, row.digest, row.day)


def _people(sheet: Sheet) -> tuple[Member, ...]:
    rows = Writer.objects.filter(sheet=sheet).select_related("account").order_by("-leads", "id")
    return tuple(Member(row.account.name, "牵头人" if row.leads else "评分人员") for row in rows)


def _signature(row: SignatureRow) -> Signature:
    """Drawn by hand where it was given on the spot."""
    image = store.place(row.image.digest).read_bytes() if row.image else None
    return Signature(SIDES.get(row.side, row.side), row.name, row.signed_at, row.digest, image)


def _pictures(sheet: Sheet) -> dict[str, tuple[Picture, ...]]:
    answered = set(Answer.objects.filter(sheet=sheet).values_list("line", flat=True))
    found: dict[str, tuple[Picture, ...]] = {}
    for row in PictureRow.objects.filter(sheet=sheet).select_related("file").order_by("id"):
        if row.line in answered:
            found[row.line] = (*found.get(row.line, ()), _picture(row))
    return found


def _picture(row: PictureRow) -> Picture:
    drawn = copies.copy_of(row.file, WIDTH).read_bytes() if row.file.kind in PICTURES else b""
    return Picture(row.file.digest, drawn, row.caption, place=told(row.file.facts))
