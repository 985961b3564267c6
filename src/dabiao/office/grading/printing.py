"""The certificate to print."""

from django.http import HttpResponse

from dabiao.grading.documents.certificate import Printed, certificate_pdf
from dabiao.grading.models import Certificate
from dabiao.grading.queries import gradings as queries
from dabiao.kernel.errors import Absent
from dabiao.look.addresses import Request, address
from dabiao.office.grading.shown import LEVELS
from dabiao.office.grading.views import READERS


@address("下载证书", READERS)
def certificate(request: Request, key: int) -> HttpResponse:
    """As issued; the code on it says what was signed."""
    grading = queries.visible(request.actor, key)
    row = Certificate.objects.filter(grading=grading).select_related("bulletin").first()
    if row is None or row.bulletin.decided_at is None:
        raise Absent
    told = row.record.payload
    printed = Printed(
        number=row.number,
        unit=told["unit"],
        uscc=told["uscc"],
        level=LEVELS.get(row.level, row.level),
        issued=row.issued_on.isoformat(),
        last=row.last_on.isoformat(),
        by=told["owner"],
        statement=row.statement,
        made_at=row.bulletin.decided_at,
    )
    headers = {"Content-Disposition": f'attachment; filename="{grading.number}.pdf"'}
    return HttpResponse(certificate_pdf(printed), content_type="application/pdf", headers=headers)
