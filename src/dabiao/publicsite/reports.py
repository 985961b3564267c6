"""Anybody checks a review report by its number: whose, when, its digest; nothing personal."""

from django.http import HttpResponse

from dabiao.base.models import PublicRecord
from dabiao.kernel.errors import Absent
from dabiao.look.addresses import EVERYBODY, Request, address
from dabiao.publicsite import frame

KIND = "report"


@address("按编号核验评审报告", EVERYBODY)
def page(request: Request, number: str) -> HttpResponse:
    known = number.replace(" ", "").upper()
    record = PublicRecord.objects.filter(kind=KIND, number=known).first()
    if record is None:
        raise Absent
    return frame.page(request, "publicsite/report.html", {"record": record})
