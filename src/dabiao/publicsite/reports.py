"""Anybody checks a review report by its number: whose, when, its digest, what replaced it."""

from django.http import HttpResponse

from dabiao.base.models import PublicRecord
from dabiao.kernel.errors import Absent
from dabiao.look.addresses import EVERYBODY, Request, address
from dabiao.publicsite import frame

KIND = "report"
LONGEST = 60


@address("公众核验评审报告", EVERYBODY)
def lookup(request: Request) -> HttpResponse:
    """By the number on the paper; says plainly where there is none."""
    number = request.GET.get("number", "").strip()[:LONGEST]
    context = {"number": number, "record": found(number) if number else None}
    return frame.page(request, "publicsite/reports.html", context)


@address("按编号核验评审报告", EVERYBODY)
def page(request: Request, number: str) -> HttpResponse:
    record = found(number)
    if record is None:
        raise Absent("没有这个编号的评审报告，请核对编号。")
    return frame.page(request, "publicsite/report.html", {"record": record})


def found(number: str) -> PublicRecord | None:
    known = "".join(number.split()).upper()
    return PublicRecord.objects.filter(kind=KIND, number=known).first()
