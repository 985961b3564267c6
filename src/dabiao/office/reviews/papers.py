"""The report as PDF and Word. The PDF is the one frozen when it was handed in."""

from django.http import HttpResponse

from dabiao.base.files import store
from dabiao.kernel.errors import Absent
from dabiao.look.addresses import Request, address
from dabiao.office.reviews.made import READ, document
from dabiao.office.reviews.team import READERS
from dabiao.office.sheets import printing
from dabiao.reviews.models import Report, Review
from dabiao.sheets.documents.pdf import sheet_pdf
from dabiao.sheets.documents.word import sheet_word


@address("下载评审报告（PDF）", READERS)
def pdf(request: Request, key: int) -> HttpResponse:
    report = _visible(request, key)
    if report.file is not None:
        return _sent(store.place(report.file.digest).read_bytes(), printing.PDF, f"{report.number}.pdf")
    return _sent(sheet_pdf(document(request.actor, report)), printing.PDF, f"{report.number}.pdf")


@address("下载评审报告（Word）", READERS)
def word(request: Request, key: int) -> HttpResponse:
    report = _visible(request, key)
    content = sheet_word(document(request.actor, report))
    return _sent(content, printing.WORD, f"{report.number}.docx")


def _visible(request: Request, key: int) -> Report:
    seen = Review.objects.visible_to(request.actor).values("pk")
    report = Report.objects.filter(review__in=seen, pk=key).select_related(*READ).first()
    if report is None:
        raise Absent
    return report


def _sent(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
